"""The numbers behind the charts and tables on one scenario of a page: its months, departments and hours."""

from __future__ import annotations

from typing import Any

import numpy as np

from qsim.comparison.gains import HIGH, LOW
from qsim.engine.simulate import Result
from qsim.measures.catalogue import COLUMN, OUTCOMES
from qsim.runs.variability import Array

CURVES = ("joint_practice", "implementation_gap")
"""What is drawn over time with its range over the runs."""

CONSTRAINTS = tuple(name for name in COLUMN if name.startswith("constraint_"))
"""What holds back the unmet need, as shares of it."""


def shown_of(result: Result) -> dict[str, Any]:
    """Return the numbers by what they are behind; lists are by month or, of a range, its low end, median and high end."""
    months = result.output.series
    unmet = np.clip(np.nan_to_num(months[:, :, COLUMN["need_gap"]]), 0.0, None)
    return {
        "ranges": {measure.name: _range(result.runs[measure.name].to_numpy(dtype=np.float64)[:, None])[0]
                   for measure in OUTCOMES},
        "curves": {name: _range(months[:, :, COLUMN[name]]) for name in CURVES},
        "constraints": {name: (unmet * np.nan_to_num(months[:, :, COLUMN[name]])).mean(axis=0).tolist()
                        for name in CONSTRAINTS},
        "departments": _departments(result),
        "hours": _hours(result),
    }  # fmt: skip


def _range(values: Array) -> list[list[float]]:
    """Return the middle 80 % and the median of values (runs, things) for each thing, NaN where none is known."""
    known = np.isfinite(values).any(axis=0)
    ends = np.full((values.shape[1], 3), np.nan)
    if known.any():
        ends[known] = np.nanquantile(values[:, known], (LOW, 0.5, HIGH), axis=0).T
    found: list[list[float]] = ends.tolist()
    return found


def _departments(result: Result) -> dict[str, dict[str, float]]:
    """Return what each department does of each task in the last month, and what held it back on average."""
    groups = result.departments.groupby(["department", "task"], sort=False, observed=True)
    last, means = groups["practice"].last(), groups[list(CONSTRAINTS)].mean()
    return {
        f"{department}.{task}": {"practice": float(last[department, task]), **means.loc[(department, task)].to_dict()}
        for department, task in means.index
    }


def _hours(result: Result) -> dict[str, float]:
    """Return the hours over the whole run by kind of payer and activity."""
    paid = result.ledger.groupby(["payer_kind", "activity"], observed=True, as_index=False)["hours"].sum()
    columns = (paid[name] for name in ("payer_kind", "activity", "hours"))
    return {f"{kind}.{activity}": float(hours) for kind, activity, hours in zip(*columns, strict=True)}
