"""What the keys of a scenario and their values are called by people, in German and English."""
