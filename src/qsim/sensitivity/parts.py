"""Where the runs of a design are kept part by part, so that a study that was stopped goes on where it was."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.parquet

from qsim.runs.claimed import ClaimedFolder
from qsim.runs.failures import UnfinishedError
from qsim.runs.manifest import MANIFEST, Manifest, manifest_text
from qsim.sweep.tables import parquet_bytes

Array = np.ndarray[Any, np.dtype[np.float64]]

PARTS = "parts"
SOURCES = "sources"
"""The entry of the manifest that changes with any rule."""

DAMAGED = ".damaged"


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


class PartFolder(ClaimedFolder):
    """A folder for one plan, used in a ``with`` block; each part is a Parquet file, renamed when it is whole.

    Entering raises InputError, one clear line, if the folder belongs to another plan, holds foreign files, is in use or
    cannot be written; UnfinishedError is raised if it cannot be written later. ``damaged`` names the files that could not
    be read; they were set aside with another ending.
    """

    def __init__(self, folder: Path, manifest: Manifest, columns: tuple[str, ...]) -> None:
        super().__init__(folder, manifest)
        self.damaged: list[str] = []
        self._columns = columns

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.leave()
        if isinstance(error, OSError) and not isinstance(error, BrokenPipeError):
            raise UnfinishedError(f"{self.refusal(error)}; what is done stays, the same command goes on") from None

    def begin(self) -> None:
        """Write the manifest and make the folder of parts."""
        (self.folder / PARTS).mkdir(exist_ok=True)
        self.put(MANIFEST, manifest_text(self.manifest).encode())

    def refuse_other(self, there: Manifest) -> None:
        """Raise InputError if the manifest that is there is of another plan, or was run with other rules."""
        super().refuse_other(there)
        if there.get(SOURCES) != self.manifest.get(SOURCES):
            raise self.error("holds runs of other rules of the same version; name another folder")

    def folders(self) -> Iterator[Path]:
        """Yield the folders in which files are written."""
        yield self.folder
        yield self.folder / PARTS

    def read(self, name: str, shape: tuple[int, int, int]) -> Array | None:
        """Return a part that is done; set it aside and return None if it is damaged or has another shape."""
        path = self.folder / PARTS / f"{name}.parquet"
        if not path.exists():
            return None
        try:
            table = pa.parquet.read_table(path, columns=list(self._columns), page_checksum_verification=True)
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
        self.put(name, parquet_bytes([table]))

    def put(self, name: str, content: bytes) -> None:
        """Write a file of the folder under another name first, so that it is whole under its own."""
        self.replace(self.folder / name, content)


def part_bytes(values: Array, columns: Sequence[str]) -> bytes:
    """Return the readings (points, replicates, readings) of a part as a Parquet file."""
    points, replicates, _ = values.shape
    flat = values.reshape(points * replicates, -1)
    table = {"row": np.repeat(np.arange(points), replicates), "replicate": np.tile(np.arange(replicates), points)}
    table |= {column: flat[:, place] for place, column in enumerate(columns)}
    return parquet_bytes([pa.table(table)])
