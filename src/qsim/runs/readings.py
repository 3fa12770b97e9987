"""What is read from runs for a claim: one number a run, of a measure at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from qsim.engine.prepare import RunOutput
from qsim.measures.catalogue import COLUMN, OUTCOMES, SERIES, Measure
from qsim.scenario.schema import Scenario
from qsim.scenario.values import Label, month_number

YEAR = 12
LAST_YEAR, WHOLE_RUN, PEAK = "last_year", "whole_run", "peak"
TIMES = (LAST_YEAR, WHOLE_RUN, PEAK)
"""What ``at`` may be besides a month."""
Array = np.ndarray[Any, np.dtype[np.float64]]

HOURS_TOTAL = Measure(
    "hours_total", "hours", Label(de="Stunden der Ämter und Beauftragten", en="Hours of departments and commissioners")
)
"""Hours a month of both, for rankings at equal hours."""

_PARTS = {"hours_total": ("hours_departments", "hours_units")}
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
    columns = [COLUMN[name] for name in _PARTS.get(reading.measure, (reading.measure,))]
    months = output.series[:, :, columns].sum(axis=2)
    if reading.at == LAST_YEAR:
        return _mean(months[:, -YEAR:])
    if reading.at == WHOLE_RUN:
        return _mean(months)
    if reading.at == PEAK:
        known = np.where(np.isnan(months), -np.inf, months).max(axis=1)
        return np.where(np.isnan(months).all(axis=1), np.nan, known)
    return months[:, month_number(reading.at) - scenario.start].copy()


def _mean(values: Array) -> Array:
    """Return the means (runs,) of what is known in ``values`` (runs, months)."""
    known = ~np.isnan(values)
    count = known.sum(axis=1)
    total = np.where(known, values, 0.0).sum(axis=1)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)
