"""The live page: what may be changed in a scenario, its worlds as images for a browser, and the page that runs them."""
