"""The frame of a figure: title, subtitle and note of a file or the bare canvas of a page, and how both are written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text

from qsim.files.writing import write_whole
from qsim.present.figures.style import (
    FAINT,
    INK,
    LABEL,
    NOTE,
    SMALL_TITLE,
    SOFT,
    SUBTITLE,
    TICK,
    TITLE,
    any_letters,
    balanced,
    shortened,
    text_height,
    wrapped,
)
from qsim.present.words.languages import Language
from qsim.present.words.speaker import Speaker, capital, legible

WIDTH = 8.0
"""Of every figure, in inches."""

MARGIN = 0.15
BELOW_HEAD = 0.12

SLACK = 0.05
"""Letters are a little wider in some resolutions than in others."""


class ReportFigure(Figure):
    """A figure that carries what saving writes beside it: language, statement, and a description in words."""

    language: Language = "en"
    statement: str = ""
    description: str = ""


@dataclass(frozen=True)
class Page:
    """A figure whose body is ``height`` inches high and begins ``left`` and ``bottom`` inches from its lower left corner."""

    figure: ReportFigure
    bottom: float
    height: float
    left: float = 0.0

    def axes(self, left: float, bottom: float, width: float, height: float) -> Axes:
        """Return new axes at a place of the body; everything in inches."""
        wide, high = self.figure.get_size_inches()
        return self.figure.add_axes(
            ((self.left + left) / wide, (self.bottom + bottom) / high, width / wide, height / high)
        )

    def text(self, x: float, y: float, text: str, **style: Any) -> Text:
        """Return new text at a place of the body, in inches."""
        wide, high = self.figure.get_size_inches()
        given: dict[str, Any] = {"size": LABEL, "color": INK, "va": "center"} | style
        return self.figure.text((self.left + x) / wide, (self.bottom + y) / high, text, **given)


def new_page(
    title: str, subtitle: str, note: str, description: str, height: float, speak: Speaker,
    width: float = WIDTH, left: float = 0.0, margin: float = MARGIN,
) -> Page:  # fmt: skip
    """Return a page whose body has this height; texts too long for the width are broken into lines."""
    room, size = width - 2 * max(margin, SLACK), SMALL_TITLE if is_narrow(width) else TITLE
    heads = [
        (balanced(title, room, size, "bold"), size, INK, "bold"),
        *([(wrapped(subtitle, room, SUBTITLE), SUBTITLE, SOFT, "normal")] if subtitle else []),
    ]
    below = "\n".join(wrapped(line, room, NOTE) for line in note.split("\n"))
    header = sum(text_height(text, size) + 0.05 for text, size, _, _ in heads) + MARGIN
    footer = text_height(below, NOTE) + MARGIN
    whole = canvas(width, header + height + footer, speak)
    whole.figure.statement, whole.figure.description = title, description
    y = whole.height - MARGIN
    for text, tall, colour, weight in heads:
        whole.text(margin, y, text, size=tall, color=colour, weight=weight, va="top")
        y -= text_height(text, tall) + 0.05
    whole.text(margin, MARGIN / 2, below, size=NOTE, color=SOFT, va="bottom")
    return replace(whole, bottom=footer, height=height, left=left)


def plain(axes: Axes, *sides: str) -> None:
    """Leave only the named sides of the frame of axes, drawn softly."""
    for side, spine in axes.spines.items():
        spine.set_visible(side in sides)
        spine.set_color(SOFT)
    axes.tick_params(colors=INK, labelsize=TICK, length=3, color=SOFT)


def plain_rows(axes: Axes, height: float) -> None:
    """Make axes ready for rows in inches from above, ``height`` in all: nothing but the grid of values is drawn."""
    axes.set_ylim(height, 0)
    axes.set_yticks([])
    axes.grid(axis="x", color=FAINT, linewidth=0.8)
    axes.set_axisbelow(True)
    plain(axes)
    axes.tick_params(axis="x", length=0, colors=SOFT)


def write_beside(axes: Axes, text: str, y: float, away: float = 6, **style: Any) -> None:
    """Write text right of axes at a height in their unit, so many points ``away``."""
    axes.annotate(text, (1, y), xycoords=axes.get_yaxis_transform(), xytext=(away, 0), textcoords="offset points",
                  annotation_clip=False, **style)  # fmt: skip


WIDE, NARROW = 7.4, 3.05
"""Widths of a chart in inches, on a screen of usual width and on a small one; letters keep their size."""


def canvas(width: float, height: float, speak: Speaker) -> Page:
    """Return an empty figure of this size, in inches, whose whole area is the body."""
    figure = ReportFigure(figsize=(width, height), facecolor="white")
    FigureCanvasAgg(figure)
    figure.language = speak.language
    return Page(figure, 0.0, height)


@dataclass(frozen=True)
class Frame:
    """Where something is drawn: so many inches of ``width``, and a page for the height in inches that it takes."""

    width: float
    page: Callable[[float], Page]


def framed(
    words: tuple[str, str], note: str, description: str, speak: Speaker, width: float = WIDTH, margin: float = MARGIN
) -> Frame:
    """Return the frame of a figure that explains itself, with title, subtitle and note around it.

    On a page it has no ``margin``, so that it begins where the texts do.
    """

    def page(height: float) -> Page:
        made = new_page(*words, note, description, height + BELOW_HEAD, speak, width, margin, margin)
        return replace(made, height=height)

    return Frame(width - 2 * margin, page)


def is_narrow(width: float) -> bool:
    """Whether a chart is drawn for a small screen: names stand above bars, ticks are fewer."""
    return width < 0.5 * (WIDE + NARROW)


def fitted(text: str, width: float, size: float, weight: str = "normal") -> str:
    """Return text broken into lines that fit a width in inches; a word that is longer is cut with an ellipsis."""
    return "\n".join(shortened(line, width, size) for line in wrapped(text, width, size, weight).split("\n"))


def note(name: str, runs: int, speak: Speaker) -> str:
    """Return the note of a figure that bears a name, for so many runs."""
    disclaimer = capital(speak("terms.disclaimer"))
    return speak(
        f"figures.{name}.note" if runs > 1 else f"figures.{name}.note_one",
        runs=speak.counted("terms.of_runs", runs),
        disclaimer=disclaimer,
    )


DOTS_PER_INCH = 160
SETTINGS: Any = {"svg.fonttype": "none", "svg.hashsalt": "qsim"}


def save(figure: Figure, folder: str | Path, name: str) -> tuple[Path, Path]:
    """Write a figure into a folder as ``name.svg`` and ``name.png``; return the two paths.

    Each file is written under another name first, so a file of this name is always whole. Raise OSError if the folder
    cannot be written.
    """
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    written = (place / f"{name}.svg", place / f"{name}.png")
    write_whole(written[0], svg_bytes(figure))
    write_whole(written[1], png_bytes(figure))
    return written


def svg_bytes(figure: Figure) -> bytes:
    """Return a figure as SVG, with a title and a description for those who do not see it."""
    with mpl.rc_context(SETTINGS):
        written = _written(figure, format="svg", metadata={"Date": None})
    return _described(written.decode(), figure).encode()


def png_bytes(figure: Figure) -> bytes:
    """Return a figure as PNG, with its title and description as text inside."""
    texts = {"Software": None, "Title": "", "Description": ""}
    if isinstance(figure, ReportFigure):
        texts |= {"Title": legible(figure.statement), "Description": legible(figure.description)}
    return _written(figure, format="png", dpi=DOTS_PER_INCH, metadata=texts)


def _written(figure: Figure, **options: Any) -> bytes:
    """Return a figure as a file; its texts are shown as they are, whatever they hold."""
    for text in figure.findobj(Text):
        text.set_parse_math(False)  # a dollar in a label is a dollar
        text.set_text(legible(text.get_text()))
    buffer = BytesIO()
    with any_letters():
        figure.savefig(buffer, **options)
    return buffer.getvalue()


def _described(svg: str, figure: Figure) -> str:
    if not isinstance(figure, ReportFigure):
        return svg
    start = svg.index("<svg")
    end = svg.index(">", start)
    role = f' role="img" lang={quoteattr(figure.language)} aria-labelledby="figure-title figure-description"'
    title = f'\n <title id="figure-title">{escape(legible(figure.statement))}</title>'
    text = f'\n <desc id="figure-description">{escape(legible(figure.description))}</desc>'
    return svg[:end] + role + ">" + title + text + svg[end + 1 :]
