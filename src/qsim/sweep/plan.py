"""The plan of a study: its runs, one row each, in parts of fixed rows, whoever works on them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from qsim.runs.readings import Reading
from qsim.sweep.building import Base
from qsim.sweep.factors import Factor
from qsim.sweep.loading import Experiment
from qsim.sweep.outcomes import column_name
from qsim.sweep.schema import Output
from qsim.world.compiling import sources_hash

PART_ROWS = {"runs": 256, "series": 64, "departments": 64}
"""Runs of a part at most, about, by what is written."""

FEWEST_PART_ROWS, PARTS_WANTED = 16, 64
"""A small study has smaller parts, so that all workers have some."""

LARGE, LARGE_PART_ROWS = 1_000_000, 2048
"""A study of more runs has larger parts, so that there are fewer files."""


@dataclass(frozen=True)
class Cell:
    """Some replicates of one scenario at one point: ``codes`` (factors,) are the point's, ``last`` is left out."""

    base: int
    point: int
    codes: tuple[float, ...]
    first: int
    last: int


@dataclass(frozen=True)
class Part:
    """Rows ``first`` to ``last`` - 1 of the plan, as the replicates of some cells."""

    index: int
    first: int
    last: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Job:
    """All that a worker needs besides the part: what is varied and what is kept. ``key`` tells two of them apart.

    ``sources`` is the hash of the rules that the planner has; a worker with other rules refuses the work.
    """

    key: str
    sources: str
    bases: tuple[Base, ...]
    factors: tuple[Factor, ...]
    readings: tuple[Reading, ...]
    seed: int
    output: Output


class Plan:
    """The rows of an experiment: scenario by scenario, point by point, replicate by replicate.

    A part holds whole points where a point has few replicates, and otherwise a piece of one point.
    """

    def __init__(self, experiment: Experiment, part_rows: int | None = None) -> None:
        self.experiment = experiment
        self.part_rows = part_rows or _part_rows(experiment)
        self.replications = experiment.content.replications
        self._cells_a_part = max(self.part_rows // self.replications, 1)
        self._pieces = -(-self.replications // self.part_rows) if self.replications > self.part_rows else 1
        self.parts = -(-experiment.cells // self._cells_a_part) * self._pieces

    @property
    def rows(self) -> int:
        """The number of runs."""
        return self.experiment.runs

    def bounds(self, index: int) -> tuple[int, int]:
        """Return the first row of a part and the row behind its last one."""
        if self._pieces == 1:
            step = self._cells_a_part * self.replications
            return index * step, min((index + 1) * step, self.rows)
        cell, piece = divmod(index, self._pieces)
        start = cell * self.replications
        first, last = (start + min(i * self.part_rows, self.replications) for i in (piece, piece + 1))
        return first, last

    def part(self, index: int) -> Part:
        """Return a part with the points of its cells."""
        first, last = self.bounds(index)
        points, count = self.experiment.design.points, self.replications
        cells: list[Cell] = []
        cell, end = first // count, -(-last // count)
        while cell < end:
            base, point = divmod(cell, points)
            stop = min(end - base * points, points)
            for codes in self.experiment.design.codes(point, stop).tolist():
                start = cell * count
                cells.append(Cell(base, point, tuple(codes), max(first - start, 0), min(last - start, count)))
                cell, point = cell + 1, point + 1
        return Part(index, first, last, tuple(cells))

    def job(self) -> Job:
        """Return what workers need besides the parts."""
        experiment = self.experiment
        text = json.dumps(settled(self), sort_keys=True) + repr(experiment.bases)
        key = hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
        content = experiment.content
        return Job(key, sources_hash(), experiment.bases, experiment.factors, experiment.readings, content.seed,
                   content.output)  # fmt: skip


def settled(plan: Plan) -> dict[str, Any]:
    """Return what settles the tables of a study, besides its scenarios, as JSON can hold it."""
    experiment, content = plan.experiment, plan.experiment.content
    points = experiment.points_text
    return {
        "factors": [entry.model_dump(mode="json", exclude={"label", "names"}) for entry in content.factors],
        "design": content.design.model_dump(mode="json"),
        "outcomes": [column_name(reading) for reading in experiment.readings],
        "output": content.output,
        "points": None if points is None else hashlib.sha256(points.encode()).hexdigest(),
        "part_rows": plan.part_rows,
    }


def _part_rows(experiment: Experiment) -> int:
    output = experiment.content.output
    if output == "runs" and experiment.runs > LARGE:
        return LARGE_PART_ROWS
    return min(max(experiment.runs // PARTS_WANTED, FEWEST_PART_ROWS), PART_ROWS[output])
