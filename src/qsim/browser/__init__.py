"""The rules in a browser: their WebAssembly module, the image of a world, the tables of settings, the scripts of a page."""
