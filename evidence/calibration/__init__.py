"""Calibration: setting once, together, what no source fixes, against the tested statements that are not held out."""
