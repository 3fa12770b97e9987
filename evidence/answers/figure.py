"""The figure of an experiment: an outcome along its factors, as lines with intervals or as a surface over time."""

from __future__ import annotations

import math
from itertools import product
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from evidence.answers.answer import Answer
from evidence.answers.numbers import axis_numbers, axis_title, place_name
from qsim.present.figures.frame import MARGIN, WIDTH, Page, new_page, plain
from qsim.present.figures.style import (
    FAINT,
    HEAT,
    INK,
    LABEL,
    NOTE,
    TICK,
    line_style,
    month_places,
    percent_axis,
    text_width,
    time_axis,
    wrapped,
)
from qsim.present.text.answer_text import SHARES, level
from qsim.present.words.speaker import Speaker
from qsim.sweep.schema import SCENARIO, TIME

LEFT, GAP, HEAD, BELOW = 0.75, 0.18, 0.28, 0.62
"""Room in inches: left of the first panel, between panels, above and below each."""
TALL, LOW = 2.6, 1.0
"""Height of a panel of lines and of a surface, in inches."""
BAR = 0.5
WIDE_RANGE = 8.0
"""An axis whose largest number is so many times the smallest is logarithmic."""


def answer_figure(answer: Answer, speak: Speaker) -> Figure:
    """Return the figure of an answer; raise ValueError if it has none."""
    figure = answer["figure"]
    if figure is None:
        raise ValueError(f"{answer['experiment']} has no figure")
    surface = figure["kind"] == "surface"
    columns, rows = (figure["values"].get(axis, [None]) for axis in ("columns", "rows"))
    legend = _legend_lines(answer, speak) if not surface and "lines" in figure["values"] else []
    tall = LOW if surface else TALL
    between = GAP if surface else HEAD
    below = 0.3 if figure["axes"]["x"] == TIME else BELOW
    named = 0.0 if columns == [None] else HEAD + 0.15
    height = len(rows) * (tall + between) - between + named + below + 0.22 * len(legend) + 0.1
    page = new_page(*_words(answer, speak), _description(answer, speak), height, speak)
    room = WIDTH - LEFT - MARGIN - (BAR + 0.4 if surface else 0.1)
    width = (room - GAP * (len(columns) - 1)) / len(columns)
    ends = _ends(figure["rows"], surface)
    for (r, row), (c, column) in product(enumerate(rows), enumerate(columns)):
        bottom = below + (len(rows) - 1 - r) * (tall + between)
        axes = page.axes(LEFT + c * (width + GAP), bottom, width, tall)
        chosen = [one for one in figure["rows"] if one.get("columns") == column and one.get("rows") == row]
        (_draw_surface if surface else _draw_lines)(axes, answer, chosen, ends, speak)
        _dress(axes, answer, (r, row, len(rows)), (c, column), width, speak)
    if surface:
        _write_bar(page, ends, (below, height - below - named - 0.1), speak, figure["unit"])
    _write_legend(page, answer, legend, height, speak)
    return page.figure


def _draw_lines(
    axes: Axes, answer: Answer, chosen: list[dict[str, Any]], ends: tuple[float, float], speak: Speaker
) -> None:
    figure = answer["figure"]
    places, numbers = _places(answer)
    lines = figure["values"].get("lines", [None])
    for position, line in enumerate(lines):
        rows = [row for row in chosen if row.get("lines") == line]
        mean, half = (
            np.array([math.nan if row[name] is None else row[name] for row in rows]) for name in ("mean", "half")
        )
        style = line_style(position)
        if figure["axes"]["x"] != TIME and not numbers:  # what has no order is not joined by a line
            apart = 0.5 * ((position + 0.5) / len(lines) - 0.5)
            axes.errorbar(
                places + apart, mean, half, color=style.colour, fmt=style.marker, markersize=5, elinewidth=1.4
            )
            continue
        axes.fill_between(places, mean - half, mean + half, color=style.colour, alpha=0.18, linewidth=0)
        axes.plot(places, mean, color=style.colour, linestyle=style.dashes, linewidth=1.8, marker="o", markersize=3.5)
    spare = 0.06 * (ends[1] - ends[0]) or 0.01
    axes.set_ylim(ends[0] - spare, ends[1] + spare)
    if numbers and min(numbers) > 0 and max(numbers) / min(numbers) >= WIDE_RANGE:
        axes.set_xscale("log")
        axes.minorticks_off()
    if figure["axes"]["x"] == TIME:
        time_axis(axes.xaxis, places, speak)
    else:
        axes.set_xticks(places, [place_name(answer, "x", value, speak) for value in figure["values"]["x"]])
    if figure["axes"]["x"] != TIME and not numbers:
        axes.set_xlim(-0.5, len(places) - 0.5)
    if figure["unit"] in SHARES:
        percent_axis(axes.yaxis, speak)
    else:
        axes.yaxis.set_major_formatter(lambda value, _: speak.decimal(value, 1))
    axes.grid(axis="y", color=FAINT, linewidth=0.8)
    axes.set_axisbelow(True)
    plain(axes, "bottom", "left")


def _draw_surface(
    axes: Axes, answer: Answer, chosen: list[dict[str, Any]], ends: tuple[float, float], speak: Speaker
) -> None:
    values = answer["figure"]["values"]
    shades = np.full((len(values["lines"]), len(values["x"])), np.nan)
    for row in chosen:
        if row["mean"] is not None:
            shades[values["lines"].index(row["lines"]), values["x"].index(row["x"])] = row["mean"]
    axes.imshow(shades, cmap=HEAT, vmin=ends[0], vmax=ends[1], aspect="auto", origin="lower")
    every = max(len(values["x"]) // 2, 1)
    ticks = list(range(1, len(values["x"]), every))
    axes.set_xticks(ticks, [_year(answer, values["x"][tick], speak) for tick in ticks])
    axes.set_yticks(range(len(values["lines"])), [place_name(answer, "lines", one, speak) for one in values["lines"]])
    plain(axes)


def _dress(
    axes: Axes,
    answer: Answer,
    row: tuple[int, str | None, int],
    column: tuple[int, str | None],
    width: float,
    speak: Speaker,
) -> None:
    """Name the panel, leave out what its neighbours say, and break names that are too long."""
    surface = answer["figure"]["kind"] == "surface"
    if column[1] is not None and row[0] == 0:
        name = place_name(answer, "columns", column[1], speak)
        if answer["figure"]["axes"]["columns"] != SCENARIO:
            name = f"{axis_title(answer, 'columns', speak)}: {name}"
        axes.set_title(wrapped(name, width, TICK), size=TICK, color=INK)
    if column[0] > 0:
        axes.tick_params(labelleft=False)
    else:
        named = axis_title(answer, "lines", speak) if surface else answer["figure"]["outcome"][speak.language]
        if surface and row[1] is not None:
            named = f"{place_name(answer, 'rows', row[1], speak)}\n{named}"
        axes.set_ylabel(wrapped(named, LOW if surface else TALL, LABEL) if not surface else named, size=TICK, color=INK)
    if row[0] < row[2] - 1:
        axes.tick_params(labelbottom=False)
        return
    if answer["figure"]["axes"]["x"] == TIME:
        return
    ticks = [one.get_text() for one in axes.get_xticklabels()]
    each = width / max(len(ticks), 1)
    if any(text_width(text, TICK) > each for text in ticks):
        axes.set_xticks(axes.get_xticks(), [wrapped(text, max(each, 0.5), NOTE) for text in ticks], size=NOTE)
    axes.set_xlabel(axis_title(answer, "x", speak), size=LABEL, color=INK)


def _places(answer: Answer) -> tuple[np.ndarray, list[float] | None]:
    """Return where the values of the x axis stand, and the numbers that they are, if they are."""
    values = answer["figure"]["values"]["x"]
    if answer["figure"]["axes"]["x"] == TIME:
        return month_places(values), None
    numbers = axis_numbers(answer, "x")
    return (np.arange(len(values)) if numbers is None else np.array(numbers)), numbers


def _ends(rows: list[dict[str, Any]], means: bool) -> tuple[float, float]:
    """Return the lowest and the highest value that is drawn: ``means`` alone, or their intervals."""
    known = [(row["mean"], 0.0 if means else row["half"] or 0.0) for row in rows if row["mean"] is not None]
    if not known:
        return 0.0, 1.0
    return min(mean - half for mean, half in known), max(mean + half for mean, half in known)


def _year(answer: Answer, value: str, speak: Speaker) -> str:
    return value[:4] if answer["figure"]["axes"]["x"] == TIME else place_name(answer, "x", value, speak)


def _legend_lines(answer: Answer, speak: Speaker) -> list[list[int]]:
    """Return the lines of the figure by the line of the legend they stand in."""
    names = [place_name(answer, "lines", value, speak) for value in answer["figure"]["values"]["lines"]]
    found: list[list[int]] = [[]]
    used = text_width(axis_title(answer, "lines", speak), TICK) + 0.2
    for position, name in enumerate(names):
        wide = text_width(name, TICK) + 0.62
        if used + wide > WIDTH - LEFT - MARGIN and found[-1]:
            found.append([])
            used = 0.0
        found[-1].append(position)
        used += wide
    return found


def _write_legend(page: Page, answer: Answer, lines: list[list[int]], height: float, speak: Speaker) -> None:
    joined = answer["figure"]["axes"]["x"] == TIME or bool(_places(answer)[1])
    for count, positions in enumerate(lines):
        y, x = height - 0.12 - 0.22 * count, LEFT
        if count == 0:
            title = f"{axis_title(answer, 'lines', speak)}:"
            page.text(x, y, title, size=TICK)
            x += text_width(title, TICK) + 0.12
        for position in positions:
            style = line_style(position)
            name = place_name(answer, "lines", answer["figure"]["values"]["lines"][position], speak)
            axes = page.axes(x, y - 0.05, 0.36, 0.1)
            axes.axis("off")
            if joined:
                axes.plot([0, 1], [0, 0], color=style.colour, linestyle=style.dashes, linewidth=1.8)
            else:
                axes.plot([0.5], [0], color=style.colour, marker=style.marker, markersize=5)
            page.text(x + 0.42, y, name, size=TICK)
            x += text_width(name, TICK) + 0.62


def _write_bar(page: Page, ends: tuple[float, float], place: tuple[float, float], speak: Speaker, unit: str) -> None:
    """Draw the scale of the shades at the right, from a place of the body upwards."""
    axes = page.axes(WIDTH - MARGIN - BAR - 0.1, place[0], 0.14, place[1])
    axes.imshow(np.linspace(*ends, 100)[:, None], cmap=HEAT, aspect="auto", origin="lower", extent=(0, 1, *ends))
    axes.set_xticks([])
    axes.yaxis.tick_right()
    if unit in SHARES:
        percent_axis(axes.yaxis, speak)
    plain(axes)


def _words(answer: Answer, speak: Speaker) -> tuple[str, str, str]:
    figure = answer["figure"]
    name = "subtitle_surface" if figure["kind"] == "surface" else "subtitle"
    runs = speak.decimal(answer["replications"], 0)
    subtitle = speak(f"answers.{name}", outcome=figure["outcome"][speak.language], runs=runs)
    return (
        answer["label"][speak.language],
        subtitle,
        speak("answers.figure_note", total=speak.decimal(answer["runs"], 0)),
    )


def _description(answer: Answer, speak: Speaker) -> str:
    """Return the first and the last value of each line as text."""
    figure = answer["figure"]
    axes = [axis for axis in ("rows", "columns", "lines") if axis in figure["values"]]
    parts = []
    for place in product(*(figure["values"][axis] for axis in axes)):
        rows = [row for row in figure["rows"] if all(row[axis] == one for axis, one in zip(axes, place, strict=True))]
        named = ", ".join(place_name(answer, axis, one, speak) for axis, one in zip(axes, place, strict=True))
        said = [f"{place_name(answer, 'x', row['x'], speak)} {level(row['mean'], figure['unit'], speak)}"
                for row in (rows[0], rows[-1])]  # fmt: skip
        parts.append(f"{named}: {', '.join(said)}." if named else f"{', '.join(said)}.")
    return " ".join(parts)
