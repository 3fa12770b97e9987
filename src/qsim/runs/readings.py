"""What is read from runs: one number a run, of a measure at a time, and what is wrong with a measure or a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from qsim.engine.prepare import RunOutput
from qsim.files.messages import suggestion
from qsim.measures.catalogue import COLUMN, HOURS_TOTAL, OUTCOMES, SERIES, TASK_SERIES, Measure
from qsim.measures.outcomes import YEAR, mean_of_known
from qsim.scenario.schema import Scenario
from qsim.scenario.values import month_number, month_text

LAST_YEAR, WHOLE_RUN, PEAK = "last_year", "whole_run", "peak"
TIMES = (LAST_YEAR, WHOLE_RUN, PEAK)
"""What ``at`` may be besides a month."""
Array = np.ndarray[Any, np.dtype[np.float64]]

TASK_COLUMN = {measure.name: place for place, measure in enumerate(TASK_SERIES)}
_OUTCOME = {measure.name: place for place, measure in enumerate(OUTCOMES)}

MEASURES: dict[str, Measure] = {measure.name: measure for measure in (*OUTCOMES, *SERIES, HOURS_TOTAL)}
"""All that a claim may measure, by name."""


def by_run_only(name: str) -> bool:
    """Return whether a measure is one number a run and no column of months."""
    return name in _OUTCOME and name not in COLUMN


OF_THE_WHOLE_RUN = ("hours_departments_total", "hours_units_total", "practice_per_1000_hours")
"""Outcomes of all months of a run; others that are no column of months say in their labels when they are read."""


def time_of(outcome: str) -> str:
    """Return of which time an outcome is, ``last_year`` or ``whole_run``, or ``own``, which its label says."""
    if not by_run_only(outcome):
        return LAST_YEAR
    return WHOLE_RUN if outcome in OF_THE_WHOLE_RUN else "own"


LOW, HIGH = 0.1, 0.9
"""The ends of the range that is shown everywhere, as shares of the runs or of the settings."""


def middle(values: Array) -> Array:
    """Return low end, mean and high end (3, things) of what is known of values (runs, things); NaN where nothing is."""
    known = np.isfinite(values).any(axis=0)
    levels = np.full((3, values.shape[1]), np.nan)
    if known.any():
        low, high = np.nanquantile(values[:, known], (LOW, HIGH), axis=0)
        levels[:, known] = low, np.nanmean(values[:, known], axis=0), high
    return levels


@dataclass(frozen=True)
class Reading:
    """A measure by name, at ``last_year``, ``whole_run``, ``peak`` or a month ``YYYY-MM`` within the run.

    ``task`` is the one it is of, without it all tasks.
    """

    measure: str
    at: str = LAST_YEAR
    task: str | None = None

    @property
    def column(self) -> str:
        """The column that holds it: the measure, its task, and the time behind it if that is not the last year."""
        named = self.measure if self.task is None else f"{self.measure}_{self.task}"
        return named if self.at == LAST_YEAR else f"{named}_{self.at.replace('-', '_')}"


def read(reading: Reading, output: RunOutput, scenario: Scenario) -> Array:
    """Return one number a run (runs,), NaN where a run does not have it."""
    if by_run_only(reading.measure):
        return output.outcomes[:, _OUTCOME[reading.measure]].copy()
    months = _months(reading, output, scenario)
    if reading.at == LAST_YEAR:
        return mean_of_known(months[:, -YEAR:])
    if reading.at == WHOLE_RUN:
        return mean_of_known(months)
    if reading.at == PEAK:
        known = np.where(np.isnan(months), -np.inf, months).max(axis=1)
        return np.where(np.isnan(months).all(axis=1), np.nan, known)
    return months[:, month_number(reading.at) - scenario.start].copy()


def _months(reading: Reading, output: RunOutput, scenario: Scenario) -> Array:
    """Return a measure in each month (runs, months)."""
    months: Array
    if reading.task is not None:
        task = [entry.id for entry in scenario.tasks].index(reading.task)
        months = output.series_tasks[:, :, task, TASK_COLUMN[reading.measure]]
    else:
        columns = [COLUMN[name] for name in MEASURES[reading.measure].parts or (reading.measure,)]
        months = output.series[:, :, columns].sum(axis=2)
    return months


def read_all(readings: Sequence[Reading], output: RunOutput, scenario: Scenario) -> Array:
    """Return what is read from some runs, (runs, readings); raise ValueError for a month outside the run."""
    for reading in readings:
        problem = time_problem(reading.measure, reading.at, [scenario]) or task_problem(reading, [scenario])
        if problem is not None:
            raise ValueError(problem)
    return np.stack([read(reading, output, scenario) for reading in readings], axis=1)


def columns_by_month(readings: Mapping[str, Reading], outcome: str) -> dict[str, str]:
    """Return the columns that hold the measure and task of an outcome at a month, by month, in order."""
    wanted = readings[outcome]
    result = {
        reading.at: name
        for name, reading in readings.items()
        if (reading.measure, reading.task) == (wanted.measure, wanted.task) and reading.at not in TIMES
    }
    return dict(sorted(result.items(), key=lambda pair: month_number(pair[0])))


def measure_problem(measure: str) -> str | None:
    """Return what is wrong with the name of a measure; None if there is one of that name."""
    return None if measure in MEASURES else f'there is no measure "{measure}"{suggestion(measure, list(MEASURES))}'


def time_problem(measure: str, at: str, scenarios: Iterable[Scenario], called: str | None = None) -> str | None:
    """Return what is wrong with a time at which a measure is read from runs of some scenarios; None if nothing is.

    They are ``called`` so, by default by their id.
    """
    if at != LAST_YEAR and by_run_only(measure):
        return f"{measure} is one number a run; leave at out"
    if at in TIMES:
        return None
    try:
        month = month_number(at)
    except ValueError:
        if at[:1].isdigit():
            return f"{at} is not a month; expected year and month such as 2015-09, from 1900 to 2199"
        return f'"{at}" is not a time{suggestion(at, TIMES)}; or a month such as 2015-09'
    for scenario in scenarios:
        if not scenario.start <= month < scenario.start + scenario.months:
            first, last = (month_text(scenario.start + months) for months in (0, scenario.months - 1))
            return f"{at} lies outside the run of {called or scenario.id}; expected {first} to {last}"
    return None


def task_problem(reading: Reading, scenarios: Iterable[Scenario]) -> str | None:
    """Return what is wrong with the task of a reading; None if nothing is."""
    if reading.task is None:
        return None
    if reading.measure not in TASK_COLUMN:
        return f"{reading.measure} is not measured by task; leave task out"
    for scenario in scenarios:
        ids = [task.id for task in scenario.tasks]
        if reading.task not in ids:
            return f'{scenario.id} has no task "{reading.task}"{suggestion(reading.task, ids)}'
    return None
