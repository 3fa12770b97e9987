"""Who gains, who loses: the difference in practice of every department that two scenarios share."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from qsim.comparison.worlds import TwinWorlds
from qsim.runs.variability import Array

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
    found = []
    for own, department in enumerate(houses[0].departments):
        if department.id in ids[1] and touched[own]:
            first = worlds.practice[0][:, own, task]
            other = worlds.practice[second][:, ids[1].index(department.id), there]
            division = houses[0].divisions[department.division].id
            gain = _gain(department.id, division, first, other)
            found += [gain] if gain is not None else []
    return sorted(found, key=lambda gain: -abs(gain.difference))


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
