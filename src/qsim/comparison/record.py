"""The numbers of a page: levels, pairs, months, departments and who gains."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from qsim.comparison.comparing import Compared, Look, Rank, Stopped
from qsim.comparison.report import Report
from qsim.comparison.verdict import Comparison
from qsim.comparison.why.case import Case
from qsim.comparison.why.divergence import Divergence
from qsim.comparison.why.shares import Shares
from qsim.comparison.worlds import TwinWorlds
from qsim.engine.result import Result
from qsim.measures.catalogue import COLUMN, OUTCOMES, SERIES
from qsim.runs.intervals import Array
from qsim.runs.to_json import to_json

LOW, HIGH = 0.1, 0.9
"""Ends of the range of plausible settings."""

OFTEN = 0.5
"""In which share of the settings a department must stand in both scenarios to be compared."""


@dataclass(frozen=True)
class Gain:
    """What a department does in two scenarios, and how much more in the second: shares of the full task.

    ``low`` and ``high`` hold the middle 80 % of the plausible settings, NaN if there is only one.
    """

    department: str
    division: str
    levels: tuple[float, float]
    difference: float
    low: float
    high: float

    @property
    def sure(self) -> bool:
        """Whether the difference has the same sign in nine of ten settings."""
        return self.low > 0.0 or self.high < 0.0


def department_gains(worlds: TwinWorlds, second: int, task: int) -> list[Gain]:
    """Return the gains of the first scenario's departments in scenario ``second``, the largest change first.

    ``task`` is the index of the task in the first scenario; the second may have it elsewhere. Left out are departments that
    the second scenario does not have, that stand in fewer than half of the settings of both, or whose work the task does
    not touch; all of them if it does not have the task.
    """
    tasks = [[one.id for one in worlds.twins[place].scenario.tasks] for place in (0, second)]
    if tasks[0][task] not in tasks[1]:
        return []
    there = tasks[1].index(tasks[0][task])
    houses = [worlds.twins[place].house for place in (0, second)]
    ids = [[department.id for department in house.departments] for house in houses]
    touched = _relevance(worlds, task)
    result = []
    for own, department in enumerate(houses[0].departments):
        if department.id in ids[1] and touched[own]:
            first = worlds.practice[0][:, own, task]
            other = worlds.practice[second][:, ids[1].index(department.id), there]
            division = houses[0].divisions[department.division].id
            gain = _gain(department.id, division, first, other)
            result += [gain] if gain is not None else []
    return sorted(result, key=lambda gain: -abs(gain.difference))


def _relevance(worlds: TwinWorlds, task: int) -> np.ndarray:
    """Return whether the task touches the work of each department (departments,)."""
    relevance = worlds.twins[0].reference.template.stances["relevance"]
    return np.asarray(relevance[:, task] > 0.0)


def _gain(department: str, division: str, first: Array, other: Array) -> Gain | None:
    both = np.isfinite(first) & np.isfinite(other)
    if not both.any() or both.mean() < OFTEN:
        return None
    apart = other[both] - first[both]
    low, high = np.quantile(apart, (LOW, HIGH)) if apart.size > 1 else (np.nan, np.nan)
    levels = float(first[both].mean()), float(other[both].mean())
    return Gain(department, division, levels, float(apart.mean()), float(low), float(high))


CURVES = ("joint_practice", "implementation_gap")
"""What is drawn over time with its range over the runs."""

CONSTRAINTS = tuple(measure.name for measure in SERIES if measure.group == "constraint")
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
    result: list[list[float]] = ends.tolist()
    return result


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


@dataclass(frozen=True)
class Numbers:
    """The numbers of a page, by where they stand."""

    levels: dict[str, dict[str, float]]
    runs: tuple[int, ...]
    cases: tuple[tuple[Case, Case] | None, ...]
    shown: dict[str, Any]


@dataclass(frozen=True)
class ComparisonNumbers(Numbers):
    """The numbers of a page on a comparison."""

    pairs: tuple[Comparison, ...]
    ranking: tuple[Rank, ...]
    looks: tuple[Look, ...]
    stopped: Stopped
    shares: tuple[Shares | None, ...]
    conditions: tuple[dict[str, Any], ...]
    gains: tuple[list[dict[str, Gain]], ...]
    partings: tuple[Divergence | None, ...]


def record_of(report: Report) -> dict[str, Any]:
    """Return the numbers that a page shows, by where they stand; what is missing is None."""
    results, compared = report.results, report.compared
    numbers: dict[str, Any] = {
        "levels": {
            one.scenario.id: {measure.name: float(one.runs[measure.name].mean()) for measure in OUTCOMES}
            for one in results
        },
        "runs": tuple(len(one.rows) for one in results),
        "cases": report.cases,
        "shown": {one.scenario.id: shown_of(one) for one in results},
    }
    if compared is None:
        return dict(to_json(Numbers(**numbers)))
    record = ComparisonNumbers(
        **numbers,
        pairs=compared.pairs,
        ranking=compared.ranking,
        looks=compared.looks,
        stopped=compared.stopped,
        shares=report.shares,
        conditions=tuple(each.record() for each in report.conditions),
        gains=tuple(_gains(compared, second) for second in range(1, len(compared.scenarios))),
        partings=report.divergences,
    )
    return dict(to_json(record))


def _gains(result: Compared, second: int) -> list[dict[str, Gain]]:
    """Return the gains of the departments for each task, by department."""
    tasks = range(len(result.scenarios[0].tasks))
    return [{gain.department: gain for gain in department_gains(result.worlds, second, task)} for task in tasks]
