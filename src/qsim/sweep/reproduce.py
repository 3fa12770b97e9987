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
from qsim.engine.rows import rows_of
from qsim.files.messages import InputError
from qsim.runs.agreement import TOLERANCE, largest_of_tables
from qsim.runs.execution import EVENTS, run_rows, store_tables
from qsim.runs.manifest import MANIFEST, Manifest, make_manifest, read_manifest
from qsim.runs.runner import run_pieces, workers_of
from qsim.runs.store import readable
from qsim.scenario.loading import checked_scenario, content_of
from qsim.sweep.folder import points_tables
from qsim.sweep.part_work import run_part
from qsim.sweep.parts import POINTS, RUNS, part_name, planned_files, table_folder
from qsim.sweep.plan import STUDY, Note, plan_from, study_manifest, version_notes

SAMPLE_PARTS, SAMPLE_RUNS = 4, 1000

PAGE = "page"
"""All of a page but its numbers."""

ProgressOf = Callable[[int], Callable[[int], None]]


@dataclass(frozen=True)
class Reproduction:
    """What came out: runs done again, the largest relative difference, where it is (empty if all agree) and notes.

    ``compared`` names what was compared, ``left_out`` what could not be: what sums up all runs, all but the numbers on a
    page of another version (:data:`PAGE`). ``texts`` are the first that differ on a page, there and here, ``rest`` the
    first of all else.
    """

    runs: int
    of: int
    largest: float
    where: str
    notes: tuple[Note, ...]
    compared: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    texts: tuple[str, str] | None = None
    rest: tuple[str, str] | None = None

    @property
    def numbers_agree(self) -> bool:
        """Whether all numbers agree to the tolerance."""
        return self.largest <= TOLERANCE

    @property
    def agrees(self) -> bool:
        """Whether all numbers agree, and all that a page shows; one of which only the numbers can be told does not."""
        return self.numbers_agree and self.texts is None and self.rest is None and PAGE not in self.left_out


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
    file = target / MANIFEST if target.is_dir() else target
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
    there = list(planned_files(file.parent, RUNS, plan.parts))
    if not there:
        raise InputError.about(file, "there are no results beside it to compare with")
    found = Comparison(file.parent)
    for points in points_tables(plan):
        found.compare(POINTS, points.to_pandas(), ("point", points["point"].to_pylist()))
    found.count(POINTS, plan.experiment.design.points)
    chosen = there if everything else _sample(there, SAMPLE_PARTS)
    job = plan.job()
    progress = progress_of(sum(last - first for first, last in map(plan.bounds, chosen)))
    runs = 0
    with workers_of(workers) as pool:
        for part, future in run_pieces(pool, lambda part: run_part(job, part), map(plan.part, chosen)):
            for name, content in future.result().items():
                found.compare(f"{table_folder(name)}/{part_name(part.index)}", pd.read_parquet(BytesIO(content)))
            runs += part.last - part.first
            progress(part.last - part.first)
    tables = tuple(dict.fromkeys(name.partition(".")[0] for name in found.rows))
    return Reproduction(runs, plan.rows, found.largest, found.where, tuple(notes), tables)


def _run(
    file: Path,
    manifest: Manifest,
    everything: bool,
    workers: int | None,
    progress_of: ProgressOf,
    told: Callable[[Note], None],
) -> Reproduction:
    entry, seed, replications = manifest["scenarios"][0], manifest["seed"], manifest["replications"]
    scenario = checked_scenario(content_of(entry["text"], f"{entry['id']} in {file}"), entry["id"])
    notes = version_notes(manifest, make_manifest("run", [scenario], seed=seed, replications=replications))
    for note in notes:
        told(note)
    chosen = list(range(replications)) if everything else _sample(list(range(replications)), SAMPLE_RUNS)
    plausible = manifest["plausible"]
    rows = rows_of(chosen, plausible)
    found = RunComparison(file.parent, len(chosen), replications)
    store_tables(found, run_rows(prepare(scenario, plausible), rows, seed, workers, progress_of(len(rows)), found))
    found.finish()
    tables = tuple(name.removesuffix(".parquet") for name in found.rows)
    return Reproduction(
        len(chosen), replications, found.largest, found.where, tuple(notes), tables, tuple(found.left_out)
    )


class Comparison:
    """The tables of a folder against those that were made again: rows compared by file, and where they differ most."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.rows: dict[str, int] = {}
        self.largest, self.where = 0.0, ""

    def compare(self, name: str, here: pd.DataFrame, only: tuple[str, list[int]] | None = None) -> None:
        """Compare a file, or those of its rows in which a column has ``only`` these numbers; they stand in one order."""
        filters = None if only is None else [(only[0], "in", only[1])]
        with readable(self.folder / name):
            table = pa.parquet.read_table(
                (self.folder / name).absolute(), filters=filters, page_checksum_verification=True
            )
        self.note(name, *largest_of_tables(table.to_pandas(), here))
        self.rows[name] = self.rows.get(name, 0) + len(here)

    def count(self, name: str, rows: int) -> None:
        """Notice rows of a file beyond those that there should be."""
        with readable(self.folder / name):
            there = pa.parquet.read_metadata((self.folder / name).absolute()).num_rows
        if there != rows:
            self.note(name, np.inf, f"{there} rows there and {rows} here")

    def note(self, name: str, difference: float, place: str) -> None:
        """Note a difference if it is the largest so far."""
        if difference > self.largest:
            self.largest, self.where = difference, f"{name}, {place}"


class RunComparison(Comparison):
    """The tables of a run, taken as its store takes them; what sums up all runs tells nothing about a sample of them."""

    def __init__(self, folder: Path, runs: int, of: int) -> None:
        super().__init__(folder)
        self.left_out: list[str] = []
        self._runs, self._of = runs, of

    def append(self, table: str, frame: pd.DataFrame) -> None:
        """Compare rows of a table."""
        if "replicate" in frame:
            self.compare(f"{table}.parquet", frame, ("replicate", frame["replicate"].unique().tolist()))
        elif self._runs == self._of or table == EVENTS:
            self.compare(f"{table}.parquet", frame)
        else:
            self.left_out.append(table)

    def finish(self) -> None:
        """Notice rows of replicates that the manifest does not know."""
        for name in [name for name in self.rows if name.startswith(("runs", "series"))]:
            self.count(name, self.rows[name] // self._runs * self._of)


def _sample(entries: list[int], count: int) -> list[int]:
    """Return some entries, evenly spread from the first to the last."""
    places = np.unique(np.linspace(0, len(entries) - 1, min(count, len(entries))).astype(np.int64))
    return [entries[place] for place in places]
