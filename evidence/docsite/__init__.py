"""The documentation as a site: all documents, the tutorials and the Python interface, in German and English, offline."""
