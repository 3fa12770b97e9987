"""The tables of a part: tidy rows of runs, months and departments, as Arrow tables and as the bytes of Parquet files."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet

from qsim.engine import frames
from qsim.engine.prepare import Prepared
from qsim.measures.catalogue import DEPARTMENT_MEASURES
from qsim.sweep.plan import Cell


def runs_table(scenario: str, cell: Cell, columns: Mapping[str, np.ndarray]) -> pa.Table:
    """Return one row a run: scenario, point, replicate and the outcomes."""
    replicates = np.arange(cell.first, cell.last, dtype=np.int64)
    return pa.table({**_address(scenario, cell, len(replicates)), "replicate": replicates, **columns})


def _address(scenario: str, cell: Cell, rows: int) -> dict[str, pa.Array]:
    return {"scenario": pa.repeat(scenario, rows), "point": pa.repeat(pa.scalar(cell.point, pa.int64()), rows)}


def series_table(prepared: Prepared, cell: Cell, first: int, series: np.ndarray) -> pa.Table:
    """Return one row a run and month of runs from replicate ``first`` on, from ``series`` (runs, months, SERIES)."""
    frame = frames.series_frame(prepared, range(first, first + len(series)), series)
    return _table(frame.drop(columns="scenario"), prepared.scenario.id, cell)


def departments_table(prepared: Prepared, cell: Cell, sums: np.ndarray, squares: np.ndarray) -> pa.Table:
    """Return one row a department, task and month: sums over the runs of a cell, and the squares of practice.

    ``sums`` (months, departments, tasks, DEPARTMENT_MEASURES) and ``squares`` (months, departments, tasks) are of the
    replicates in ``cell``; those of another part add up with them. ``runs`` counts the runs in which it stood.
    """
    months, departments, tasks, _ = sums.shape
    frame = pd.DataFrame(sums.reshape(-1, len(DEPARTMENT_MEASURES)), columns=list(DEPARTMENT_MEASURES))
    first = DEPARTMENT_MEASURES.index("constraint_motivation")
    frame.insert(0, "practice_square", squares.reshape(-1))
    frame.insert(0, "runs", sums[..., first:].sum(axis=-1).reshape(-1))
    frame.insert(0, "month", np.repeat(frames.month_index(prepared).to_numpy(), departments * tasks))
    frame.insert(0, "task", np.tile([task.id for task in prepared.scenario.tasks], months * departments))
    ids = np.array([department.id for department in prepared.house.departments], dtype=object)
    frame.insert(0, "department", np.tile(np.repeat(ids, tasks), months))
    frame.insert(0, "first_replicate", cell.first)
    return _table(frame, prepared.scenario.id, cell)


def _table(frame: pd.DataFrame, scenario: str, cell: Cell) -> pa.Table:
    table = pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata(None)
    for place, (name, column) in enumerate(_address(scenario, cell, len(frame)).items()):
        table = table.add_column(place, name, column)
    return table


def parquet_bytes(tables: list[pa.Table]) -> bytes:
    """Return the bytes of a Parquet file that holds these tables one below the other; each page has a checksum."""
    sink = pa.BufferOutputStream()
    pa.parquet.write_table(pa.concat_tables(tables), sink, compression="zstd", write_page_checksum=True)
    return bytes(sink.getvalue())
