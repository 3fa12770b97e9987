"""How often advice is right where the truth is known: a small house whose packages were all run twenty thousand times."""
