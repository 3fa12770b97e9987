"""Meine Stadt: ten questions to a town hall, and the modules of a page that make a scenario of the answers."""
