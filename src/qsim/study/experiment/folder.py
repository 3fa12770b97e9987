"""The folder of a study: claimed for one plan, filled part by part, each part there as a whole or not at all."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any
from zlib import crc32

import pyarrow as pa
import pyarrow.parquet

from qsim.scenario.messages import InputError, Message
from qsim.study.experiment.manifest import differences, version_notes
from qsim.study.experiment.part_work import PartFiles
from qsim.study.experiment.plan import Part, Plan
from qsim.study.failures import UnfinishedError
from qsim.study.lock import free_lock, take_lock
from qsim.study.manifest import MANIFEST, Manifest, manifest_text, read_manifest
from qsim.study.store import LISTED, UNFINISHED

RUNS = "runs"
POINTS = "points.parquet"
FAILED, CORRUPT, CHECKSUMS = "failed", "corrupt", "checksums"
PART_NAME = re.compile(r"part-([0-9]{6,})\.parquet")
FAILED_NAME = re.compile(r"part-([0-9]{6,})\.json")
POINTS_AT_ONCE = 65_536


def part_name(index: int) -> str:
    """Return the name of the file of a part, the same in every table."""
    return f"part-{index:06d}.parquet"


def table_folder(name: str) -> str:
    """Return the folder of a table; it can be read like the file of the same name that ``qsim run`` writes."""
    return f"{name}.parquet"


class StudyFolder:
    """The folder of one plan, used in a ``with`` block, which holds its lock.

    ``done`` are the parts that are there, ``set_aside`` the files that could not be read, ``notes`` say what was
    otherwise when the study was begun. Entering raises InputError, one clear line, for a folder that belongs to another
    plan or another version, holds foreign files, is in use, or cannot be written.
    """

    def __init__(self, folder: Path, plan: Plan, manifest: Manifest) -> None:
        self.folder = folder
        self.plan = plan
        self.done: set[int] = set()
        self.set_aside: list[str] = []
        self.notes: list[str] = []
        self._manifest = manifest
        self._lock: int | None = None

    def __enter__(self) -> StudyFolder:
        made: list[Path] = []
        try:
            self._claim(made)
        except BaseException as error:
            if self._lock is not None:
                self._remove_unfinished()
            free_lock(self._lock)
            with suppress(OSError):
                for path in reversed(made):
                    path.rmdir()
            if isinstance(error, OSError):
                raise self._error(f"cannot write there: {_reason(error)}") from None
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._remove_unfinished()
        free_lock(self._lock)

    def write(self, part: Part, files: PartFiles) -> None:
        """Write the tables of a part, their checksums, and ``runs`` last.

        Raise UnfinishedError if the disk is full or cannot be written.
        """
        names = sorted(files, key=lambda name: name == RUNS)
        try:
            sums = {name: crc32(files[name]) for name in names}
            for name in names:
                if name == RUNS:
                    self._replace(self._checksums(part.index), json.dumps(sums).encode())
                self._replace(self.folder / table_folder(name) / part_name(part.index), files[name])
            with suppress(FileNotFoundError):
                self._failure(part.index).unlink()
        except OSError as error:
            self._remove_unfinished()
            raise UnfinishedError(f"{self.folder}:  cannot write there: {_reason(error)}; what is done stays") from None
        self.done.add(part.index)

    def note_failure(self, part: Part, error: str) -> None:
        """Write down that a part failed; that a disk is full must not hide the failure itself."""
        points = sorted({cell.point for cell in part.cells})
        entry = {"part": part.index, "first_row": part.first, "last_row": part.last - 1,
                 "first_point": points[0], "last_point": points[-1], "error": error}  # fmt: skip
        with suppress(OSError):
            self._failure(part.index).parent.mkdir(exist_ok=True)
            self._replace(self._failure(part.index), json.dumps(entry, ensure_ascii=False).encode())

    def missing(self) -> Iterator[int]:
        """Yield the parts that are not there, in order."""
        return (index for index in range(self.plan.parts) if index not in self.done)

    def _claim(self, made: list[Path]) -> None:
        if self.folder.exists() and not self.folder.is_dir():
            raise self._error("is a file; --out takes a folder")
        for path in reversed([path for path in (self.folder, *self.folder.parents) if not path.exists()]):
            path.mkdir()
            made.append(path)
        try:
            self._lock = take_lock(self.folder)
        except BlockingIOError:
            raise self._error("another run is writing there; wait for it or name another folder") from None
        self._check_plan()
        self._remove_unfinished()
        if not (self.folder / POINTS).is_file():
            self._write_points()
        self._replace(self.folder / MANIFEST, manifest_text(self._manifest).encode())
        for name in (*map(table_folder, self._tables()), CHECKSUMS):
            (self.folder / name).mkdir(exist_ok=True)
        self._find_done()

    def _tables(self) -> tuple[str, ...]:
        output = self.plan.experiment.content.output
        return {"runs": (RUNS,), "series": (RUNS, "series")}.get(output, (RUNS, "series", "departments"))

    def _check_plan(self) -> None:
        found = sorted(path.name for path in self.folder.iterdir() if not UNFINISHED.fullmatch(path.name))
        there = read_manifest(self.folder / MANIFEST)
        if there is None and found not in ([], [POINTS]):
            names = ", ".join(found[:LISTED]) + (", ..." if len(found) > LISTED else "")
            raise self._error(f"holds files that are no results of qsim ({names}); name a new or an empty folder")
        if there is None:
            return
        if there.get("study") != self._manifest["study"]:
            raise self._error(f"holds results of `qsim {there.get('study')}`; name another folder")
        other = differences(there, self._manifest)
        self.notes = version_notes(there, self._manifest)
        if other:
            text = f"holds the results of another plan ({'; '.join(other)}); name another folder"
            version = [note for note in self.notes if note.startswith("qsim")]
            raise self._error("; ".join([text, *version]))

    def _write_points(self) -> None:
        design, factors = self.plan.experiment.design, self.plan.experiment.factors
        temporary = self._temporary(self.folder / POINTS)
        writer = None
        for first in range(0, design.points, POINTS_AT_ONCE):
            codes = design.codes(first, min(first + POINTS_AT_ONCE, design.points))
            columns = {factor.id: factor.scale.column(codes[:, place]) for place, factor in enumerate(factors)}
            table = pa.table({"point": pa.array(range(first, first + len(codes)), pa.int64()), **columns})
            if writer is None:
                writer = pa.parquet.ParquetWriter(temporary, table.schema, compression="zstd")
            writer.write_table(table)
        if writer is not None:
            writer.close()
        temporary.replace(self.folder / POINTS)

    def _find_done(self) -> None:
        """Find the parts that are there; set aside files that are not as they were written, and do their parts again."""
        for index in sorted(parts_in(self.folder)):
            if index >= self.plan.parts:
                continue
            bad = list(self._spoiled(index))
            for path in bad:
                aside = self.folder / CORRUPT / f"{path.parent.name.removesuffix('.parquet')}-{path.name}"
                aside.parent.mkdir(exist_ok=True)
                path.replace(aside)
                self.set_aside.append(f"{path.parent.name}/{path.name}")
            if not bad:
                self.done.add(index)

    def _spoiled(self, index: int) -> Iterator[Path]:
        """Yield the files of a part whose checksum is not the one they were written with.

        If another file of the part is missing, the one that says that it is done is spoiled.
        """
        try:
            sums = json.loads(self._checksums(index).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            sums = {}
        missing = False
        for name in reversed(self._tables()):
            path = self.folder / table_folder(name) / part_name(index)
            if not path.is_file():
                missing = True
            elif crc32(path.read_bytes()) != sums.get(name) or (name == RUNS and missing):
                missing = True
                yield path

    def _checksums(self, index: int) -> Path:
        return self.folder / CHECKSUMS / f"part-{index:06d}.json"

    def _failure(self, index: int) -> Path:
        return self.folder / FAILED / f"part-{index:06d}.json"

    def _temporary(self, path: Path) -> Path:
        return path.with_name(f".{path.name}.{os.getpid()}.unfinished")

    def _replace(self, path: Path, content: bytes) -> None:
        temporary = self._temporary(path)
        temporary.write_bytes(content)
        temporary.replace(path)

    def _remove_unfinished(self) -> None:
        with suppress(OSError):
            for folder in (
                self.folder,
                self.folder / CHECKSUMS,
                *(self.folder / table_folder(n) for n in self._tables()),
            ):
                for path in list(folder.iterdir()) if folder.is_dir() else ():
                    if UNFINISHED.fullmatch(path.name):
                        path.unlink()

    def _error(self, text: str) -> InputError:
        return InputError([Message(str(self.folder), None, None, "", text)])


def _reason(error: OSError) -> str:
    return os.strerror(error.errno).lower() if error.errno else str(error)


def failures_in(folder: Path) -> list[dict[str, Any]]:
    """Return the parts of a study that failed when they were last tried, in order."""
    found = []
    for path in sorted((folder / FAILED).glob("*.json")) if (folder / FAILED).is_dir() else ():
        if FAILED_NAME.fullmatch(path.name):
            with suppress(OSError, ValueError):
                found.append(json.loads(path.read_text(encoding="utf-8")))
    return found


def parts_in(folder: Path) -> set[int]:
    """Return the parts of a study that are there, by their names alone."""
    runs = folder / table_folder(RUNS)
    names = (PART_NAME.fullmatch(path.name) for path in (runs.iterdir() if runs.is_dir() else ()))
    return {int(name[1]) for name in names if name}
