"""What public figures outside the report let us expect of the model, written down before it was run, and what came out."""
