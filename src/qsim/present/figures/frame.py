"""The page of a figure: a statement as title, a line that says how to read it, the body, a note below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from qsim.present.figures.colours import INK, SOFT
from qsim.present.figures.letters import LABEL, NOTE, SUBTITLE, TICK, TITLE, balanced, text_height, wrapped
from qsim.present.words.language import Language
from qsim.present.words.speaker import Speaker

WIDTH = 8.0
"""Of every figure, in inches."""

MARGIN = 0.15


class ReportFigure(Figure):
    """A figure that carries what saving writes beside it: language, statement, and a description in words."""

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

    def text(self, x: float, y: float, text: str, **style: Any) -> Text:
        """Return new text at a place of the body, in inches."""
        wide, high = self.figure.get_size_inches()
        given: dict[str, Any] = {"size": LABEL, "color": INK, "va": "center"} | style
        return self.figure.text(x / wide, (self.bottom + y) / high, text, **given)


def new_page(
    title: str, subtitle: str, note: str, description: str, height: float, speak: Speaker, width: float = WIDTH
) -> Page:
    """Return a page whose body has this height; texts too long for the width are broken into lines."""
    room = width - 2 * MARGIN
    heads = [
        (balanced(title, room, TITLE, "bold"), TITLE, INK, "bold"),
        (wrapped(subtitle, room, SUBTITLE), SUBTITLE, SOFT, "normal"),
    ]
    below = wrapped(note, room, NOTE)
    header = sum(text_height(text, size) + 0.05 for text, size, _, _ in heads) + MARGIN
    footer = text_height(below, NOTE) + MARGIN
    figure = ReportFigure(figsize=(width, header + height + footer), facecolor="white")
    FigureCanvasAgg(figure)
    figure.language, figure.statement, figure.description = speak.language, title, description
    y = header + height + footer - MARGIN
    for text, size, colour, weight in heads:
        figure.text(
            MARGIN / width, y / (header + height + footer), text, size=size, color=colour, weight=weight, va="top"
        )
        y -= text_height(text, size) + 0.05
    figure.text(MARGIN / width, MARGIN / 2 / (header + height + footer), below, size=NOTE, color=SOFT, va="bottom")
    return Page(figure, footer, height)


def plain(axes: Axes, *sides: str) -> None:
    """Leave only the named sides of the frame of axes, drawn softly."""
    for side, spine in axes.spines.items():
        spine.set_visible(side in sides)
        spine.set_color(SOFT)
    axes.tick_params(colors=INK, labelsize=TICK, length=3, color=SOFT)
