"""Where the runs of a design are kept part by part, so that a study that was stopped goes on where it was."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.parquet

from qsim.scenario.messages import InputError, Message
from qsim.study.failures import UnfinishedError
from qsim.study.lock import free_lock, take_lock
from qsim.study.manifest import MANIFEST, Manifest, manifest_text, plan_differences, read_manifest

Array = np.ndarray[Any, np.dtype[np.float64]]

PARTS = "parts"
SOURCES = "sources"
"""The entry of the manifest that changes with any rule."""

DAMAGED = ".damaged"
UNFINISHED = re.compile(r"\..+\.\d+\.unfinished")
LISTED = 3


class Parts(Protocol):
    """Keeps the readings (points, replicates, readings) of a part by its name."""

    def read(self, name: str, shape: tuple[int, int, int]) -> Array | None:
        """Return a part that is done, None if it is not or cannot be used."""

    def write(self, name: str, values: Array) -> None:
        """Keep a part."""


class NoParts:
    """Keeps nothing: a study without a folder."""

    def read(self, name: str, shape: tuple[int, int, int]) -> Array | None:
        """Return None."""
        return None

    def write(self, name: str, values: Array) -> None:
        """Do nothing."""


class PartFolder:
    """A folder for one plan, used in a ``with`` block; each part is a Parquet file, renamed when it is whole.

    Entering raises InputError, one clear line, if the folder belongs to another plan, holds foreign files, is in use or
    cannot be written; leaving raises UnfinishedError if the disk was full on the way. ``damaged`` names the files that
    could not be read; they were set aside with another ending.
    """

    def __init__(self, folder: Path, manifest: Manifest, columns: tuple[str, ...]) -> None:
        self.folder = folder
        self.damaged: list[str] = []
        self._manifest = manifest
        self._columns = columns
        self._lock: int | None = None

    def __enter__(self) -> PartFolder:
        try:
            if self.folder.exists() and not self.folder.is_dir():
                raise self._error("is a file; --out takes a folder")
            self.folder.mkdir(parents=True, exist_ok=True)
            self._take_lock()
            self._check_plan()
            (self.folder / PARTS).mkdir(exist_ok=True)
            self.put(MANIFEST, manifest_text(self._manifest).encode())
        except OSError as error:
            self._release()
            raise self._error(f"cannot write there: {_reason(error)}") from None
        except InputError:
            self._release()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._release()
        if isinstance(error, OSError) and not isinstance(error, BrokenPipeError):
            text = f"{self.folder}: cannot write there: {_reason(error)}; what is done stays, the same command goes on"
            raise UnfinishedError(text) from None

    def read(self, name: str, shape: tuple[int, int, int]) -> Array | None:
        """Return a part that is done; set it aside and return None if it is damaged or has another shape."""
        path = self.folder / PARTS / f"{name}.parquet"
        if not path.exists():
            return None
        try:
            table = pa.parquet.read_table(path, columns=list(self._columns))
            values = np.stack([table[column].to_numpy() for column in self._columns], axis=1)
            return np.asarray(values, dtype=np.float64).reshape(shape)
        except (OSError, ValueError, KeyError, pa.ArrowException):
            path.replace(path.with_name(path.name + DAMAGED))
            self.damaged.append(path.name)
            return None

    def write(self, name: str, values: Array) -> None:
        """Keep a part under its name; it is there whole or not at all."""
        self.put(f"{PARTS}/{name}.parquet", part_bytes(values, self._columns))

    def put_table(self, name: str, table: pa.Table) -> None:
        """Write a table as a Parquet file of the folder."""
        self.put(name, _parquet_bytes(table))

    def put(self, name: str, content: bytes) -> None:
        """Write a file of the folder under another name first, so that it is whole under its own."""
        path = self.folder / name
        temporary = path.with_name(f".{path.name}.{os.getpid()}.unfinished")
        try:
            temporary.write_bytes(content)
            temporary.replace(path)
        except BaseException:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
            raise

    def _check_plan(self) -> None:
        names = [path.name for path in self.folder.iterdir()]
        found = sorted(name for name in names if not UNFINISHED.fullmatch(name))
        if not found:
            return
        there = read_manifest(self.folder / MANIFEST)
        if there is None:
            listed = ", ".join(found[:LISTED]) + (", ..." if len(found) > LISTED else "")
            raise self._error(f"holds files that are no results of qsim ({listed}); name a new or an empty folder")
        differences = plan_differences(there, self._manifest)
        if not differences and there.get(SOURCES) != self._manifest.get(SOURCES):
            differences = ["other rules of the same version"]
        if differences:
            raise self._error(f"holds the results of another plan ({'; '.join(differences)}); name another folder")

    def _take_lock(self) -> None:
        try:
            self._lock = take_lock(self.folder)
        except BlockingIOError:
            raise self._error("another study is writing there; wait for it or name another folder") from None

    def _release(self) -> None:
        free_lock(self._lock)
        self._lock = None

    def _error(self, text: str) -> InputError:
        return InputError([Message(str(self.folder), None, None, "", text)])


def _reason(error: OSError) -> str:
    return os.strerror(error.errno).lower() if error.errno else str(error)


def part_bytes(values: Array, columns: Sequence[str]) -> bytes:
    """Return the readings (points, replicates, readings) of a part as a Parquet file."""
    points, replicates, _ = values.shape
    flat = values.reshape(points * replicates, -1)
    table = {"row": np.repeat(np.arange(points), replicates), "replicate": np.tile(np.arange(replicates), points)}
    table |= {column: flat[:, place] for place, column in enumerate(columns)}
    return _parquet_bytes(pa.table(table))


def _parquet_bytes(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    pa.parquet.write_table(table, sink, compression="zstd")
    return bytes(sink.getvalue().to_pybytes())
