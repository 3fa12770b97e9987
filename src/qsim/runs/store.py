"""A folder of results (``--out``): filled under temporary names, tables row by row, and renamed when all is there."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

import pandas as pd
import pyarrow as pa
import pyarrow.parquet

from qsim.files.messages import InputError
from qsim.runs.csv_files import CsvWriter, Dialect
from qsim.runs.folder import ClaimedFolder, synced
from qsim.runs.manifest import CRATE, MANIFEST, Manifest, holds_json, manifest_text, read_manifest


class Store(ClaimedFolder):
    """The folder of one plan, used in a ``with`` block: at its end all files get their names, or none is left.

    Writing raises InputError, one clear line, also later, when the disk is full. An old result of the same plan stays
    until it is replaced.
    """

    def __init__(self, folder: Path, manifest: Manifest, csv: Dialect | None = None) -> None:
        super().__init__(folder, manifest)
        self._csv = csv
        self._tables: dict[str, TableWriter] = {}
        self._files: dict[str, Path] = {}

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is None:
                self._finish()
        except OSError as late:
            error = late
        finally:
            for writer in self._tables.values():
                writer.abandon()
            self.leave()
            if error is not None:
                self.remove_made()
        if isinstance(error, OSError) and not isinstance(error, BrokenPipeError):
            raise self.refusal(error) from None

    def begin(self) -> None:
        """Write the manifest under its temporary name, under which a process that comes after a crash finds it."""
        self.replace(self.file(MANIFEST), manifest_text(self.manifest).encode())

    def begun(self) -> Manifest | None:
        """Return the manifest of a process that was killed while it gave its files their names."""
        return next((found for found in map(read_manifest, self._begun()) if found is not None), None)

    def is_own(self, path: Path) -> bool:
        """Return whether a file is known to be of the plan by a table that bears its key: by itself, or by one beside it."""
        if path.suffix in (".parquet", ".csv"):
            return self._is_stamped(path.with_suffix(".parquet"))
        expected = path.name in ("figures", CRATE) or (path.name == MANIFEST and not holds_json(path))
        return expected and any(map(self._is_stamped, self.folder.glob("*.parquet")))

    def _is_stamped(self, path: Path) -> bool:
        try:
            return is_plain(path) and is_of(path, Stamp(self.key))
        except UNREADABLE:
            return False

    def needed(self, leaving: bool) -> set[Path]:
        """Return what is unfinished and still needed: the manifest, when leaving only where none has its name."""
        if not leaving:
            return {self.file(MANIFEST)}
        results = any(not path.name.startswith(".") for path in self.folder.iterdir())
        return set(self._begun()) if results and not (self.folder / MANIFEST).exists() else set()

    def _begun(self) -> list[Path]:
        return sorted(self.folder.glob(f".{MANIFEST}.*.unfinished"))

    def append(self, table: str, frame: pd.DataFrame) -> None:
        """Add rows to a table; its first frame opens it."""
        if table not in self._tables:
            csv = None if self._csv is None else (self.file(f"{table}.csv"), self._csv)
            self._tables[table] = TableWriter(self.file(f"{table}.parquet"), Stamp(self.key), csv)
        self._tables[table].append(frame)

    def file(self, name: str) -> Path:
        """Return the temporary path of a file, or of a folder of files, that will have this name in the end."""
        return self._files.setdefault(name, self.temporary(self.folder / name))

    def _finish(self) -> None:
        for writer in self._tables.values():
            writer.close()
        for name in sorted(self._files, key=lambda name: name == MANIFEST):
            _move(self._files[name], self.folder / name)


def _move(path: Path, final: Path) -> None:
    """Give a file its name; the files of a folder move into the folder of that name."""
    if not path.is_dir():
        synced(path).replace(final)
        return
    final.mkdir(exist_ok=True)
    for inner in sorted(path.iterdir()):
        synced(inner).replace(final / inner.name)
    path.rmdir()


class TableWriter:
    """A table that grows by frames with the same columns; each frame becomes a row group of the Parquet file.

    Memory does not grow with the number of frames. Numbers are float64, missing is NaN (null on disk), months are
    dates. The Parquet file bears a stamp. OSError is raised where the disk is full or not writable.
    """

    def __init__(self, parquet: Path, stamp: Stamp, csv: tuple[Path, Dialect] | None = None) -> None:
        self._paths = (parquet, csv)
        self._stamp = stamp
        self._schema: pa.Schema | None = None
        self._writers: list[Any] = []

    def append(self, frame: pd.DataFrame) -> None:
        """Write the rows of a frame behind those written before."""
        table = pa.Table.from_pandas(_plain(frame), schema=self._schema, preserve_index=False)
        if self._schema is None:
            self._open(table.schema)
            table = table.cast(self._schema)
        self._writers[0].write_table(table)
        for writer in self._writers[1:]:
            writer.write_table(table)

    def _open(self, schema: pa.Schema) -> None:
        stamped = {**(schema.metadata or {}), **self._stamp.metadata(schema.names)}
        self._schema = _without_null_types(schema.with_metadata(stamped))
        parquet, csv = self._paths
        self._writers.append(pa.parquet.ParquetWriter(parquet.absolute(), self._schema, compression="zstd"))
        if csv is not None:
            path, dialect = csv
            self._writers.append(CsvWriter(path, self._schema, dialect))

    def close(self) -> None:
        """Finish the files."""
        while self._writers:
            self._writers.pop().close()

    def abandon(self) -> None:
        """Close the files without a word, whatever state they are in; somebody else removes them."""
        while self._writers:
            with suppress(OSError, pa.ArrowException):
                self._writers.pop().close()


def _plain(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a frame with text in place of categories, whose codes differ from frame to frame."""
    return frame.astype({name: "str" for name in frame.columns if isinstance(frame[name].dtype, pd.CategoricalDtype)})


def _without_null_types(schema: pa.Schema) -> pa.Schema:
    """Return the schema with float64 where the first frame held nothing, so that later frames fit."""
    return pa.schema(
        [field.with_type(pa.float64()) if pa.types.is_null(field.type) else field for field in schema],
        metadata=schema.metadata,
    )


UNREADABLE = (OSError, ValueError, pa.ArrowException)
"""What reading a damaged table ends in."""


class Stamp(NamedTuple):
    """What a table says of itself: the key of the plan that it belongs to, and which part of it it holds."""

    key: str
    part: int | str = ""

    def metadata(self, columns: Sequence[str]) -> dict[str, str]:
        """Return the stamp as a table bears it; the names of columns are in it, as no checksum covers them."""
        return {"qsim.plan": self.key, "qsim.part": str(self.part), "qsim.columns": json.dumps(columns)}


def is_of(path: Path, stamp: Stamp) -> bool:
    """Return whether a table bears a stamp; raise Arrow's error if the file is none."""
    schema = pa.parquet.read_schema(path.absolute())
    found = schema.metadata or {}
    return all(found.get(name.encode()) == text.encode() for name, text in stamp.metadata(schema.names).items())


def is_plain(path: Path) -> bool:
    """Return whether there is a file, and no link to one, no folder, no pipe."""
    with suppress(OSError):
        return stat.S_ISREG(path.lstat().st_mode)
    return False


@contextmanager
def readable(path: Path, told: str = "cannot be read") -> Iterator[None]:
    """Raise InputError, which says what is ``told`` of a file, where it cannot be read as a table."""
    try:
        yield
    except UNREADABLE:
        raise InputError.about(path, told) from None


def can_be_read(path: Path) -> bool:
    """Return whether a file is a table, all of which can be read."""
    try:
        return (
            path.is_file()
            and pa.parquet.ParquetFile(path.absolute(), page_checksum_verification=True).read() is not None
        )
    except UNREADABLE:
        return False


def parquet_bytes(tables: list[pa.Table], stamp: Stamp | None = None) -> bytes:
    """Return the bytes of a Parquet file that holds these tables one below the other; each page has a checksum."""
    sink = pa.BufferOutputStream()
    whole = pa.concat_tables(tables).combine_chunks()
    if stamp is not None:
        whole = whole.replace_schema_metadata(stamp.metadata(whole.column_names))
    pa.parquet.write_table(whole, sink, compression="zstd", write_page_checksum=True)
    return bytes(sink.getvalue())
