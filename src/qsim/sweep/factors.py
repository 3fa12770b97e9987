"""Factors: what a point of a design means in a scenario, as the keys it sets and as a column of the table of points."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from qsim.files.messages import Place
from qsim.files.nodes import Node
from qsim.scenario.values import Label, month_text

Changes = Mapping[str, Node]
"""Values by key, as a file holds them."""

PARAMETERS = "parameters."
LARGEST_WHOLE = 10**300
"""Whole numbers from here on are none that a column of decimals can hold."""


@dataclass(frozen=True)
class Level:
    """One value of a factor: as it is called, as a number if it is one, and what it sets."""

    label: str
    number: float | None
    changes: Changes


@dataclass(frozen=True)
class Levels:
    """Separate values; ``middle`` is the index of the one that a design of one factor at a time starts from."""

    levels: tuple[Level, ...]
    middle: int = 0

    @property
    def numeric(self) -> bool:
        """Whether all values are numbers."""
        return all(level.number is not None for level in self.levels)

    def codes(self, uniforms: np.ndarray) -> np.ndarray:
        """Return the indices (n,) of the levels at places in (0, 1); each level has the same share."""
        return np.asarray(np.minimum(np.floor(uniforms * len(self.levels)), len(self.levels) - 1))

    def changes(self, code: float) -> Changes:
        """Return what the level of an index sets."""
        return self.levels[int(code)].changes

    def column(self, codes: np.ndarray) -> pa.Array:
        """Return the levels of these indices (n,): numbers if all levels are, names otherwise."""
        values = [level.number if self.numeric else level.label for level in self.levels]
        return pa.array(values).take(pa.array(codes.astype(np.int64)))

    def shown(self, code: float) -> str:
        """Return the level of an index as it is called."""
        return self.levels[int(code)].label


@dataclass(frozen=True)
class Range:
    """All values of a key from ``low`` to ``high``; months and ``integer`` ranges hold whole numbers only.

    ``place`` and ``named`` are where the range and its key are written.
    """

    key: str
    low: float
    high: float
    log: bool
    integer: bool
    month: bool
    place: Place
    named: Place

    def codes(self, uniforms: np.ndarray) -> np.ndarray:
        """Return the values (n,) at places in (0, 1)."""
        whole = self.integer or self.month
        high = self.high + 1.0 if whole else self.high
        values = self.low * (high / self.low) ** uniforms if self.log else self.low + uniforms * (high - self.low)
        return np.asarray(np.clip(np.floor(values) if whole else values, self.low, self.high))

    def changes(self, code: float) -> Changes:
        """Return the key with a value."""
        return {self.key: Node(self._written(code), self.place, self.named)}

    def column(self, codes: np.ndarray) -> pa.Array:
        """Return the values (n,) as numbers, months as text such as 2015-09."""
        if self.month:
            return pa.array([month_text(code) for code in codes], pa.string())
        return pa.array(codes, pa.float64())

    def shown(self, code: float) -> str:
        """Return a value as it is called."""
        return str(self._written(code))

    def spread(self, steps: int) -> Levels:
        """Return ``steps`` levels evenly spread from end to end; whole numbers are rounded and named once."""
        places = np.linspace(0.0, 1.0, steps)
        values = self.low * (self.high / self.low) ** places if self.log else self.low + places * (self.high - self.low)
        values[-1] = self.high
        if self.integer or self.month:
            values = np.unique(np.round(values))
        numbers = [None if self.month else float(value) for value in values]
        levels = [
            Level(self.shown(value), number, self.changes(value)) for value, number in zip(values, numbers, strict=True)
        ]
        return Levels(tuple(levels), middle=len(levels) // 2)

    def _written(self, code: float) -> str | int | float:
        if self.month:
            return month_text(code)
        return int(code) if self.integer else float(code)


@dataclass(frozen=True)
class Factor:
    """What is varied, by its id, and the values it takes."""

    id: str
    label: Label
    scale: Levels | Range

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys that the factor sets, in order."""
        if isinstance(self.scale, Range):
            return (self.scale.key,)
        return tuple(dict.fromkeys(key for level in self.scale.levels for key in level.changes))

    @property
    def is_of_parameters(self) -> bool:
        """Whether all it sets are numbers of parameters, which need no world laid out anew."""
        if not all(key.startswith(PARAMETERS) and key.count(".") == 2 for key in self.keys):
            return False
        if isinstance(self.scale, Range):
            return True
        values = [node.value for level in self.scale.levels for node in level.changes.values()]
        same_keys = all(tuple(level.changes) == self.keys for level in self.scale.levels)
        return same_keys and all(is_number(value) for value in values)


def is_number(value: object) -> bool:
    """Return whether a value is a number that a column can hold, and no flag."""
    if isinstance(value, int):
        return not isinstance(value, bool) and abs(value) < LARGEST_WHOLE
    return isinstance(value, float)


def changes_of(factors: Sequence[Factor], codes: Sequence[float]) -> dict[str, Node]:
    """Return what a point sets, (factors,) codes; where two factors set a key, the later one does."""
    merged: dict[str, Node] = {}
    for factor, code in zip(factors, codes, strict=True):
        merged |= factor.scale.changes(code)
    return merged
