"""What people read: summaries, verdicts, tables and figures, in German and English."""
