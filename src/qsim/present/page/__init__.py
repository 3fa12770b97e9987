"""The page that an advisor reads: sections of plain blocks, and how they become one HTML file."""
