"""The chart of one case on its way through the house: what each department does of it, and how well each way on works."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from qsim.comparison.why.case import Case
from qsim.present.figures.curves import draw_legend, legend_height
from qsim.present.figures.frame import Page, canvas, fitted, is_narrow, plain_rows
from qsim.present.figures.scales import percent_axis
from qsim.present.figures.style import FAINT, INK, LABEL, NOTE, SOFT, TICK, line_style, text_height, text_width
from qsim.present.page.blocks import Chart, Table
from qsim.present.text.explained import absolute_month, case_text
from qsim.present.text.names import Names
from qsim.present.words.speaker import Speaker
from qsim.scenario.schema import Scenario

STEP, CHANNEL, AXIS_ROOM = 0.29, 0.24, 0.3
"""Height of a department and of the way to the next one, and of the axis, in inches."""

RAIL, LARGEST_NAME = 0.3, 2.5
COLUMNS = ("practice", "motivation", "ability", "time", "channel")


def case_chart(
    id: str, cases: Sequence[Case], scenarios: Sequence[Scenario], names: Sequence[str], speak: Speaker
) -> Chart:
    """Return the chart of cases that run through the same departments, one a scenario, means over runs."""
    house = Names(scenarios[0], speak)
    labels = [house.department(step.department) for step in cases[0].steps]
    runs = speak.counted("terms.runs", min(case.runs for case in cases))

    alt = [f"{name}: {case_text(case, one, speak)}" for name, case, one in zip(names, cases, scenarios, strict=True)]
    return Chart(
        id=id,
        title=_title(cases, names, speak),
        alt=speak("why.case.alt", steps=", ".join(labels)) + " " + " ".join(alt),
        draw=lambda width: _figure(cases, labels, names, width, speak),
        table=_table(cases, labels, names, speak),
        note=speak("why.case.note", runs=runs),
    )


def _title(cases: Sequence[Case], names: Sequence[str], speak: Speaker) -> str:
    said = {
        "chain": speak.label(cases[0].chain.label),
        "month": absolute_month(cases[0].month, speak),
    }
    done = [case.done for case in cases]
    if len(cases) > 2:
        least, most = done.index(min(done)), done.index(max(done))
        ends = {"low": speak.percent(done[least]), "high": speak.percent(done[most])}
        return speak("why.case.title_many", least=names[least], most=names[most], **ends, **said)
    told = [f"{name} {speak.percent(share)}" for share, name in zip(done, names, strict=True)]
    return speak("why.case.title", done="; ".join(told), **said)


def _table(cases: Sequence[Case], labels: Sequence[str], names: Sequence[str], speak: Speaker) -> Table:
    several = len(names) > 1
    rows = [
        (
            labels[place],
            *([name] if several else []),
            *(speak.percent(float(getattr(case.steps[place], column))) for column in COLUMNS),
        )
        for place in range(len(labels))
        for case, name in zip(cases, names, strict=True)
    ]
    heads = (speak("explained.step"), *([speak("why.scenario")] if several else []))
    measured = tuple(speak(f"explained.{column}") for column in COLUMNS)
    return Table(speak("why.case.caption"), (*heads, *measured), tuple(rows), words=len(heads))


def _figure(cases: Sequence[Case], labels: Sequence[str], names: Sequence[str], width: float, speak: Speaker) -> Figure:
    narrow = is_narrow(width)
    way = speak("why.case.way")
    written = max(text_width(label, TICK) for label in (*labels, way))
    room = RAIL + (0.0 if narrow else min(LARGEST_NAME, written) + 0.15)
    texts = [fitted(label, width - RAIL if narrow else LARGEST_NAME, TICK) for label in labels]
    legend = list(names) if len(names) > 1 else []
    talls = [_tall(text, STEP, narrow) for text in texts]
    ways = [_tall(way, CHANNEL, narrow)] * (len(labels) - 1)
    height = sum(talls) + sum(ways)
    head = legend_height(legend, width)
    page = canvas(width, height + AXIS_ROOM + head, speak)
    draw_legend(page, legend, width, markers=True)
    axes = page.axes(room, AXIS_ROOM, width - room - 0.3, height)
    plain_rows(axes, height)
    axes.set_xlim(0, 1)
    percent_axis(axes.xaxis, speak, ticks=4)
    top, stations = 0.0, []
    for place, text in enumerate(texts):
        values = [case.steps[place].practice for case in cases]
        stuck = [not case.sticks_at_channel and case.weakest_step == place for case in cases]
        y = _row(page, axes, top, talls[place], text, values, stuck, narrow, station=True)
        stations.append(y)
        top += talls[place]
        if place < len(labels) - 1:
            values = [case.steps[place].channel for case in cases]
            stuck = [case.sticks_at_channel and case.weakest_channel == place for case in cases]
            _row(page, axes, top, ways[place], way, values, stuck, narrow, station=False)
            top += ways[place]
    _rail(page, stations, height)
    return page.figure


def _tall(text: str, least: float, narrow: bool) -> float:
    return text_height(text, TICK) + 0.2 if narrow else max(least, text_height(text, TICK) + 0.04)


def _row(
    page: Page, axes: Axes, top: float, tall: float, text: str, values: Sequence[float], stuck: Sequence[bool],
    narrow: bool, station: bool,
) -> float:  # fmt: skip
    """Draw a department or a way between two; return its middle, in inches from the top."""
    height = axes.get_ylim()[0]
    name_room = text_height(text, TICK) if narrow else 0.0
    middle = top + name_room + (tall - name_room) / 2
    at = top + (name_room or tall) / 2
    style = {"size": LABEL if station else NOTE, "color": INK if station else SOFT, "linespacing": 1.2}
    page.text(RAIL, AXIS_ROOM + height - at, text, **style)
    axes.hlines(middle, 0, 1, color=FAINT, linewidth=0.8, zorder=0)
    # where markers lie over each other, the first scenario's stays to be seen
    for position in reversed(range(len(values))):
        look = line_style(position)
        axes.plot(
            [values[position]], [middle], marker=look.marker, color=look.colour, markersize=7 if station else 5.5,
            markerfacecolor=look.colour if station else "white", markeredgewidth=1.4, clip_on=False, zorder=3,
        )  # fmt: skip
        if stuck[position]:
            axes.plot(
                [values[position]], [middle], marker="o", color=look.colour, markersize=15, fillstyle="none",
                markeredgewidth=1.2, clip_on=False, zorder=2,
            )  # fmt: skip
    return at


def _rail(page: Page, stations: Sequence[float], height: float) -> None:
    """Draw the way of the case at the left edge: a line with the numbered departments on it."""
    wide, high = page.figure.get_size_inches()
    axes = page.figure.add_axes((0.0, AXIS_ROOM / high, RAIL / wide, height / high))
    axes.axis("off")
    axes.set(xlim=(0, RAIL), ylim=(height, 0))
    axes.plot([0.11, 0.11], [stations[0], stations[-1]], color=SOFT, linewidth=1.5, linestyle=(0, (2, 1.5)))
    for number, y in enumerate(stations, start=1):
        axes.plot([0.11], [y], marker="o", color=INK, markersize=12, clip_on=False)
        axes.text(0.11, y, str(number), size=NOTE - 1, color="white", weight="bold", ha="center", va="center_baseline")


def same_way(cases: Sequence[Case]) -> bool:
    """Whether all cases run through the same departments."""
    ways = {tuple(step.department for step in case.steps) for case in cases}
    return len(ways) == 1
