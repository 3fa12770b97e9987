"""The chart of the binding constraint over time: what holds practice back, one panel a scenario."""

from __future__ import annotations

from collections.abc import Sequence

from qsim.engine.result import Result
from qsim.measures.catalogue import CONSTRAINTS
from qsim.present.figures.constraint import areas_figure, monthly_shares, told_shares
from qsim.present.figures.frame import bare
from qsim.present.page.blocks import Chart, Table
from qsim.present.text.explained import period_labels
from qsim.present.text.summary import binding_shares
from qsim.present.words.speaker import Speaker, capital


def constraint_chart(results: Sequence[Result], names: Sequence[str], title: str, speak: Speaker) -> Chart:
    """Return what holds practice back over time in each scenario, as shares of the unmet need, under a title."""
    shares = [monthly_shares(result) for result in results]
    return Chart(
        id="chart-constraint",
        title=title,
        alt=" ".join(_alt(result, name, speak) for result, name in zip(results, names, strict=True)),
        draw=lambda width: areas_figure(bare(width, speak), shares, names, speak),
        table=_table(results, names, speak),
        note=speak("why.constraint.note"),
    )


def _alt(result: Result, name: str, speak: Speaker) -> str:
    return speak("why.constraint.alt", scenario=name, shares=told_shares(result, speak))


def _table(results: Sequence[Result], names: Sequence[str], speak: Speaker) -> Table:
    rows = []
    for result, name in zip(results, names, strict=True):
        for period, part in result.series.groupby(period_labels(result.series["month"]), sort=False):
            shares = binding_shares(part, "constraint", CONSTRAINTS)
            rows.append((name, str(period), *(speak.percent(float(shares[kind])) for kind in CONSTRAINTS)))
    kinds = (capital(speak(f"terms.constraint.{kind}")) for kind in CONSTRAINTS)
    heads = (speak("why.scenario"), speak("why.period"), *kinds)
    return Table(speak("why.constraint.caption"), heads, tuple(rows), words=2)
