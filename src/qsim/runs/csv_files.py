"""CSV as spreadsheets of a language read it, with no cell in it that they would run as a formula."""

from __future__ import annotations

import io
from pathlib import Path
from typing import IO, NamedTuple

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv


class Dialect(NamedTuple):
    """What parts cells, the decimal sign, and what the file begins with."""

    separator: str
    decimal: str
    mark: bytes = b""


DIALECTS = {"en": Dialect(",", "."), "de": Dialect(";", ",", "\ufeff".encode())}
"""By language: a German spreadsheet takes semicolons and decimal commas, and knows letters of UTF-8 by a mark only."""

FORMULA, NUMBER = r"(?s)^[=+\-@\t\r\n].", r"^[+\-]?[0-9.,]+([eE][+\-]?[0-9]+)?$"
"""Text that a spreadsheet may run, unless it is a number."""


class CsvWriter:
    """A file of CSV, which grows by tables of the same columns."""

    def __init__(self, path: Path | IO[bytes], schema: pa.Schema, dialect: Dialect) -> None:
        self._dialect = dialect
        self._file = path.open("wb") if isinstance(path, Path) else path
        self._file.write(dialect.mark)
        written = _readable(schema.empty_table(), dialect).schema
        self._writer = pa.csv.CSVWriter(
            self._file, written, write_options=pa.csv.WriteOptions(delimiter=dialect.separator)
        )

    def write_table(self, table: pa.Table) -> None:
        """Write rows behind those written before."""
        self._writer.write_table(_readable(table, self._dialect))

    def close(self) -> None:
        """Finish the file."""
        try:
            self._writer.close()
        finally:
            if not isinstance(self._file, io.BytesIO):
                self._file.close()


def dialect_of(language: str) -> Dialect:
    """Return how CSV is written in a language, as in English where nothing is known of it."""
    return DIALECTS.get(language, DIALECTS["en"])


def csv_bytes(frame: pd.DataFrame, dialect: Dialect) -> bytes:
    """Return a table as the bytes of a file of CSV."""
    table, sink = pa.Table.from_pandas(frame, preserve_index=False), io.BytesIO()
    writer = CsvWriter(sink, table.schema, dialect)
    writer.write_table(table)
    writer.close()
    return sink.getvalue()


def _readable(table: pa.Table, dialect: Dialect) -> pa.Table:
    names = [_harmless(pa.array([name]))[0].as_py() for name in table.column_names]
    return pa.table([_column(column, dialect) for column in table.columns], names=names)


def _column(column: pa.ChunkedArray, dialect: Dialect) -> pa.ChunkedArray:
    """Return a column with months as dates, numbers with the decimal sign, and harmless text."""
    if pa.types.is_timestamp(column.type):
        return column.cast(pa.date32())
    if pa.types.is_floating(column.type) and dialect.decimal != ".":
        return pc.replace_substring(column.cast(pa.string()), ".", dialect.decimal)
    return _harmless(column) if pa.types.is_string(column.type) or pa.types.is_large_string(column.type) else column


def _harmless(text: pa.Array) -> pa.Array:
    """Return text with an apostrophe before each formula, by which a spreadsheet takes it as text."""
    runs = pc.and_not(pc.match_substring_regex(text, FORMULA), pc.match_substring_regex(text, NUMBER))
    return pc.if_else(
        runs, pc.binary_join_element_wise(pa.scalar("'", text.type), text, pa.scalar("", text.type)), text
    )
