"""The page of a figure: a statement as title, a line that says how to read it, the body, a note below."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.text import Text

from qsim.present.colours import INK, SOFT
from qsim.present.language import Language

WIDTH = 8.0
"""Of every figure, in inches."""

MARGIN = 0.15
TITLE, SUBTITLE, LABEL, TICK, NOTE = 12.5, 9.5, 9.0, 8.5, 8.0
"""Sizes of letters, in points."""

LINE_HEIGHT = 1.35 / 72
"""Height of a line of text, in inches for each point of its letters."""


class ReportFigure(Figure):
    """A figure that carries what saving writes beside it: language, statement and a description for those who listen."""

    language: Language = "en"
    statement: str = ""
    description: str = ""


@dataclass(frozen=True)
class Page:
    """A figure of fixed width whose body, of ``height`` inches, begins ``bottom`` inches above its lower edge."""

    figure: ReportFigure
    bottom: float
    height: float

    def axes(self, left: float, bottom: float, width: float, height: float) -> Axes:
        """Return new axes at a place of the body; everything in inches."""
        wide, high = self.figure.get_size_inches()
        return self.figure.add_axes((left / wide, (self.bottom + bottom) / high, width / wide, height / high))

    def text(self, x: float, y: float, text: str, **style: object) -> Text:
        """Return new text at a place of the body, in inches."""
        wide, high = self.figure.get_size_inches()
        given = {"size": LABEL, "color": INK, "va": "center"} | style
        return self.figure.text(x / wide, (self.bottom + y) / high, text, **given)  # type: ignore[arg-type]  # style words


def new_page(
    title: str, subtitle: str, note: str, description: str, height: float, language: Language, width: float = WIDTH
) -> Page:
    """Return a page whose body has this height; texts too long for the width are broken into lines."""
    room = width - 2 * MARGIN
    heads = [(balanced(title, room, TITLE, "bold"), TITLE, INK, "bold"), (wrapped(subtitle, room, SUBTITLE), SUBTITLE, SOFT, "normal")]
    below = wrapped(note, room, NOTE)
    header = sum(text_height(text, size) + 0.05 for text, size, _, _ in heads) + MARGIN
    footer = text_height(below, NOTE) + MARGIN
    figure = ReportFigure(figsize=(width, header + height + footer), facecolor="white")
    FigureCanvasAgg(figure)
    figure.language, figure.statement, figure.description = language, title, description
    y = header + height + footer - MARGIN
    for text, size, colour, weight in heads:
        figure.text(MARGIN / width, y / (header + height + footer), text, size=size, color=colour, weight=weight, va="top")
        y -= text_height(text, size) + 0.05
    figure.text(MARGIN / width, MARGIN / 2 / (header + height + footer), below, size=NOTE, color=SOFT, va="bottom")
    return Page(figure, footer, height)


def text_height(text: str, size: float) -> float:
    """Return the height of lines of text, in inches; 0 if there is none."""
    return (text.count("\n") + 1) * size * LINE_HEIGHT if text else 0.0


@cache
def _ruler() -> RendererAgg:
    return RendererAgg(1, 1, 72)


def text_width(text: str, size: float, weight: str = "normal") -> float:
    """Return the width of one line of text, in inches."""
    font = FontProperties(size=size, weight=weight)
    return float(_ruler().get_text_width_height_descent(text, font, ismath=False)[0]) / 72


def wrapped(text: str, width: float, size: float, weight: str = "normal") -> str:
    """Return text broken between words so that no line is wider than ``width`` inches, save a single long word."""
    lines: list[str] = []
    for word in re.split(r"[ \n]+", text):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(longer, size, weight) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return "\n".join(lines)


def balanced(text: str, width: float, size: float, weight: str = "normal") -> str:
    """Return text broken into as few lines as the width allows, of about the same length."""
    broken = wrapped(text, width, size, weight)
    narrower = broken
    while "\n" in broken and width > 1 and narrower.count("\n") == broken.count("\n"):
        broken, width = narrower, width - 0.1
        narrower = wrapped(text, width, size, weight)
    return broken


def shortened(text: str, width: float, size: float) -> str:
    """Return text that fits ``width`` inches, cut with an ellipsis where it is longer."""
    if text_width(text, size) <= width:
        return text
    short = text
    while short and text_width(short + "…", size) > width:
        short = short[:-1]
    return short.rstrip(" ,(-–") + "…"


def plain(axes: Axes, *sides: str) -> None:
    """Leave only the named sides of the frame of axes, drawn softly."""
    for side, spine in axes.spines.items():
        spine.set_visible(side in sides)
        spine.set_color(SOFT)
    axes.tick_params(colors=INK, labelsize=TICK, length=3, color=SOFT)
