"""Benchmarks: how fast runs are, how much memory they need, how soon the first result is there."""
