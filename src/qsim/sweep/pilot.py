"""What a study will take, from a few pilot runs: time, and size on disk. Nothing is written."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from statistics import mean

import numpy as np

from qsim.engine.warm import warm_up
from qsim.sweep.part_work import PartFiles, run_part
from qsim.sweep.plan import Job, Part, Plan

PARTS, ROWS = 4, 8
"""Parts that are tried, evenly spread over the plan, and runs of each."""

SIZE_ROWS = 32
"""Runs of the part whose size is looked at."""

POINT_BYTES = 9
"""Of a factor in the table of points, about."""


@dataclass(frozen=True)
class Effort:
    """What a study will take: runs, points, parts, bytes on disk, and seconds of one worker."""

    runs: int
    points: int
    scenarios: int
    parts: int
    size: int
    seconds: float

    @property
    def replications(self) -> int:
        """The number of runs of each point."""
        return self.runs // (self.points * self.scenarios)

    def wall(self, workers: int) -> float:
        """Return the seconds on the clock for so many workers."""
        return self.seconds / max(min(workers, self.parts), 1)


def estimate(plan: Plan) -> Effort:
    """Return what a plan will take. Each pilot is run twice, as the first time also lays out its scenarios.

    Raise RunError if a pilot run fails.
    """
    job, experiment = plan.job(), plan.experiment
    warm_up()
    run_part(replace(job, key="first"), first_rows(plan.part(0), 1))  # loads what the first run of a process needs
    laying, running = [], []
    for index in np.unique(np.linspace(0, plan.parts - 1, PARTS).astype(np.int64)).tolist():
        trial = first_rows(plan.part(index), ROWS)
        first, second = (_timed(job, trial)[0] for _ in range(2))
        laying.append(max(first - second, 0.0) / len(trial.cells))
        running.append(second / (trial.last - trial.first))
    seconds = mean(laying) * experiment.cells + mean(running) * plan.rows
    size = _size(plan, job) + POINT_BYTES * experiment.design.points * (1 + len(experiment.factors))
    return Effort(plan.rows, experiment.design.points, len(experiment.bases), plan.parts, int(size), seconds)


def first_rows(part: Part, rows: int) -> Part:
    """Return the first ``rows`` rows of a part, as a part of its own."""
    cells, left = [], rows
    for cell in part.cells:
        if left > 0:
            cells.append(replace(cell, last=min(cell.last, cell.first + left)))
            left -= cells[-1].last - cells[-1].first
    return replace(part, last=part.first + rows - left, cells=tuple(cells))


def _size(plan: Plan, job: Job) -> float:
    """Return the bytes of all parts: what each takes for itself, and what its runs take."""
    whole = plan.part(plan.parts // 2)
    many = first_rows(whole, SIZE_ROWS)
    few = first_rows(whole, max((many.last - many.first) // 2, 1))
    rows = [part.last - part.first for part in (few, many)]
    sizes = [sum(map(len, _timed(job, part)[1].values())) for part in (few, many)]
    a_run = (sizes[1] - sizes[0]) / (rows[1] - rows[0]) if rows[1] > rows[0] else 0.0
    a_part = max(sizes[1] - a_run * rows[1], 0.0)
    return a_part * plan.parts + a_run * plan.rows


def _timed(job: Job, part: Part) -> tuple[float, PartFiles]:
    start = time.perf_counter()
    files = run_part(job, part)
    return time.perf_counter() - start, files
