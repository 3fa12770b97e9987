"""RUNNING: the compiled run, measures, frames of results, the Mesa model and its agents."""
