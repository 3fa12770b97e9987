"""Writes one tidy table piece by piece, as Parquet and if wanted as CSV, under a temporary name."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet


class TableWriter:
    """A table that grows by frames with the same columns; each frame becomes a row group of the Parquet file.

    Memory does not grow with the number of frames. Numbers are float64, missing is NaN (null on disk), months are
    dates. OSError is raised where the disk is full or not writable.
    """

    def __init__(self, parquet: Path, csv: Path | None = None) -> None:
        self._paths = (parquet, csv)
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
            writer.write_table(_with_dates(table))

    def _open(self, schema: pa.Schema) -> None:
        self._schema = _without_null_types(schema)
        parquet, csv = self._paths
        self._writers.append(pa.parquet.ParquetWriter(parquet, self._schema, compression="zstd"))
        if csv is not None:
            self._writers.append(pa.csv.CSVWriter(csv, _date_schema(self._schema)))

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


def _is_date(field: pa.Field) -> bool:
    return bool(pa.types.is_timestamp(field.type))


def _date_schema(schema: pa.Schema) -> pa.Schema:
    return pa.schema([field.with_type(pa.date32()) if _is_date(field) else field for field in schema])


def _with_dates(table: pa.Table) -> pa.Table:
    return table.cast(_date_schema(table.schema))
