"""What is read from a world, compiled: measures, joint practice, binding constraint, outcomes."""
