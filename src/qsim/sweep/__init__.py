"""Experiments: files that say what is varied, their plan of runs, and its execution in parts that survive a crash."""
