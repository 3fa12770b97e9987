"""One page for those who decide: what a brief says, and how it becomes a document for print or for a word processor."""
