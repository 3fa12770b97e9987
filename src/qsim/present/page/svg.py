"""A chart as a picture inside the page: the figure as a small SVG with text as text, in an address of its own."""

from __future__ import annotations

import re
import warnings
from base64 import b64encode

from matplotlib.text import Text

from qsim.present.figures.saving import svg_bytes
from qsim.present.page.blocks import Chart

FONTS = "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
"""Of the page and its charts; all are narrower than the letters with which figures are laid out."""

HEAD = re.compile(r"^.*?(?=<svg )|<(metadata|title|desc)[^>]*>.*?</\1>", re.DOTALL)
LABELS = re.compile(r' (role|lang|aria-labelledby)="[^"]*"| transform="rotate\(-0 [^"]*"|(?<=<g) id="[^"]*"')
DRAWN = re.compile(r' (?:d|x|y|width|height|points|transform)="[^"]*"')
LONG = re.compile(r"-?\d+\.\d{2,}")
FAMILY = re.compile(r"'DejaVu Sans',[^;\"]*sans-serif")
BETWEEN = re.compile(r">\s+<")
NO_LETTERS = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML may hold, however it is written."""


def picture(chart: Chart, width: float) -> str:
    """Return a chart drawn for a width in inches as the address of an SVG, ``data:image/svg+xml;base64,...``."""
    with warnings.catch_warnings():
        # the reader's own letters are drawn, so it does not matter which of them are missing here
        warnings.filterwarnings("ignore", "Glyph .* missing from", UserWarning)
        figure = chart.draw(width)
        for text in figure.findobj(Text):
            text.set_parse_math(False)  # a dollar in a label is a dollar
            text.set_text(NO_LETTERS.sub("", text.get_text()))
        svg = svg_bytes(figure).decode()
    return f"data:image/svg+xml;base64,{b64encode(small(svg).encode()).decode()}"


def small(svg: str) -> str:
    """Return an SVG of matplotlib without what nobody sees: metadata, ids of groups, digits beyond a hundredth."""
    short = LABELS.sub("", HEAD.sub("", svg))
    short = DRAWN.sub(lambda found: " ".join(LONG.sub(_rounded, found[0]).split("\n")).replace(' "', '"'), short)
    return BETWEEN.sub("><", FAMILY.sub(FONTS, short)).strip()


def _rounded(number: re.Match[str]) -> str:
    return f"{float(number[0]):.2f}".rstrip("0").rstrip(".")
