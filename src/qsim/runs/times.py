"""When something is read from a run, as a file says it: a year, a whole run, a peak or a month; and what is wrong with that."""

from __future__ import annotations

from collections.abc import Iterable

from qsim.files.messages import suggestion
from qsim.runs.readings import LAST_YEAR, MEASURES, TIMES, by_run_only
from qsim.scenario.schema import Scenario
from qsim.scenario.values import month_number, month_text


def measure_problem(measure: str) -> str | None:
    """Return what is wrong with the name of a measure; None if there is one of that name."""
    return None if measure in MEASURES else f'there is no measure "{measure}"{suggestion(measure, list(MEASURES))}'


def time_problem(measure: str, at: str, scenarios: Iterable[Scenario]) -> str | None:
    """Return what is wrong with a time at which a measure is read from runs of some scenarios; None if nothing is."""
    if at != LAST_YEAR and by_run_only(measure):
        return f"{measure} is one number a run; leave at out"
    if at in TIMES:
        return None
    try:
        month = month_number(at)
    except ValueError:
        if at[:1].isdigit():
            return f"{at} is not a month; expected year and month such as 2015-09"
        return f'"{at}" is not a time{suggestion(at, TIMES)}; or a month such as 2015-09'
    for scenario in scenarios:
        if not scenario.start <= month < scenario.start + scenario.months:
            first, last = (month_text(scenario.start + months) for months in (0, scenario.months - 1))
            return f"{at} lies outside the run of {scenario.id}; expected {first} to {last}"
    return None
