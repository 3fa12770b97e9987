"""The STATE: record types, building a world from a scenario, hierarchy, ties and addressed draws."""
