"""What this project publishes of itself: settings, population, answers, the site, generated documents."""
