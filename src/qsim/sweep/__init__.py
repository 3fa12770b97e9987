"""Experiments: files that say what is varied, their plan of runs, its execution in parts."""
