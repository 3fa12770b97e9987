"""Tells a case followed through the house, and where twins part, as a table and in sentences."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd
from rich.table import Table

from qsim.present.text.explained_words import EXPLAINED
from qsim.present.text.names import Names, scenario_names
from qsim.present.text.numbers import decimal, month_name, percent
from qsim.present.text.tables import new_table
from qsim.present.text.terms import TERMS
from qsim.present.words.language import Language
from qsim.scenario.values import month_text

if TYPE_CHECKING:
    from qsim.comparison.why.case import Case
    from qsim.comparison.why.divergence import Divergence
    from qsim.scenario.schema import Scenario

COLUMNS = ("practice", "motivation", "ability", "time", "channel")
PAYER_KINDS = {"leaders": "leader", "units": "commissioner", "groups": "civil_society"}
MOST_DIGITS = 12


def case_table(case: Case, scenario: Scenario, language: Language, run: int | None = None) -> Table:
    """Return the steps of a case with what it meets there; ``run`` is the run that is told, None for a mean over runs."""
    names = Names(scenario, language)
    if run is None:
        which = EXPLAINED("mean", language, runs=TERMS.counted("runs", case.runs, language))
    else:
        which = EXPLAINED("one", language, run=str(run))
    chain = case.chain.label.in_language(language)
    title = EXPLAINED("case_title", language, chain=chain, month=absolute_month(case.month, language))
    table = new_table(title, EXPLAINED("case_note", language, which=which))
    table.add_column(EXPLAINED("step", language), ratio=1)
    for name in COLUMNS:
        table.add_column(EXPLAINED(name, language), justify="right", no_wrap=True)
    for step in case.steps:
        shares = (100 * float(getattr(step, name)) for name in COLUMNS)
        table.add_row(names.department(step.department), *(decimal(share, language, 0) for share in shares))
    return table


def case_text(case: Case, scenario: Scenario, language: Language) -> str:
    """Return where a case sticks, and why, in two sentences."""
    names = Names(scenario, language)
    done = percent(case.done, language)
    if case.sticks_at_channel:
        place = case.weakest_channel
        here, there = (names.department(step.department) for step in case.steps[place : place + 2])
        channel = percent(case.steps[place].channel, language)
        return EXPLAINED("sticks_channel", language, department=here, other=there, channel=channel, done=done)
    step = case.steps[case.weakest_step]
    return EXPLAINED(
        "sticks_step",
        language,
        department=names.department(step.department),
        practice=percent(step.practice, language),
        lack=EXPLAINED(f"lack.{step.scarcest}", language),
        done=done,
    )


def difference_text(
    found: Divergence | None, scenarios: Sequence[Scenario], run: int, language: Language
) -> str:  # fmt: skip
    """Return where run ``run`` of two scenarios first differs, in a sentence or two."""
    first, second = scenario_names(scenarios, language)
    said = {"run": str(run), "first": first, "second": second}
    if found is None:
        return EXPLAINED("same", language, **said)
    a, b = _apart(*found.sides, language)
    field = found.what.field.label_de if language == "de" else found.what.field.label_en
    whose = _whose(found, scenarios[0], language)
    what = EXPLAINED("what", language, field=field, whose=whose, a=a, b=b, first=first, second=second)
    if found.many > 1:
        what += EXPLAINED("many", language, number=decimal(found.many, language, 0))
    if found.month is None or found.rule is None:
        return EXPLAINED("from_start", language, run=str(run), what=what)
    rule = found.rule.label_de if language == "de" else found.rule.label_en
    said = {"run": str(run), "month": absolute_month(found.month, language, full=True), "rule": rule, "what": what}
    if found.month == scenarios[0].start:
        return EXPLAINED("first_month", language, **said)
    return EXPLAINED("later", language, before=absolute_month(found.month - 1, language, full=True), **said)


def _whose(found: Divergence, scenario: Scenario, language: Language) -> str:
    names = Names(scenario, language)
    parts = []
    for axis, name in found.what.whose:
        if axis == "departments":
            parts.append(names.department(name))
        elif axis == "tasks":
            parts.append(names.task(name))
        elif axis in PAYER_KINDS:
            parts.append(names.payer(PAYER_KINDS[axis], name))
        else:
            entry = next(entry for entry in scenario.formats if entry.id == name)
            parts.append(entry.label.in_language(language) if entry.label else name.replace("_", " "))
    return ", ".join(parts) or EXPLAINED("administration", language)


def _apart(first: float, second: float, language: Language) -> tuple[str, str]:
    """Return two numbers with as many digits as tell them apart, three at least."""
    if first.is_integer() and second.is_integer():
        return decimal(first, language, 0), decimal(second, language, 0)
    known = math.isfinite(first) and math.isfinite(second) and first != second
    digits = 3 - math.floor(math.log10(abs(first - second))) - 2 if known else 3
    digits = min(max(digits, 3), MOST_DIGITS)
    return decimal(first, language, digits), decimal(second, language, digits)


def absolute_month(month: int, language: Language, full: bool = False) -> str:
    """Return the name of an absolute month, ``Sep 2015``, in ``full`` as ``September 2015``."""
    return month_name(pd.Timestamp(f"{month_text(month)}-01"), language, full)
