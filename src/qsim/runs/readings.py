"""What is read from runs: one number a run, of a measure at a time, and what is wrong with a measure or a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from qsim.engine.prepare import RunOutput
from qsim.files.messages import suggestion
from qsim.measures.catalogue import COLUMN, HOURS_TOTAL, OUTCOMES, SERIES, Measure
from qsim.measures.outcomes import YEAR, mean_of_known
from qsim.scenario.schema import Scenario
from qsim.scenario.values import month_number, month_text

LAST_YEAR, WHOLE_RUN, PEAK = "last_year", "whole_run", "peak"
TIMES = (LAST_YEAR, WHOLE_RUN, PEAK)
"""What ``at`` may be besides a month."""
Array = np.ndarray[Any, np.dtype[np.float64]]

_OUTCOME = {measure.name: place for place, measure in enumerate(OUTCOMES)}

MEASURES: dict[str, Measure] = {measure.name: measure for measure in (*OUTCOMES, *SERIES, HOURS_TOTAL)}
"""All that a claim may measure, by name."""


def by_run_only(name: str) -> bool:
    """Return whether a measure is one number a run and no column of months."""
    return name in _OUTCOME and name not in COLUMN


@dataclass(frozen=True)
class Reading:
    """A measure by name, at ``last_year``, ``whole_run``, ``peak`` or a month ``YYYY-MM`` within the run."""

    measure: str
    at: str = LAST_YEAR


def read(reading: Reading, output: RunOutput, scenario: Scenario) -> Array:
    """Return one number a run (runs,), NaN where a run does not have it."""
    if by_run_only(reading.measure):
        return output.outcomes[:, _OUTCOME[reading.measure]].copy()
    months: Array
    columns = [COLUMN[name] for name in MEASURES[reading.measure].parts or (reading.measure,)]
    months = output.series[:, :, columns].sum(axis=2)
    if reading.at == LAST_YEAR:
        return mean_of_known(months[:, -YEAR:])
    if reading.at == WHOLE_RUN:
        return mean_of_known(months)
    if reading.at == PEAK:
        known = np.where(np.isnan(months), -np.inf, months).max(axis=1)
        return np.where(np.isnan(months).all(axis=1), np.nan, known)
    return months[:, month_number(reading.at) - scenario.start].copy()


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
