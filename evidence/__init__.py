"""What this project publishes of itself: settings, population, answers, gallery, generated documents."""
