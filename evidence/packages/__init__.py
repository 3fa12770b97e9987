"""What the best packages of measures are in six cities, and what was expected."""
