"""The chart of contributions: a bar for each change to the right or left of zero, with its interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from qsim.present.figures.colours import FAINT, INK, SOFT, line_style
from qsim.present.figures.frame import plain
from qsim.present.figures.letters import LABEL, TICK, shortened, text_height, text_width, wrapped
from qsim.present.page.canvas import canvas, is_narrow
from qsim.present.words.speaker import Speaker

BAR, THICK, BETWEEN = 0.26, 0.17, 0.1
"""Height of a bar with the space around it and without, and the space between bars, in inches."""

NAMES, GAP, AXIS_ROOM = 2.9, 0.12, 0.5
"""Largest width of the names, the space beside them, and room for the axis, in inches."""


@dataclass(frozen=True)
class Contribution:
    """What a change adds, in the unit of the axis, with its interval and the text beside the bar."""

    name: str
    value: float
    low: float
    high: float
    text: str


def contributions_figure(rows: Sequence[Contribution], label: str, width: float, speak: Speaker) -> Figure:
    """Return the bars, the first on top, for a width in inches; on a small screen names stand above them."""
    beside = not is_narrow(width)
    room = min(NAMES, max(text_width(row.name, TICK) for row in rows)) if beside else width
    names = [_broken(row.name, room) for row in rows]
    above = [0.0 if beside else text_height(name, TICK) + 0.02 for name in names]
    talls = [
        (max(BAR, text_height(name, TICK)) if beside else BAR + over) + BETWEEN
        for name, over in zip(names, above, strict=True)
    ]
    height = sum(talls)
    page = canvas(width, height + AXIS_ROOM, speak)
    left = room + GAP if beside else 0.08
    values = max(text_width(row.text, LABEL, "bold") for row in rows) + GAP
    axes = page.axes(left, AXIS_ROOM, width - left - values, height)
    _axis(axes, rows, height, label, speak)
    top = 0.0
    for row, name, over, tall in zip(rows, names, above, talls, strict=True):
        middle = top + over + (tall - over) / 2
        _draw(axes, row, middle)
        y = height + AXIS_ROOM - (middle if beside else top + over / 2)
        page.text(room if beside else 0, y, name, size=TICK, ha="right" if beside else "left", linespacing=1.2,
                  bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6})  # fmt: skip
        page.text(width, height + AXIS_ROOM - middle, row.text, weight="bold", ha="right")
        top += tall
    return page.figure


def _broken(name: str, room: float) -> str:
    """Return a name in lines that fit; a single word that is too long is cut, as the table has it whole."""
    return "\n".join(shortened(line, room, TICK) for line in wrapped(name, room, TICK).split("\n"))


def _axis(axes: Axes, rows: Sequence[Contribution], height: float, label: str, speak: Speaker) -> None:
    ends = np.nan_to_num([end for row in rows for end in (row.value, row.low, row.high)])
    low, high = min(0.0, float(ends.min())), max(0.0, float(ends.max()))
    margin = 0.04 * max(high - low, 1e-6)
    axes.set_xlim(low - margin, high + margin)
    axes.set_ylim(height, 0)
    axes.xaxis.set_major_locator(MaxNLocator(6 if axes.bbox.width > 250 else 4, steps=[1, 2, 5, 10]))
    step = float(np.min(np.diff(axes.xaxis.get_majorticklocs())))
    digits = 0 if step >= 1 else 1 if step >= 0.1 else 2
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: speak.decimal(value, digits, signed=True)))
    axes.set_yticks([])
    axes.set_xlabel(label, size=TICK, color=SOFT)
    axes.grid(axis="x", color=FAINT, linewidth=0.8)
    axes.axvline(0, color=INK, linewidth=1)
    axes.set_axisbelow(True)
    plain(axes)
    axes.tick_params(axis="x", length=0, colors=SOFT, labelsize=TICK)


def _draw(axes: Axes, row: Contribution, y: float) -> None:
    """Draw a bar; what lowers the outcome is told by hatching, too."""
    if not np.isfinite(row.value):
        return
    style = line_style(0 if row.value >= 0 else 1)
    axes.barh(y, row.value, height=THICK, color=style.colour, hatch=style.hatch, edgecolor="white", linewidth=0)
    if row.high > row.low:
        axes.plot([row.low, row.high], [y, y], color=INK, linewidth=1.2, solid_capstyle="butt")
        axes.vlines([row.low, row.high], y - 0.045, y + 0.045, color=INK, linewidth=1.2)
