"""Reads the factors of an experiment file, and their points from a CSV file: a column a factor, a row a point."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from io import StringIO
from typing import Any

import numpy as np

from qsim.files.findings import Finding
from qsim.files.keys import parse_key
from qsim.files.messages import InputError, Message, Place, nearest, shown, suggestion
from qsim.files.nodes import Node, Path, deepest, plain
from qsim.files.reading import read_text
from qsim.runs.designs import NUMBERED
from qsim.runs.distributions import distribution_of
from qsim.scenario.labels import Label
from qsim.scenario.values import month_number
from qsim.sweep.factors import SETTING, Changes, Factor, is_number
from qsim.sweep.schema import FactorEntry

GRIDS = ("factorial", "one_at_a_time")
"""Designs that take levels."""

POINTS = "points"
OF_RANGE = ("scale", "distribution", "integer", "steps")

MOST_TOLD = 20
"""Wrong cells that are told, one line each."""

Cells = list[tuple[int, str]]
"""The cells of a column, each with its line in the file."""


def factor_findings(entry: FactorEntry, path: Path, design: str) -> Iterator[Finding]:
    """Yield what is wrong with a factor at a path of the file, for a kind of design."""
    given = [name for name in ("levels", "range", "set") if getattr(entry, name) is not None]
    if len(given) > 1:
        yield Finding((*path, given[1]), f"a factor has one of levels, range and set; found {' and '.join(given)}")
        return
    if entry.set is not None:
        if entry.key is not None:
            yield Finding((*path, "key"), "the keys of a factor with set stand below each of its names")
        if len(entry.set) < 2 and design != POINTS:
            yield Finding((*path, "set"), "found one package; expected two or more")
        for name, changes in entry.set.items():
            for key in changes:
                yield from _key_findings(key, (*path, "set", name, key))
                if key == SETTING:
                    yield Finding(
                        (*path, "set", name, key), "settings are a factor of their own, by levels or over a range"
                    )
    elif entry.key is None:
        yield Finding(path, 'missing key "key", which says what is varied; or set, with packages by name')
        return
    else:
        yield from _key_findings(entry.key, (*path, "key"))
        if not given and design != POINTS:
            yield Finding(path, 'missing key "levels" or "range"')
    if entry.range is None:
        for name in OF_RANGE:
            if name in entry.model_fields_set:
                yield Finding((*path, name), f"{name} belongs to a range")
    else:
        yield from _range_findings(entry, path, design)
    if entry.levels is not None:
        yield from _level_findings(entry.levels, path)


def _key_findings(key: str, path: Path) -> Iterator[Finding]:
    try:
        parse_key(key)
    except ValueError as error:
        yield Finding(path, f"{shown(key)} is not a key: {error}")
        return
    if key != SETTING and nearest(key, [SETTING]):
        yield Finding(path, f"unknown key {shown(key)}{suggestion(key, [SETTING])}")


def _level_findings(levels: tuple[Any, ...], path: Path) -> Iterator[Finding]:
    seen: list[str] = []
    for index, value in enumerate(levels):
        label = _label(value)
        if label in seen:
            yield Finding((*path, "levels", index), f"{label} is there twice")
        seen.append(label)


def _range_findings(entry: FactorEntry, path: Path, design: str) -> Iterator[Finding]:
    assert entry.range is not None
    at = (*path, "range")
    ends = [_end(value) for value in entry.range]
    if any(end is None for end in ends) or ends[0][1] != ends[1][1]:  # type: ignore[index]  # None is caught before
        yield Finding(at, f"found {' and '.join(shown(v) for v in entry.range)}; expected two numbers or two months")
        return
    (low, month), (high, _) = ends  # type: ignore[misc]  # None is caught before
    if low >= high:
        words = "is empty" if low == high else "has the higher end first"
        yield Finding(at, f"the range {shown(entry.range[0])} to {shown(entry.range[1])} {words}; expected [low, high]")
    if entry.scale == "log" and (low <= 0 or month):
        yield Finding(at, "a logarithmic range holds numbers above zero")
    if entry.integer and not (low.is_integer() and high.is_integer()):
        yield Finding(at, "a range of whole numbers has whole ends")
    if entry.distribution is not None and low < high:
        yield from _distribution_findings(entry, path, design, (low, high), month)
    if design in GRIDS and entry.steps is None:
        yield Finding(at, f'a design of the kind {design} takes levels; write "levels", or "steps" beside the range')


def _distribution_findings(
    entry: FactorEntry, path: Path, design: str, ends: tuple[float, float], month: bool
) -> Iterator[Finding]:
    assert entry.distribution is not None
    at = (*path, "distribution")
    if design not in NUMBERED:
        yield Finding(
            at, f"a design of the kind {design} does not spread points; distributions are for {', '.join(NUMBERED)}"
        )
    elif entry.steps is not None:
        yield Finding(at, "steps are spread evenly; leave out steps or the distribution")
    elif month:
        yield Finding(at, "a distribution is of numbers, not of months")
    else:
        yield from entry.distribution.findings(at, *ends)


def _end(value: Any) -> tuple[float, bool] | None:
    """Return an end of a range and whether it is a month; None if it is neither number nor month."""
    if is_number(value) and abs(value) < 1e300:
        return float(value), False
    try:
        return (float(month_number(value)), True) if isinstance(value, str) else None
    except ValueError:
        return None


def make_factor(entry: FactorEntry, root: Node, path: Path) -> Factor:
    """Return a factor that has no findings; the values keep their places in the file.

    One without levels, whose values a file of points states, has no levels yet.
    """
    label = entry.label or Label(de=entry.id, en=entry.id)
    if entry.set is not None:
        sets = {name: {key: deepest(root, (*path, "set", name, key))[0] for key in changes}
                for name, changes in entry.set.items()}  # fmt: skip
        return Factor(entry.id, label).with_levels([(name, None, changes) for name, changes in sets.items()])
    assert entry.key is not None
    key_node = deepest(root, (*path, "key"))[0]
    if entry.range is not None:
        node = deepest(root, (*path, "range"))[0]
        (low, month), (high, _) = (_end(value) for value in entry.range)  # type: ignore[misc]  # ends have no findings
        log, spread = entry.scale == "log", entry.distribution
        likely = None if spread is None else distribution_of(spread, low, high, log, entry.integer)
        factor = Factor(entry.id, label, low=low, high=high, log=log, whole=entry.integer, months=month, distribution=likely,
                        key=entry.key, key_place=key_node.place, range_place=node.place)  # fmt: skip
        return factor if entry.steps is None else factor.spread(entry.steps)
    nodes = [deepest(root, (*path, "levels", index))[0] for index in range(len(entry.levels or ()))]
    return Factor(entry.id, label).with_levels([level_of(entry.key, node, key_node) for node in nodes])


def level_of(key: str, node: Node, key_node: Node) -> tuple[str, float | None, Changes]:
    """Return the level that sets a key to a value: its label, its number if it is one, and what it sets.

    Messages about the key stand where it is written.
    """
    value = plain(node)
    number = float(value) if is_number(value) else None
    return _label(value), number, {key: Node(node.value, node.place, key_node.place)}


def _label(value: Any) -> str:
    """Return a value as it is called in tables."""
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)


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
        result, values = _column(factor, entry, cells, file, wrong)
        read.append(result)
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
    if factor.is_range:
        return factor, np.array([_in_range(factor, cell, file, line, wrong) for line, cell in cells])
    if not factor.levels:
        assert entry.key is not None
        factor = factor.with_levels(_stated(entry.key, cells, file))
    places = {label: place for place, label in enumerate(factor.levels)}
    numbers = {number: place for place, number in enumerate(factor.numbers) if number is not None}
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


def _stated(key: str, cells: Cells, file: str) -> list[tuple[str, float | None, Changes]]:
    """Return the levels that the cells of a column state, in the order in which they first stand there."""
    levels: dict[str, tuple[str, float | None, Changes]] = {}
    for line, cell in cells:
        if cell not in levels:
            place = Place(file, line)
            node = Node(_value(cell), place, place)
            levels[cell] = (cell, *level_of(key, node, node)[1:])
    return list(levels.values())


def _value(cell: str) -> object:
    """Return a cell as a value of a scenario file; text that is no YAML stays text."""
    try:
        value = read_text(cell, "").value if cell else None
    except InputError:
        return cell
    return cell if isinstance(value, (dict, list)) else value


def _in_range(factor: Factor, cell: str, file: str, line: int, wrong: list[Message]) -> float:
    value = _value(cell)
    try:
        code = float(month_number(cell)) if factor.months else float(value) if is_number(value) else None  # type: ignore[arg-type]  # it is a number
    except ValueError:
        code = None
    whole = factor.whole or factor.months
    if code is None or not factor.low <= code <= factor.high or (whole and not code.is_integer()):
        kind = "a whole number" if factor.whole else "a month" if factor.months else "a number"
        text = f"{shown(cell)} is not {kind} from {factor.shown(factor.low)} to {factor.shown(factor.high)}"
        wrong.append(Message(file, line, None, factor.id, text))
        return factor.low
    return code
