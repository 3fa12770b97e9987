"""The outcomes of an experiment: what is read from each run, and the columns they become."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from qsim.engine.measures import OUTCOMES
from qsim.engine.prepare import RunOutput
from qsim.scenario.schema import Scenario
from qsim.study.claims.readings import Reading, read
from qsim.study.experiment.schema import LAST_YEAR, OutcomeEntry
from qsim.study.times import time_problem


def readings_of(entries: Sequence[OutcomeEntry]) -> tuple[Reading, ...]:
    """Return what is read from each run; without entries, all columns of the table ``runs``."""
    if not entries:
        return tuple(Reading(measure.name) for measure in OUTCOMES)
    return tuple(Reading(entry.measure, entry.at) for entry in entries)


def column_name(reading: Reading) -> str:
    """Return the column of a reading: the measure, and the time behind it if that is not the last year."""
    return reading.measure if reading.at == LAST_YEAR else f"{reading.measure}_{reading.at.replace('-', '_')}"


def read_all(readings: Sequence[Reading], output: RunOutput, scenario: Scenario) -> np.ndarray:
    """Return what is read from some runs, (runs, readings); raise ValueError for a month outside the run."""
    for reading in readings:
        problem = time_problem(reading.measure, reading.at, [scenario])
        if problem is not None:
            raise ValueError(problem)
    return np.stack([read(reading, output, scenario) for reading in readings], axis=1)
