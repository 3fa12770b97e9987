"""The work on one part, in whatever thread or process, and what a study will take by a few pilot parts."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from statistics import mean

import numpy as np
import pandas as pd
import pyarrow as pa

from qsim.engine.frames import month_index, series_frame
from qsim.engine.prepare import Prepared, RunOutput
from qsim.engine.rows import rows_of
from qsim.engine.warm import warm_up
from qsim.files.messages import InputError
from qsim.measures import columns
from qsim.measures.catalogue import DEPARTMENT_MEASURES
from qsim.runs.readings import read_all
from qsim.runs.runner import RunError, failure_text
from qsim.runs.store import Stamp, parquet_bytes
from qsim.sweep.factors import Worlds
from qsim.sweep.plan import Cell, Job, Part, Plan
from qsim.world.compiling import sources_hash

CHUNK = 128
"""Runs whose months are in memory at once; results do not depend on it."""

_own_sources = lru_cache(maxsize=1)(sources_hash)
_warmed_up = lru_cache(maxsize=1)(warm_up)

PartFiles = dict[str, bytes]
"""Files of a part by the name of their table."""


def run_part(job: Job, part: Part) -> PartFiles:
    """Run all runs of a part and return its tables as bytes of Parquet files.

    Raise RunError, which names the point, if a run fails or this process has other rules than the planner.
    """
    if _own_sources() != job.sources:
        raise RunError("this worker has another version of the rules; install the same qsim everywhere")
    _warmed_up()
    worlds = _worlds(job)
    result: dict[str, list[pa.Table]] = {}
    for cell in part.cells:
        try:
            prepared = worlds.prepared(cell.base, cell.codes)
            _run_cell(job, prepared, cell, worlds.setting(cell.codes), result)
        except InputError as error:
            raise RunError(_failed(job, cell, "; ".join(map(str, error.messages)))) from None
        except (OSError, MemoryError):
            raise
        except Exception as error:
            raise RunError(_failed(job, cell, failure_text(error))) from error
    return {name: parquet_bytes(result[name], Stamp(job.key, part.index)) for name in result}


@lru_cache(maxsize=4)
def _worlds(job: Job) -> Worlds:
    """Return the worlds of a job, which the threads of this process share."""
    return Worlds(job.bases, job.factors, not job.fixed)


def _run_cell(job: Job, prepared: Prepared, cell: Cell, setting: int | None, result: dict[str, list[pa.Table]]) -> None:
    """Run the replicates of a cell, all in one plausible setting if one is stated, and add their tables to those found."""
    outcomes = []
    sums: tuple[np.ndarray, ...] | None = None
    for first in range(cell.first, cell.last, CHUNK):
        rows = rows_of(range(first, min(first + CHUNK, cell.last)), not job.fixed)
        if setting is not None:
            rows = [(replicate, setting) for replicate, _ in rows]
        output = prepared.run(job.seed, rows)
        outcomes.append(read_all(job.readings, output, prepared.scenario))
        if job.output != "runs":
            result.setdefault("series", []).append(series_table(prepared, cell, first, output.series))
        if job.output == "departments":
            sums = _added(sums, output)
    read = np.concatenate(outcomes)
    columns = {reading.column: read[:, place] for place, reading in enumerate(job.readings)}
    scenario = job.bases[cell.base].id
    result.setdefault("runs", []).append(runs_table(scenario, cell, columns))
    if sums is not None:
        result.setdefault("departments", []).append(departments_table(prepared, cell, *sums))


def _added(sums: tuple[np.ndarray, ...] | None, output: RunOutput) -> tuple[np.ndarray, ...]:
    more = (output.departments_sum, output.departments_square)
    return more if sums is None else tuple(total + new for total, new in zip(sums, more, strict=True))


def _failed(job: Job, cell: Cell, reason: str) -> str:
    values = zip(job.factors, cell.codes, strict=True)
    point = ", ".join(f"{factor.id} {factor.shown(code)}" for factor, code in values)
    return f"{job.bases[cell.base].id}, point {cell.point}{f' ({point})' if point else ''}: {reason}"


def runs_table(scenario: str, cell: Cell, columns: Mapping[str, np.ndarray]) -> pa.Table:
    """Return one row a run: scenario, point, replicate and the outcomes."""
    replicates = np.arange(cell.first, cell.last, dtype=np.int64)
    return pa.table({**_address(scenario, cell, len(replicates)), "replicate": replicates, **columns})


def _address(scenario: str, cell: Cell, rows: int) -> dict[str, pa.Array]:
    return {"scenario": pa.repeat(scenario, rows), "point": pa.repeat(pa.scalar(cell.point, pa.int64()), rows)}


def series_table(prepared: Prepared, cell: Cell, first: int, series: np.ndarray) -> pa.Table:
    """Return one row a run and month of runs from replicate ``first`` on, from ``series`` (runs, months, SERIES)."""
    frame = series_frame(prepared, range(first, first + len(series)), series)
    return _table(frame.drop(columns="scenario"), prepared.scenario.id, cell)


def departments_table(prepared: Prepared, cell: Cell, sums: np.ndarray, squares: np.ndarray) -> pa.Table:
    """Return one row a department, task and month: sums over the runs of a cell, and the squares of practice.

    ``sums`` (months, departments, tasks, DEPARTMENT_MEASURES) and ``squares`` (months, departments, tasks) are of the
    replicates in ``cell``; those of another part add up with them. ``runs`` counts the runs in which it stood.
    """
    months, departments, tasks, _ = sums.shape
    frame = pd.DataFrame(sums.reshape(-1, len(DEPARTMENT_MEASURES)), columns=list(DEPARTMENT_MEASURES))
    first = columns.DEPARTMENT_CONSTRAINT_MOTIVATION
    frame.insert(0, "practice_square", squares.reshape(-1))
    frame.insert(0, "runs", sums[..., first:].sum(axis=-1).reshape(-1))
    frame.insert(0, "month", np.repeat(month_index(prepared).to_numpy(), departments * tasks))
    frame.insert(0, "task", np.tile([task.id for task in prepared.scenario.tasks], months * departments))
    ids = np.array([department.id for department in prepared.house.departments], dtype=object)
    frame.insert(0, "department", np.tile(np.repeat(ids, tasks), months))
    frame.insert(0, "first_replicate", cell.first)
    return _table(frame, prepared.scenario.id, cell)


def _table(frame: pd.DataFrame, scenario: str, cell: Cell) -> pa.Table:
    table = pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata(None)
    for place, (name, column) in enumerate(_address(scenario, cell, len(frame)).items()):
        table = table.add_column(place, name, column)
    return table


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
    run_part(
        replace(job, key=f"first of {job.key}"), first_rows(plan.part(0), 1)
    )  # loads what the first run of a process needs
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
