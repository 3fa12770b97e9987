"""The empty figure of a chart on the page: any width, no title, as the page writes that in words of its own."""

from __future__ import annotations

from qsim.present.figures.frame import Page, ReportFigure
from qsim.present.figures.letters import shortened, wrapped
from qsim.present.words.speaker import Speaker

WIDE, NARROW = 7.4, 3.05
"""Widths of a chart in inches, on a screen of usual width and on a small one; letters keep their size."""


def canvas(width: float, height: float, speak: Speaker) -> Page:
    """Return an empty figure of this size, in inches, whose whole area is the body."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    figure = ReportFigure(figsize=(width, height), facecolor="white")
    FigureCanvasAgg(figure)
    figure.language = speak.language
    return Page(figure, 0.0, height)


def is_narrow(width: float) -> bool:
    """Whether a chart is drawn for a small screen: names stand above bars, ticks are fewer."""
    return width < 0.5 * (WIDE + NARROW)


def fitted(text: str, width: float, size: float, weight: str = "normal") -> str:
    """Return text broken into lines that fit a width in inches; a word that is longer is cut with an ellipsis."""
    return "\n".join(shortened(line, width, size) for line in wrapped(text, width, size, weight).split("\n"))
