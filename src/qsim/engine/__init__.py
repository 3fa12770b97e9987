"""Running: the compiled run, frames of results, the Mesa model and its agents, profile."""
