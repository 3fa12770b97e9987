"""Runs a folder of ``qsim compare --out`` again and compares its tables, row by row as they were written."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet

from qsim.comparison.comparing import planned_again
from qsim.comparison.record import affordable_runs, scenarios_in
from qsim.comparison.report import Stage
from qsim.comparison.verdict import store_comparison
from qsim.runs.agreement import largest_of_tables
from qsim.runs.execution import store_tables
from qsim.runs.manifest import COMPARE, MANIFEST, Manifest, make_manifest, read_manifest
from qsim.runs.store import readable
from qsim.sweep.plan import Note, version_notes
from qsim.sweep.reproduce import Comparison, Reproduction, reproduce


def reproduce_folder(
    target: Path,
    everything: bool,
    workers: int | None,
    stage: Stage,
    told: Callable[[Note], None],
) -> Reproduction:
    """Run the results in a folder, or beside a manifest, again, as :func:`qsim.sweep.reproduce.reproduce` does.

    A comparison is always run as a whole: how many runs it takes depends on what they give.
    """
    file = target / MANIFEST if target.is_dir() else target
    manifest = read_manifest(file)
    if manifest is not None and manifest["study"] == COMPARE:
        return _compared_again(file, manifest, workers, stage, told)
    with ExitStack() as stack:
        return reproduce(target, everything, workers, lambda runs: stack.enter_context(stage(runs, target.name)), told)


def _compared_again(
    file: Path, manifest: Manifest, workers: int | None, stage: Stage, told: Callable[[Note], None]
) -> Reproduction:
    scenarios = scenarios_in(manifest, file)
    notes = version_notes(manifest, make_manifest(COMPARE, scenarios, seed=0, replications=1))
    for note in notes:
        told(note)
    plan, found = planned_again(manifest, scenarios), InOrder(file.parent)
    worlds = plan.worlds()
    with stage(affordable_runs(plan, worlds), file.parent.name) as progress:
        compared = plan.run(worlds, workers, progress, found)
    for result in worlds.results:
        store_tables(found, result)
    store_comparison(found, compared.pairs)
    for name, rows in found.rows.items():
        found.count(name, rows)
    runs = sum(len(result.rows) for result in worlds.results)
    tables = tuple(name.removesuffix(".parquet") for name in found.rows)
    return Reproduction(runs, runs, found.largest, found.where, tuple(notes), tables)


class InOrder(Comparison):
    """The tables of a folder, taken as its store takes them: each frame against the rows that are next in the file."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._files: dict[str, _Rows] = {}

    def append(self, table: str, frame: pd.DataFrame) -> None:
        """Compare the next rows of a table."""
        name = f"{table}.parquet"
        with readable(self.folder / name):
            if name not in self._files:
                self._files[name] = _Rows(self.folder / name)
            there = self._files[name].take(len(frame))
        self.note(name, *largest_of_tables(there, frame))
        self.rows[name] = self.rows.get(name, 0) + len(frame)


class _Rows:
    """The rows of a file, from the first on, without all of them in memory."""

    def __init__(self, path: Path) -> None:
        file = pa.parquet.ParquetFile(path.absolute(), page_checksum_verification=True)
        self._batches = file.iter_batches()
        self._left = file.schema_arrow.empty_table()

    def take(self, number: int) -> pd.DataFrame:
        """Return the next rows, fewer at the end of the file."""
        while len(self._left) < number and (batch := next(self._batches, None)) is not None:
            self._left = pa.concat_tables([self._left, pa.Table.from_batches([batch])])
        taken, self._left = self._left.slice(0, number), self._left.slice(number)
        frame: pd.DataFrame = taken.to_pandas()
        return frame
