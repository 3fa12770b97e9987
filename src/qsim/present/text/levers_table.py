"""The library of levers as a table: what each costs, who decides it, and what it needs, or how a scenario stands to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rich.table import Table

from qsim.advice.applying import change_of, is_dated
from qsim.advice.costing import NOTHING, Costs, Euros, cost_of
from qsim.advice.lever import Lever
from qsim.advice.library import Library
from qsim.advice.situation import Situation
from qsim.present.text.tables import add_numbers, new_table
from qsim.present.words.messages import in_words
from qsim.present.words.speaker import Speaker
from qsim.scenario.values import month_text

MARK = " *"
"""Behind a lever that holds for the whole run."""

DIGITS = 3
"""Digits of an amount that count."""


@dataclass(frozen=True)
class Standing:
    """How a scenario stands to a lever: the key that shows that it has it already, or what keeps it from it, or neither."""

    there: str | None
    problem: str | None


def levers_table(
    library: Library,
    speak: Speaker,
    situation: Situation | None = None,
    standings: Mapping[str, Standing] | None = None,
) -> Table:
    """Return a table of all levers by group; with a situation, of a scenario in a month, with how it stands to each."""
    title = speak("levers.title")
    if situation is not None:
        month = speak.month(f"{month_text(situation.start)}-01", full=True)
        title = speak("levers.title_for", scenario=speak.label(situation.scenario.label), month=month)
    table = new_table(title, speak("levers.note", year=str(library.prices.year)), speak("levers.measure"))
    add_numbers(table, (speak("levers.a_year"), speak("levers.once")))
    table.add_column(speak("levers.decided_by"), no_wrap=True)
    table.add_column(speak("levers.needs" if standings is None else "levers.here"), ratio=1, overflow="fold")
    table.columns[0].ratio, table.columns[0].width = None, max(map(len, library.levers)) + len(MARK)
    group = None
    for name, lever in library.levers.items():
        if library.groups[name] != group:
            group = library.groups[name]
            table.add_section()
            table.add_row(speak.label(group), style="bold")
        last = needs_text(lever, speak) if standings is None else standing_text(standings[name], speak)
        costs = cost_of(lever, library, situation)
        style = "dim" if standings is not None and standings[name] != Standing(None, None) else ""
        euros = a_year_text(lever, costs, speak, situation is None), euros_text(costs.once, speak)
        decider = speak(f"levers.decider.{lever.decided_by}")
        table.add_row(_name(lever, library, speak), *euros, decider, last, style=style)
    return table


def _name(lever: Lever, library: Library, speak: Speaker) -> str:
    mark = "" if is_dated(change_of(lever, library)) else MARK
    return f"{lever.id}{mark}\n{speak.label(lever.label)}"


def needs_text(lever: Lever, speak: Speaker) -> str:
    """Return what a lever needs, and beside which it cannot be had."""
    parts = [speak(f"levers.need.{need}") for need in lever.needs]
    beside = ", ".join(lever.not_beside)
    return "; ".join([*parts, *([speak("levers.not_beside", names=beside)] if beside else [])])


def standing_text(standing: Standing, speak: Speaker) -> str:
    """Return how a scenario stands to a lever."""
    if standing.there is not None:
        return speak("levers.there", key=standing.there)
    return speak("levers.possible") if standing.problem is None else in_words(standing.problem, speak.language)


def a_year_text(lever: Lever, costs: Costs, speak: Speaker, each: bool) -> str:
    """Return what a lever costs a year; ``each`` says that amounts may be for a department or a post."""
    text, per = euros_text(costs.a_year, speak), lever.cost.per
    return speak(f"levers.per.{per}", euros=text) if each and per != "house" else text


def costs_text(lever: Lever, costs: Costs, speak: Speaker) -> str:
    """Return in words what a lever costs in a scenario: euros a year, for how long, and once."""
    months = lever.cost.months if lever.cost.funded is None else lever.cost.funded.months
    parts = (
        [speak("levers.cost.a_year", euros=whole_euros_text(costs.a_year, speak))] if costs.a_year != NOTHING else []
    )
    if months is not None and parts:
        parts = [speak("levers.cost.months", cost=parts[0], months=str(months))]
    if costs.once != NOTHING:
        parts.append(speak("levers.cost.once", euros=whole_euros_text(costs.once, speak)))
    return speak.joined(parts) if parts else speak("levers.cost.nothing")


def whole_euros_text(euros: Euros, speak: Speaker) -> str:
    """Return an amount in euros as a range if it is one, each end with the digits that count."""
    low, high = (speak.decimal(float(f"{value:.{DIGITS}g}"), 0) for value in (euros.low, euros.high))
    return low if low == high else speak.span(low, high)


def euros_text(euros: Euros, speak: Speaker) -> str:
    """Return an amount in thousands of euros as a range if it is one, each end with the digits that count."""
    low, high = (speak.exact(float(f"{value / 1000:.{DIGITS}g}")) for value in (euros.low, euros.high))
    return low if low == high else speak.span(low, high)
