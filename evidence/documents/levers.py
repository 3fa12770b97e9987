"""The document of the library of levers: each with what it changes, needs and costs, who decides it, and what speaks for it."""

from __future__ import annotations

import json
from typing import Any

from evidence.documents.markdown import table
from qsim.advice.applying import change_of, is_dated
from qsim.advice.costing import Costs, Euros, cost_of
from qsim.advice.lever import Lever
from qsim.advice.library import Library, load_library
from qsim.claims.statements import all_statements
from qsim.scenario.values import Unknown

NOTE = "<!-- Written by `make docs` from src/qsim/advice/levers; changes belong there. -->"
INTRODUCTION = """\
A measure (Maßnahme; *lever* in code and files) is a change of a scenario with a cost, a condition, somebody who decides it,
and evidence. `qsim levers` lists them, `qsim levers halle` says which of them Halle can have and which it has already.
`qsim run halle --with checklist,network --from 2026-01` runs the scenario with two of them, `qsim compare halle --with
checklist --with network` compares it as it is with each. On the page of `qsim explore halle` they are boxes to tick, see
[explore.md](explore.md).

- **What it changes** is written in the keys of a scenario: laid over it as a file that `extends` it is, or single keys as
  with `--set`. Places in braces stand for what the scenario holds: `{unit}` is the first unit that certainly has posts in
  the month in which the measures begin, `{units}` all units, `{tasks}` all tasks, `{groups}` the groups of civil society
  there are, `{from}` that month (`{from+12}` a year later), `{above}` the leader above the unit, `{lead_department}` and
  `{lead_departments}` the one and the five departments that the tasks concern most, `{ending}` the unit's fixed-term phases
  on which the council decides.
- **When it begins.** Without `--from` in the first month of the run in which somebody certainly has posts for the task.
  What the schema has no dates for (handover, evaluation, openness of the personnel department, coordination, the knowledge
  of a leader) holds for the *whole run*.
- **What the model cannot tell.** Pay grades act alike; only their costs differ. A veto is a check that is part of the
  procedure, without which nothing goes on; without it the unit comments, which has its full force only with a head of its
  own. Hours of writing documents and of a council's debates are not counted.
- **What it costs** is money only, at prices of {year}, as a range where it is unknown. The hours that it takes from whom
  are in the runs: `hours_departments`, `hours_units` and the ledger, with and without it. Posts are priced by pay, bonus,
  the employer's part, overhead and workplace.
- **Strengths** (of channels, decisions, concepts) are assumptions like those of the scenarios; the statements of the
  report, with their ids of the [matrix](matrix.md), say why such a measure is there at all.

One's own measures lie in a folder `levers` beside the scenario, or in files named with `--levers`, in the form of
[schema/levers.json](schema/levers.json); prices in that of [schema/prices.json](schema/prices.json). A measure of the same
id takes the place of the one here. New entries of lists have ids that begin with `added_`."""


def levers_document() -> str:
    """Return all levers by group, then the prices of posts with their sources."""
    library = load_library()
    parts = ["# Measures, what they need and what they cost", NOTE,
             INTRODUCTION.replace("{year}", str(library.prices.year))]  # fmt: skip
    heads = ("measure", "what it is", "begins", "needs", "not beside", "decided by", "euros a year", "euros once")
    for label in dict.fromkeys(library.groups.values()):
        levers = [lever for name, lever in library.levers.items() if library.groups[name] == label]
        parts += [f"## {label.en} ({label.de})", table(heads, [_cells(lever, library) for lever in levers])]
        parts.append("\n".join(_details(lever, library) for lever in levers))
    return "\n\n".join([*parts, "## Prices of posts", _prices(library)]) + "\n"


def _cells(lever: Lever, library: Library) -> tuple[str, ...]:
    costs = cost_of(lever, library)
    begins = "in a month" if is_dated(change_of(lever, library)) else "whole run"
    beside = ", ".join(f"`{name}`" for name in lever.not_beside)
    needs = ", ".join(need.replace("_", " ") for need in lever.needs)
    return (f"`{lever.id}`<br>{lever.label.en}<br>{lever.label.de}", lever.help.en, begins, needs, beside, lever.decided_by,
            _a_year(lever, costs), euros_text(costs.once))  # fmt: skip


def _a_year(lever: Lever, costs: Costs) -> str:
    per = "" if lever.cost.per == "house" else f" a {lever.cost.per}"
    months = lever.cost.funded.months if lever.cost.funded is not None else lever.cost.months
    return f"{euros_text(costs.a_year)}{per}" + ("" if months is None else f", for {months} months")


def euros_text(euros: Euros) -> str:
    """Return an amount in whole euros, as a range if it is one."""
    low, high = round(euros.low), round(euros.high)
    return f"{low:,}" if low == high else f"{low:,} to {high:,}"


def _details(lever: Lever, library: Library) -> str:
    known = all_statements()
    stated = [
        f"{name}{'°' if known[name].inferred else ''} {known[name].name_en}" for name in lever.evidence.statements
    ]
    change = f"as `{lever.like}`" if lever.like else f"`{_flow({**lever.adds, **lever.changes})}`"
    lines = [f"- `{lever.id}`: {change}",
             f"  - evidence ({lever.evidence.grade}): {'; '.join(stated)}",
             f"  - cost ({lever.cost.year}): {lever.cost.source}"]  # fmt: skip
    return "\n".join(lines)


def _flow(value: Any) -> str:
    """Return a value of a file on one line, without what people only read."""
    if isinstance(value, dict):
        kept = {key: each for key, each in value.items() if key not in ("label", "source", "reason")}
        return "{" + ", ".join(f"{key}: {_flow(each)}" for key, each in kept.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return json.dumps(value) if isinstance(value, (bool, int, float)) else str(value)


def _prices(library: Library) -> str:
    prices = library.prices
    rows = [(grade.label.en, f"{_range(grade.monthly)} euros a month", prices.pay_source) for grade in prices.grades]
    rows += [
        ("bonus", f"{_range(prices.bonus)} of a month", prices.bonus_source),
        ("employer's part", f"{_range(prices.employer)} of pay and bonus", prices.employer_source),
        ("overhead", f"{_range(prices.overhead)} of all that", prices.overhead_source),
        ("workplace", f"{_range(prices.workplace)} euros a year", prices.workplace_source),
    ]
    return table(("what", "price", "source"), rows)


def _range(value: float | Unknown) -> str:
    return f"{value.smallest:,g} to {value.largest:,g}" if isinstance(value, Unknown) else f"{value:,g}"
