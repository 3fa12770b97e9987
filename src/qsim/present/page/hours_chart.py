"""The chart of the hours: who pays how many a year, in each scenario."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from matplotlib.figure import Figure

from qsim.present.page.bars import Bar, BarGroup, bars_figure
from qsim.present.page.blocks import Chart, Table
from qsim.present.text.terms import PAYERS
from qsim.present.words.speaker import Speaker, capital
from qsim.world.kinds import ACTIVITIES

if TYPE_CHECKING:
    from qsim.engine.result import Result

MONTHS_A_YEAR = 12

Hours = dict[tuple[str, str], float]
"""Hours a year by kind of payer and activity."""


def hours_a_year(result: Result) -> Hours:
    """Return the hours a year by kind of payer and activity, mean over the runs."""
    years = result.scenario.months / MONTHS_A_YEAR
    paid = result.ledger.groupby(["payer_kind", "activity"], observed=True, as_index=False)["hours"].sum()
    columns = (paid[name] for name in ("payer_kind", "activity", "hours"))
    return {(str(kind), str(activity)): float(hours) / years for kind, activity, hours in zip(*columns, strict=True)}


def hours_chart(results: Sequence[Result], names: Sequence[str], speak: Speaker) -> Chart:
    """Return the hours a year of departments, commissioners, leaders and civil society, one bar a scenario."""
    paid = [hours_a_year(result) for result in results]
    by_kind = [
        {kind: sum(hours for (own, _), hours in each.items() if own == kind) for kind in PAYERS} for each in paid
    ]
    groups = [
        BarGroup(
            capital(speak(f"terms.payer.{kind}")),
            "",
            tuple(Bar(held[kind], math.nan, math.nan, speak.decimal(held[kind], 0)) for held in by_kind),
        )
        for kind in PAYERS
    ]

    def draw(width: float) -> Figure:
        return bars_figure(groups, names, width, speak, percents=False)

    return Chart(
        id="chart-hours",
        title=_title(by_kind, names, speak),
        alt=speak("why.hours.alt", values=" ".join(_values(by_kind, names, speak))),
        draw=draw,
        table=_table(paid, names, speak),
        note=speak("why.hours.note"),
    )


def _title(by_kind: Sequence[dict[str, float]], names: Sequence[str], speak: Speaker) -> str:
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


def _values(by_kind: Sequence[dict[str, float]], names: Sequence[str], speak: Speaker) -> list[str]:
    told = []
    for held, name in zip(by_kind, names, strict=True):
        hours = [f"{speak(f'terms.payer.{kind}')} {speak.decimal(held[kind], 0)}" for kind in PAYERS]
        told.append(speak("why.hours.values", scenario=name, hours=speak.joined(hours)))
    return told


def _table(paid: Sequence[Hours], names: Sequence[str], speak: Speaker) -> Table:
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
