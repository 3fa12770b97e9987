"""WHAT is simulated: the schema of scenario files, their loading, and the catalogue of departments."""
