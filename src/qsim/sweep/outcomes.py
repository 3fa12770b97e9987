"""The outcomes of an experiment: what is read from each run, and the columns they become."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from qsim.engine.prepare import RunOutput
from qsim.files.messages import suggestion
from qsim.measures.catalogue import COLUMN, OUTCOMES, TASK_SERIES
from qsim.runs.readings import TIMES, Reading, read, time_problem
from qsim.scenario.schema import Scenario
from qsim.scenario.values import month_number
from qsim.sweep.schema import LAST_YEAR, OutcomeEntry

TASK_COLUMN = {measure.name: place for place, measure in enumerate(TASK_SERIES)}


@dataclass(frozen=True)
class TaskReading(Reading):
    """A measure at a time, of one task alone."""

    task: str = ""


def readings_of(entries: Sequence[OutcomeEntry]) -> tuple[Reading, ...]:
    """Return what is read from each run; without entries, all columns of the table ``runs``."""
    if not entries:
        return tuple(Reading(measure.name) for measure in OUTCOMES)
    return tuple(
        Reading(entry.measure, entry.at) if entry.task is None else TaskReading(entry.measure, entry.at, entry.task)
        for entry in entries
    )


def column_name(reading: Reading) -> str:
    """Return the column of a reading: the measure, its task, and the time behind it if that is not the last year."""
    named = f"{reading.measure}_{reading.task}" if isinstance(reading, TaskReading) else reading.measure
    return named if reading.at == LAST_YEAR else f"{named}_{reading.at.replace('-', '_')}"


def columns_by_month(readings: Mapping[str, Reading], outcome: str) -> dict[str, str]:
    """Return the columns that hold the measure and task of an outcome at a month, by month, in order."""
    wanted = readings[outcome]
    task = wanted.task if isinstance(wanted, TaskReading) else None
    result = {
        reading.at: name
        for name, reading in readings.items()
        if reading.measure == wanted.measure
        and (reading.task if isinstance(reading, TaskReading) else None) == task
        and reading.at not in TIMES
    }
    return dict(sorted(result.items(), key=lambda pair: month_number(pair[0])))


def task_problem(reading: Reading, scenarios: Iterable[Scenario]) -> str | None:
    """Return what is wrong with the task of a reading; None if nothing is."""
    if not isinstance(reading, TaskReading):
        return None
    if reading.measure not in TASK_COLUMN:
        return f"{reading.measure} is not measured by task; leave task out"
    for scenario in scenarios:
        ids = [task.id for task in scenario.tasks]
        if reading.task not in ids:
            return f'{scenario.id} has no task "{reading.task}"{suggestion(reading.task, ids)}'
    return None


def read_all(readings: Sequence[Reading], output: RunOutput, scenario: Scenario) -> np.ndarray:
    """Return what is read from some runs, (runs, readings); raise ValueError for a month outside the run."""
    for reading in readings:
        problem = time_problem(reading.measure, reading.at, [scenario]) or task_problem(reading, [scenario])
        if problem is not None:
            raise ValueError(problem)
    return np.stack([_read(reading, output, scenario) for reading in readings], axis=1)


def _read(reading: Reading, output: RunOutput, scenario: Scenario) -> np.ndarray:
    if not isinstance(reading, TaskReading):
        return read(reading, output, scenario)
    task = [entry.id for entry in scenario.tasks].index(reading.task)
    months = np.full_like(output.series, np.nan)
    months[:, :, COLUMN[reading.measure]] = output.series_tasks[:, :, task, TASK_COLUMN[reading.measure]]
    return read(Reading(reading.measure, reading.at), output._replace(series=months), scenario)
