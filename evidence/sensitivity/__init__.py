"""The sensitivity study at full size, and its page."""
