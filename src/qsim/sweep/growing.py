"""Takes from a study the runs that another one has, too: more replications or more points of the same are no new plan.

A run draws by its address alone, so it is the same in every study that has its scenario, the values of its point, its replicate
and its seed. What a study lacks of another is run; the rest is copied, and the tables are those of a study made at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet

from qsim.files.messages import InputError
from qsim.files.nodes import plain
from qsim.runs.designs import Design
from qsim.runs.manifest import MANIFEST, Manifest
from qsim.runs.plans import plan_key, with_origins
from qsim.runs.reuse import lacking, nothing_same, point_digest, reused_manifest, same_scenarios, stamped_table
from qsim.runs.store import Stamp, parquet_bytes
from qsim.sweep.factors import Factor, changes_of
from qsim.sweep.part_work import PartFiles
from qsim.sweep.parts import RUNS, planned_files, table_folder
from qsim.sweep.plan import Cell, Part, Plan, plan_from

KEPT = 16
"""Tables of parts that are kept in memory."""

BLOCK = 4096
"""Points that are made at once."""

ADDRESS = ("scenario", "point", "replicate")


class Finished:
    """The runs of a study in a ``folder`` that a larger ``plan`` has, too.

    Raise InputError, one clear line, if the folder holds no study, or none of its runs is one of the plan.
    """

    def __init__(self, folder: Path, plan: Plan, manifest: Manifest) -> None:
        self.folder = folder
        there = reused_manifest(folder, manifest)
        self.plan, self.of = plan, plan_from(there, str(folder / MANIFEST))
        self.manifest = with_origins(manifest, there)
        self._key = plan_key(there)
        self._files = planned_files(folder, RUNS, self.of.parts)
        self._bases = same_scenarios(there, manifest)
        self._points = _points_of(self.of)
        self._table = lru_cache(KEPT)(self._read)
        self.tables = self._usable()
        if not any(self._known(cell) for cell in self._cells()):
            raise nothing_same(folder)

    def rest(self, part: Part) -> Part:
        """Return a part with those runs alone that are not there."""
        cells = (replace(cell, first=cell.first + self._known(cell)) for cell in part.cells)
        return replace(part, cells=tuple(cell for cell in cells if cell.first < cell.last))

    def joined(self, part: Part, files: PartFiles) -> PartFiles:
        """Return the tables of a whole part, of whose :meth:`rest` these files are; raise InputError for damaged ones there."""
        if not any(self._known(cell) for cell in part.cells):
            return files
        new = {name: pa.parquet.read_table(pa.BufferReader(content)) for name, content in files.items()}
        key = plan_key(self.manifest)
        return {
            name: parquet_bytes([*self._pieces(name, part, new.get(name))], Stamp(key, part.index))
            for name in self.tables
        }

    def _pieces(self, name: str, part: Part, new: pa.Table | None) -> Iterator[pa.Table]:
        """Yield a table cell by cell: what is there, then what was run."""
        columns: list[str] | None = None
        if name == RUNS:
            columns = [*ADDRESS, *(reading.column for reading in self.plan.experiment.readings)]
        for cell in part.cells:
            known = self._known(cell)
            for old in self._old_parts(cell, known):
                table = _rows_of(
                    self._table(name, old), self._scenario(cell), self._point(cell), cell.first, cell.first + known
                )
                table = table if columns is None else table.select(columns)
                place = table.column_names.index("point")
                yield table.set_column(place, "point", pa.repeat(pa.scalar(cell.point, pa.int64()), len(table)))
            if known < cell.last - cell.first and new is not None:
                yield _rows_of(new, self._scenario(cell), cell.point, cell.first + known, cell.last)

    def _usable(self) -> tuple[str, ...]:
        """Return the tables of the plan; raise InputError if the study lacks one, or an outcome."""
        content, there = self.plan.experiment.content, self.of.experiment
        if content.output == "departments":
            raise InputError.about(self.folder, "cannot be taken from; sums over departments are of whole parts")
        for one in self.plan.experiment.readings:
            if one not in there.readings:
                raise lacking(self.folder, one.column)
        if content.output == "series" and there.content.output == "runs":
            raise InputError.about(self.folder, "lacks the table series, so all is to be run; leave out --reuse")
        return (RUNS,) if content.output == "runs" else (RUNS, "series")

    def _cells(self) -> Iterator[Cell]:
        """Yield all cells of the plan, whole."""
        design, count = self.plan.experiment.design, self.plan.replications
        for base in self._bases:
            for point, codes in _codes(design):
                yield Cell(base, point, codes, 0, count)

    def _known(self, cell: Cell) -> int:
        """Return how many of the first replicates of a cell are there."""
        if cell.base not in self._bases or self._digest(cell) not in self._points:
            return 0
        last = min(cell.last, self.of.replications)
        old = range(cell.first, last)
        return len(old) if old and all(part in self._files for part in self._old_parts(cell, len(old))) else 0

    def _old_parts(self, cell: Cell, count: int) -> range:
        """Return the parts that hold the first ``count`` replicates of a cell there."""
        if not count:
            return range(0)
        point = self._bases[cell.base] * self.of.experiment.design.points + self._point(cell)
        first, last = (self.of.part_of(point, replicate) for replicate in (cell.first, cell.first + count - 1))
        return range(first, last + 1)

    def _point(self, cell: Cell) -> int:
        return self._points[self._digest(cell)]

    def _digest(self, cell: Cell) -> bytes:
        return _digest(self.plan.experiment.factors, cell.codes)

    def _scenario(self, cell: Cell) -> str:
        return self.plan.experiment.bases[cell.base].id

    def _read(self, name: str, part: int) -> pa.Table:
        return stamped_table(self.folder / table_folder(name) / self._files[part].name, Stamp(self._key, part))


def _rows_of(table: pa.Table, scenario: str, point: int, first: int, last: int) -> pa.Table:
    """Return the rows of some replicates of a scenario at a point."""
    replicate = pc.field("replicate")
    return table.filter(
        (pc.field("scenario") == scenario) & (pc.field("point") == point) & (replicate >= first) & (replicate < last)
    )


def _points_of(plan: Plan) -> dict[bytes, int]:
    """Return the points of a plan by what they set."""
    return {_digest(plan.experiment.factors, codes): point for point, codes in _codes(plan.experiment.design)}


def _codes(design: Design) -> Iterator[tuple[int, tuple[float, ...]]]:
    """Yield the number and the codes of each point."""
    for first in range(0, design.points, BLOCK):
        codes = design.codes(first, min(first + BLOCK, design.points))
        yield from ((first + place, tuple(own)) for place, own in enumerate(codes.tolist()))


def _digest(factors: Sequence[Factor], codes: Sequence[float]) -> bytes:
    return point_digest({key: plain(node) for key, node in changes_of(factors, codes).items()})
