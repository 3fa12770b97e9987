"""What explanations say: a case on its way, where ways part, and what holds departments and periods back."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import pandas as pd
from rich.table import Table

from qsim.comparison.why.case import Case
from qsim.comparison.why.divergence import Divergence
from qsim.engine.result import Result
from qsim.measures.catalogue import CONSTRAINTS
from qsim.present.text.names import Names, scenario_names
from qsim.present.text.summary import binding_shares
from qsim.present.text.tables import add_numbers, new_table
from qsim.present.words.speaker import MISSING, Speaker, capital
from qsim.scenario.schema import Scenario
from qsim.scenario.values import month_text


def department_constraints_table(result: Result, speak: Speaker, task: str | None = None, rows: int = 15) -> Table:
    """Return the departments that count most for a task (the first one if None), with what holds each back most often.

    Their weight is relevance times staff, as a share of all; practice is that of the last month; the constraint is the
    most frequent over months and runs.
    """
    names = Names(result.scenario, speak)
    chosen = task or result.scenario.tasks[0].id
    title = speak("table.constraint_departments")
    if len(result.scenario.tasks) > 1:
        title = speak("table.of_task", title=title, task=names.task(chosen))
    table = new_table(title, speak("table.departments_note"), speak("table.department"))
    add_numbers(table, (speak(f"table.{name}") for name in ("weight", "practice")))
    table.add_column(speak("table.constraint"), no_wrap=True)
    add_numbers(table, [speak("table.months")])
    for name, weight, practice, *constraint in heaviest_departments(result, chosen, rows, speak):
        table.add_row(name, weight, practice, *constraint)
    return table


def heaviest_departments(result: Result, task: str, most: int, speak: Speaker) -> list[tuple[str, str, str, str, str]]:
    """Return name, weight, practice, most frequent constraint and its share of the departments that count most."""
    names = Names(result.scenario, speak)
    held = result.departments[result.departments["task"] == task]
    weights = held.groupby("department", sort=False, observed=True)["weight"].first()
    rows = []
    for department in weights[weights > 0].sort_values(ascending=False, kind="stable").index[:most]:
        own = held[held["department"] == department].sort_values("month")
        shares = speak.percent(float(weights[department]), 1), speak.percent(float(own["practice"].iloc[-1]))
        rows.append((names.department(str(department)), *shares, *_most_frequent(own, speak)))
    return rows


def _most_frequent(department: pd.DataFrame, speak: Speaker) -> tuple[str, str]:
    """Return the most frequent constraint and its share of months and runs; dashes if none is known."""
    shares = department[[f"constraint_{name}" for name in CONSTRAINTS]].mean().fillna(0.0)
    if not shares.sum() > 0:
        return MISSING, MISSING
    place = int(shares.to_numpy().argmax())
    return capital(speak(f"terms.constraint.{CONSTRAINTS[place]}")), speak.percent(float(shares.iloc[place]))


def period_constraints_table(result: Result, speak: Speaker) -> Table:
    """Return the shares of the unmet need that each constraint holds back, by year or, in long runs, by more years."""
    table = new_table(speak("table.constraint_periods"), speak("table.periods_note"))
    table.add_column(speak("table.period"), no_wrap=True, width=9)
    table.add_column(speak("table.need"), justify="right")
    for name in CONSTRAINTS:
        label = capital(speak(f"terms.constraint.{name}"))
        table.add_column(label, justify="right", min_width=max(map(len, label.split())))
    for period, part in result.series.groupby(period_labels(result.series["month"]), sort=False):
        shares = binding_shares(part, "constraint", CONSTRAINTS)
        unmet = speak.percent(float(part["need_gap"].mean()))
        table.add_row(str(period), unmet, *(speak.percent(float(shares[name])) for name in CONSTRAINTS))
    return table


def period_labels(months: pd.Series[Any], most: int = 12) -> pd.Series[str]:
    """Return for each month its period as text: a year, or as many years as keep the periods at ``most``.

    Periods begin at full multiples of their length, as far as the months reach.
    """
    years = months.dt.year
    first, last = int(years.min()), int(years.max())
    length = next(n for n in (1, 2, 5, 10, 20, 50, 100) if (last // n - first // n) < most)
    starts: pd.Series[int] = years // length * length
    ends = (starts + length - 1).clip(upper=last)
    starts = starts.clip(lower=first)
    return starts.astype(str).where(starts == ends, starts.astype(str) + "–" + ends.astype(str))


COLUMNS = ("practice", "motivation", "ability", "time", "channel")
PAYER_KINDS = {"leaders": "leader", "units": "commissioner", "groups": "civil_society"}
MOST_DIGITS = 12


def case_table(case: Case, scenario: Scenario, speak: Speaker, run: int | None = None) -> Table:
    """Return the steps of a case with what it meets there; ``run`` is the run that is told, None for a mean over runs."""
    names = Names(scenario, speak)
    if run is None:
        which = speak("explained.mean", runs=speak.counted("terms.runs", case.runs))
    else:
        which = speak("explained.one", run=str(run))
    chain = speak.label(case.chain.label)
    title = speak("explained.case_title", chain=chain, month=absolute_month(case.month, speak))
    table = new_table(title, speak("explained.case_note", which=which), speak("explained.step"))
    add_numbers(table, (speak(f"explained.{name}") for name in COLUMNS))
    for step in case.steps:
        shares = (100 * float(getattr(step, name)) for name in COLUMNS)
        table.add_row(names.department(step.department), *(speak.decimal(share, 0) for share in shares))
    return table


def case_text(case: Case, scenario: Scenario, speak: Speaker) -> str:
    """Return where a case sticks, and why, in two sentences."""
    names = Names(scenario, speak)
    done = speak.percent(case.done)
    if case.sticks_at_channel:
        place = case.weakest_channel
        here, there = (names.department(step.department) for step in case.steps[place : place + 2])
        channel = speak.percent(case.steps[place].channel)
        return speak("explained.sticks_channel", department=here, other=there, channel=channel, done=done)
    step = case.steps[case.weakest_step]
    return speak(
        "explained.sticks_step",
        department=names.department(step.department),
        practice=speak.percent(step.practice),
        lack=speak(f"explained.lack.{step.scarcest}"),
        done=done,
    )


def difference_text(
    found: Divergence | None, scenarios: Sequence[Scenario], run: int, speak: Speaker
) -> str:  # fmt: skip
    """Return where run ``run`` of two scenarios first differs, in a sentence or two."""
    first, second = scenario_names(scenarios, speak)
    said = {"run": str(run), "first": first, "second": second}
    if found is None:
        return speak("explained.same", **said)
    a, b = _apart(*found.sides, speak)
    field = speak.called(found.what.field)
    whose = _whose(found, scenarios[0], speak)
    what = speak("explained.what", field=field, whose=whose, a=a, b=b, first=first, second=second)
    if found.many > 1:
        what += speak("explained.many", number=speak.decimal(found.many, 0))
    if found.month is None or found.rule is None:
        return speak("explained.from_start", run=str(run), what=what)
    rule = speak.called(found.rule)
    said = {"run": str(run), "month": absolute_month(found.month, speak, full=True), "rule": rule, "what": what}
    if found.month == scenarios[0].start:
        return speak("explained.first_month", **said)
    return speak("explained.later", before=absolute_month(found.month - 1, speak, full=True), **said)


def _whose(found: Divergence, scenario: Scenario, speak: Speaker) -> str:
    names = Names(scenario, speak)
    parts = []
    for axis, name in found.what.whose:
        if axis == "departments":
            parts.append(names.department(name))
        elif axis == "tasks":
            parts.append(names.task(name))
        elif axis in PAYER_KINDS:
            parts.append(names.payer(PAYER_KINDS[axis], name))
        else:
            parts.append(names.form(name))
    return ", ".join(parts) or speak("explained.administration")


def _apart(first: float, second: float, speak: Speaker) -> tuple[str, str]:
    """Return two numbers with as many digits as tell them apart, three at least."""
    if first.is_integer() and second.is_integer():
        return speak.decimal(first, 0), speak.decimal(second, 0)
    known = math.isfinite(first) and math.isfinite(second) and first != second
    digits = 3 - math.floor(math.log10(abs(first - second))) - 2 if known else 3
    digits = min(max(digits, 3), MOST_DIGITS)
    return speak.decimal(first, digits), speak.decimal(second, digits)


def absolute_month(month: int, speak: Speaker, full: bool = False) -> str:
    """Return the name of an absolute month, ``Sep 2015``, in ``full`` as ``September 2015``."""
    return speak.month(pd.Timestamp(f"{month_text(month)}-01"), full)
