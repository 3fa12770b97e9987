"""What each department does more or less of in one scenario than in the other: a chart and a table of each pair."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, MaxNLocator

from qsim.comparison.comparing import Compared
from qsim.comparison.record import Gain, department_gains
from qsim.present.figures.bars import COVER
from qsim.present.figures.frame import Frame, fitted, is_narrow, plain_rows
from qsim.present.figures.style import CHANGE, INK, LABEL, SOFT, TICK, text_height, text_width
from qsim.present.page.blocks import Block, Chart, Details, Table, Text
from qsim.present.text.names import Names, scenario_names
from qsim.present.words.speaker import Speaker, capital
from qsim.runs.readings import MEASURES
from qsim.scenario.schema import Scenario

DRAWN = 12
"""So many departments are drawn; the table has all."""

NAMED = 3
LARGEST_NAME = 2.9
ROW, AXIS_ROOM, SLACK = 0.25, 0.32, 0.1


def _gains_chart(
    id: str, gains: Sequence[Gain], scenarios: Sequence[Scenario], relevant: float, speak: Speaker, ending: str = ""
) -> Chart:
    """Return the chart of the strongest gains and losses of the second of two scenarios, its table with all.

    ``relevant`` is the smallest relevant difference; ``ending`` is added to the title where there are several such charts.
    """
    names = Names(scenarios[0], speak)
    called = scenario_names(scenarios, speak)
    drawn = gains[:DRAWN]

    return Chart(
        id=id,
        title=_title(gains, relevant, names, called, speak) + ending,
        alt=_alt(drawn, names, called, speak),
        draw=lambda frame: _figure(drawn, names, frame, speak),
        table=_table(gains, names, called, speak),
        note=speak.counted(
            "time.gains.note", len(drawn), all=speak.decimal(len(gains), 0), relevant=speak.decimal(100 * relevant, 2)
        ),
    )


def _title(gains: Sequence[Gain], relevant: float, names: Names, called: Sequence[str], speak: Speaker) -> str:
    better = [gain for gain in gains if gain.sure and gain.difference > relevant]
    worse = [gain for gain in gains if gain.sure and gain.difference < -relevant]
    said = {
        "second": called[1],
        "better": speak.decimal(len(better), 0),
        "worse": speak.decimal(len(worse), 0),
        "all": speak.decimal(len(gains), 0),
        "most": speak.joined([names.department(gain.department) for gain in (better or worse)[:NAMED]]),
    }
    if not better and not worse:
        return speak("time.gains.none", **said)
    if not worse:
        return speak("time.gains.better", **said)
    return speak("time.gains.both" if better else "time.gains.worse", **said)


def _alt(gains: Sequence[Gain], names: Names, called: Sequence[str], speak: Speaker) -> str:
    said = [f"{names.department(gain.department)} {_points(gain.difference, speak)}" for gain in gains]
    return speak("time.gains.alt", first=called[0], second=called[1], gains=", ".join(said))


def _table(gains: Sequence[Gain], names: Names, called: Sequence[str], speak: Speaker) -> Table:
    return Table(
        caption=speak("time.gains.caption"),
        heads=(
            capital(speak("terms.department")),
            capital(speak("terms.division")),
            *called,
            speak("time.gains.difference"),
            speak("time.gains.range"),
        ),
        rows=tuple(
            (
                names.department(gain.department),
                names.division(gain.division),
                *(speak.percent(level, 1) for level in gain.levels),
                _points(gain.difference, speak),
                speak.number_range(100 * gain.low, 100 * gain.high, 1, signed=True),
            )
            for gain in gains
        ),
        words=2,
    )


def _points(share: float, speak: Speaker) -> str:
    return speak.decimal(100 * share, 1, signed=True)


def _figure(gains: Sequence[Gain], names: Names, frame: Frame, speak: Speaker) -> Figure:
    width = frame.width
    narrow = is_narrow(width)
    labels = [names.department(gain.department) for gain in gains]
    room = 0.0 if narrow else min(LARGEST_NAME, max(text_width(label, TICK) for label in labels) + 0.15)
    values = 0.12 + max(text_width(_points(gain.difference, speak), LABEL, "bold") for gain in gains)
    lines = _lines(gains, names, width)
    height = sum(line[2] for line in lines)
    page = frame.page(height + AXIS_ROOM)
    axes = page.axes(room + 0.08, AXIS_ROOM, width - room - values - 0.16, height)
    _axis(axes, gains, height, speak)
    top = 0.0
    for gain, text, tall in lines:
        y = height + AXIS_ROOM - top
        if gain is None:
            page.text(0, y - 0.08, text, size=TICK, color=SOFT, weight="bold", va="top", linespacing=1.2, bbox=COVER)
        else:
            name_room = text_height(text, TICK) if narrow else 0.0
            middle = top + name_room + (tall - name_room) / 2
            page.text(0, y - (name_room or tall) / 2, text, size=TICK, linespacing=1.2, bbox=COVER)
            _draw(axes, gain, middle)
            value = _points(gain.difference, speak)
            page.text(width - values + 0.1, height + AXIS_ROOM - middle, value, size=LABEL, weight="bold")
        top += tall
    return page.figure


def _lines(gains: Sequence[Gain], names: Names, width: float) -> list[tuple[Gain | None, str, float]]:
    """Return what stands in the lines of the figure from above, each with its height: a division, or one of its gains."""
    divisions: dict[str, list[Gain]] = {}
    for gain in gains:
        divisions.setdefault(gain.division, []).append(gain)
    lines: list[tuple[Gain | None, str, float]] = []
    for division, held in divisions.items():
        heading = fitted(names.division(division), width - SLACK, TICK, "bold")
        lines.append((None, heading, text_height(heading, TICK) + 0.12))
        for gain in held:
            label = names.department(gain.department)
            text = fitted(label, width - SLACK if is_narrow(width) else LARGEST_NAME, TICK)
            tall = text_height(text, TICK)
            lines.append((gain, text, tall + 0.2 if is_narrow(width) else max(ROW, tall + 0.04)))
    return lines


def _axis(axes: Axes, gains: Sequence[Gain], height: float, speak: Speaker) -> None:
    ends = [end for gain in gains for end in (gain.difference, gain.low, gain.high) if np.isfinite(end)]
    plain_rows(axes, height)
    axes.set_xlim(min([*ends, 0.0]) - 0.0005, max([*ends, 0.002]) + 0.0005)
    axes.xaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10]))
    digits = 1 if axes.get_xlim()[1] - axes.get_xlim()[0] < 0.05 else 0
    axes.xaxis.set_major_formatter(FuncFormatter(lambda x, _: speak.decimal(100 * x, digits, signed=True)))
    axes.axvline(0, color=INK, linewidth=1)


def _draw(axes: Axes, gain: Gain, y: float) -> None:
    marker, fill = ("o", CHANGE) if gain.difference >= 0 else ("s", "white")
    if np.isfinite(gain.low):
        axes.plot([gain.low, gain.high], [y, y], color=CHANGE, linewidth=2, alpha=0.55, solid_capstyle="round")
    axes.plot(
        [gain.difference], [y], marker=marker, color=CHANGE, markerfacecolor=fill, markeredgewidth=1.4, markersize=7,
        clip_on=False,
    )  # fmt: skip


MOST_CHARTS = 4
"""Charts of departments that are drawn; the numbers of further pairs and tasks are in tables that are folded up."""


def gains_blocks(result: Compared, speak: Speaker) -> tuple[Block, ...]:
    """Return the chart of each pair and task; beyond :data:`MOST_CHARTS` of them only its table, folded up."""
    scenarios = result.scenarios
    house = Names(scenarios[0], speak)
    blocks: list[Block] = []
    relevant = result.standards.smallest_relevant(MEASURES["practice"], result.worlds.twins[0])
    tasks = scenarios[0].tasks
    for second in range(1, len(scenarios)):
        for task in range(min(len(tasks), len(scenarios[second].tasks))):
            gains = department_gains(result.worlds, second, task)
            if not gains:
                continue
            pair = scenarios[0], scenarios[second]
            ending = speak("time.gains.task", task=house.task(tasks[task].id)) if len(tasks) > 1 else ""
            chart = _gains_chart(f"chart-departments-{second}-{task + 1}", gains, pair, relevant, speak, ending)
            names = dict(zip(("first", "second"), scenario_names(pair, speak), strict=True))
            summary = speak("time.gains.further", **names) + ending
            said = {"all": speak.decimal(len(gains), 0), **names}
            differences = [gain.difference for gain in gains]
            if not any(differences):
                blocks.append(Text(f"{speak('time.gains.same', **said)}{ending}."))
            elif min(max(differences) - min(differences), max(map(abs, differences))) < relevant:
                ends = speak.number_range(100 * min(differences), 100 * max(differences), 1, signed=True)
                blocks.append(Text(f"{speak('time.gains.alike', range=ends, **said)}{ending}."))
                blocks.append(Details(summary, (chart.table,)))
            elif sum(isinstance(block, Chart) for block in blocks) < MOST_CHARTS:
                blocks.append(chart)
            else:
                blocks.append(Details(summary, (Text(chart.title), chart.table)))
    return tuple(blocks) or (Text(speak("time.no_gains")),)
