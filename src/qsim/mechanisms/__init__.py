"""The rules: one file each, and one file that lists them in the order of the month."""
