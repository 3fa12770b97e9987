"""Tables for the terminal: the outcomes of a run, a comparison, the hours ledger, the scenarios there are."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.table import Table

from qsim.measures.catalogue import OUTCOMES
from qsim.present.text.names import Names, letter, scenario_names
from qsim.present.text.numbers import MINUS, decimal, of_hundred, percent
from qsim.present.text.spread import spread
from qsim.present.text.table_words import TABLES
from qsim.present.text.terms import PAYERS, TERMS
from qsim.present.text.units import cell, cell_range, heading
from qsim.present.text.verdict import is_relevant, is_same
from qsim.present.words.language import Language
from qsim.present.words.wording import capital

if TYPE_CHECKING:
    from qsim.comparison.comparing import Compared
    from qsim.comparison.verdict import Comparison, OutcomeComparison
    from qsim.engine.result import Result
    from qsim.scenario.loading import Listed


SECTIONS = (
    "implementation_gap",
    "coverage",
    "constraint_motivation",
    "workload",
    "capacity_governance",
    "hours_departments_total",
    "practice_after_funding_0",
    "shock_depth",
)
"""Outcomes before which a table of all outcomes has a gap."""

MAIN = (
    "commitment",
    "considered",
    "practice",
    "joint_practice",
    "implementation_gap",
    "need_gap",
    "coverage",
    "knowledge",
    "openness",
    "workload",
    "hours_departments_total",
    "hours_units_total",
    "practice_after_funding_0",
    "practice_after_funding_24",
    "practice_after_funding_60",
)
"""Outcomes that every comparison shows; others are shown where they differ."""


def outcomes_table(result: Result, language: Language) -> Table:
    """Return the outcomes of a run that exist in it: label with unit, mean and range over runs."""
    names = scenario_names([result.scenario], language)
    runs = len(result.runs)
    counted = TERMS.counted("runs", runs, language)
    note = TABLES("over_runs", language, runs=counted) if runs > 1 else TABLES("one_run", language)
    table = new_table(TABLES("outcomes", language, scenario=names[0]), note)
    table.add_column(TABLES("outcome", language), ratio=1)
    for name in ("mean", "range") if runs > 1 else ("mean",):
        table.add_column(TABLES(name, language), justify="right", no_wrap=True)
    for measure in OUTCOMES:
        value = spread(result.runs[measure.name]) if measure.name in result.runs else spread([])
        if measure.name in SECTIONS:
            table.add_section()
        if value.runs:
            cells = [heading(measure, language), cell(value.mean, measure, language)]
            table.add_row(*cells, *([cell_range(value.low, value.high, measure, language)] if runs > 1 else []))
    return table


def comparison_table(comparison: Comparison, language: Language, every: bool = False) -> Table:
    """Return the outcomes of a comparison: levels, difference, interval, and in how many of 100 the second has more.

    Shown are the main outcomes and those that differ by more than the smallest relevant difference, or ``every`` one.
    """
    names = scenario_names(comparison.scenarios, language)
    title = TABLES("comparison", language, first=names[0], second=names[1])
    known = [row for row in comparison.outcomes.values() if math.isfinite(row.difference)]
    shown = [row for row in known if every or row.measure.name in MAIN or is_relevant(row)]
    left_out = len(known) - len(shown)
    rest = TABLES.counted("left_out", left_out, language) if left_out else ""
    note = " ".join([TABLES("counts", language), TABLES("beyond", language), rest]).rstrip()
    table = new_table(title, note)
    table.add_column(TABLES("outcome", language), ratio=1)
    with_settings = comparison.settings > 1
    heads = ("interval", "worlds", *(("settings",) if with_settings else ()))
    levels = (letter(0), letter(1), f"{letter(1)} {MINUS} {letter(0)}")
    for head in (*levels, *(TABLES(name, language) for name in heads)):
        table.add_column(head, justify="right", no_wrap=True)
    for row in shown:
        table.add_row(*_comparison_cells(row, with_settings, language))
    return table


def _comparison_cells(row: OutcomeComparison, with_settings: bool, language: Language) -> list[str]:
    strength = [
        ("* " if is_relevant(row) else "") + cell(row.difference, row.measure, language, signed=True),
        cell_range(row.low, row.high, row.measure, language, signed=True),
        of_hundred(row.share_worlds, language),
        *([of_hundred(row.share_settings, language)] if with_settings else []),
    ]
    if is_same(row):
        strength = [TABLES("same", language)]
    return [
        heading(row.measure, language),
        *(cell(level, row.measure, language) for level in row.levels[:2]),
        *strength,
    ]


def ranking_table(found: Compared, language: Language) -> Table:
    """Return the scenarios in the order of their primary outcome: level, how often best, regret."""
    measure = found.pairs[0].primary.measure
    names = scenario_names(found.scenarios, language)
    table = new_table(TABLES("ranking", language, measure=heading(measure, language)), TABLES("ranking_note", language))
    table.add_column(TABLES("scenarios", language), ratio=1)
    for name in ("mean", "best", "regret", "regret_high"):
        table.add_column(TABLES(name, language), justify="right", no_wrap=True)
    for rank in found.ranking:
        costs = (cell(value, measure, language) for value in (rank.regret, rank.regret_high))
        table.add_row(names[rank.index], cell(rank.level, measure, language), of_hundred(rank.best, language), *costs)
    return table


def ledger_table(result: Result, language: Language) -> Table:
    """Return how many hours each kind of payer spends on what, the largest activity first; mean per run."""
    table = new_table(TABLES("ledger", language), TABLES("ledger_note", language))
    table.add_column(TABLES("activity", language), ratio=1)
    for kind in PAYERS:
        table.add_column(capital(TERMS(f"payer.{kind}", language)), justify="right")
    table.add_column(TABLES("total", language), justify="right")
    paid = result.ledger.pivot_table(
        index="activity", columns="payer_kind", values="hours", aggfunc="sum", observed=True
    )
    paid = paid.reindex(columns=list(PAYERS)).fillna(0.0)
    sums = paid.sum(axis=1).sort_values(ascending=False, kind="stable")
    if not sums.sum() > 0:
        table.caption = TABLES("no_hours", language)
        return table
    for activity in sums.index[sums > 0]:
        hours = [float(paid.loc[activity, kind]) for kind in PAYERS]
        table.add_row(capital(TERMS(f"activity.{activity}", language)), *_hours([*hours, sum(hours)], language))
    table.add_section()
    totals = [float(paid[kind].sum()) for kind in PAYERS]
    table.add_row(TABLES("total", language), *_hours([*totals, sum(totals)], language), style="bold")
    shares = [percent(hours / sum(totals), language) for hours in [*totals, sum(totals)]]
    table.add_row(TABLES("share", language), *shares)
    return table


def payers_table(result: Result, language: Language, rows: int = 12) -> Table:
    """Return who pays most hours and for what mainly; what lies beyond ``rows`` is summed up."""
    names = Names(result.scenario, language)
    table = new_table(TABLES("payers", language), TABLES("ledger_note", language))
    table.add_column(TABLES("payer", language), ratio=3)
    table.add_column(TABLES("mainly", language), ratio=2)
    for name in ("hours", "share"):
        table.add_column(TABLES(name, language), justify="right", no_wrap=True)
    paid = result.ledger[result.ledger["hours"] > 0].sort_values("hours", ascending=False, kind="stable")
    sums = paid.groupby(["payer_kind", "payer"], sort=False, observed=True).agg({"hours": "sum", "activity": "first"})
    sums = sums.sort_values("hours", ascending=False, kind="stable").reset_index()
    total = float(sums["hours"].sum())
    if not total > 0:
        table.caption = TABLES("no_hours", language)
        return table
    entries = [
        (names.payer(str(kind), str(payer)), TERMS(f"activity.{activity}", language), float(hours))
        for kind, payer, hours, activity in sums.head(rows).itertuples(index=False)
    ]
    rest = sums.iloc[rows:]
    if len(rest):
        entries.append((TABLES.counted("others", len(rest), language), "", float(rest["hours"].sum())))
    for name, activity, hours in entries:
        table.add_row(name, activity, *_hours([hours], language), percent(hours / total, language))
    return table


def _hours(hours: Iterable[float], language: Language) -> list[str]:
    return [decimal(each, language, 0) if each > 0 else "" for each in hours]


def scenarios_table(scenarios: Iterable[Listed], language: Language) -> Table:
    """Return the scenarios there are: the name to type and the label."""
    table = new_table(TABLES("scenarios", language))
    table.add_column(TABLES("scenario", language), no_wrap=True, style="bold")
    table.add_column(TABLES("label", language), ratio=1)
    for entry in scenarios:
        table.add_row(entry.id, entry.label.in_language(language))
    return table


def new_table(title: str, note: str = "") -> Table:
    """Return an empty table with a title above and a note below, as wide as the terminal but for wide ones."""
    return Table(
        title=title,
        caption=note or None,
        box=SIMPLE_HEAD,
        expand=True,
        title_justify="left",
        caption_justify="left",
        title_style="bold",
        caption_style="dim",
        padding=(0, 1, 0, 0),
        pad_edge=False,
    )
