"""The gallery: comparisons as pages in both languages, and the page that leads to them."""
