"""Studies: many runs of one or several scenarios, kept in tables, compared and explained."""
