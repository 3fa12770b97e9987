"""The population of municipalities beside a survey: drawn, counted, told."""
