"""The charts of the part *why*: what holds practice back, who pays the hours, and one case on its way through the house."""

from __future__ import annotations

import math
from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from qsim.comparison.record import hours_paid
from qsim.comparison.why.case import Case
from qsim.engine.result import Result
from qsim.measures.catalogue import CONSTRAINTS
from qsim.present.figures.bars import Bar, BarGroup, bars_figure
from qsim.present.figures.constraint import areas_figure, monthly_shares, told_shares
from qsim.present.figures.curves import draw_legend, legend_height
from qsim.present.figures.frame import Frame, Page, fitted, is_narrow, plain_rows
from qsim.present.figures.style import (
    FAINT,
    INK,
    LABEL,
    MONTHS_A_YEAR,
    NOTE,
    SOFT,
    TICK,
    line_style,
    percent_axis,
    text_height,
    text_width,
)
from qsim.present.page.blocks import Chart, Table, Text
from qsim.present.text.explained import absolute_month, case_text, period_labels
from qsim.present.text.names import PAYERS, Names
from qsim.present.text.summary import binding_shares
from qsim.present.words.speaker import Speaker, capital
from qsim.scenario.schema import Scenario
from qsim.world.kinds import ACTIVITIES


def constraint_chart(results: Sequence[Result], names: Sequence[str], title: str, speak: Speaker) -> Chart:
    """Return what holds practice back over time in each scenario, as shares of the unmet need, under a title."""
    shares = [monthly_shares(result) for result in results]
    return Chart(
        id="chart-constraint",
        title=title,
        alt=" ".join(_constraint_alt(result, name, speak) for result, name in zip(results, names, strict=True)),
        draw=lambda frame: areas_figure(frame, shares, names, speak),
        table=_constraint_table(results, names, speak),
        note=speak("why.constraint.note"),
    )


def _constraint_alt(result: Result, name: str, speak: Speaker) -> str:
    return speak("why.constraint.alt", scenario=name, shares=told_shares(result, speak))


def _constraint_table(results: Sequence[Result], names: Sequence[str], speak: Speaker) -> Table:
    rows = []
    for result, name in zip(results, names, strict=True):
        for period, part in result.series.groupby(period_labels(result.series["month"]), sort=False):
            shares = binding_shares(part, "constraint", CONSTRAINTS)
            rows.append((name, str(period), *(speak.percent(float(shares[kind])) for kind in CONSTRAINTS)))
    kinds = (capital(speak(f"terms.constraint.{kind}")) for kind in CONSTRAINTS)
    heads = (speak("why.scenario"), speak("why.period"), *kinds)
    return Table(speak("why.constraint.caption"), heads, tuple(rows), words=2)


Hours = dict[tuple[str, str], float]
"""Hours a year by kind of payer and activity."""


def hours_a_year(result: Result) -> Hours:
    """Return the hours a year by kind of payer and activity, mean over the runs."""
    years = result.scenario.months / MONTHS_A_YEAR
    return {paid: hours / years for paid, hours in hours_paid(result).items()}


def hours_block(results: Sequence[Result], names: Sequence[str], speak: Speaker) -> Chart | Text:
    """Return the hours a year of departments, commissioners, leaders and civil society, one bar a scenario.

    Where nobody has any, a sentence says so.
    """
    paid = [hours_a_year(result) for result in results]
    by_kind = [
        {kind: sum(hours for (own, _), hours in each.items() if own == kind) for kind in PAYERS} for each in paid
    ]
    title = _hours_title(by_kind, names, speak)
    if not any(hours for held in by_kind for hours in held.values()):
        return Text(f"{title}.")
    groups = [
        BarGroup(
            capital(speak(f"terms.payer.{kind}")),
            "",
            tuple(Bar(held[kind], math.nan, math.nan, speak.decimal(held[kind], 0)) for held in by_kind),
        )
        for kind in PAYERS
    ]
    return Chart(
        id="chart-hours",
        title=title,
        alt=speak("why.hours.alt", values=" ".join(_hours_alt(by_kind, names, speak))),
        draw=lambda frame: bars_figure(frame, groups, names, speak, percents=False),
        table=_hours_table(paid, names, speak),
        note=" ".join([speak("why.hours.note"), *_leaders(results, by_kind, speak)]),
    )


def _leaders(results: Sequence[Result], by_kind: Sequence[dict[str, float]], speak: Speaker) -> list[str]:
    """Return what the hours of leaders are, and how many each of them has; nothing if they have none."""
    each = [
        held["leader"] / len(Names(result.scenario, speak).house.leaders)
        for result, held in zip(results, by_kind, strict=True)
    ]
    low, high = speak.decimal(min(each), 0), speak.decimal(max(each), 0)
    return [speak("why.hours.leaders", each=low if low == high else speak.span(low, high))] if max(each) > 0 else []


def _hours_title(by_kind: Sequence[dict[str, float]], names: Sequence[str], speak: Speaker) -> str:
    totals = [sum(held.values()) for held in by_kind]
    if len(names) > 2:
        least, most = (totals.index(pick(totals)) for pick in (min, max))
        ends = {"low": speak.decimal(totals[least], 0), "high": speak.decimal(totals[most], 0)}
        return speak("why.hours.title_many", least=names[least], most=names[most], **ends)
    if len(names) > 1:
        told = [
            speak("why.hours.total", hours=speak.decimal(total, 0), scenario=name)
            for total, name in zip(totals, names, strict=True)
        ]
        return speak("why.hours.title_several", totals=speak.joined(told))
    if not totals[0] > 0:
        return speak("why.hours.title_none", scenario=names[0])
    share = speak.percent(by_kind[0]["department"] / totals[0])
    return speak("why.hours.title", scenario=names[0], hours=speak.decimal(totals[0], 0), share=share)


def _hours_alt(by_kind: Sequence[dict[str, float]], names: Sequence[str], speak: Speaker) -> list[str]:
    told = []
    for held, name in zip(by_kind, names, strict=True):
        hours = [f"{speak(f'terms.payer.{kind}')} {speak.decimal(held[kind], 0)}" for kind in PAYERS]
        told.append(speak("why.hours.values", scenario=name, hours=speak.joined(hours)))
    return told


def _hours_table(paid: Sequence[Hours], names: Sequence[str], speak: Speaker) -> Table:
    rows = []
    for kind in PAYERS:
        payer = capital(speak(f"terms.payer.{kind}"))
        sums = [sum(hours for (own, _), hours in each.items() if own == kind) for each in paid]
        rows.append((payer, speak("why.hours.all"), *(speak.decimal(hours, 0) for hours in sums)))
        for activity in ACTIVITIES:
            held = [each.get((kind, activity), 0.0) for each in paid]
            if any(held):
                label = speak(f"terms.activity.{activity}")
                rows.append((payer, label, *(speak.decimal(hours, 0) for hours in held)))
    heads = (speak("why.hours.payer"), speak("why.hours.activity"), *names)
    return Table(speak("why.hours.caption"), heads, tuple(rows), words=2)


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
        title=_case_title(cases, names, speak),
        alt=speak("why.case.alt", steps=", ".join(labels)) + " " + " ".join(alt),
        draw=lambda frame: _case_figure(cases, labels, names, frame, speak),
        table=_case_table(cases, labels, names, speak),
        note=speak("why.case.note", runs=runs),
    )


def _case_title(cases: Sequence[Case], names: Sequence[str], speak: Speaker) -> str:
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


def _case_table(cases: Sequence[Case], labels: Sequence[str], names: Sequence[str], speak: Speaker) -> Table:
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


def _case_figure(
    cases: Sequence[Case], labels: Sequence[str], names: Sequence[str], frame: Frame, speak: Speaker
) -> Figure:
    width = frame.width
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
    page = frame.page(height + AXIS_ROOM + head)
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
    axes = page.axes(0.0, AXIS_ROOM, RAIL, height)
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
