"""From arrays of results to tidy tables."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from qsim.engine.prepare import Prepared
from qsim.measures import columns
from qsim.measures.catalogue import CONSTRAINTS, DEPARTMENT_MEASURES, OUTCOMES, SERIES, TASK_SERIES
from qsim.scenario.values import month_text
from qsim.world.maths import CONCERNED


def month_index(prepared: Prepared) -> pd.DatetimeIndex:
    """Return the first day of every month of the run."""
    return pd.date_range(f"{month_text(prepared.scenario.start)}-01", periods=prepared.scenario.months, freq="MS")


def _category(codes: np.ndarray, names: Sequence[str]) -> pd.Series:
    """Return names by their codes, as a column that takes little memory."""
    return pd.Series(pd.Categorical.from_codes(codes, pd.Index(names)))


def _scenario(prepared: Prepared, rows: int) -> pd.Series:
    """Return the name of the scenario, in each row: text, as in every table."""
    return pd.Series(prepared.scenario.id, index=range(rows), dtype="str")


def series_frame(prepared: Prepared, replicates: Sequence[int], series: np.ndarray) -> pd.DataFrame:
    """Return one row for each replicate and month from ``series`` (runs, months, SERIES)."""
    runs, months, _ = series.shape
    frame = pd.DataFrame(series.reshape(runs * months, -1), columns=[m.name for m in SERIES])
    frame.insert(0, "scenario", _scenario(prepared, len(frame)))
    frame.insert(1, "replicate", np.repeat(np.asarray(replicates, np.int64), months))
    frame.insert(2, "month", np.tile(month_index(prepared).to_numpy(), runs))
    return frame


def tasks_frame(prepared: Prepared, replicates: Sequence[int], series: np.ndarray) -> pd.DataFrame:
    """Return one row for each replicate, month and task from ``series`` (runs, months, tasks, TASK_SERIES)."""
    runs, months, tasks, _ = series.shape
    frame = pd.DataFrame(series.reshape(runs * months * tasks, -1), columns=[m.name for m in TASK_SERIES])
    names = [task.id for task in prepared.scenario.tasks]
    codes = np.tile(np.arange(tasks, dtype=np.int8), runs * months)
    frame.insert(0, "scenario", _scenario(prepared, len(frame)))
    frame.insert(1, "replicate", np.repeat(np.asarray(replicates, np.int64), months * tasks))
    frame.insert(2, "month", np.tile(np.repeat(month_index(prepared).to_numpy(), tasks), runs))
    frame.insert(3, "task", _category(codes, names))
    return frame


def runs_frame(prepared: Prepared, rows: Sequence[tuple[int, int]], outcomes: np.ndarray) -> pd.DataFrame:
    """Return one row for each run (replicate, setting) from ``outcomes`` (runs, OUTCOMES)."""
    frame = pd.DataFrame(outcomes, columns=[m.name for m in OUTCOMES])
    frame.insert(0, "scenario", _scenario(prepared, len(frame)))
    frame.insert(1, "replicate", np.array([row[0] for row in rows], np.int64))
    frame.insert(2, "setting", np.array([row[1] for row in rows], np.int64))
    return frame


def departments_frame(prepared: Prepared, sums: np.ndarray, squares: np.ndarray) -> pd.DataFrame:
    """Return means over runs for each department, task and month, with the most frequent binding constraint.

    ``sums`` (months, departments, tasks, DEPARTMENT_MEASURES) and ``squares`` (months, departments, tasks) of practice
    are sums over runs; a department that stands in fewer runs counts over those.
    """
    months, departments, tasks, _ = sums.shape
    first = columns.DEPARTMENT_CONSTRAINT_MOTIVATION
    runs = sums[..., first:].sum(axis=-1, keepdims=True)
    counted = np.where(runs > 0.0, runs, np.nan)
    means = (sums / counted).reshape(-1, len(DEPARTMENT_MEASURES))
    frame = pd.DataFrame(means, columns=list(DEPARTMENT_MEASURES))
    variance = squares.reshape(-1) / counted.reshape(-1) - means[:, columns.DEPARTMENT_PRACTICE] ** 2
    frame.insert(1, "practice_sd", np.sqrt(np.maximum(variance, 0.0)))
    absent = np.isnan(means[:, columns.DEPARTMENT_PRACTICE])
    frame["constraint"] = _category(np.where(absent, -1, means[:, first:].argmax(axis=1)), list(CONSTRAINTS))
    house = prepared.house
    ids = [department.id for department in house.departments]
    divisions = [house.divisions[department.division].id for department in house.departments]
    d = np.tile(np.repeat(np.arange(departments), tasks), months)
    frame.insert(0, "department", _category(d, ids))
    frame.insert(1, "division", np.array(divisions, dtype=object)[d])
    frame.insert(2, "task", np.tile([task.id for task in prepared.scenario.tasks], months * departments))
    frame.insert(3, "month", np.repeat(month_index(prepared).to_numpy(), departments * tasks))
    weights = _weights(prepared)
    frame.insert(4, "weight", np.tile(weights.reshape(-1), months))
    return frame


def _weights(prepared: Prepared) -> np.ndarray:
    """Return the weights (departments, tasks) of the reference administration: relevance x staff, normalised."""
    stances = prepared.reference.template.stances
    staff = prepared.reference.template.departments["staff"]
    relevance = np.where(stances["relevance"] >= CONCERNED, stances["relevance"], 0.0)
    weights = relevance * staff[:, None]
    return np.asarray(weights / np.maximum(weights.sum(axis=0), 1e-12))


def divisions_frame(departments: pd.DataFrame) -> pd.DataFrame:
    """Return weighted means of practice, considered, commitment, knowledge, openness by division, task and month."""
    summed = ["practice", "considered", "commitment", "knowledge", "openness", "workload", "need"]
    weighted = departments[["division", "task", "month", "weight"]].copy()
    for column in summed:
        weighted[column] = departments[column] * departments["weight"]
    grouped = weighted.groupby(["division", "task", "month"], sort=False, observed=True).sum()
    total = grouped["weight"].where(grouped["weight"] > 0.0)
    return grouped[summed].div(total, axis=0).reset_index()
