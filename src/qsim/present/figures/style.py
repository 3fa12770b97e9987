"""The colours of figures, their letters, how texts are broken to fit, and the axes of shares and of months."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache, lru_cache
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axis import Axis
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.font_manager import FontProperties
from matplotlib.ticker import FixedFormatter, FixedLocator, FuncFormatter, MaxNLocator

from qsim.present.words.speaker import Speaker

INK = "#222222"
SOFT = "#666666"
FAINT = "#dddddd"

CONSTRAINT_STYLES = {
    "motivation": ("#f4a6a0", ""),
    "knowledge": ("#8fd3e8", "//"),
    "time": ("#f0e05e", ".."),
    "joint": ("#b9a7d6", "\\\\"),
    "adjusting": ("#d4d4d4", ""),
}
"""Fill and hatch of each constraint, light, so that none is taken for a scenario."""

CHANGE = "#0b4f71"
"""Of what is more or less than elsewhere: which of both it is, markers and hatches tell."""

HEAT = "viridis_r"
"""Perceptually uniform, and read alike by people with any colour vision; dark is much."""


class LineStyle(NamedTuple):
    """Colour, dashes, hatch and marker of one scenario among several."""

    colour: str
    dashes: tuple[int, tuple[float, ...]] | str
    hatch: str
    marker: str


LINES = (
    LineStyle("#0072b2", "solid", "", "o"),
    LineStyle("#d55e00", (0, (5, 1.5)), "//", "s"),
    LineStyle("#009e73", (0, (6, 1.5, 1.2, 1.5)), "\\\\", "D"),
    LineStyle("#a3518a", (0, (1.2, 1.2)), "..", "^"),
    LineStyle("#b07d00", (0, (8, 2, 1.2, 2, 1.2, 2)), "xx", "v"),
    LineStyle("#555555", (0, (3, 3)), "--", "P"),
)
"""Styles of scenarios in their order, after Okabe and Ito, darkened where lines need it."""


def line_style(position: int) -> LineStyle:
    """Return the style of the scenario at a place in the row."""
    return LINES[position % len(LINES)]


TITLE, SUBTITLE, LABEL, TICK, NOTE = 12.5, 9.5, 9.0, 8.5, 8.0
"""Sizes of letters, in points."""

SMALL_TITLE = 11.0
"""Of a chart for a small screen."""

LINE_HEIGHT = 1.35 / 72
"""Height of a line of text, in inches for each point of its letters."""


def text_height(text: str, size: float) -> float:
    """Return the height of lines of text, in inches; 0 if there is none."""
    return (text.count("\n") + 1) * size * LINE_HEIGHT if text else 0.0


@contextmanager
def any_letters() -> Iterator[None]:
    """Draw or measure letters that the font lacks, such as emoji, without a word; readers have fonts of their own."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing from", UserWarning)
        yield


@cache
def _ruler() -> RendererAgg:
    return RendererAgg(1, 1, 72)  # type: ignore[no-untyped-call]  # matplotlib leaves it untyped


@lru_cache(maxsize=4096)
def text_width(text: str, size: float, weight: str = "normal") -> float:
    """Return the width of one line of text, in inches."""
    font = FontProperties(size=size, weight=weight)
    size_of = _ruler().get_text_width_height_descent
    with any_letters():
        return float(size_of(text, font, ismath=False)[0]) / 72  # type: ignore[no-untyped-call]  # matplotlib leaves it untyped


def wrapped(text: str, width: float, size: float, weight: str = "normal") -> str:
    """Return text broken between words so that no line is wider than ``width`` inches, save a single long word."""
    lines: list[str] = []
    space, used = text_width(" ", size, weight), 0.0
    for word in re.split(r"[ \n]+", text):
        wide = text_width(word, size, weight)
        if lines and used + space + wide <= width:
            lines[-1] += f" {word}"
            used += space + wide
        else:
            lines.append(word)
            used = wide
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


def apart(wanted: Sequence[float], heights: Sequence[float], low: float, high: float) -> list[float]:
    """Return places near the wanted ones at which things of these heights do not overlap, within bounds if they fit.

    They keep their order; each is pushed up by those below, then all are pushed down from the upper bound.
    """
    order = sorted(range(len(wanted)), key=lambda position: wanted[position])
    places = list(wanted)
    floor = low
    for position in order:
        places[position] = max(places[position], floor + heights[position] / 2)
        floor = places[position] + heights[position] / 2
    ceiling = high
    for position in reversed(order):
        places[position] = min(places[position], ceiling - heights[position] / 2)
        ceiling = places[position] - heights[position] / 2
    return places


MONTHS_A_YEAR = 12
MOST_TICKS = 11
YEAR_STEPS = (1, 2, 5, 10, 20, 50, 100)


def month_places(months: Any) -> np.ndarray:
    """Return dates as numbers of months since 1970 (n,), the unit of all time axes."""
    return np.asarray(months).astype("datetime64[M]").astype(np.int64)


def percent_axis(axis: Axis, speak: Speaker, ticks: int = 6) -> None:
    """Write the ticks of an axis of shares as percentages."""
    axis.set_major_locator(MaxNLocator(ticks, steps=[1, 2, 5, 10]))
    axis.set_major_formatter(FuncFormatter(lambda share, _: speak.percent(share, _digits(axis))))


def _digits(axis: Axis) -> int:
    """Return the digits that tell the ticks of an axis of shares apart."""
    places = axis.get_majorticklocs()
    step = float(np.min(np.diff(places))) if len(places) > 1 else 1.0
    return 0 if step >= 0.0099 else 1


def time_axis(axis: Axis, months: Sequence[int] | np.ndarray, speak: Speaker) -> None:
    """Write the ticks of an axis of months: every January of some years, or single months in a short run."""
    first, last = int(min(months)), int(max(months))
    ticks, labels = time_ticks(first, last, speak)
    axis.set_major_locator(FixedLocator(ticks))
    axis.set_major_formatter(FixedFormatter(labels))


def time_ticks(first: int, last: int, speak: Speaker) -> tuple[list[int], list[str]]:
    """Return places and labels of the ticks from a first to a last month, both numbers of months since 1970."""
    if last - first < 3 * MONTHS_A_YEAR:
        step = next(step for step in (1, 2, 3, 6, 12) if (last - first) / step < 7)
        ticks = list(range(first, last + 1, step))
        return ticks, [speak.month(np.datetime64(tick, "M")) for tick in ticks]
    years = range(1970 + -(-first // MONTHS_A_YEAR), 1970 + last // MONTHS_A_YEAR + 1)
    step = next(step for step in YEAR_STEPS if len(years) / step < MOST_TICKS)
    chosen = [year for year in years if year % step == 0]
    return [(year - 1970) * MONTHS_A_YEAR for year in chosen], [str(year) for year in chosen]
