"""The site: a folder of pages to hand on, with a page that leads to all of them."""
