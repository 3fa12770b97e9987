"""Worlds at the points of a design: what is open takes the values of a point in place of draws, luck stays the same."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from copy import copy
from threading import Lock
from typing import Any

import numpy as np

from qsim.engine.overrides import chosen_overrides
from qsim.engine.prepare import Prepared, RunOutput
from qsim.engine.run import simulate_months
from qsim.measures.catalogue import DEPARTMENT_MEASURES, OUTCOMES, SERIES, TASK_SERIES
from qsim.measures.outcomes import run_outcomes
from qsim.runs.failures import RunError
from qsim.runs.readings import Reading, by_run_only, read
from qsim.scenario.schema import Scenario
from qsim.sensitivity.space import Dimension
from qsim.world.blueprint import Blueprint, Plan
from qsim.world.unknowns import drawn_value, replaced

Array = np.ndarray[Any, np.dtype[np.float64]]

MIDDLE = 0.5
"""Where in its range an open value of the scenario lies that is not varied; parameters then have their defaults."""

BELOW_ONE = float(np.nextafter(1.0, 0.0))
CHUNK = 16
"""Runs whose months are in memory at once, in each thread."""

KEPT = 256
"""Laid-out structures that are remembered; a point that differs in numbers alone needs no new one."""


class PointBlueprint(Blueprint):
    """The worlds of a scenario at points (points, dimensions) of the unit cube; a setting is the number of a point.

    Arrays are laid out once for each structure. A point is then one record of parameters and a few patched numbers.
    """

    def __init__(self, scenario: Scenario, dimensions: Sequence[Dimension], points: Array) -> None:
        switches, record, _ = chosen_overrides(scenario, plausible=False)
        super().__init__(scenario, record, switches)
        self._varied = tuple(enumerate(dimensions))
        self._points = np.minimum(points, BELOW_ONE)
        self._laid_out: OrderedDict[tuple[object, ...], Plan] = OrderedDict()
        self._lock = Lock()
        fields = list(record.dtype.names or ())
        even = [(place, one) for place, one in self._varied if _is_even(one)]
        self._columns = np.array([place for place, _ in even], dtype=np.int64)
        self._fields = np.array([fields.index(str(one.parameter)) for _, one in even], dtype=np.int64)
        ends = np.array([one.unknown.between for _, one in even], dtype=np.float64).reshape(-1, 2)
        self._low, self._width = ends[:, 0], ends[:, 1] - ends[:, 0]
        self._others = [(place, one) for place, one in self._varied if one.parameter and not _is_even(one)]
        self._keys = [(place, one) for place, one in self._varied if one.parameter is None]

    def plan(self, seed: int, setting: int) -> tuple[Plan, dict[str, float]]:
        """Return the laid-out arrays of a point, and for each key where in its range its value lies."""
        point = self._points[setting]
        draws = dict.fromkeys(self.unknowns, MIDDLE)
        draws |= {one.key: one.draw(float(point[place])) for place, one in self._keys}
        plan = copy(self._structure(draws))
        record = plan.template.parameters.copy()
        record.view(np.float64)[self._fields] = self._low + self._width * point[self._columns]
        for place, one in self._others:
            record[one.parameter] = drawn_value(one.unknown, one.draw(float(point[place])))
        plan.template = plan.template._replace(parameters=record)
        return plan, draws

    def values(self) -> dict[str, list[Any]]:
        """Return the values that the varied keys have at the points; months as numbers ``12 * year + month - 1``."""
        plan, _ = self.plan(0, 0)
        whole = {key for _, _, key, _, is_month in plan.patches if is_month} | set(self._structural)
        return {
            one.key: [drawn_value(one.unknown, one.draw(float(u)), one.key in whole) for u in self._points[:, place]]
            for place, one in self._varied
        }

    def _structure(self, draws: dict[str, float]) -> Plan:
        values = {key: drawn_value(self.unknowns[key], draws[key], whole=True) for key in self._structural}
        choice = tuple(values.items())
        with self._lock:
            found = self._laid_out.get(choice)
            if found is None:
                scenario = replaced(self.scenario, values) if values else self.scenario
                found = self._laid_out[choice] = Plan(scenario, self._parameters, self._switches)
                if len(self._laid_out) > KEPT:
                    self._laid_out.popitem(last=False)
            return found


def _is_even(one: Dimension) -> bool:
    """Return whether a dimension is a parameter that covers its range evenly."""
    return one.parameter is not None and one.unknown.between is not None and not one.log


class PointRuns:
    """Runs the points of a design, each with the same replicates, and reads a few numbers from every run."""

    def __init__(
        self,
        scenario: Scenario,
        dimensions: Sequence[Dimension],
        points: Array,
        replicates: int,
        readings: Sequence[Reading],
        seed: int,
    ) -> None:
        self.points = points
        self.replicates = replicates
        self._readings = tuple(readings)
        self._seed = seed
        self._prepared = Prepared(scenario)
        self._blueprint = PointBlueprint(scenario, dimensions, points)
        self._by_run = any(by_run_only(reading.measure) for reading in readings)

    def run(self, first: int, last: int) -> Array:
        """Return readings (points, replicates, readings) of the points ``first`` to ``last - 1``, run in this thread.

        Raise RunError, with the numbers of the points, if a run fails.
        """
        each = max(CHUNK // self.replicates, 1)
        try:
            found = np.concatenate([self._read(i, min(i + each, last)) for i in range(first, last, each)])
        except Exception as error:
            raise RunError(f"points {first} to {last - 1} failed: {type(error).__name__}: {error}") from error
        return found.reshape(last - first, self.replicates, len(self._readings))

    def values(self) -> dict[str, list[Any]]:
        """Return the values of the varied keys at the points."""
        return self._blueprint.values()

    def _read(self, first: int, last: int) -> Array:
        """Run some points and read their runs, (points * replicates, readings); what is not read is not kept."""
        scenario = self._prepared.scenario
        months, tasks = scenario.months, len(scenario.tasks)
        series = np.empty(((last - first) * self.replicates, months, len(SERIES)))
        by_task = np.empty((months, tasks, len(TASK_SERIES)))
        spare: tuple[Array, ...] = ()
        for row in range(len(series)):
            point, replicate = first + row // self.replicates, row % self.replicates
            if replicate == 0:
                plan, draws = self._blueprint.plan(self._seed, point)
                spare = _room(months, tasks, plan, spare)
            world = plan.world(self._seed, replicate, point, draws, {})
            simulate_months(world, months, series[row], by_task, *spare)
        outcomes = run_outcomes(series, self._prepared.first_shock) if self._by_run else np.empty((0, len(OUTCOMES)))
        output = RunOutput(series, by_task[None], outcomes, *spare)
        return np.stack([read(one, output, scenario) for one in self._readings], axis=1)


def _room(months: int, tasks: int, plan: Plan, before: tuple[Array, ...]) -> tuple[Array, ...]:
    """Return room for the sums of departments and the ledger, which nobody reads here, for as many as a plan has."""
    departments, payers = plan.template.departments.size, plan.template.ledger.shape
    if before and before[0].shape[1] == departments and before[2].shape == payers:
        return before
    sums = np.zeros((months, departments, tasks, len(DEPARTMENT_MEASURES)))
    return sums, np.zeros((months, departments, tasks)), np.zeros(payers)
