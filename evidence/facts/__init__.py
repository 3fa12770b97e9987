"""How far observed facts narrow what is known, and whether they narrow it rightly: towns made up, whose truth is known."""
