"""What is READ from a world, compiled: measures, joint practice, binding constraint, outcomes."""
