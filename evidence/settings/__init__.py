"""The ensemble of settings: the patterns that a possible setting shows, the search for such settings, and what came of it."""
