"""The folder of a study: filled part by part, each there as a whole or not at all."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

import pyarrow as pa
import pyarrow.parquet
from typing_extensions import TypedDict  # that of Python 3.11 says less to pydantic

from qsim.files.messages import InputError
from qsim.files.opening import read_utf8
from qsim.runs.folder import PartsFolder, synced
from qsim.runs.manifest import Manifest
from qsim.runs.store import Stamp
from qsim.runs.to_json import from_json
from qsim.sweep.part_work import PartFiles
from qsim.sweep.parts import (
    CHECKSUMS,
    LARGEST_NOTE,
    POINTS,
    RUNS,
    TABLES,
    checksum,
    is_whole,
    look_at,
    part_name,
    read_sums,
    sums_path,
    table_folder,
)
from qsim.sweep.plan import Note, Part, Plan, differences, version_notes

FAILED, CORRUPT = "failed", "corrupt"
POINTS_SUM = "points"
POINTS_AT_ONCE = 65_536


class Shard(NamedTuple):
    """The share of one of several processes, maybe on several machines, that fill one folder: each ``of``-th part.

    ``number`` is from 1 to ``of``. Who runs the last missing part leaves the folder as one process would have.
    """

    number: int
    of: int

    @classmethod
    def parse(cls, text: str) -> Shard:
        """Return the shard of a text such as ``3/8``; raise ValueError, with what was expected, for another."""
        found = re.fullmatch(r"([0-9]{1,6})/([0-9]{1,6})", text)
        if found is None or not 1 <= int(found[1]) <= int(found[2]):
            raise ValueError(f'"{text}" is no shard; expected one such as 3/8, from 1/8 to 8/8')
        return cls(int(found[1]), int(found[2]))

    @property
    def name(self) -> str:
        """What its own files and its lock are called by."""
        return f"{self.number}of{self.of}"


class StudyFolder(PartsFolder):
    """The folder of one plan, used in a ``with`` block, which holds its lock.

    ``done`` are the parts that are there, ``damaged`` the files that were not as they were written, ``foreign`` those
    among the parts that are none, ``notes`` say what was otherwise when the study was begun. Entering raises InputError,
    one clear line, for a folder that belongs to another plan or another version, holds foreign files, is in use, or cannot
    be written.
    """

    own = (POINTS, CHECKSUMS, FAILED, CORRUPT, *map(table_folder, TABLES["departments"]))

    def __init__(self, folder: Path, plan: Plan, manifest: Manifest, shard: Shard | None = None) -> None:
        super().__init__(folder, manifest, "" if shard is None else shard.name)
        self.plan, self.shard = plan, shard
        self.done: set[int] = set()
        self.damaged: list[str] = []
        self.foreign: list[str] = []
        self.notes: list[Note] = []

    def begin(self) -> None:
        """Find the parts that are there, and write what a study has once.

        Raise InputError if the manifest was lost and the parts are of another plan.
        """
        found = look_at(self.folder, self._tables(), self.plan.parts, self.key, self._is_asked)
        if self.there is None and found.damaged and not found.done:
            raise self.lost()
        (self.folder / CHECKSUMS).mkdir(exist_ok=True)
        self._have_points()
        super().begin()
        for name in self._tables():
            (self.folder / table_folder(name)).mkdir(exist_ok=True)
        for path in found.damaged:
            table = path.parent.name.removesuffix(".parquet")
            self._found_damaged(path, f"{table}-{path.name}", f"{path.parent.name}/{path.name}")
        for index, sums in found.without_sums.items():
            self.replace(sums_path(self.folder, index), json.dumps(sums).encode())
        self.done = found.done
        self.foreign = [f"{path.parent.name}/{path.name}" for path in found.foreign]

    def refuse_other(self, there: Manifest) -> None:
        """Raise InputError if the manifest that is there is of another plan, or of other rules."""
        if there.get("study") != self.manifest["study"]:
            raise self.error(f"holds results of `qsim {there.get('study')}`; name another folder")
        other = differences(there, self.manifest)
        self.notes = version_notes(there, self.manifest)
        if other:
            notes = "".join(f"; {note}" for note in self.notes if note.of_qsim)
            raise self.error(f"holds the results of another plan ({'; '.join(other)}); name another folder{notes}")

    def folders(self) -> Iterator[Path]:
        """Yield the folders in which files are written."""
        yield from (self.folder, self.folder / CHECKSUMS, self.folder / FAILED)
        yield from (self.folder / table_folder(name) for name in self._tables())

    def write(self, part: Part, files: PartFiles) -> None:
        """Write the tables of a part, their checksums, and ``runs`` last."""
        names = sorted(files, key=lambda name: name == RUNS)
        sums = {name: crc32(files[name]) for name in names}
        for name in names:
            if name == RUNS:
                self.replace(sums_path(self.folder, part.index), json.dumps(sums).encode())
            self.replace(self.folder / table_folder(name) / part_name(part.index), files[name])
        self._failure(part.index).unlink(missing_ok=True)
        self.done.add(part.index)

    def note_failure(self, part: Part, error: str) -> None:
        """Write down that a part failed; that a disk is full must not hide the failure itself."""
        points = sorted({cell.point for cell in part.cells})
        entry = {"part": part.index, "first_row": part.first, "last_row": part.last - 1,
                 "first_point": points[0], "last_point": points[-1], "error": error}  # fmt: skip
        with suppress(OSError):
            self._failure(part.index).parent.mkdir(exist_ok=True)
            self.replace(self._failure(part.index), json.dumps(entry, ensure_ascii=False).encode())

    def missing(self) -> Iterator[int]:
        """Yield the parts that are not there, in order."""
        return (index for index in range(self.plan.parts) if index not in self.done and self._is_asked(index))

    @property
    def parts(self) -> int:
        """How many parts are asked for: those of the shard, or all."""
        return sum(map(self._is_asked, range(self.plan.parts)))

    def _is_asked(self, index: int) -> bool:
        """Return whether a part is one of the shard."""
        return self.shard is None or index % self.shard.of == self.shard.number - 1

    def _tables(self) -> tuple[str, ...]:
        return TABLES[self.plan.experiment.content.output]

    def _have_points(self) -> None:
        """Write the table of points, unless it is there as it was written."""
        path, known = self.folder / POINTS, read_sums(self._points_sum()).get(POINTS_SUM)
        if path.exists() or path.is_symlink():
            if is_whole(path, known, Stamp(self.key)):
                self._note_points(path)
                return
            self._found_damaged(path, POINTS, POINTS)
        self._write_points()

    def _write_points(self) -> None:
        temporary = self.temporary(self.folder / POINTS)
        writer = None
        for table in points_tables(self.plan):
            if writer is None:
                schema = table.schema.with_metadata(Stamp(self.key).metadata(table.column_names))
                writer = pa.parquet.ParquetWriter(temporary.absolute(), schema, compression="zstd")
            writer.write_table(table)
        if writer is not None:
            writer.close()
        self._note_points(synced(temporary).replace(self.folder / POINTS))

    def _found_damaged(self, path: Path, name: str, shown: str) -> None:
        self.set_aside(path, self.folder / CORRUPT / name)
        self.damaged.append(shown)

    def _note_points(self, path: Path) -> None:
        """Write the checksum of the table of points, unless it is there."""
        sums = {POINTS_SUM: checksum(path)}
        if read_sums(self._points_sum()) != sums:
            self.replace(self._points_sum(), json.dumps(sums).encode())

    def _points_sum(self) -> Path:
        return self.folder / CHECKSUMS / f"{POINTS_SUM}.json"

    def _failure(self, index: int) -> Path:
        return self.folder / FAILED / f"part-{index:06d}.json"


def points_tables(plan: Plan) -> Iterator[pa.Table]:
    """Yield the table of points, some at once: the number of each and its factors."""
    design, factors = plan.experiment.design, plan.experiment.factors
    for first in range(0, design.points, POINTS_AT_ONCE):
        codes = design.codes(first, min(first + POINTS_AT_ONCE, design.points))
        columns = {factor.id: factor.column(codes[:, place]) for place, factor in enumerate(factors)}
        yield pa.table({"point": pa.array(range(first, first + len(codes)), pa.int64()), **columns})


class FailedPart(TypedDict):
    """How a part failed: its number, its rows and points, and why."""

    part: int
    first_row: int
    last_row: int
    first_point: int
    last_point: int
    error: str


def failures_in(folder: Path) -> tuple[list[FailedPart], list[Path]]:
    """Return the parts of a study that failed when they were last tried, in order, and notes that cannot be read."""
    found, unread = [], []
    for path in sorted((folder / FAILED).iterdir()) if (folder / FAILED).is_dir() else ():
        try:
            found.append(from_json(read_utf8(path, path.name, LARGEST_NOTE), FailedPart))
        except (InputError, ValueError):
            unread.append(path)
    return found, unread
