"""Discovery: where in the space of factors an outcome holds, as boxes that can be said in words."""
