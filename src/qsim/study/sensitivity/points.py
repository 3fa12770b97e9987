"""Worlds at the points of a design: what is open takes the values of a point in place of draws, luck stays the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from qsim.engine.overrides import chosen_overrides
from qsim.engine.prepare import Prepared
from qsim.scenario.schema import Scenario
from qsim.study.claims.readings import Reading, read
from qsim.study.failures import RunError
from qsim.study.sensitivity.space import Dimension, varied_parameters
from qsim.world.blueprint import Blueprint, Plan
from qsim.world.unknowns import drawn_value, replaced

Array = np.ndarray[Any, np.dtype[np.float64]]

MIDDLE = 0.5
"""Where in its range an open value of the scenario lies that is not varied; parameters then have their defaults."""

BELOW_ONE = float(np.nextafter(1.0, 0.0))
CHUNK = 16
"""Runs whose months are in memory at once, in each thread."""


class PointBlueprint(Blueprint):
    """The worlds of a scenario at points (points, dimensions) of the unit cube; a setting is the number of a point."""

    def __init__(self, scenario: Scenario, dimensions: tuple[Dimension, ...], points: Array) -> None:
        switches, parameters, _ = chosen_overrides(scenario, plausible=False)
        super().__init__(scenario, parameters, switches, dict(varied_parameters(dimensions)))
        self._keys = [one.key for one in dimensions]
        self._points = np.minimum(points, BELOW_ONE)

    def plan(self, seed: int, setting: int) -> tuple[Plan, dict[str, float]]:
        """Return the laid-out arrays of a point, and for each key where in its range its value lies."""
        draws = dict.fromkeys(self.unknowns, MIDDLE) | dict(zip(self._keys, self._points[setting], strict=True))
        values = {key: drawn_value(self.unknowns[key], draws[key], whole=True) for key in self._structural}
        choice = tuple(values.items())
        if choice not in self._plans:
            scenario = replaced(self.scenario, values) if values else self.scenario
            self._plans[choice] = Plan(scenario, self._parameters, self._switches)
        return self._plans[choice], draws

    def values(self) -> dict[str, list[Any]]:
        """Return the values that the varied keys have at the points; months as numbers ``12 * year + month - 1``."""
        plan, _ = self.plan(0, 0)
        whole = {key for _, _, key, _, is_month in plan.patches if is_month} | set(self._structural)
        return {
            key: [drawn_value(self.unknowns[key], float(u), key in whole) for u in self._points[:, place]]
            for place, key in enumerate(self._keys)
        }


class PointRuns:
    """Runs the points of a design, each with the same replicates, and reads a few numbers from every run."""

    def __init__(
        self,
        scenario: Scenario,
        dimensions: tuple[Dimension, ...],
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
        self._prepared.blueprint = self._blueprint

    def run(self, first: int, last: int) -> Array:
        """Return readings (points, replicates, readings) of the points ``first`` to ``last - 1``, run in this thread.

        Raise RunError, with the numbers of the points, if a run fails.
        """
        rows = [(replicate, point) for point in range(first, last) for replicate in range(self.replicates)]
        try:
            found = np.concatenate([self._read(rows[i : i + CHUNK]) for i in range(0, len(rows), CHUNK)])
        except Exception as error:
            raise RunError(f"points {first} to {last - 1} failed: {type(error).__name__}: {error}") from error
        return found.reshape(last - first, self.replicates, len(self._readings))

    def values(self) -> dict[str, list[Any]]:
        """Return the values of the varied keys at the points."""
        return self._blueprint.values()

    def _read(self, rows: list[tuple[int, int]]) -> Array:
        output = self._prepared.run(self._seed, rows)
        return np.stack([read(one, output, self._prepared.scenario) for one in self._readings], axis=1)
