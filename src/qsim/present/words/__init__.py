"""The words that people read, and the language in which they read them."""
