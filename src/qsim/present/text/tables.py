"""The tables that commands print: outcomes, comparison, ranking, hours and the profile of rules."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.table import Table

from qsim.measures.catalogue import OUTCOMES
from qsim.mechanisms.month import MONTH
from qsim.present.text.names import PAYERS, letter, scenario_names
from qsim.present.text.summary import runs_text, spread
from qsim.present.text.units import cell, cell_range, heading
from qsim.present.text.verdict import is_relevant, is_same
from qsim.present.words.speaker import MINUS, Speaker, capital

if TYPE_CHECKING:
    from qsim.comparison.comparing import Compared
    from qsim.comparison.verdict import Comparison, OutcomeComparison
    from qsim.engine.profile import Profile
    from qsim.engine.result import Result
    from qsim.scenario.schema import Scenario


def outcomes_table(result: Result, speak: Speaker) -> Table:
    """Return the outcomes of a run that exist in it: label with unit, mean and range over runs."""
    names = scenario_names([result.scenario], speak)
    columns = result.runs_columns
    runs = len(columns["practice"])
    over = "table.over_runs" if result.prepared.plausible else "table.over_runs_fixed"
    note = speak(over, runs=runs_text(result, speak)) if runs > 1 else speak("table.one_run")
    table = new_table(speak("table.outcomes", scenario=names[0]), note, speak("table.outcome"))
    add_numbers(table, (speak(f"table.{name}") for name in ("mean", "range")[: 2 if runs > 1 else 1]))
    for measure in OUTCOMES:
        value = spread(columns[measure.name])
        if measure.section:
            table.add_section()
        if value.runs:
            cells = [heading(measure, speak), cell(value.mean, measure, speak)]
            table.add_row(*cells, *([cell_range(value.low, value.high, measure, speak)] if runs > 1 else []))
    return table


def comparison_table(comparison: Comparison, speak: Speaker, every: bool = False) -> Table:
    """Return the outcomes of a comparison: levels, difference, interval, and in how many of 100 the second has more.

    Shown are the main outcomes and those that differ by more than the smallest relevant difference, or ``every`` one.
    """
    names = scenario_names(comparison.scenarios, speak)
    title = speak("table.comparison", first=names[0], second=names[1])
    known = [row for row in comparison.outcomes.values() if math.isfinite(row.difference)]
    shown = [row for row in known if every or row.measure.main or is_relevant(row)]
    left_out = len(known) - len(shown)
    rest = speak.counted("table.left_out", left_out) if left_out else ""
    note = " ".join([speak("table.counts"), speak("table.beyond"), rest]).rstrip()
    table = new_table(title, note, speak("table.outcome"))
    with_settings = comparison.settings > 1
    add_numbers(table, (letter(0), letter(1), f"{letter(1)} {MINUS} {letter(0)}"))
    heads = ("interval", "worlds", "settings")[: 3 if with_settings else 2]
    add_numbers(table, (speak(f"table.{name}") for name in heads))
    for row in shown:
        table.add_row(*_comparison_cells(row, with_settings, speak))
    return table


def _comparison_cells(row: OutcomeComparison, with_settings: bool, speak: Speaker) -> list[str]:
    strength = [
        ("* " if is_relevant(row) else "") + cell(row.difference, row.measure, speak, signed=True),
        cell_range(row.low, row.high, row.measure, speak, signed=True),
        speak.of_hundred(row.share_worlds),
        *([speak.of_hundred(row.share_settings)] if with_settings else []),
    ]
    if is_same(row):
        strength = [speak("table.same")]
    return [
        heading(row.measure, speak),
        *(cell(level, row.measure, speak) for level in row.levels[:2]),
        *strength,
    ]


def ranking_table(result: Compared, speak: Speaker) -> Table:
    """Return the scenarios in the order of their primary outcome: level, how often best, regret."""
    measure = result.pairs[0].primary.measure
    title = speak("table.ranking", measure=heading(measure, speak))
    table = new_table(title, speak("table.ranking_note"), speak("table.scenarios"))
    add_numbers(table, (speak(f"table.{name}") for name in ("mean", "best", "regret", "largest_regret")))
    for row in ranking_rows(result, speak):
        table.add_row(*row)
    return table


def ranking_rows(result: Compared, speak: Speaker) -> list[tuple[str, ...]]:
    """Return the cells of the scenarios in their order: name, level, in how many of 100 settings it is best, its regret."""
    measure = result.pairs[0].primary.measure
    names = scenario_names(result.scenarios, speak)
    rows = []
    for rank in result.ranking:
        level, *costs = (cell(value, measure, speak) for value in (rank.level, rank.regret, rank.largest_regret))
        rows.append((names[rank.index], level, speak.of_hundred(rank.best), *costs))
    return rows


def ledger_table(result: Result, speak: Speaker) -> Table:
    """Return how many hours each kind of payer spends on what, the largest activity first; mean per run."""
    table = new_table(speak("table.ledger"), speak("table.ledger_note"), speak("table.activity"))
    for kind in PAYERS:
        table.add_column(capital(speak(f"terms.payer.{kind}")), justify="right")
    table.add_column(speak("table.total"), justify="right")
    paid: dict[str, dict[str, float]] = {}
    for payer, _, activity, spent in sorted(result.ledger_rows, key=lambda row: row[2]):
        paid.setdefault(activity, dict.fromkeys(PAYERS, 0.0))[payer] += spent
    if not paid:
        table.caption = speak("table.no_hours")
        return table
    for activity, by_payer in sorted(paid.items(), key=lambda entry: -sum(entry[1].values())):
        hours = list(by_payer.values())
        table.add_row(capital(speak(f"terms.activity.{activity}")), *_hours([*hours, sum(hours)], speak))
    table.add_section()
    totals = [sum(by_payer[kind] for by_payer in paid.values()) for kind in PAYERS]
    table.add_row(speak("table.total"), *_hours([*totals, sum(totals)], speak), style="bold")
    shares = [speak.percent(each / sum(totals)) for each in [*totals, sum(totals)]]
    table.add_row(speak("table.share"), *shares)
    return table


def _hours(hours: Iterable[float], speak: Speaker) -> list[str]:
    return [speak.decimal(each, 0) if each > 0 else "" for each in hours]


def new_table(title: str, note: str = "", names: str = "") -> Table:
    """Return an empty table with a title above and a note below, as wide as the terminal but for wide ones.

    With ``names`` it begins with a column of this head that takes the room that others leave.
    """
    table = Table(
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
    if names:
        table.add_column(names, ratio=1)
    return table


def add_numbers(table: Table, heads: Iterable[str]) -> None:
    """Add a column of numbers for each head: set right, never broken."""
    for head in heads:
        table.add_column(head, justify="right", no_wrap=True)


def profile_table(profile: Profile, scenario: Scenario, speak: Speaker) -> Table:
    """Return each part of the month with its time and its share of the month and of a run, then the rest of a run."""
    whole = speak.percent(profile.parts / profile.run)
    months = speak.decimal(profile.months, 0)
    note = speak("table.profile_note", months=months, run=_milliseconds(profile.run, speak), share=whole)
    name = scenario_names([scenario], speak)[0]
    table = new_table(speak("table.profile", scenario=name), note, speak("table.part"))
    heads = ("microseconds", "share_of_month", "milliseconds", "share_of_run")
    add_numbers(table, (speak(f"table.{head}") for head in heads))
    for label, seconds in month_parts(profile, speak):
        table.add_row(label, *_of_month(seconds, profile, speak), *_of_run(profile.months * seconds, profile, speak))
    table.add_section()
    for part, seconds in (("building", profile.building), ("run_outcomes", profile.outcomes)):
        table.add_row(speak(f"table.{part}"), "", "", *_of_run(seconds, profile, speak))
    table.add_section()
    total = [*_of_month(profile.month, profile, speak), *_of_run(profile.parts, profile, speak)]
    table.add_row(speak("table.total"), *total, style="bold")
    return table


def month_parts(profile: Profile, speak: Speaker) -> list[tuple[str, float]]:
    """Return label and seconds of each part of a month, in its order."""
    labels = {rule.name: speak.called(rule) for rule in MONTH}
    return [
        (speak("table.month_start"), profile.start),
        *((labels[name], seconds) for name, seconds in profile.rules.items()),
        (speak("table.measuring"), profile.measuring),
    ]


def _of_month(seconds: float, profile: Profile, speak: Speaker) -> list[str]:
    return [speak.decimal(1e6 * seconds), speak.percent(seconds / profile.month, 1)]


def _of_run(seconds: float, profile: Profile, speak: Speaker) -> list[str]:
    return [_milliseconds(seconds, speak), speak.percent(seconds / profile.parts, 1)]


def _milliseconds(seconds: float, speak: Speaker) -> str:
    return speak.decimal(1e3 * seconds, 2)
