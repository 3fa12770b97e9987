"""What this project publishes of itself: calibration, population, answers, gallery, generated documents."""
