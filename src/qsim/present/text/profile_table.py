"""Where the time of a run goes, as a table: each rule of the month, measuring, building the world."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table

from qsim.mechanisms.month import MONTH
from qsim.present.text.names import scenario_names
from qsim.present.text.tables import new_table
from qsim.present.words.speaker import Speaker

if TYPE_CHECKING:
    from qsim.engine.profile import Profile
    from qsim.scenario.schema import Scenario


def profile_table(profile: Profile, scenario: Scenario, speak: Speaker) -> Table:
    """Return each part of the month with its time and its share of the month and of a run, then the rest of a run."""
    whole = speak.percent(profile.parts / profile.run)
    months = speak.decimal(profile.months, 0)
    note = speak("table.profile_note", months=months, run=_milliseconds(profile.run, speak), share=whole)
    name = scenario_names([scenario], speak)[0]
    table = new_table(speak("table.profile", scenario=name), note)
    table.add_column(speak("table.part"), ratio=1)
    for head in ("microseconds", "share_of_month", "milliseconds", "share_of_run"):
        table.add_column(speak(f"table.{head}"), justify="right", no_wrap=True)
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
