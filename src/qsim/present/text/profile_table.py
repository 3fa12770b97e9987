"""Where the time of a run goes, as a table: each rule of the month, measuring, building the world."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table

from qsim.mechanisms.month import MONTH
from qsim.present.text.names import scenario_names
from qsim.present.text.numbers import decimal, percent
from qsim.present.text.table_words import TABLES
from qsim.present.text.tables import new_table
from qsim.present.words.language import Language

if TYPE_CHECKING:
    from qsim.engine.profile import Profile
    from qsim.scenario.schema import Scenario


def profile_table(profile: Profile, scenario: Scenario, language: Language) -> Table:
    """Return each part of the month with its time and its share of the month and of a run, then the rest of a run."""
    whole = percent(profile.parts / profile.run, language)
    months = decimal(profile.months, language, 0)
    note = TABLES("profile_note", language, months=months, run=_milliseconds(profile.run, language), share=whole)
    name = scenario_names([scenario], language)[0]
    table = new_table(TABLES("profile", language, scenario=name), note)
    table.add_column(TABLES("part", language), ratio=1)
    for head in ("microseconds", "share_of_month", "milliseconds", "share_of_run"):
        table.add_column(TABLES(head, language), justify="right", no_wrap=True)
    for label, seconds in month_parts(profile, language):
        table.add_row(
            label, *_of_month(seconds, profile, language), *_of_run(profile.months * seconds, profile, language)
        )
    table.add_section()
    for part, seconds in (("building", profile.building), ("run_outcomes", profile.outcomes)):
        table.add_row(TABLES(part, language), "", "", *_of_run(seconds, profile, language))
    table.add_section()
    total = [*_of_month(profile.month, profile, language), *_of_run(profile.parts, profile, language)]
    table.add_row(TABLES("total", language), *total, style="bold")
    return table


def month_parts(profile: Profile, language: Language) -> list[tuple[str, float]]:
    """Return label and seconds of each part of a month, in its order."""
    labels = {rule.name: rule.label_de if language == "de" else rule.label_en for rule in MONTH}
    return [
        (TABLES("month_start", language), profile.start),
        *((labels[name], seconds) for name, seconds in profile.rules.items()),
        (TABLES("measuring", language), profile.measuring),
    ]


def _of_month(seconds: float, profile: Profile, language: Language) -> list[str]:
    return [decimal(1e6 * seconds, language), percent(seconds / profile.month, language, 1)]


def _of_run(seconds: float, profile: Profile, language: Language) -> list[str]:
    return [_milliseconds(seconds, language), percent(seconds / profile.parts, language, 1)]


def _milliseconds(seconds: float, language: Language) -> str:
    return decimal(1e3 * seconds, language, 2)
