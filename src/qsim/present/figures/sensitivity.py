"""The figure of a sensitivity study: indices with intervals, ranked, and how the total index moves over time."""

from __future__ import annotations

import math

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from qsim.present.figures.frame import WIDTH, Page, new_page, plain
from qsim.present.figures.style import FAINT, HEAT, INK, LABEL, NOTE, TICK, line_style, text_width, wrapped
from qsim.present.text.sensitivity_table import date_text, dimension_name
from qsim.present.words.speaker import Speaker
from qsim.runs.readings import MEASURES
from qsim.sensitivity.results import dates_of, ranked
from qsim.sensitivity.study import Sensitivity

ROW, AXIS_ROOM, TOP = 0.34, 0.5, 0.55
MOST_ROWS = 20
NAMES, GAP, CELL = 2.6, 0.2, 0.56
"""Widths of the names, between the panels, and of a cell of the panel of dates, in inches."""

BRIGHT = 0.45
"""Cells darker than this, as a share of the largest value, have white numbers."""


def sensitivity_figure(found: Sensitivity, speak: Speaker) -> Figure:
    """Return the figure; its title names the dimensions that matter most at the last date."""
    order = ranked(found)[:MOST_ROWS]
    dates = dates_of(found)
    height = AXIS_ROOM + len(order) * ROW + TOP
    several = len(dates) > 1
    page = new_page(*_words(found, order, speak), _description(found, order, speak), height, speak)
    cells = len(dates) * CELL + GAP if several else 0.0
    axes = page.axes(NAMES, AXIS_ROOM, WIDTH - NAMES - cells - 0.25, len(order) * ROW)
    _draw_indices(axes, found, order, speak)
    _write_names(page, found, order, speak)
    if several:
        panel = page.axes(WIDTH - cells - 0.1 + GAP, AXIS_ROOM, len(dates) * CELL, len(order) * ROW)
        _draw_dates(panel, found, order, speak)
    return page.figure


def _draw_indices(axes: Axes, found: Sensitivity, order: list[int], speak: Speaker) -> None:
    floor = found.variability[-1].floor_total
    if math.isfinite(floor) and floor > 0.0:
        axes.axvspan(0.0, floor, color=FAINT, linewidth=0, zorder=0, label=speak("sensitivity.figure.floor"))
    for position, (name, estimate) in enumerate((("total", found.indices.total), ("first", found.indices.first))):
        style, marker = line_style(position), "os"[position]
        places = np.arange(len(order)) + (-0.16, 0.16)[position]
        value, low, high = (np.array([part[place, -1] for place in order]) for part in estimate)
        axes.hlines(places, low, high, color=style.colour, linewidth=1.6, zorder=2)
        fill = style.colour if position == 0 else "white"
        axes.plot(value, places, marker, color=style.colour, markerfacecolor=fill, markersize=5.5, zorder=3,
                  label=speak(f"sensitivity.{name}"))  # fmt: skip
    ends = [found.indices.total.high[order, -1], found.indices.first.high[order, -1]]
    highest = float(np.nanmax(ends)) if np.isfinite(ends).any() else 1.0
    axes.set_xlim(min(0.0, -0.02 * highest), max(highest * 1.05, 0.05))
    axes.set_ylim(len(order) - 0.5, -0.5)
    axes.set_yticks([])
    axes.grid(axis="x", color=FAINT, linewidth=0.8)
    axes.set_axisbelow(True)
    axes.xaxis.set_major_formatter(lambda value, _: speak.decimal(value, 2 if highest < 0.5 else 1))
    axes.set_xlabel(speak("sensitivity.figure.axis"), size=LABEL, color=INK)
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=3, frameon=False, fontsize=TICK, handletextpad=0.4,
                columnspacing=1.2, borderaxespad=0.2)  # fmt: skip
    plain(axes, "bottom", "left")


def _draw_dates(axes: Axes, found: Sensitivity, order: list[int], speak: Speaker) -> None:
    """Draw the total index by date as shaded cells with their numbers."""
    values = found.indices.total.value[order]
    largest = float(np.nanmax(values)) if np.isfinite(values).any() else 1.0
    axes.imshow(np.nan_to_num(values), cmap=HEAT, vmin=0.0, vmax=max(largest, 1e-9), aspect="auto", alpha=0.85)
    for row, column in np.ndindex(*values.shape):
        dark = values[row, column] > BRIGHT * largest
        axes.text(column, row, speak.decimal(float(values[row, column]), 2), ha="center", va="center", size=NOTE,
                  color="white" if dark else INK)  # fmt: skip
    labels = [date_text(date, speak).replace(" ", "\n") for date in dates_of(found)]
    axes.set_xticks(range(len(labels)), labels)
    axes.set_yticks([])
    axes.xaxis.tick_top()
    plain(axes)
    axes.tick_params(length=0, labelsize=NOTE)


def _write_names(page: Page, found: Sensitivity, order: list[int], speak: Speaker) -> None:
    for row, place in enumerate(order):
        name = dimension_name(found, found.chosen[place], speak)
        size = TICK if text_width(name, TICK) < NAMES - 0.3 else NOTE
        text = wrapped(name, NAMES - 0.3, size)
        page.text(NAMES - 0.12, AXIS_ROOM + (len(order) - row - 0.5) * ROW, text, ha="right", size=size,
                  linespacing=0.95)  # fmt: skip


def _words(found: Sensitivity, order: list[int], speak: Speaker) -> tuple[str, str, str]:
    measure = speak.label(MEASURES[found.readings[0].measure].label)
    names = [dimension_name(found, found.chosen[place], speak) for place in order[:2]]
    form = "figure.title_two" if len(names) > 1 else "figure.title"
    title = speak(f"sensitivity.{form}", measure=measure, first=names[0], second=names[-1])
    scenario = speak.label(found.scenario.label)
    dates = dates_of(found)
    form = "figure.subtitle" if len(dates) > 1 else "figure.subtitle_one"
    subtitle = speak(f"sensitivity.{form}", scenario=scenario, date=date_text(dates[-1], speak))
    points = found.design.number * (len(found.chosen) + 2)
    runs = speak.counted("terms.runs", points * found.design.replicates)
    return title, subtitle, speak("sensitivity.figure.note", runs=runs, points=speak.decimal(points, 0))


def _description(found: Sensitivity, order: list[int], speak: Speaker) -> str:
    """Return the indices at the last date as text."""
    parts = []
    for place in order:
        name = dimension_name(found, found.chosen[place], speak)
        first, total = (speak.decimal(float(part.value[place, -1]), 2) for part in found.indices)
        parts.append(f"{name}: {speak('sensitivity.first')} {first}, {speak('sensitivity.total')} {total}.")
    return " ".join(parts)
