"""How many times as fast as the reference model a run is: the same scenarios, the same seeds, the same numbers out.

The reference model in ``tests/reference`` does the same work the usual way, one Mesa agent at a time in plain Python. What
it takes to draw is left out by drawing from memory; the package's own drawing is counted. One ratio counts both.
"""

from __future__ import annotations

import math
import sys
from pathlib import Path

from benchmarks.timing import Finding, paired_ratio
from qsim.engine.prepare import Prepared, prepare
from qsim.measures.catalogue import SERIES
from qsim.scenario.loading import load_scenario
from qsim.scenario.schema import Scenario

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from reference import model as reference
from reference.draws import Draws

SEED = 1
MONTHS = {40: 120, 160: 36, 640: 12}
PAIRS = 3
RUNS = 8
"""Runs of the package for one of the reference model: all the same run."""
BOUND = 50.0
KINDS = ("integration", "climate_mitigation", "climate_adaptation")


def findings() -> list[Finding]:
    """Return the ratios for three sizes, for one to three tasks, and once with the reference's drawing."""
    found = [Finding(f"reference_over_run_{size}", ratio(of_size(size)), BOUND, "ratio", "at least") for size in MONTHS]
    for tasks in (2, 3):
        found.append(
            Finding(f"reference_over_run_{tasks}_tasks", ratio(of_size(40, tasks)), BOUND, "ratio", "at least")
        )
    drawing = ratio(of_size(40), from_memory=False)
    return [*found, Finding("reference_drawing_over_run_40", drawing, BOUND, "ratio", "at least")]


def of_size(departments: int, tasks: int = 1) -> Scenario:
    """Return the scenario ``large`` with so many departments and tasks; larger ones for fewer months."""
    changes = [f"administration.departments={departments}", f"months={MONTHS[departments]}"]
    if tasks > 1:
        kinds = ", ".join(f"{{id: {kind}, kind: {kind}}}" for kind in KINDS[:tasks])
        changes.append(f"tasks=[{kinds}]")
    return load_scenario("large", changes)


def ratio(scenario: Scenario, from_memory: bool = True) -> float:
    """Return the time of a run of the reference model over that of a run; raise ValueError if their numbers differ."""
    prepared = prepare(scenario)
    check(scenario, prepared)
    memory = Memory()

    def in_reference() -> None:
        reference.Draws = memory if from_memory else Draws
        try:
            reference.ReferenceModel(scenario, SEED).run(scenario.months)
        finally:
            reference.Draws = Draws

    def in_package() -> None:
        prepared.run(SEED, [(0, 0)] * RUNS)

    return paired_ratio(in_reference, in_package, PAIRS) * RUNS


def check(scenario: Scenario, prepared: Prepared) -> None:
    """Raise ValueError unless the reference model measures the same in every month."""
    model = reference.ReferenceModel(scenario, SEED)
    model.run(scenario.months)
    for row, measured in zip(prepared.run(SEED, [(0, 0)]).series[0], model.measured, strict=True):
        for measure, value in zip(SERIES, row, strict=True):
            other = measured.series[measure.name]
            same = math.isclose(value, other, rel_tol=1e-9, abs_tol=1e-12) or (math.isnan(value) and math.isnan(other))
            if not same:
                raise ValueError(f"{measure.name} is {value} in the package and {other} in the reference model")


class Memory:
    """Stands in for the reference model's draws, and draws each address once for all runs of a scenario."""

    def __init__(self) -> None:
        self._pairs: dict[tuple[str, int, int], tuple[float, float]] = {}
        self._normals: dict[tuple[str, int, int], float] = {}

    def __call__(self, seed: int, replicate: int) -> Memory:
        """Begin a run: the same seed and replicate every time."""
        self._draws = Draws(seed, replicate)
        return self

    def uniform_pair(self, decision: str, month: int, slot: int) -> tuple[float, float]:
        """Return both uniform numbers of an address."""
        address = (decision, month, slot)
        if address not in self._pairs:
            self._pairs[address] = self._draws.uniform_pair(decision, month, slot)
        return self._pairs[address]

    def uniform(self, decision: str, month: int, slot: int) -> float:
        """Return the first of them."""
        return self.uniform_pair(decision, month, slot)[0]

    def normal(self, decision: str, month: int, slot: int) -> float:
        """Return the standard normal number of an address."""
        address = (decision, month, slot)
        if address not in self._normals:
            self._normals[address] = self._draws.normal(decision, month, slot)
        return self._normals[address]
