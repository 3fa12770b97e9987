"""The state: record types, building a world from a scenario, hierarchy, ties, addressed draws."""
