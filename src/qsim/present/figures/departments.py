"""The figure of the departments: what holds each one back, month by month."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import Normalize
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from qsim.engine.result import Result
from qsim.measures.catalogue import CONSTRAINTS
from qsim.present.figures.frame import MARGIN, WIDTH, Page, new_page, note, plain, write_beside
from qsim.present.figures.style import (
    HEAT,
    INK,
    NOTE,
    SOFT,
    TICK,
    month_places,
    percent_axis,
    shortened,
    text_width,
    time_axis,
)
from qsim.present.text.names import Names, scenario_names
from qsim.present.words.speaker import Speaker

MOST_ROWS = 60
"""Departments that can be told apart in one figure."""

COPY = re.compile(r"(.+)_[0-9]+")


@dataclass(frozen=True)
class Row:
    """A row of the heat map: its name and its practice by month (months,), NaN where nothing is known."""

    name: str
    weight: float
    practice: np.ndarray


@dataclass(frozen=True)
class Block:
    """The rows of a division; without a name where each row is a division itself."""

    name: str
    rows: tuple[Row, ...]


def department_blocks(result: Result, task: str, speak: Speaker) -> tuple[np.ndarray, list[Block]]:
    """Return the months and the departments that have a part in a task, by division, those of most weight first.

    Beyond 60 departments the copies of one are united, beyond 60 of these each division is one row. A department that
    stands in no run is left out. Raise ValueError if no department has a part in the task.
    """
    table = _known(result.departments, task)
    if table.empty:
        raise ValueError(f"no department has a part in the task {task}")
    names = Names(result.scenario, speak)
    keys = table["department"]
    if keys.nunique() > MOST_ROWS:
        keys = keys.map(dict(zip(keys.unique(), map(_original, keys.unique()), strict=True)))
    whole_divisions = keys.nunique() > MOST_ROWS
    table = table.assign(row=table["division"] if whole_divisions else keys)
    months = np.sort(table["month"].unique())
    rows: dict[str, list[Row]] = {}
    for (division, key), part in table.groupby(["division", "row"], sort=False):
        name = names.division(str(key)) if whole_divisions else names.department(str(key))
        rows.setdefault("" if whole_divisions else names.division(str(division)), []).append(
            _row(part, name if whole_divisions else _with_copies(part, name, speak), months)
        )
    blocks = [Block(name, tuple(sorted(held, key=lambda row: -row.weight))) for name, held in rows.items()]
    return months, sorted(blocks, key=lambda block: -sum(row.weight for row in block.rows))


def _known(departments: pd.DataFrame, task: str) -> pd.DataFrame:
    """Return the rows of a task in which a department stands in some run and has a weight."""
    constraints = [f"constraint_{name}" for name in CONSTRAINTS]
    stands = departments[constraints].sum(axis=1) > 0
    known = departments[(departments["task"] == task) & (departments["weight"] > 0) & stands]
    return known.assign(department=known["department"].astype(str), division=known["division"].astype(str))


def _original(department: str) -> str:
    copy = COPY.fullmatch(department)
    return copy[1] if copy else department


def _with_copies(part: pd.DataFrame, name: str, speak: Speaker) -> str:
    copies = part["department"].nunique()
    if copies == 1:
        return name
    return speak("figures.heat.copies", department=name, number=speak.decimal(copies, 0))


def _row(part: pd.DataFrame, name: str, months: np.ndarray) -> Row:
    """Return the mean of departments by month, weighted."""
    weighted = part.assign(sum=part["practice"] * part["weight"]).groupby("month")[["sum", "weight"]].sum()
    practice = (weighted["sum"] / weighted["weight"]).reindex(pd.Index(months))
    weight = float(part.groupby("department")["weight"].first().sum())
    return Row(name, weight, practice.to_numpy(dtype=np.float64))


ROW, HEAD, AXIS_ROOM = 0.165, 0.23, 0.3
"""Heights of a row, of a division's name and of the axis of months, in inches."""

KEY_ROOM = 0.55
"""Height of the key to the colours, in inches."""

LARGEST_NAME, END_ROOM = 2.5, 0.6


def departments_figure(result: Result, speak: Speaker, name: str | None = None, task: str | None = None) -> Figure:
    """Return practice by department and month for a task, the first if None; ``name`` stands for the scenario's label.

    Raise ValueError if no department has a part in the task.
    """
    chosen = task or result.scenario.tasks[0].id
    months, blocks = department_blocks(result, chosen, speak)
    called = name or scenario_names([result.scenario], speak)[0]
    title, subtitle = _statement(blocks, speak), _subtitle(result, called, chosen, speak)
    height = sum((HEAD if block.name else 0.0) + ROW * len(block.rows) for block in blocks) + AXIS_ROOM + KEY_ROOM
    runs = len(result.runs)
    page = new_page(title, subtitle, note("heat", runs, speak), _description(blocks, speak), height, speak)
    room = MARGIN + 0.1 + min(LARGEST_NAME, max(text_width(row.name, NOTE) for block in blocks for row in block.rows))
    width = WIDTH - room - END_ROOM
    colours = Normalize(0.0, _highest(blocks))
    top, bottom = height, AXIS_ROOM + KEY_ROOM
    for position, block in enumerate(blocks):
        if block.name:
            page.text(
                MARGIN, top - HEAD * 0.55, shortened(block.name, WIDTH - 2 * MARGIN, TICK), size=TICK, weight="bold"
            )
            top -= HEAD
        tall = ROW * len(block.rows)
        axes = page.axes(room, top - tall, width, tall)
        _draw(axes, block, month_places(months), colours, room - MARGIN - 0.08, speak)
        last = position == len(blocks) - 1
        axes.tick_params(axis="x", length=3 if last else 0, labelbottom=last)
        time_axis(axes.xaxis, month_places(months), speak)
        top -= tall
    page.text(room + width + 0.08, bottom - 0.14, speak("figures.heat.end"), size=NOTE, color=SOFT)
    _key(page, colours, room, width, speak)
    return page.figure


def _draw(axes: Axes, block: Block, places: np.ndarray, colours: Normalize, room: float, speak: Speaker) -> None:
    grid = np.stack([row.practice for row in block.rows])
    shade = mpl.colormaps[HEAT].with_extremes(bad="#ffffff")
    extent = (places[0] - 0.5, places[-1] + 0.5, len(block.rows) - 0.5, -0.5)
    axes.imshow(
        np.ma.masked_invalid(grid), aspect="auto", cmap=shade, norm=colours, extent=extent, interpolation="nearest"
    )
    plain(axes)
    axes.set_yticks(range(len(block.rows)), [shortened(row.name, room, NOTE) for row in block.rows])
    axes.tick_params(axis="y", length=0, labelsize=NOTE, pad=4)
    for position, row in enumerate(block.rows):
        share = speak.level(float(row.practice[-1]))
        write_beside(axes, share, position, va="center_baseline", size=NOTE, color=INK)


def _key(page: Page, colours: Normalize, left: float, width: float, speak: Speaker) -> None:
    """Draw the key to the colours below the axis of months."""
    label = speak("figures.heat.colours")
    page.text(left, KEY_ROOM * 0.6, label, size=TICK)
    start = left + text_width(label, TICK) + 0.15
    axes = page.axes(start, KEY_ROOM * 0.6 - 0.05, min(2.4, width - (start - left)), 0.11)
    ramp = np.linspace(0, 1, 256)[np.newaxis]
    axes.imshow(ramp, aspect="auto", cmap=HEAT, extent=(0, float(colours.vmax or 1.0), 0, 1))
    plain(axes)
    axes.set_yticks([])
    percent_axis(axes.xaxis, speak, ticks=4)
    axes.tick_params(axis="x", labelsize=NOTE)


def _highest(blocks: Sequence[Block]) -> float:
    """Return the upper end of the colours: the next round share above all practice."""
    highest = max(float(np.nanmax(row.practice)) for block in blocks for row in block.rows)
    return float(MaxNLocator(9, steps=[1, 2, 5, 10]).tick_values(0.0, max(highest, 0.02))[-1])


def _ends(blocks: Sequence[Block]) -> dict[str, float]:
    return {row.name: float(row.practice[-1]) for block in blocks for row in block.rows}


def _statement(blocks: Sequence[Block], speak: Speaker) -> str:
    ends = _ends(blocks)
    most = max(ends, key=lambda name: ends[name])
    if len(ends) == 1:
        return speak("figures.heat.title_one", most=most, high=speak.level(ends[most]))
    median = speak.level(float(np.nanmedian(list(ends.values()))))
    return speak("figures.heat.title", most=most, high=speak.level(ends[most]), median=median)


def _subtitle(result: Result, called: str, task: str, speak: Speaker) -> str:
    if len(result.scenario.tasks) > 1:
        called = speak("figures.heat.of_task", scenario=called, task=Names(result.scenario, speak).task(task))
    return speak("figures.heat.subtitle", scenario=called)


def _description(blocks: Sequence[Block], speak: Speaker) -> str:
    parts = []
    for block in blocks:
        values = ", ".join(f"{row.name} {speak.level(float(row.practice[-1]))}" for row in block.rows)
        parts.append(f"{block.name}: {values}." if block.name else f"{values}.")
    return " ".join(parts)
