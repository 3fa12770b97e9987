"""Compares a world of the package with the reference model: every declared field of every table, the ledger, the rest."""

from __future__ import annotations

import operator
from collections.abc import Iterable
from typing import Any

import numpy as np

from qsim.world.records import TABLES, World
from reference.agents import ACTIVITIES
from reference.model import ReferenceModel

TOLERANCE = 1e-9
"""Absolute and relative: both sides are doubles, and sums may be formed in another order."""
EXACT = ("index", "month")
"""Units of what has to be the same to the last digit: large numbers that count."""

NAMES = {table: tuple(field.name for field in fields) for table, fields in TABLES.items()}
TOLERANCES = {
    table: np.array([0.0 if field.kind == "index" else TOLERANCE for field in fields])
    for table, fields in TABLES.items()
}
ROWS = {table: operator.attrgetter(*names) for table, names in NAMES.items()}


def records(model: ReferenceModel, table: str) -> list[Any]:
    """Return the things of the reference model that are the records of a table, in the order of the flat array."""
    if table == "administration":
        return [model.administration]
    if table == "stances":
        return [stance for department in model.departments for stance in department.stances]
    if table == "relations":
        return [relation for department in model.departments for relation in department.relations]
    if table == "support":
        return [support for leader in model.leaders for support in leader.support]
    return getattr(model, table)


def rows_of(model: ReferenceModel, table: str) -> Iterable[tuple[Any, ...]]:
    """Return the records of a table as tuples of their declared fields; others they refer to stand as their index."""
    if table == "strikes":
        return [(e.index, department.index, x) for e in model.events for department, x in e.strikes]
    rows = (ROWS[table](record) for record in records(model, table))
    if table in ("members", "ties", "links"):
        return [tuple(index_of(entry) for entry in row) for row in rows]
    return rows


def index_of(entry: Any) -> Any:
    """Return a number as it is, the index of a thing, or -1 for none."""
    return -1 if entry is None else getattr(entry, "index", entry)


def expected(model: ReferenceModel, table: str) -> np.ndarray:
    """Return a table of the reference model: a row a record, a column a declared field."""
    return np.array(list(rows_of(model, table)), dtype=float).reshape(-1, len(NAMES[table]))


def flags(rows: Any, columns: int) -> np.ndarray:
    """Return a matrix of ones where a row has a column, else zeros."""
    matrix = np.zeros((len(rows), columns))
    for i, row in enumerate(rows):
        matrix[i, list(row)] = 1.0
    return matrix


def first_of(lengths: list[int]) -> np.ndarray:
    """Return where each of several lists begins when they stand one after another, and where the last one ends."""
    return np.array([0, *np.cumsum(lengths, dtype=int)], dtype=float)


def matrices(model: ReferenceModel) -> dict[str, np.ndarray]:
    """Return what is no declared field: who has which tasks, takes part where, paid what for what."""
    tasks = len(model.tasks)
    payers = (*model.departments, *model.units, *model.leaders, *model.groups)
    return {
        "duties": np.array([unit.duties for unit in model.units], dtype=float).reshape(-1, tasks),
        "format_tasks": flags([format.tasks for format in model.formats], tasks),
        "format_groups": flags([[g.index for g in format.groups] for format in model.formats], len(model.groups)),
        "group_tasks": flags([group.tasks for group in model.groups], tasks),
        "concept_tasks": flags([concept.tasks for concept in model.concepts], tasks),
        "concept_departments": flags(
            [[d.index for d in concept.departments] for concept in model.concepts], len(model.departments)
        ),
        "event_tasks": flags([event.tasks for event in model.events], tasks),
        "member_first": first_of([len(format.members) for format in model.formats]),
        "tie_first": first_of([len(department.ties) for department in model.departments]),
        "ledger": np.array([[payer.ledger[activity] for activity in ACTIVITIES] for payer in payers]),
    }


def differing(found: np.ndarray, wanted: np.ndarray, tolerance: Any) -> np.ndarray:
    """Return where two arrays differ by more than the tolerance, an index each; missing equals missing."""
    with np.errstate(invalid="ignore"):
        close = np.abs(found - wanted) <= tolerance * (1.0 + np.abs(wanted))
    same = (close & np.isfinite(wanted)) | (found == wanted) | (np.isnan(found) & np.isnan(wanted))
    return np.argwhere(~same)


def compared(
    name: str, found: np.ndarray, wanted: np.ndarray, tolerance: Any = TOLERANCE, columns: tuple[str, ...] = ()
) -> list[str]:
    """Return what differs between two arrays of the same name, a line each."""
    if found.shape != wanted.shape:
        return [f"{name}: the package has the shape {found.shape}, the reference {wanted.shape}"]
    lines = []
    for index in differing(found, wanted, tolerance):
        row, column = index[0], index[-1]
        place = f"{name}.{columns[column]}[{row}]" if columns else f"{name}{index.tolist()}"
        one, other = float(found[tuple(index)]), float(wanted[tuple(index)])
        lines.append(f"{place}: the package has {one!r}, the reference {other!r}")
    return lines


def table_of(world: World, table: str) -> np.ndarray:
    """Return a table of the package as :func:`expected` returns that of the reference."""
    array = getattr(world, table).reshape(-1)
    if table == "ties":  # the package keeps room for more
        array = array[: world.tie_first[-1]]
    return np.array(array.tolist(), dtype=float).reshape(-1, len(NAMES[table]))


def differences(world: World, model: ReferenceModel, governance: bool = False) -> list[str]:
    """Return everything in which a world differs from the reference model, a line each.

    The cells of ``governance`` are compared only if both have been measured.
    """
    lines = []
    for table, names in NAMES.items():
        lines += compared(table, table_of(world, table), expected(model, table), TOLERANCES[table], names)
    for name, matrix in matrices(model).items():
        lines += compared(name, np.asarray(getattr(world, name), dtype=float), matrix)
    if governance:
        lines += compared("governance", world.governance, np.array(model.governance))
    return lines
