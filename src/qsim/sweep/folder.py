"""The folder of a study: filled part by part, each there as a whole or not at all, and how far it is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import pyarrow as pa
import pyarrow.parquet
from typing_extensions import TypedDict  # that of Python 3.11 says less to pydantic

from qsim.files.messages import InputError
from qsim.files.opening import read_utf8
from qsim.runs.folder import PartsFolder, is_locked
from qsim.runs.manifest import MANIFEST, Manifest, continue_command, read_manifest
from qsim.runs.to_json import from_json
from qsim.sweep.part_work import PartFiles
from qsim.sweep.plan import STUDY, Note, Part, Plan, differences, version_notes

RUNS = "runs"
POINTS = "points.parquet"
FAILED, CORRUPT, CHECKSUMS = "failed", "corrupt", "checksums"
PART_NAME = re.compile(r"part-([0-9]{6,})\.parquet")
FAILED_NAME = re.compile(r"part-([0-9]{6,})\.json")
POINTS_SUM = "points.json"
POINTS_AT_ONCE = 65_536
BLOCK = 1 << 20
LARGEST_FAILURE = 1 << 20
"""Bytes of the note on a part that failed."""


def part_name(index: int) -> str:
    """Return the name of the file of a part, the same in every table."""
    return f"part-{index:06d}.parquet"


def table_folder(name: str) -> str:
    """Return the folder of a table; it can be read like the file of the same name that ``qsim run`` writes."""
    return f"{name}.parquet"


class StudyFolder(PartsFolder):
    """The folder of one plan, used in a ``with`` block, which holds its lock.

    ``done`` are the parts that are there, ``damaged`` the files that could not be read, ``notes`` say what was
    otherwise when the study was begun. Entering raises InputError, one clear line, for a folder that belongs to another
    plan or another version, holds foreign files, is in use, or cannot be written.
    """

    own_files = (POINTS, CHECKSUMS)

    def __init__(self, folder: Path, plan: Plan, manifest: Manifest) -> None:
        super().__init__(folder, manifest)
        self.plan = plan
        self.done: set[int] = set()
        self.damaged: list[str] = []
        self.notes: list[Note] = []

    def begin(self) -> None:
        """Write what a study has once, and find the parts that are there."""
        (self.folder / CHECKSUMS).mkdir(exist_ok=True)
        self._have_points()
        super().begin()
        for name in self._tables():
            (self.folder / table_folder(name)).mkdir(exist_ok=True)
        self._find_done()

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
                self.replace(self._checksums(part.index), json.dumps(sums).encode())
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
        return (index for index in range(self.plan.parts) if index not in self.done)

    def _tables(self) -> tuple[str, ...]:
        output = self.plan.experiment.content.output
        return {"runs": (RUNS,), "series": (RUNS, "series")}.get(output, (RUNS, "series", "departments"))

    def _have_points(self) -> None:
        """Write the table of points, unless it is there as it was written."""
        path = self.folder / POINTS
        if path.is_file():
            if _checksum(path) == self._sums(POINTS_SUM).get("points"):
                return
            if (self.folder / CHECKSUMS / POINTS_SUM).is_file():
                self._found_damaged(path, POINTS, POINTS)
        self._write_points()

    def _write_points(self) -> None:
        temporary = self.temporary(self.folder / POINTS)
        writer = None
        for table in points_tables(self.plan):
            if writer is None:
                writer = pa.parquet.ParquetWriter(temporary, table.schema, compression="zstd")
            writer.write_table(table)
        if writer is not None:
            writer.close()
        total = _checksum(temporary)
        temporary.replace(self.folder / POINTS)
        self.replace(self.folder / CHECKSUMS / POINTS_SUM, json.dumps({"points": total}).encode())

    def _find_done(self) -> None:
        """Find the parts that are there; set aside files that are not as they were written, and do their parts again."""
        for index in sorted(parts_in(self.folder)):
            if index >= self.plan.parts:
                continue
            bad = list(self._spoiled(index))
            for path in bad:
                name = f"{path.parent.name.removesuffix('.parquet')}-{path.name}"
                self._found_damaged(path, name, f"{path.parent.name}/{path.name}")
            if not bad:
                self.done.add(index)

    def _spoiled(self, index: int) -> Iterator[Path]:
        """Yield the files of a part whose checksum is not the one they were written with.

        If another file of the part is missing, the one that says that it is done is spoiled.
        """
        sums = self._sums(self._checksums(index).name)
        missing = False
        for name in reversed(self._tables()):
            path = self.folder / table_folder(name) / part_name(index)
            if not path.is_file():
                missing = True
            elif _checksum(path) != sums.get(name) or (name == RUNS and missing):
                missing = True
                yield path

    def _found_damaged(self, path: Path, name: str, shown: str) -> None:
        self.set_aside(path, self.folder / CORRUPT / name)
        self.damaged.append(shown)

    def _sums(self, name: str) -> dict[str, Any]:
        try:
            result = json.loads((self.folder / CHECKSUMS / name).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return result if isinstance(result, dict) else {}

    def _checksums(self, index: int) -> Path:
        return self.folder / CHECKSUMS / f"part-{index:06d}.json"

    def _failure(self, index: int) -> Path:
        return self.folder / FAILED / f"part-{index:06d}.json"


def points_tables(plan: Plan) -> Iterator[pa.Table]:
    """Yield the table of points, some at once: the number of each and its factors."""
    design, factors = plan.experiment.design, plan.experiment.factors
    for first in range(0, design.points, POINTS_AT_ONCE):
        codes = design.codes(first, min(first + POINTS_AT_ONCE, design.points))
        columns = {factor.id: factor.column(codes[:, place]) for place, factor in enumerate(factors)}
        yield pa.table({"point": pa.array(range(first, first + len(codes)), pa.int64()), **columns})


def _checksum(path: Path) -> int:
    total = 0
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            total = crc32(block, total)
    return total


class FailedPart(TypedDict):
    """How a part failed: its number, its rows and points, and why."""

    part: int
    first_row: int
    last_row: int
    first_point: int
    last_point: int
    error: str


def failures_in(folder: Path) -> list[FailedPart]:
    """Return the parts of a study that failed when they were last tried, in order."""
    result = []
    for path in sorted((folder / FAILED).glob("*.json")) if (folder / FAILED).is_dir() else ():
        if FAILED_NAME.fullmatch(path.name):
            with suppress(InputError, ValueError):
                result.append(from_json(read_utf8(path, path.name, LARGEST_FAILURE), FailedPart))
    return result


def parts_in(folder: Path) -> set[int]:
    """Return the parts of a study that are there, by their names alone."""
    runs = folder / table_folder(RUNS)
    names = (PART_NAME.fullmatch(path.name) for path in (runs.iterdir() if runs.is_dir() else ()))
    return {int(name[1]) for name in names if name}


@dataclass(frozen=True)
class Status:
    """How far the study in a folder is, counted in runs and parts; ``command`` goes on with it."""

    experiment: str
    runs: int
    runs_done: int
    parts: int
    parts_done: int
    failed: tuple[FailedPart, ...]
    set_aside: int
    running: bool
    command: str

    @property
    def finished(self) -> bool:
        """Whether all parts are there."""
        return self.parts_done == self.parts


def status_of(folder: Path) -> Status:
    """Return how far the study in a folder is; raise InputError, in one line, if the folder holds none."""
    manifest = read_manifest(folder / MANIFEST)
    if manifest is None or manifest.get("study") != STUDY:
        there = "holds no study" if folder.is_dir() else "there is no such folder"
        raise InputError.about(folder, f"{there}; `qsim sweep` makes one")
    parts, runs, part_rows = manifest["parts"], manifest["runs"], manifest["plan"]["part_rows"]
    done = {index for index in parts_in(folder) if index < parts}
    aside = folder / CORRUPT
    return Status(
        experiment=manifest["experiment"]["id"],
        runs=runs,
        runs_done=sum(_rows(index, runs, manifest["replications"], part_rows) for index in done),
        parts=parts,
        parts_done=len(done),
        failed=tuple(one for one in failures_in(folder) if one["part"] not in done),
        set_aside=len(list(aside.iterdir())) if aside.is_dir() else 0,
        running=is_locked(folder),
        command=continue_command(manifest["command"], folder),
    )


def _rows(index: int, runs: int, replications: int, part_rows: int) -> int:
    """Return the runs of a part, as the plan has them."""
    if replications <= part_rows:
        step = part_rows // replications * replications
        return min(step, runs - index * step)
    piece = index % -(-replications // part_rows)
    return min(part_rows, replications - piece * part_rows)
