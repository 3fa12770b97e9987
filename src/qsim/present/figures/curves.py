"""Curves over time: the mean of each scenario with the band of its runs, and the marks of the calendar above."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from qsim.present.figures.calendar import ROW, Line, Mark, draw_flags, draw_list, flags_of, list_height, rows
from qsim.present.figures.frame import Frame, Page, fitted, is_narrow, plain, write_beside
from qsim.present.figures.style import (
    FAINT,
    INK,
    LABEL,
    TICK,
    apart,
    line_style,
    month_places,
    percent_axis,
    text_height,
    text_width,
    time_axis,
)
from qsim.present.words.speaker import Speaker

CURVE, NARROW_CURVE = 2.6, 2.0
"""Height of the curves in a chart of usual width and in a narrow one, in inches."""

LEFT, AXIS_ROOM, TOP = 0.45, 0.3, 0.1
AXIS_LABEL = 0.22
SAMPLE = 0.34
"""Length of the piece of line beside a name, in inches."""

LARGEST_NAME = 1.55
POINTS_AN_INCH = 22
"""So many points are drawn in an inch at most; nobody sees more."""

FEW, MOST_BANDS = 2, 3
LIGHT, LIGHTER = 0.2, 0.12
"""How dense up to two bands are, and three; more could not be told apart."""


@dataclass(frozen=True)
class Band:
    """Mean, low and high of a share by month (months,), over the runs that have it; NaN where none has."""

    months: np.ndarray
    mean: np.ndarray
    low: np.ndarray
    high: np.ndarray
    runs: int
    little_promised: bool


def curves_figure(
    frame: Frame, bands: Sequence[Band], names: Sequence[str], marks: Sequence[Mark], speak: Speaker,
    axis: str = "", columns: Sequence[Sequence[Line]] = (), end: str = "",
) -> Figure:  # fmt: skip
    """Return the curves of shares in a frame, ``marks`` numbered as in their list.

    ``axis`` says of what the shares are, ``columns`` are that list where it stands below, ``end`` is written at the end
    of a curve alone.
    """
    width = frame.width
    span = span_of(bands)
    beside = len(bands) > 1 and not is_narrow(width)
    ends = [speak.level(last(band.mean)) for band in bands]
    labels = [fitted(f"{name} {end}", LARGEST_NAME, TICK) for name, end in zip(names, ends, strict=True)]
    labels = [end] if end else labels if beside else ends
    left, below = LEFT + (AXIS_LABEL if axis else 0.0), list_height(columns) + AXIS_ROOM
    right = 0.12 + max(text_width(line, TICK, "bold") for label in labels for line in label.split("\n"))
    tall = NARROW_CURVE if is_narrow(width) else CURVE
    flags = flags_of(marks, span, width - left - right)
    legend = list(names) if len(bands) > 1 and not beside else []
    head = legend_height(legend, width)
    page = frame.page(below + tall + rows(flags) * ROW + TOP + head)
    draw_legend(page, legend, width)
    axes = page.axes(left, below, width - left - right, tall)
    for position, band in enumerate(bands):
        _draw(axes, band, position, len(bands), width)
    _axes(axes, bands, span, speak)
    _write_ends(axes, bands, labels, tall)
    axes.set_ylabel(axis, size=LABEL, color=INK)
    draw_flags(axes, flags, tall)
    draw_list(page, columns, speak)
    return page.figure


def span_of(bands: Sequence[Band]) -> tuple[int, int]:
    """Return the first and the last month of all curves, as numbers of months since 1970."""
    places = np.concatenate([month_places(band.months) for band in bands])
    return int(places.min()), int(places.max())


def thinned(count: int, inches: float) -> np.ndarray:
    """Return the places of ``count`` points that are drawn in so many inches, the first and last among them."""
    most = max(int(inches * POINTS_AN_INCH), 2)
    return np.unique(np.linspace(0, count - 1, min(count, most)).round().astype(np.int64))


def legend_height(names: Sequence[str], width: float) -> float:
    """Return the height of the legend, in inches; 0 without names."""
    lines = sum(text_height(fitted(name, width - SAMPLE - 0.1, TICK), TICK) + 0.03 for name in names)
    return lines + 0.08 if names else 0.0


def draw_legend(page: Page, names: Sequence[str], width: float, markers: bool = False) -> None:
    """Write names at the top of a page, one under another, each with a piece of its line or with its marker."""
    y = page.height
    for position, name in enumerate(names):
        style, text = line_style(position), fitted(name, width - SAMPLE - 0.1, TICK)
        axes = page.axes(0.0, y - text_height("x", TICK) / 2 - 0.05, SAMPLE, 0.1)
        axes.axis("off")
        axes.set(xlim=(0, 1), ylim=(-1, 1))
        if markers:
            axes.plot([0.5], [0], marker=style.marker, color=style.colour, markersize=6, clip_on=False)
        else:
            axes.plot([0, 1], [0, 0], color=style.colour, linestyle=style.dashes, linewidth=2.2, clip_on=False)
        page.text(SAMPLE + 0.1, y, text, size=TICK, va="top", linespacing=1.2)
        y -= text_height(text, TICK) + 0.03


def _draw(axes: Axes, band: Band, position: int, many: int, width: float) -> None:
    style = line_style(position)
    chosen = thinned(len(band.months), width)
    places = month_places(band.months)[chosen]
    if band.runs > 1 and many <= MOST_BANDS:
        axes.fill_between(
            places, band.low[chosen], band.high[chosen], color=style.colour, linewidth=0,
            alpha=LIGHT if many <= FEW else LIGHTER,
        )  # fmt: skip
    alone = len(places) == 1
    axes.plot(
        places, band.mean[chosen], color=style.colour, linestyle=style.dashes, linewidth=2.2,
        marker=style.marker if alone else None, clip_on=not alone, zorder=3,
    )  # fmt: skip


def _axes(axes: Axes, bands: Sequence[Band], span: tuple[int, int], speak: Speaker) -> None:
    highest = max((float(np.nanmax(band.high)) for band in bands if np.isfinite(band.high).any()), default=0.0)
    axes.set_ylim(0, max(highest * 1.05, 0.02))
    axes.set_xlim(span[0], max(span[1], span[0] + 1))
    percent_axis(axes.yaxis, speak, ticks=5)
    time_axis(axes.xaxis, span, speak)
    leave_room(axes)
    axes.grid(axis="y", color=FAINT, linewidth=0.8)
    axes.set_axisbelow(True)
    plain(axes, "bottom")
    axes.tick_params(axis="y", length=0)


def leave_room(axes: Axes) -> None:
    """Leave out labels of months that would touch their neighbours."""
    ticks = axes.xaxis.get_majorticklocs()
    labels = list(axes.xaxis.get_major_formatter().format_ticks(list(ticks)))
    inches = axes.get_position().width * float(axes.figure.get_figure(root=True).get_size_inches()[0])
    needed = max((text_width(label, TICK) for label in labels), default=0.0) + 0.12
    low, high = axes.get_xlim()
    if len(ticks) > 1:
        each = (ticks[1] - ticks[0]) / (high - low) * inches
        step = max(int(np.ceil(needed / each)), 1)
        axes.set_xticks(ticks[::step], labels[::step])


def last(values: np.ndarray) -> float:
    """Return the last of some values, NaN if there is none."""
    return float(values[-1]) if len(values) else float("nan")


def _write_ends(axes: Axes, bands: Sequence[Band], labels: Sequence[str], tall: float) -> None:
    """Write the labels at the right ends of the curves, moved apart where they would overlap."""
    low, high = axes.get_ylim()
    heights = [text_height(label, TICK) / tall * (high - low) for label in labels]
    wanted = [float(np.nan_to_num(last(band.mean), nan=low)) for band in bands]
    for position, (label, y) in enumerate(zip(labels, apart(wanted, heights, low, high), strict=True)):
        colour = line_style(position).colour
        write_beside(axes, label, y, va="center", size=TICK, weight="bold", color=colour, linespacing=1.2)
