"""Twin worlds: which scenario does better, how sure that is, why, and when it would be otherwise."""
