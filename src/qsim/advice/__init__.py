"""What may be done, what it costs, and what it brings: measures laid over a scenario, and the best of them within a budget."""
