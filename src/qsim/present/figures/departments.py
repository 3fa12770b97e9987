"""The figure of practice by department and month: a heat map, departments by division and weight."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import Normalize
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from qsim.present.figures.colours import HEAT, INK, SOFT
from qsim.present.figures.department_rows import Block, department_blocks
from qsim.present.figures.frame import MARGIN, WIDTH, Page, new_page, plain
from qsim.present.figures.letters import NOTE, TICK, shortened, text_width
from qsim.present.figures.notes import note
from qsim.present.figures.scales import month_places, percent_axis, time_axis
from qsim.present.text.names import Names, scenario_names
from qsim.present.words.speaker import Speaker

if TYPE_CHECKING:
    from qsim.engine.result import Result

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
        axes.annotate(
            speak.percent(float(row.practice[-1])),
            (1, position),
            xycoords=axes.get_yaxis_transform(),
            xytext=(6, 0),
            textcoords="offset points",
            va="center_baseline",
            size=NOTE,
            color=INK,
            annotation_clip=False,
        )


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
        return speak("figures.heat.title_one", most=most, high=speak.percent(ends[most]))
    median = speak.percent(float(np.nanmedian(list(ends.values()))))
    return speak("figures.heat.title", most=most, high=speak.percent(ends[most]), median=median)


def _subtitle(result: Result, called: str, task: str, speak: Speaker) -> str:
    if len(result.scenario.tasks) > 1:
        called = speak("figures.heat.of_task", scenario=called, task=Names(result.scenario, speak).task(task))
    return speak("figures.heat.subtitle", scenario=called)


def _description(blocks: Sequence[Block], speak: Speaker) -> str:
    parts = []
    for block in blocks:
        values = ", ".join(f"{row.name} {speak.percent(float(row.practice[-1]))}" for row in block.rows)
        parts.append(f"{block.name}: {values}." if block.name else f"{values}.")
    return " ".join(parts)
