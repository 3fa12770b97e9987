"""Reads the points of a design from a CSV file: a column a factor, a row a point."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import replace
from io import StringIO
from pathlib import Path

import numpy as np

from qsim.files.kinds import file_name
from qsim.files.messages import InputError, Message, Place, shown, suggestion
from qsim.files.nodes import Node
from qsim.files.reading import read_text
from qsim.scenario.values import month_number
from qsim.sweep.factor_reading import level_of
from qsim.sweep.factors import Factor, Level, Levels, Range, is_number
from qsim.sweep.schema import EXPERIMENT, FactorEntry

MOST_TOLD = 20
"""Wrong cells that are told, one line each."""

Cells = list[tuple[int, str]]
"""The cells of a column, each with its line in the file."""


def read_points_text(path: Path) -> str:
    """Return the text of a CSV file; raise InputError if it cannot be read."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or "is not text in UTF-8").lower()
        raise InputError([Message(file_name(path, EXPERIMENT), None, None, "", f"cannot be read: {reason}")]) from None


def given_points(
    text: str, file: str, factors: Sequence[Factor], entries: Sequence[FactorEntry]
) -> tuple[list[Factor], np.ndarray]:
    """Return the factors, with the levels that only the file states, and its codes (points, factors).

    Raise InputError, with what is wrong in each cell at its line, for columns that are no factors or missing, values
    outside a factor's range or none of its levels, or a file without points.
    """
    rows, lines = _rows(text, file)
    head = [name.strip() for name in rows[0]] if rows else []
    wrong = _head_messages(head, file, [factor.id for factor in factors])
    if not wrong and len(rows) < 2:
        wrong = [Message(file, None, None, "", "there are no points; expected a line of names, then a line a point")]
    uneven = [(line, len(row)) for line, row in zip(lines, rows, strict=True) if len(row) != len(head)]
    wrong += [
        Message(file, line, None, "", f"{count} values; expected {len(head)}") for line, count in uneven[:MOST_TOLD]
    ]
    if wrong:
        raise InputError(wrong)
    read, codes = [], []
    for factor, entry in zip(factors, entries, strict=True):
        column = head.index(factor.id)
        cells = [(line, row[column].strip()) for line, row in zip(lines[1:], rows[1:], strict=True)]
        found, values = _column(factor, entry, cells, file, wrong)
        read.append(found)
        codes.append(values)
    if wrong:
        raise InputError(wrong[:MOST_TOLD])
    return read, np.stack(codes, axis=1) if codes else np.empty((len(rows) - 1, 0))


def _rows(text: str, file: str) -> tuple[list[list[str]], list[int]]:
    """Return the rows that hold something, and the line of the file at which each begins."""
    reader = csv.reader(StringIO(text))
    rows, lines, line = [], [], 1
    try:
        for row in reader:
            if row:
                rows.append(row)
                lines.append(line)
            line = reader.line_num + 1
    except csv.Error as error:
        raise InputError([Message(file, line, None, "", f"is no CSV: {error}")]) from None
    return rows, lines


def _head_messages(head: list[str], file: str, ids: list[str]) -> list[Message]:
    wrong = [
        Message(file, 1, None, "", f"there is no factor {shown(name)}{suggestion(name, ids, 'there are')}")
        for name in head
        if name not in ids
    ]
    wrong += [Message(file, 1, None, "", f'the column "{name}" is there twice') for name in ids if head.count(name) > 1]
    return wrong + [Message(file, 1, None, "", f'missing column "{name}"') for name in ids if name not in head]


def _column(
    factor: Factor, entry: FactorEntry, cells: Cells, file: str, wrong: list[Message]
) -> tuple[Factor, np.ndarray]:
    """Return a factor and its codes (points,); add what is wrong in its cells."""
    if isinstance(factor.scale, Range):
        return factor, np.array([_in_range(factor, cell, file, line, wrong) for line, cell in cells])
    if not factor.scale.levels:
        assert entry.key is not None
        factor = replace(factor, scale=Levels(_stated(entry.key, cells, file)))
    assert isinstance(factor.scale, Levels)
    places = {level.label: index for index, level in enumerate(factor.scale.levels)}
    numbers = {level.number: index for index, level in enumerate(factor.scale.levels) if level.number is not None}
    codes = []
    for line, cell in cells:
        place = places.get(cell)
        if place is None and numbers:
            value = _value(cell)
            place = numbers.get(float(value)) if is_number(value) else None  # type: ignore[arg-type]  # it is a number
        if place is None:
            text = f"{shown(cell)} is not a level{suggestion(cell, places, 'there are')}"
            wrong.append(Message(file, line, None, factor.id, text))
        codes.append(0.0 if place is None else float(place))
    return factor, np.array(codes)


def _stated(key: str, cells: Cells, file: str) -> tuple[Level, ...]:
    """Return the levels that the cells of a column state, in the order in which they first stand there."""
    levels: dict[str, Level] = {}
    for line, cell in cells:
        if cell not in levels:
            place = Place(file, line)
            node = Node(_value(cell), place, place)
            level = level_of(key, node, node)
            levels[cell] = replace(level, label=cell)
    return tuple(levels.values())


def _value(cell: str) -> object:
    """Return a cell as a value of a scenario file; text that is no YAML stays text."""
    try:
        value = read_text(cell, "").value if cell else None
    except InputError:
        return cell
    return cell if isinstance(value, (dict, list)) else value


def _in_range(factor: Factor, cell: str, file: str, line: int, wrong: list[Message]) -> float:
    scale = factor.scale
    assert isinstance(scale, Range)
    value = _value(cell)
    try:
        code = float(month_number(cell)) if scale.month else float(value) if is_number(value) else None  # type: ignore[arg-type]  # it is a number
    except ValueError:
        code = None
    whole = scale.integer or scale.month
    if code is None or not scale.low <= code <= scale.high or (whole and not code.is_integer()):
        kind = "a whole number" if scale.integer else "a month" if scale.month else "a number"
        text = f"{shown(cell)} is not {kind} from {scale.shown(scale.low)} to {scale.shown(scale.high)}"
        wrong.append(Message(file, line, None, factor.id, text))
        return scale.low
    return code
