"""Tables that explain a run: what holds back each department, and what holds the whole house back when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
from rich.table import Table

from qsim.present.text.names import Names
from qsim.present.text.summary import binding_shares
from qsim.present.text.tables import new_table
from qsim.present.text.terms import CONSTRAINTS
from qsim.present.words.speaker import MISSING, Speaker, capital

if TYPE_CHECKING:
    from qsim.engine.result import Result


def department_constraints_table(result: Result, speak: Speaker, task: str | None = None, rows: int = 15) -> Table:
    """Return the departments that count most for a task (the first one if None), with what holds each back most often.

    Their weight is relevance times staff, as a share of all; practice is that of the last month; the constraint is the
    most frequent over months and runs.
    """
    names = Names(result.scenario, speak)
    chosen = task or result.scenario.tasks[0].id
    held = result.departments[result.departments["task"] == chosen]
    title = speak("table.constraint_departments")
    if len(result.scenario.tasks) > 1:
        title = speak("table.of_task", title=title, task=names.task(chosen))
    table = new_table(title, speak("table.departments_note"))
    table.add_column(speak("table.department"), ratio=1)
    for name in ("weight", "practice"):
        table.add_column(speak(f"table.{name}"), justify="right", no_wrap=True)
    table.add_column(speak("table.constraint"), no_wrap=True)
    table.add_column(speak("table.months"), justify="right", no_wrap=True)
    weights = held.groupby("department", sort=False, observed=True)["weight"].first()
    for department in weights[weights > 0].sort_values(ascending=False, kind="stable").index[:rows]:
        own = held[held["department"] == department].sort_values("month")
        table.add_row(
            names.department(str(department)),
            speak.percent(float(weights[department]), 1),
            speak.percent(float(own["practice"].iloc[-1])),
            *most_frequent(own, speak),
        )
    return table


def most_frequent(department: pd.DataFrame, speak: Speaker) -> tuple[str, str]:
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
