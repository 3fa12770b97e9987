"""What Mesa's page shows of a model: its departments by division, its course, and the numbers of the last month."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

import matplotlib as mpl
import numpy as np
from matplotlib.cm import ScalarMappable
from matplotlib.colors import Normalize, to_rgb
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from qsim.engine.model import Administration
from qsim.measures.catalogue import COLUMN, SERIES
from qsim.present.figures.style import (
    FAINT,
    HEAT,
    INK,
    SOFT,
    TICK,
    any_letters,
    line_style,
    percent_axis,
    shortened,
    time_axis,
    wrapped,
)
from qsim.present.text.units import cell, heading
from qsim.present.words.speaker import Speaker

SMALL = 6.5
"""Points of the letters of a tile."""

DARK = 1.2
"""Sum of red, green and blue below which letters on a colour are white."""

COLOURS = {"practice": (0.0, 0.6), "workload": (0.8, 1.4), "knowledge": (0.0, 0.8), "openness": (0.0, 0.8)}
"""What the colour of departments can show, and the range of its scale, beyond which colours stay the same."""

LINES = ("commitment", "practice", "joint_practice", "knowledge", "workload")
"""The columns of a month whose course is drawn; the last is a share of capacity and has an axis of its own."""

NUMBERS = tuple(one for one in SERIES if one.main)
"""The columns of a month that stand as numbers."""

WIDTH, HEIGHT, COURSE = 5.8, 3.5, 4.0
"""Inches: width of both pictures, heights of the departments and of the course, as Mesa's page has places for them."""

LEFT, BELOW, ACROSS = 1.05, 0.5, 6
"""Inches for the names of divisions and for the scale; departments in a row."""


def measure_label(name: str, speak: Speaker) -> str:
    """Return what a column of a month is called."""
    return speak.label(SERIES[COLUMN[name]].label)


def house_picture(model: Administration, colour: str, speak: Speaker) -> Figure:
    """Return the departments as tiles, a row or two a division, coloured by one of :data:`COLOURS`; units stand above."""
    figure = Figure(figsize=(WIDTH, HEIGHT))
    axes = figure.add_axes((0.0, 0.0, 1.0, 1.0), xlim=(0, WIDTH), ylim=(0, HEIGHT))
    axes.set_axis_off()
    scale, colours = Normalize(*COLOURS[colour], clip=True), mpl.colormaps[HEAT]
    rows = list(_rows(model, colour, speak))
    wide, high = (WIDTH - LEFT) / ACROSS, (HEIGHT - BELOW) / len(rows)
    with any_letters():
        for row, (name, tiles) in enumerate(rows):
            bottom = HEIGHT - high * (row + 1)
            axes.text(0.05, bottom + high / 2, _short(name, LEFT - 0.1), fontsize=SMALL, color=SOFT, va="center")
            for place, (label, value) in enumerate(tiles):
                face = FAINT if value is None else colours(scale(value))
                ink = INK if value is None or sum(to_rgb(face)) > DARK else "white"
                left = LEFT + wide * place
                axes.add_patch(
                    Rectangle((left, bottom + 0.02), wide - 0.03, high - 0.04, facecolor=face, edgecolor=SOFT, lw=0.5)
                )
                axes.text(left + (wide - 0.03) / 2, bottom + high / 2, _short(label, wide - 0.08), fontsize=SMALL, color=ink,
                          ha="center", va="center", linespacing=0.95)  # fmt: skip
    below = figure.add_axes((LEFT / WIDTH, 0.2 / HEIGHT, 0.4, 0.1 / HEIGHT))
    bar = figure.colorbar(ScalarMappable(scale, colours), cax=below, orientation="horizontal")
    percent_axis(below.xaxis, speak)
    bar.outline.set_visible(False)
    below.tick_params(labelsize=SMALL, length=2, pad=1)
    figure.text(
        (LEFT + 0.4 * WIDTH) / WIDTH + 0.03, 0.25 / HEIGHT, measure_label(colour, speak), fontsize=SMALL, va="center"
    )
    return figure


def _rows(model: Administration, colour: str, speak: Speaker) -> Iterator[tuple[str, list[tuple[str, float | None]]]]:
    """Yield rows of tiles, each with its name: the commissioners without a value, then the departments of each division."""
    if len(model.commissioners):
        yield speak("viz.units"), [(speak.label(one.label), None) for one in model.commissioners]
    departments = list(model.departments)
    for number, division in enumerate(model.house.divisions):
        held = [(speak.label(one.label), float(getattr(one, colour))) for one in departments if one.division == number]
        for first in range(0, len(held), ACROSS):
            yield speak.label(division.label) if first == 0 else "", list(held[first : first + ACROSS])


def _short(text: str, width: float) -> str:
    """Return text in at most two lines of this width in inches, the second cut where there is more."""
    lines = wrapped(text, width, SMALL).split("\n")
    return "\n".join(shortened(line, width, SMALL) for line in [*lines[:1], " ".join(lines[1:])] if line)


def lines_picture(model: Administration, speak: Speaker) -> Figure:
    """Return the course of :data:`LINES` from the first month to the last one run, on the axis of the whole scenario."""
    figure = Figure(figsize=(WIDTH, COURSE), layout="constrained")
    shares, work = figure.subplots(2, 1, sharex=True, height_ratios=(3, 1))
    frame = model.datacollector.get_model_vars_dataframe()
    first = model.settings.start - 1970 * 12
    months = first + np.arange(len(frame))
    for position, name in enumerate(LINES):
        style = line_style(position)
        axes = work if name == LINES[-1] else shares
        axes.plot(months, frame[name], color=style.colour, linestyle=style.dashes, label=measure_label(name, speak))
    shares.set_ylim(0, 1)
    work.set_xlim(first, first + model.settings.months - 1)
    time_axis(work.xaxis, [first, first + model.settings.months - 1], speak)
    for axes in (shares, work):
        percent_axis(axes.yaxis, speak, 5)
        axes.tick_params(labelsize=TICK, colors=SOFT)
        axes.grid(color=FAINT, linewidth=0.6)
        axes.spines[["top", "right"]].set_visible(False)
    shares.legend(fontsize=TICK, frameon=False, loc="upper left", ncols=2)
    work.set_title(measure_label(LINES[-1], speak), fontsize=TICK, color=SOFT, loc="left", pad=3)
    return figure


def numbers_table(model: Administration, speak: Speaker) -> str:
    """Return the last month and what was measured in it as rows of an HTML table; ``data`` holds each number in full."""
    values = model.measures
    before = model.month < model.settings.start
    month = speak("viz.before") if before else speak.month(model.date, full=True)
    rows = [f'<tr><th scope="row">{escape(speak("viz.month"))}</th><td>{escape(month)}</td></tr>']
    for one in NUMBERS:
        number = (
            f'<data id="{one.name}" value="{values[one.name]!r}">{escape(cell(values[one.name], one, speak))}</data>'
        )
        rows.append(f'<tr><th scope="row">{escape(heading(one, speak))}</th><td>{number}</td></tr>')
    return f"<tbody>{''.join(rows)}</tbody>"
