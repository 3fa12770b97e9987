"""The chart of the hours: who pays how many a year, in each scenario."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from matplotlib.figure import Figure

from qsim.present.page.bars import Bar, BarGroup, bars_figure
from qsim.present.page.blocks import Chart, Table
from qsim.present.page.why_words import WHY
from qsim.present.text.numbers import decimal, percent
from qsim.present.text.terms import PAYERS, TERMS
from qsim.present.words.language import Language
from qsim.present.words.wording import capital, joined
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


def hours_chart(results: Sequence[Result], names: Sequence[str], language: Language) -> Chart:
    """Return the hours a year of departments, commissioners, leaders and civil society, one bar a scenario."""
    paid = [hours_a_year(result) for result in results]
    by_kind = [
        {kind: sum(hours for (own, _), hours in each.items() if own == kind) for kind in PAYERS} for each in paid
    ]
    groups = [
        BarGroup(
            capital(TERMS(f"payer.{kind}", language)),
            "",
            tuple(Bar(held[kind], math.nan, math.nan, decimal(held[kind], language, 0)) for held in by_kind),
        )
        for kind in PAYERS
    ]

    def draw(width: float) -> Figure:
        return bars_figure(groups, names, width, language, percents=False)

    return Chart(
        id="chart-hours",
        title=_title(by_kind, names, language),
        alt=WHY("hours.alt", language, values=" ".join(_values(by_kind, names, language))),
        draw=draw,
        table=_table(paid, names, language),
        note=WHY("hours.note", language),
    )


def _title(by_kind: Sequence[dict[str, float]], names: Sequence[str], language: Language) -> str:
    totals = [sum(held.values()) for held in by_kind]
    if len(names) > 2:
        least, most = (totals.index(pick(totals)) for pick in (min, max))
        ends = {"low": decimal(totals[least], language, 0), "high": decimal(totals[most], language, 0)}
        return WHY("hours.title_many", language, least=names[least], most=names[most], **ends)
    if len(names) > 1:
        told = [
            WHY("hours.total", language, hours=decimal(total, language, 0), scenario=name)
            for total, name in zip(totals, names, strict=True)
        ]
        return WHY("hours.title_several", language, totals=joined(told, language))
    if not totals[0] > 0:
        return WHY("hours.title_none", language, scenario=names[0])
    share = percent(by_kind[0]["department"] / totals[0], language)
    return WHY("hours.title", language, scenario=names[0], hours=decimal(totals[0], language, 0), share=share)


def _values(by_kind: Sequence[dict[str, float]], names: Sequence[str], language: Language) -> list[str]:
    told = []
    for held, name in zip(by_kind, names, strict=True):
        hours = [f"{TERMS(f'payer.{kind}', language)} {decimal(held[kind], language, 0)}" for kind in PAYERS]
        told.append(WHY("hours.values", language, scenario=name, hours=joined(hours, language)))
    return told


def _table(paid: Sequence[Hours], names: Sequence[str], language: Language) -> Table:
    rows = []
    for kind in PAYERS:
        payer = capital(TERMS(f"payer.{kind}", language))
        sums = [sum(hours for (own, _), hours in each.items() if own == kind) for each in paid]
        rows.append((payer, WHY("hours.all", language), *(decimal(hours, language, 0) for hours in sums)))
        for activity in ACTIVITIES:
            held = [each.get((kind, activity), 0.0) for each in paid]
            if any(held):
                label = TERMS(f"activity.{activity}", language)
                rows.append((payer, label, *(decimal(hours, language, 0) for hours in held)))
    heads = (WHY("hours.payer", language), WHY("hours.activity", language), *names)
    return Table(WHY("hours.caption", language), heads, tuple(rows), words=2)
