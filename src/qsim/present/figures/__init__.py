"""Figures: what they show, their letters, colours, scales and calendars, and how they are saved."""
