"""What a sensitivity study will take, from a few pilot runs: time, and size on disk. Nothing is written."""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np

from qsim.engine.warm import warm_up
from qsim.runs.readings import Reading
from qsim.scenario.schema import Scenario
from qsim.sensitivity.designs import LEAST_TRAJECTORIES, trajectories
from qsim.sensitivity.parts import part_bytes
from qsim.sensitivity.points import PointRuns
from qsim.sensitivity.running import PART
from qsim.sensitivity.space import Dimension
from qsim.sensitivity.study import Design
from qsim.sweep.pilot import POINT_BYTES, Estimate

POINTS = 16
"""Points that are tried."""

FIGURES_BYTES = 1_000_000
"""Of the figures in two languages and two formats, and the tables of indices, about."""


def estimate(
    scenario: Scenario, readings: Sequence[Reading], design: Design, dimensions: Sequence[Dimension]
) -> Estimate:
    """Return what a study will take; the first points, which also lay the scenario out, are run twice.

    Raise RunError if a pilot run fails.
    """
    ways = trajectories(len(dimensions), LEAST_TRAJECTORIES, design.seed).reshape(-1, len(dimensions))
    places = np.unique(np.linspace(0, len(ways) - 1, POINTS).astype(np.int64))
    runs = PointRuns(scenario, dimensions, ways[places], design.replicates, readings, design.seed)
    warm_up()
    runs.run(0, 1)
    start = time.perf_counter()
    found = runs.run(0, len(places))
    each = (time.perf_counter() - start) / len(places)
    points = design.points(len(dimensions))
    parts = -(-points // PART)
    names = [f"{reading.measure} {reading.at}" for reading in readings]
    whole = np.resize(found, (PART, *found.shape[1:]))
    base = 2 * design.number
    tables = base * POINT_BYTES * (1 + min(design.top, len(dimensions)) + design.replicates * len(readings))
    size = parts * len(part_bytes(whole, names)) + tables + FIGURES_BYTES
    return Estimate(design.runs(len(dimensions)), points, 1, parts, size, each * points)
