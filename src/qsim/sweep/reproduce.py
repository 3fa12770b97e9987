"""Runs a folder of results again, all of it or a sample, and says whether the numbers agree."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet

from qsim.engine.prepare import prepare
from qsim.files.messages import InputError
from qsim.files.reading import read_text
from qsim.runs.execution import run_rows
from qsim.runs.manifest import MANIFEST, Manifest, make_manifest, read_manifest
from qsim.runs.runner import run_pieces, workers_of
from qsim.scenario.loading import checked_scenario
from qsim.sweep.folder import part_name, parts_in, table_folder
from qsim.sweep.part_work import run_part
from qsim.sweep.plan import STUDY, Note, plan_from, study_manifest, version_notes

TOLERANCE = 1e-9
"""Relative; across kinds of processors the last bits differ."""

SAMPLE_PARTS, SAMPLE_RUNS = 4, 64

ProgressOf = Callable[[int], Callable[[int], None]]


@dataclass(frozen=True)
class Reproduction:
    """What came out: runs done again, the largest relative difference, where it is (empty if all agree) and notes."""

    runs: int
    of: int
    largest: float
    where: str
    notes: tuple[Note, ...]

    @property
    def agrees(self) -> bool:
        """Whether all numbers agree to :data:`TOLERANCE`."""
        return self.largest <= TOLERANCE


def reproduce(
    target: Path,
    everything: bool = False,
    workers: int | None = None,
    progress_of: ProgressOf = lambda total: lambda count: None,
    told: Callable[[Note], None] = lambda note: None,
) -> Reproduction:
    """Run the results in a folder, or beside a manifest, again: a sample, or ``everything``.

    ``progress_of`` is called with the number of runs and gives what is called with those that are done; ``told`` is
    called with each note on versions, before any run. Raise InputError if there is nothing that can be run
    again, RunError if a run fails.
    """
    file = target if target.is_file() else target / MANIFEST
    manifest = read_manifest(file)
    if manifest is None:
        raise InputError.about(target, "is no manifest of qsim" if target.is_file() else "there is no manifest of qsim")
    if manifest.get("study") == STUDY:
        return _study(file, manifest, everything, workers, progress_of, told)
    if manifest.get("study") == "run":
        return _run(file, manifest, everything, workers, progress_of, told)
    raise InputError.about(
        file, f"results of `qsim {manifest.get('study')}` cannot be run again here; the command in it can"
    )


def _study(
    file: Path,
    manifest: Manifest,
    everything: bool,
    workers: int | None,
    progress_of: ProgressOf,
    told: Callable[[Note], None],
) -> Reproduction:
    plan = plan_from(manifest, str(file))
    notes = version_notes(manifest, study_manifest(plan))
    for note in notes:
        told(note)
    there = sorted(index for index in parts_in(file.parent) if index < plan.parts)
    if not there:
        raise InputError.about(file, "there are no results beside it to compare with")
    chosen = there if everything else _sample(there, SAMPLE_PARTS)
    job = plan.job()
    progress = progress_of(sum(last - first for first, last in map(plan.bounds, chosen)))
    largest, where, runs = 0.0, "", 0
    with workers_of(workers) as pool:
        for part, future in run_pieces(pool, lambda part: run_part(job, part), map(plan.part, chosen)):
            for name, content in future.result().items():
                path = file.parent / table_folder(name) / part_name(part.index)
                difference, column = largest_difference(_read(path), pd.read_parquet(BytesIO(content)))
                if difference > largest:
                    largest, where = difference, f"{path.parent.name}/{path.name}, {column}"
            runs += part.last - part.first
            progress(part.last - part.first)
    return Reproduction(runs, plan.rows, largest, where, tuple(notes))


def _run(
    file: Path,
    manifest: Manifest,
    everything: bool,
    workers: int | None,
    progress_of: ProgressOf,
    told: Callable[[Note], None],
) -> Reproduction:
    try:
        entry, seed, replications = manifest["scenarios"][0], int(manifest["seed"]), int(manifest["replications"])
        scenario = checked_scenario(read_text(entry["text"], f"{entry['id']} in {file}"), entry["id"])
    except (KeyError, TypeError, ValueError, IndexError):
        raise InputError.about(file, "is no manifest of a run") from None
    notes = version_notes(manifest, make_manifest("run", [scenario], seed=seed, replications=replications))
    for note in notes:
        told(note)
    chosen = list(range(replications)) if everything else _sample(list(range(replications)), SAMPLE_RUNS)
    rows = [(replicate, replicate) for replicate in chosen]
    result = run_rows(prepare(scenario), rows, seed, workers, progress_of(len(chosen)), kept=len(rows))
    largest, where = 0.0, ""
    for name in ("runs", "series"):
        there = _read(file.parent / f"{name}.parquet", chosen)
        difference, column = largest_difference(there, getattr(result, name))
        if difference > largest:
            largest, where = difference, f"{name}.parquet, {column}"
    return Reproduction(len(chosen), replications, largest, where, tuple(notes))


def _read(path: Path, replicates: list[int] | None = None) -> pd.DataFrame:
    """Return a table, or its rows of some replicates; raise InputError if it cannot be read."""
    filters = None if replicates is None else [("replicate", "in", replicates)]
    try:
        frame: pd.DataFrame = pa.parquet.read_table(path, filters=filters, page_checksum_verification=True).to_pandas()
    except (OSError, pa.ArrowException):
        raise InputError.about(path, "cannot be read") from None
    return frame


def largest_difference(there: pd.DataFrame, here: pd.DataFrame) -> tuple[float, str]:
    """Return the largest relative difference between two tables and the column it is in, infinite for other rows.

    Missing numbers agree with missing numbers.
    """
    if list(there.columns) != list(here.columns):
        return np.inf, "other columns"
    if len(there) != len(here):
        return np.inf, f"{len(there)} rows there and {len(here)} here"
    largest, where = 0.0, ""
    for name in there.columns:
        difference = _difference(there[name], here[name])
        if difference > largest:
            largest, where = difference, str(name)
    return largest, where


def _difference(there: pd.Series, here: pd.Series) -> float:
    if not pd.api.types.is_float_dtype(here.dtype):
        return 0.0 if bool((there.astype("str").to_numpy() == here.astype("str").to_numpy()).all()) else np.inf
    old, new = there.to_numpy(dtype=np.float64), here.to_numpy(dtype=np.float64)
    same = (old == new) | (np.isnan(old) & np.isnan(new))
    if same.all():
        return 0.0
    old, new = old[~same], new[~same]
    with np.errstate(invalid="ignore"):
        result = np.abs(old - new) / np.maximum(np.maximum(np.abs(old), np.abs(new)), 1e-300)
    return float(np.nan_to_num(result, nan=np.inf).max())


def _sample(entries: list[int], count: int) -> list[int]:
    """Return some entries, evenly spread from the first to the last."""
    places = np.unique(np.linspace(0, len(entries) - 1, min(count, len(entries))).astype(np.int64))
    return [entries[place] for place in places]
