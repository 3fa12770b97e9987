"""Mesa's own page: one run as it goes, with sliders, in a browser; needs the extra ``viz``."""
