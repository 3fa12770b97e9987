"""One reader for all kinds of YAML files: places, keys, what is inherited and changed, and what is said of a wrong file."""
