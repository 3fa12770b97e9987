"""What is simulated: the schema of scenario files, the catalogue of departments, the house, checks."""
