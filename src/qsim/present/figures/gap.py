"""The figure of the implementation gap over time: median and band over runs, with the calendar marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from qsim.present.figures.calendar import (
    ROW,
    calendar_list,
    calendar_of,
    draw_flags,
    draw_list,
    flags_of,
    list_height,
    rows,
)
from qsim.present.figures.frame import WIDTH, new_page, note, plain
from qsim.present.figures.scales import month_places, percent_axis, time_axis
from qsim.present.figures.style import FAINT, INK, LABEL, TICK, LineStyle, apart, line_style, text_width, wrapped
from qsim.present.text.names import scenario_names
from qsim.present.text.summary import HIGH, LOW, NEGLIGIBLE, by_month, little_promised
from qsim.present.words.speaker import Speaker

if TYPE_CHECKING:
    from qsim.engine.result import Result

CURVE = 2.9
"""Height of the curve, in inches."""

LEFT, AXIS_ROOM, TOP = 0.75, 0.35, 0.12
LARGEST_NAME = 1.6


@dataclass(frozen=True)
class Band:
    """Median, low and high of a share by month (months,), over the runs that have it; NaN where none has."""

    months: np.ndarray
    median: np.ndarray
    low: np.ndarray
    high: np.ndarray
    runs: int
    little_promised: bool


def gap_figure(results: Sequence[Result], speak: Speaker, names: Sequence[str] | None = None) -> Figure:
    """Return the implementation gap over time of one scenario or of several, with the events of their calendars.

    ``names`` stand in place of the scenarios' labels. Raise ValueError without a result.
    """
    if not results:
        raise ValueError("a figure takes one result or more")
    called = list(names or scenario_names([result.scenario for result in results], speak))
    bands = [monthly_band(result) for result in results]
    places = np.concatenate([month_places(band.months) for band in bands])
    span = int(places.min()), int(places.max())
    labels = _end_labels(bands, called, speak)
    right = 0.2 + max(text_width(line, TICK) for label in labels for line in label.split("\n"))
    width = WIDTH - LEFT - right
    marks = calendar_of(results, called, span, speak)
    flags = flags_of(marks, span, width)
    columns = calendar_list(marks, speak)
    below = list_height(columns) + AXIS_ROOM
    height = below + CURVE + rows(flags) * ROW + TOP
    title, subtitle = gap_words(bands, called, speak)
    runs = min(band.runs for band in bands)
    page = new_page(title, subtitle, note("gap", runs, speak), _description(bands, called, speak), height, speak)
    axes = page.axes(LEFT, below, width, CURVE)
    _draw(axes, bands, span, speak)
    _write_ends(axes, bands, labels)
    draw_flags(axes, flags, CURVE)
    draw_list(page, columns, speak)
    return page.figure


def monthly_band(result: Result, column: str = "implementation_gap") -> Band:
    """Return the band of a column of a result's months, a share."""
    months, values = by_month(result.series, column)
    known = np.isfinite(values).any(axis=0)
    levels = np.full((3, len(months)), np.nan)
    if known.any():
        levels[:, known] = np.nanquantile(values[:, known], (LOW, 0.5, HIGH), axis=0)
    return Band(months, levels[1], levels[0], levels[2], len(values), little_promised(result.series))


def _draw(axes: Axes, bands: Sequence[Band], span: tuple[int, int], speak: Speaker) -> None:
    for position, band in enumerate(bands):
        style, places = line_style(position), month_places(band.months)
        if band.runs > 1:
            axes.fill_between(places, band.low, band.high, color=style.colour, alpha=0.2, linewidth=0)
        lone = "o" if len(places) == 1 else None
        dashes, clipped = style.dashes, lone is None
        axes.plot(
            places,
            band.median,
            color=style.colour,
            linestyle=dashes,
            linewidth=2,
            marker=lone,
            clip_on=clipped,
            zorder=3,
        )
    highest = max((float(np.nanmax(band.high)) for band in bands if np.isfinite(band.high).any()), default=0.0)
    axes.set_ylim(0, max(highest * 1.05, 0.05))
    axes.set_xlim(span[0], max(span[1], span[0] + 1))
    percent_axis(axes.yaxis, speak)
    time_axis(axes.xaxis, span, speak)
    axes.set_ylabel(speak("figures.gap.axis"), size=LABEL, color=INK)
    axes.grid(axis="y", color=FAINT, linewidth=0.8)
    axes.set_axisbelow(True)
    plain(axes, "bottom")


def _end_labels(bands: Sequence[Band], names: Sequence[str], speak: Speaker) -> list[str]:
    """Return what stands at the right end of each curve."""
    if len(bands) == 1:
        end = speak.percent(_last(bands[0].median))
        band = f"{speak('figures.middle')}\n{speak.percent_range(_last(bands[0].low), _last(bands[0].high))}"
        return [f"{speak('figures.median')} {end}" + (f"\n{band}" if bands[0].runs > 1 else "")]
    ends = [speak.percent(_last(band.median)) for band in bands]
    return [wrapped(f"{name} {end}", LARGEST_NAME, TICK) for name, end in zip(names, ends, strict=True)]


def _last(values: np.ndarray) -> float:
    return float(values[-1]) if len(values) else float("nan")


def _write_ends(axes: Axes, bands: Sequence[Band], labels: Sequence[str]) -> None:
    """Write the labels at the right ends of the curves, moved apart where they would overlap."""
    low, high = axes.get_ylim()
    heights = [(label.count("\n") + 1) * TICK * 1.3 / 72 / CURVE * (high - low) for label in labels]
    wanted = [float(np.nan_to_num(_last(band.median), nan=low)) for band in bands]
    styles: list[LineStyle] = [line_style(position) for position in range(len(bands))]
    for label, y, style in zip(labels, apart(wanted, heights, low, high), styles, strict=True):
        axes.annotate(
            label,
            (1, y),
            xycoords=axes.get_yaxis_transform(),
            xytext=(6, 0),
            textcoords="offset points",
            va="center",
            size=TICK,
            color=style.colour,
            annotation_clip=False,
        )


def gap_words(bands: Sequence[Band], names: Sequence[str], speak: Speaker) -> tuple[str, str]:
    """Return a statement on the gap of one scenario or several, and the line that says what is drawn."""
    ends = np.array([_last(band.median) for band in bands])
    if len(bands) == 1:
        return _statement(bands[0], speak), speak("figures.gap.subtitle", scenario=names[0])
    subtitle = speak("figures.gap.subtitle_several")
    if not np.isfinite(ends).any():
        return speak("figures.gap.title_none"), subtitle
    low, high = speak.percent(float(np.nanmin(ends))), speak.percent(float(np.nanmax(ends)))
    if low == high:
        return speak("figures.gap.title_even", high=high), subtitle
    least, most = names[int(np.nanargmin(ends))], names[int(np.nanargmax(ends))]
    return speak("figures.gap.title_several", least=least, most=most, low=low, high=high), subtitle


def _statement(band: Band, speak: Speaker) -> str:
    if not np.isfinite(band.median).any() or np.nanmax(band.median) < NEGLIGIBLE:
        return speak("figures.gap.title_none" if band.little_promised else "figures.gap.title_done")
    at = int(np.nanargmax(band.median))
    end, peak = speak.percent(_last(band.median)), speak.percent(float(band.median[at]))
    if peak == end:
        return speak("figures.gap.title_at_end", end=end)
    month = speak.month(band.months[at], full=True)
    return speak("figures.gap.title", month=month, peak=peak, end=end)


def _description(bands: Sequence[Band], names: Sequence[str], speak: Speaker) -> str:
    """Return the median of each January, or of the first and last month in a short run, as text."""
    parts = []
    for band, name in zip(bands, names, strict=True):
        places = month_places(band.months)
        chosen = [i for i, place in enumerate(places) if place % 12 == 0 or i in (0, len(places) - 1)]
        values = [f"{speak.month(band.months[i])} {speak.percent(float(band.median[i]))}" for i in chosen]
        parts.append(f"{name} ({speak('figures.median')}): {', '.join(values)}.")
    return " ".join(parts)
