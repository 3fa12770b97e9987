"""What people read: words, sentences and tables, figures, pages, in German and English."""
