"""The part *over time*: joint practice and the implementation gap with the calendar, and the departments' gains."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.figure import Figure

from qsim.comparison.record import department_gains
from qsim.measures.catalogue import SERIES
from qsim.present.figures.calendar_list import mark_month
from qsim.present.figures.gap import Band, gap_words, monthly_band
from qsim.present.figures.marks import Mark, calendar_of
from qsim.present.figures.scales import month_places
from qsim.present.page.blocks import Block, Bullets, Chart, Details, Group, Section, Table, Text
from qsim.present.page.curves import MOST_BANDS, curves_figure, span_of
from qsim.present.page.gains_chart import gains_chart
from qsim.present.text.names import Names, scenario_names
from qsim.present.words.speaker import Speaker

if TYPE_CHECKING:
    from qsim.comparison.comparing import Compared
    from qsim.engine.result import Result

CURVES = (("joint_practice", "joint"), ("implementation_gap", "gap"))
"""The columns that are drawn over time, each with the name of its chart."""

JOINT = next(measure for measure in SERIES if measure.name == "joint_practice")

MOST_CHARTS = 4
"""Charts of departments that are drawn; the numbers of further pairs and tasks are in tables that are folded up."""


def time_section(results: Sequence[Result], found: Compared | None, speak: Speaker) -> Section:
    """Return the section ``time`` for one scenario (``found`` is None) or for those that were compared."""
    names = scenario_names([result.scenario for result in results], speak)
    bands = {column: [monthly_band(result, column) for result in results] for column, _ in CURVES}
    marks = calendar_of(results, names, span_of(bands["joint_practice"]), speak)
    blocks: list[Block] = [Text(speak("time.lead" if marks else "time.lead_plain"), "lead")]
    blocks += [_chart(name, bands[column], names, marks, speak) for column, name in CURVES]
    if marks:
        blocks.append(Group(speak("time.calendar"), (calendar_block(marks, speak),)))
    if found is not None:
        blocks.append(Group(speak("time.departments"), _departments(found, speak)))
    return Section("time", speak("time.title"), tuple(blocks))


def calendar_block(marks: Sequence[Mark], speak: Speaker) -> Bullets:
    """Return the calendar as a list: number and month, what happens."""
    return Bullets(
        marked=tuple(
            (speak("time.calendar_entry", number=str(mark.number), month=mark_month(mark, speak)), mark.text)
            for mark in marks
        )
    )


def _chart(
    name: str, bands: Sequence[Band], names: Sequence[str], marks: Sequence[Mark], speak: Speaker
) -> Chart:  # fmt: skip
    runs = min(band.runs for band in bands)
    counted = speak.counted("terms.of_runs", runs)

    def draw(width: float) -> Figure:
        return curves_figure(bands, names, marks, width, speak)

    return Chart(
        id=f"chart-{name}",
        title=_joint_title(bands, names, speak) if name == "joint" else gap_words(bands, names, speak)[0],
        alt=_alt(bands, names, speak),
        draw=draw,
        table=_table(name, bands, names, speak),
        note=speak(f"time.{_note(len(bands), runs)}", runs=counted),
    )


def _note(many: int, runs: int) -> str:
    if runs == 1:
        return "curve_note_one"
    return "curve_note" if many <= MOST_BANDS else "curve_note_many"


def _joint_title(bands: Sequence[Band], names: Sequence[str], speak: Speaker) -> str:
    ends = np.array([band.median[-1] for band in bands])
    if not np.isfinite(ends).any():
        return speak("time.joint_none")
    if len(bands) == 1:
        start, end = (speak.percent(float(bands[0].median[place]), 1) for place in (0, -1))
        return speak("time.joint", start=start, end=end)
    low, high = (speak.percent(float(value), 1) for value in (np.nanmin(ends), np.nanmax(ends)))
    if np.nanmax(ends) - np.nanmin(ends) < JOINT.smallest_relevant:
        told = high if low == high else speak.percent_range(float(np.nanmin(ends)), float(np.nanmax(ends)), 1)
        return speak("time.joint_even", range=told)
    most, least = names[int(np.nanargmax(ends))], names[int(np.nanargmin(ends))]
    return speak("time.joint_several", most=most, least=least, high=high, low=low)


def _alt(bands: Sequence[Band], names: Sequence[str], speak: Speaker) -> str:
    months = bands[0].months
    first, last = (speak.month(months[place]) for place in (0, -1))
    told = [speak("time.curve_alt_head", first=first, last=last)]
    for band, name in zip(bands, names, strict=True):
        if not np.isfinite(band.median).any():
            told.append(speak("time.curve_alt_none", scenario=name))
            continue
        at = int(np.nanargmax(band.median))
        start, end, peak = (speak.percent(float(band.median[place]), 1) for place in (0, -1, at))
        month = speak.month(band.months[at])
        told.append(speak("time.curve_alt", scenario=name, start=start, end=end, month=month, peak=peak))
    return " ".join(told)


def _table(name: str, bands: Sequence[Band], names: Sequence[str], speak: Speaker) -> Table:
    """Return median and range of each January, and of the first and last month."""
    places = sorted({int(place) for band in bands for place in month_places(band.months)})
    chosen = [place for place in places if place % 12 == 0 or place in (places[0], places[-1])]
    rows = []
    for place in chosen:
        cells = [speak.month(np.datetime64(place, "M"))]
        for band in bands:
            found = np.flatnonzero(month_places(band.months) == place)
            at = int(found[0]) if found.size else None
            middle, low, high = (np.nan if at is None else float(one[at]) for one in (band.median, band.low, band.high))
            told = speak.percent(middle, 1)
            cells.append(f"{told} ({speak.percent_range(low, high, 1)})" if band.runs > 1 else told)
        rows.append(tuple(cells))
    return Table(speak(f"time.{name}_caption"), (speak("time.month"), *names), tuple(rows))


def _departments(found: Compared, speak: Speaker) -> tuple[Block, ...]:
    """Return the chart of each pair and task; beyond :data:`MOST_CHARTS` of them only its table, folded up."""
    scenarios = found.scenarios
    house = Names(scenarios[0], speak)
    blocks: list[Block] = []
    tasks = scenarios[0].tasks
    for second in range(1, len(scenarios)):
        for task in range(min(len(tasks), len(scenarios[second].tasks))):
            gains = department_gains(found.worlds, second, task)
            if not gains:
                continue
            pair = scenarios[0], scenarios[second]
            ending = speak("time.gains.task", task=house.task(tasks[task].id)) if len(tasks) > 1 else ""
            chart = gains_chart(f"chart-departments-{second}-{task + 1}", gains, pair, speak, ending)
            names = dict(zip(("first", "second"), scenario_names(pair, speak), strict=True))
            summary = speak("time.gains.further", **names) + ending
            if all(gain.difference == 0.0 for gain in gains):
                same = speak("time.gains.same", all=speak.decimal(len(gains), 0), **names)
                blocks.append(Text(f"{same}{ending}."))
            elif sum(isinstance(block, Chart) for block in blocks) < MOST_CHARTS:
                blocks.append(chart)
            else:
                blocks.append(Details(summary, (Text(chart.title), chart.table)))
    return tuple(blocks) or (Text(speak("time.no_gains")),)
