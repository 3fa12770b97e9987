"""What is said in sentences and tables, for the terminal and for the page alike."""
