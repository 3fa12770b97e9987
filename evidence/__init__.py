"""What this project publishes of itself: calibration, population, answers, gallery, documents made from declarations."""
