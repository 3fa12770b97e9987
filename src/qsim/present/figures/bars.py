"""Bars in groups: under the name of each group one bar a scenario, with its range over the runs and its value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from qsim.present.figures.frame import Frame, Page, fitted, is_narrow, plain_rows
from qsim.present.figures.style import (
    INK,
    LABEL,
    SOFT,
    TICK,
    balanced,
    line_style,
    percent_axis,
    text_height,
    text_width,
)
from qsim.present.words.speaker import Speaker

BAR, THICK, BETWEEN = 0.26, 0.17, 0.2
"""Height of a bar with the space around it and without, and the space between groups, in inches."""

LARGEST_NAME, AXIS_ROOM, GAP = 2.2, 0.28, 0.12
AXIS_LABEL = 0.24
AFTER_NAME = 0.2
"""Between the name of a group and what it means, in inches."""

INDENT = 0.14
"""Of bars whose names stand above them, so that the tick at zero has room."""

COVER = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}
"""Keeps the grid clear of words."""

NO_RANGE = 0.002
"""A range that is too narrow to draw, as a part of the axis."""


@dataclass(frozen=True)
class Bar:
    """A value with its range, NaN where there is none, and the text beside it."""

    value: float
    low: float
    high: float
    text: str


@dataclass(frozen=True)
class BarGroup:
    """A group's name, what it means, and its bars, one a scenario."""

    name: str
    meaning: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class _Line:
    """Where something stands in the figure: its upper edge and height in inches from the top."""

    group: int
    scenario: int  # -1 for the heading
    top: float
    height: float


def bars_figure(
    frame: Frame,
    groups: Sequence[BarGroup],
    names: Sequence[str],
    speak: Speaker,
    percents: bool = True,
    axis: str = "",
) -> Figure:
    """Return the bars in a frame; values are shares if ``percents``, ``axis`` says of what."""
    width = frame.width
    several = len(names) > 1
    beside = several and not is_narrow(width)
    room = min(LARGEST_NAME, max(text_width(name, TICK) for name in names)) + 2 * GAP if beside else 0.0
    labels = (
        [fitted(name, room - 2 * GAP + 0.01 if beside else width - GAP, TICK) for name in names] if several else [""]
    )
    heads = [_heading(group, width) for group in groups]
    lines, height = _layout(groups, heads, labels, beside)
    below = AXIS_ROOM + (AXIS_LABEL if axis else 0.0)
    page = frame.page(height + below)
    values = max(text_width(bar.text, LABEL, "bold") for group in groups for bar in group.bars) + GAP
    left = max(room, INDENT)
    axes = page.axes(left, below, width - left - values, height)
    _axis(axes, groups, height, speak, percents)
    for line in lines:
        if line.scenario < 0:
            _write_head(page, heads[line.group], height + below - line.top, width)
        else:
            bar = groups[line.group].bars[line.scenario]
            name_room = 0.0 if beside or not several else text_height(labels[line.scenario], TICK)
            middle = line.top + name_room + (line.height - name_room) / 2
            _draw(axes, bar, middle, line_style(line.scenario).colour)
            y = height + below - (middle if beside else line.top + name_room / 2)
            page.text(0, y, labels[line.scenario], size=TICK, linespacing=1.2, bbox=COVER)
    axes.set_xlabel(axis, size=LABEL, color=INK)
    return page.figure


def _heading(group: BarGroup, width: float) -> tuple[str, str]:
    """Return the name of a group and what it means, the latter in lines of its own if they do not fit one line."""
    wide = text_width(group.name, LABEL, "bold") + AFTER_NAME + text_width(group.meaning, TICK)
    return group.name, group.meaning if wide <= width - GAP else "\n" + balanced(group.meaning, width - GAP, TICK)


def _layout(
    groups: Sequence[BarGroup], heads: Sequence[tuple[str, str]], labels: Sequence[str], beside: bool
) -> tuple[list[_Line], float]:
    lines: list[_Line] = []
    top = 0.0
    for place, group in enumerate(groups):
        tall = text_height("x" + (heads[place][1] if "\n" in heads[place][1] else ""), LABEL) + 0.04
        lines.append(_Line(place, -1, top, tall))
        top += tall
        for scenario in range(len(group.bars)):
            written = text_height(labels[scenario], TICK)
            tall = max(BAR, written + 0.04) if beside else BAR + written
            lines.append(_Line(place, scenario, top, tall))
            top += tall
        top += BETWEEN
    return lines, top


def _write_head(page: Page, head: tuple[str, str], y: float, width: float) -> None:
    name, meaning = head
    page.text(0, y, name, weight="bold", va="top", bbox=COVER)
    if meaning.startswith("\n"):
        page.text(
            0, y - text_height("x", LABEL), meaning[1:], size=TICK, color=SOFT, va="top", linespacing=1.2, bbox=COVER
        )
    else:
        start = text_width(name, LABEL, "bold") + AFTER_NAME
        page.text(start, y - 0.005, meaning, size=TICK, color=SOFT, va="top", bbox=COVER)


def _axis(axes: Axes, groups: Sequence[BarGroup], height: float, speak: Speaker, percents: bool) -> None:
    ends = [max(bar.value, np.nan_to_num(bar.high)) for group in groups for bar in group.bars if np.isfinite(bar.value)]
    plain_rows(axes, height)
    axes.set_xlim(0, max([*ends, 0.02 if percents else 1.0]))
    if percents:
        percent_axis(axes.xaxis, speak, ticks=5)
    else:
        axes.xaxis.set_major_locator(MaxNLocator(4, steps=[1, 2, 5, 10]))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: speak.decimal(value, 0)))


def _draw(axes: Axes, bar: Bar, y: float, colour: str) -> None:
    end = 0.0
    if np.isfinite(bar.value):
        axes.barh(y, bar.value, height=THICK, color=colour, linewidth=0)
        end = bar.value
        if bar.high - bar.low > NO_RANGE * axes.get_xlim()[1]:
            axes.plot([bar.low, bar.high], [y, y], color=INK, linewidth=1.2, solid_capstyle="butt", clip_on=False)
            axes.vlines([bar.low, bar.high], y - 0.045, y + 0.045, color=INK, linewidth=1.2, clip_on=False)
            end = max(end, bar.high)
    axes.annotate(
        bar.text, (end, y), xytext=(5, 0), textcoords="offset points", size=LABEL, color=INK, weight="bold",
        va="center", annotation_clip=False,
    )  # fmt: skip
