"""The work on one part, in whatever thread or process: its runs, reduced to tables, as bytes of files."""

from __future__ import annotations

from collections import OrderedDict
from functools import lru_cache
from threading import Lock

import numpy as np
import pyarrow as pa

from qsim.engine.prepare import Prepared, RunOutput
from qsim.engine.warm import warm_up
from qsim.files.messages import InputError
from qsim.runs.failures import RunError
from qsim.sweep import tables
from qsim.sweep.building import Worlds
from qsim.sweep.outcomes import column_name, read_all
from qsim.sweep.plan import Cell, Job, Part
from qsim.world.compiling import sources_hash

CHUNK = 32
"""Runs whose months are in memory at once; results do not depend on it."""

JOBS_KEPT = 4

_WORLDS: OrderedDict[str, Worlds] = OrderedDict()
_LOCK = Lock()
_own_sources = lru_cache(maxsize=1)(sources_hash)

PartFiles = dict[str, bytes]
"""Files of a part by the name of their table."""


def run_part(job: Job, part: Part) -> PartFiles:
    """Run all runs of a part and return its tables as bytes of Parquet files.

    Raise RunError, which names the point, if a run fails or this process has other rules than the planner.
    """
    if _own_sources() != job.sources:
        raise RunError("this worker has another version of the rules; install the same qsim everywhere")
    warm_up()
    worlds = _worlds(job)
    found: dict[str, list[pa.Table]] = {}
    for cell in part.cells:
        try:
            prepared = worlds.prepared(cell.base, cell.codes)
            _run_cell(job, prepared, cell, found)
        except InputError as error:
            raise RunError(_failed(job, cell, "; ".join(map(str, error.messages)))) from None
        except (OSError, MemoryError):
            raise
        except Exception as error:
            raise RunError(_failed(job, cell, f"{type(error).__name__}: {error}")) from error
    return {name: tables.parquet_bytes(found[name]) for name in found}


def _worlds(job: Job) -> Worlds:
    """Return the worlds of a job, which the threads of this process share."""
    with _LOCK:
        if job.key not in _WORLDS:
            _WORLDS[job.key] = Worlds(job.bases, job.factors)
            if len(_WORLDS) > JOBS_KEPT:
                _WORLDS.popitem(last=False)
        return _WORLDS[job.key]


def _run_cell(job: Job, prepared: Prepared, cell: Cell, found: dict[str, list[pa.Table]]) -> None:
    """Run the replicates of a cell and add their tables to those found."""
    outcomes = []
    sums: tuple[np.ndarray, ...] | None = None
    for first in range(cell.first, cell.last, CHUNK):
        rows = [(replicate, replicate) for replicate in range(first, min(first + CHUNK, cell.last))]
        output = prepared.run(job.seed, rows)
        outcomes.append(read_all(job.readings, output, prepared.scenario))
        if job.output != "runs":
            found.setdefault("series", []).append(tables.series_table(prepared, cell, first, output.series))
        if job.output == "departments":
            sums = _added(sums, output)
    read = np.concatenate(outcomes)
    columns = {column_name(reading): read[:, place] for place, reading in enumerate(job.readings)}
    scenario = job.bases[cell.base].id
    found.setdefault("runs", []).append(tables.runs_table(scenario, cell, columns))
    if sums is not None:
        found.setdefault("departments", []).append(tables.departments_table(prepared, cell, *sums))


def _added(sums: tuple[np.ndarray, ...] | None, output: RunOutput) -> tuple[np.ndarray, ...]:
    more = (output.departments_sum, output.departments_square)
    return more if sums is None else tuple(total + new for total, new in zip(sums, more, strict=True))


def _failed(job: Job, cell: Cell, reason: str) -> str:
    values = zip(job.factors, cell.codes, strict=True)
    point = ", ".join(f"{factor.id} {factor.scale.shown(code)}" for factor, code in values)
    return f"{job.bases[cell.base].id}, point {cell.point}{f' ({point})' if point else ''}: {reason}"
