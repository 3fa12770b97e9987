"""Files: YAML as it was read, with the place of every value, and what is said of a file that is wrong."""
