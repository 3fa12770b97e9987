"""How often verdicts are wrong where the truth is known."""
