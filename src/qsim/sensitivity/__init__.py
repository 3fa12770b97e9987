"""Which of the things that nobody knows matter most for an outcome, and how sure that is."""
