"""Reads the factors of an experiment file and finds what is wrong with each by itself."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from qsim.files.findings import Finding
from qsim.files.keys import parse_key
from qsim.files.messages import shown
from qsim.files.nodes import Node, Path, deepest, plain
from qsim.scenario.values import Label, month_number
from qsim.sweep.factors import Factor, Level, Levels, Range, is_number
from qsim.sweep.schema import FactorEntry

GRIDS = ("factorial", "one_at_a_time")
"""Designs that take levels."""

POINTS = "points"
OF_RANGE = ("scale", "integer", "steps")


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
    if design in GRIDS and entry.steps is None:
        yield Finding(at, f'a design of the kind {design} takes levels; write "levels", or "steps" beside the range')


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
        levels = []
        for name, changes in entry.set.items():
            set_to = {key: deepest(root, (*path, "set", name, key))[0] for key in changes}
            levels.append(Level(name, None, set_to))
        return Factor(entry.id, label, Levels(tuple(levels)))
    assert entry.key is not None
    key_node = deepest(root, (*path, "key"))[0]
    if entry.range is not None:
        node = deepest(root, (*path, "range"))[0]
        (low, month), (high, _) = (_end(value) for value in entry.range)  # type: ignore[misc]  # ends have no findings
        scale = Range(entry.key, low, high, entry.scale == "log", entry.integer, month, node.place, key_node.place)
        return Factor(entry.id, label, scale if entry.steps is None else scale.spread(entry.steps))
    nodes = [deepest(root, (*path, "levels", index))[0] for index in range(len(entry.levels or ()))]
    return Factor(entry.id, label, Levels(tuple(level_of(entry.key, node, key_node) for node in nodes)))


def level_of(key: str, node: Node, key_node: Node) -> Level:
    """Return the level that sets a key to a value; messages about the key stand where it is written."""
    value = plain(node)
    number = float(value) if is_number(value) else None
    return Level(_label(value), number, {key: Node(node.value, node.place, key_node.place)})


def _label(value: Any) -> str:
    """Return a value as it is called in tables."""
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False)


def keys_of(entry: FactorEntry) -> Mapping[str, Path]:
    """Return the keys that a factor sets, each with its path below the factor."""
    if entry.set is not None:
        return {key: ("set", name, key) for name, changes in entry.set.items() for key in changes}
    return {} if entry.key is None else {entry.key: ("key",)}
