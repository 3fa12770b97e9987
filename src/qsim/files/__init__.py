"""YAML with the place of every value, keys, and what is said of a file that is wrong."""
