"""What a study varies, and designs: which points of that space are run, counted before any is made, made stretch by stretch."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import prod

import numpy as np
import pyarrow as pa

from qsim.engine.overrides import parameter_of
from qsim.mechanisms.month import RULES
from qsim.runs.distributions import Distribution
from qsim.runs.unit_cube import SobolPoints, design_uniforms
from qsim.scenario.labels import Label
from qsim.scenario.values import month_text
from qsim.world.parameters import Rule

UNITS = {
    "_share": "share",
    "turnover_per_year": "share a year",
    "_months": "months",
    "_weeks": "weeks",
    "_hours": "hours",
}
"""Units by how the last name of a key ends."""


LARGEST_COUNT = 2**53
"""Up to here a decimal number holds every whole number."""


@dataclass(frozen=True)
class Variable:
    """One thing that is varied: its id (for a key of a scenario the key), what it is called, and the values it takes.

    One with ``levels`` takes separate values, and stands in arrays as the place of its level; ``numbers`` are the levels
    that are numbers, ``names`` what people call them, ``middle`` the place of the one from which a design of one variable
    at a time starts. One with a range takes numbers from ``low`` to ``high``, evenly or (``log``) evenly in the logarithm,
    unless a ``distribution`` says how likely each is. ``whole`` numbers are counts, ``months`` numbers
    ``12 * year + month - 1``.
    """

    id: str
    label: Label
    unit: str = ""
    levels: tuple[str, ...] = ()
    names: tuple[Label, ...] = ()
    numbers: tuple[float | None, ...] = ()
    middle: int = 0
    low: float = math.nan
    high: float = math.nan
    log: bool = False
    whole: bool = False
    months: bool = False
    distribution: Distribution | None = field(default=None, repr=False)

    @property
    def categorical(self) -> bool:
        """Whether the values are places in ``levels`` without an order."""
        return bool(self.levels)

    @property
    def is_range(self) -> bool:
        """Whether it takes all values from ``low`` to ``high``."""
        return not math.isnan(self.low)

    @property
    def numeric(self) -> bool:
        """Whether all levels are numbers."""
        return None not in self.numbers

    @property
    def counts(self) -> bool:
        """Whether all values are whole numbers, and written as such."""
        if self.is_range:
            return self.whole and max(-self.low, self.high) <= LARGEST_COUNT
        pairs = zip(self.levels, self.numbers, strict=True)
        return all(
            number is not None and abs(number) <= LARGEST_COUNT and text == str(int(number)) for text, number in pairs
        )

    def codes(self, uniforms: np.ndarray) -> np.ndarray:
        """Return the values, or the places of levels, (n,) at places in (0, 1); each level has the same share."""
        if not self.is_range:
            return np.asarray(np.minimum(np.floor(uniforms * len(self.levels)), len(self.levels) - 1))
        if self.distribution is not None:
            uniforms = self.distribution.places(uniforms)
        whole = self.whole or self.months
        high = self.high + 1.0 if whole else self.high
        values = self.low * (high / self.low) ** uniforms if self.log else self.low + uniforms * (high - self.low)
        return np.asarray(np.clip(np.floor(values) if whole else values, self.low, self.high))

    def column(self, codes: np.ndarray) -> pa.Array:
        """Return values (n,) as a table holds them: whole numbers, numbers, months as text such as 2015-09, or names."""
        if self.months:
            return pa.array([month_text(code) for code in codes], pa.string())
        if not self.is_range and not self.numeric:
            return pa.array(self.levels).take(pa.array(codes.astype(np.int64)))
        numbers = codes if self.is_range else np.array(self.numbers, np.float64)[codes.astype(np.int64)]
        return pa.array(numbers).cast(pa.int64()) if self.counts else pa.array(numbers, pa.float64())

    def written(self, code: float) -> str | int | float:
        """Return a value as a file holds it."""
        if not self.is_range:
            return self.levels[int(code)]
        if self.months:
            return month_text(code)
        return int(code) if self.whole else float(code)

    def shown(self, code: float) -> str:
        """Return a value as it is called."""
        return str(self.written(code))


def named(key: str, rules: tuple[Rule, ...] = RULES) -> tuple[Label, str]:
    """Return the label and unit of a parameter of ``rules``; a key of the scenario stands for itself until people read it."""
    parameter = parameter_of(key, rules)
    if parameter is None:
        return Label(de=key, en=key), unit_of(key)
    return Label(de=parameter.label_de, en=parameter.label_en), parameter.unit


def unit_of(key: str) -> str:
    """Return the unit of a key of a scenario, empty where its name does not say."""
    return next((unit for ending, unit in UNITS.items() if key.endswith(ending)), "")


class Design:
    """The points of a design; a code is the place of a level, or the value within a range."""

    points: int
    """The number of points."""

    def codes(self, first: int, last: int) -> np.ndarray:
        """Return the points ``first`` to ``last`` - 1, (points, variables)."""
        return self._codes(first, last)

    def _codes(self, first: int, last: int) -> np.ndarray:
        raise NotImplementedError


class Given(Design):
    """Points (points, variables) that somebody states, in their order."""

    def __init__(self, codes: np.ndarray) -> None:
        self._given = codes
        self.points = len(codes)

    def _codes(self, first: int, last: int) -> np.ndarray:
        return self._given[first:last]


class Factorial(Design):
    """All combinations of levels; the last variable changes fastest."""

    def __init__(self, variables: Sequence[Variable]) -> None:
        self._sizes = [len(variable.levels) for variable in variables]
        self.points = prod(self._sizes)

    def _codes(self, first: int, last: int) -> np.ndarray:
        rest = np.arange(first, last, dtype=np.int64)
        out = np.empty((len(rest), len(self._sizes)))
        for column in range(len(self._sizes) - 1, -1, -1):
            rest, out[:, column] = np.divmod(rest, self._sizes[column])
        return out


class OneAtATime(Design):
    """A first point, the middle of every range and the first of every list, then each other level on its own."""

    def __init__(self, variables: Sequence[Variable]) -> None:
        self._start = [float(variable.middle) for variable in variables]
        sizes = [len(variable.levels) for variable in variables]
        steps = [
            (column, code) for column, size in enumerate(sizes) for code in range(size) if code != self._start[column]
        ]
        self._steps = np.array(steps, dtype=np.int64).reshape(-1, 2)
        self.points = 1 + len(steps)

    def _codes(self, first: int, last: int) -> np.ndarray:
        out = np.tile(np.array(self._start), (max(last - first, 0), 1))
        rows = np.arange(max(first, 1), last)
        out[rows - first, self._steps[rows - 1, 0]] = self._steps[rows - 1, 1]
        return out


class _Spread(Design):
    """Points at places (points, variables) in (0, 1) that a subclass spreads."""

    def __init__(self, variables: Sequence[Variable], points: int) -> None:
        self._variables = variables
        self.points = points

    def _codes(self, first: int, last: int) -> np.ndarray:
        places = self._places(first, last)
        columns = [variable.codes(places[:, column]) for column, variable in enumerate(self._variables)]
        return np.stack(columns, axis=1) if columns else np.empty((len(places), 0))

    def _places(self, first: int, last: int) -> np.ndarray:
        raise NotImplementedError


class LatinHypercube(_Spread):
    """Points of which each of ``number`` equal slices of every variable holds exactly one."""

    def __init__(self, variables: Sequence[Variable], number: int, seed: int) -> None:
        super().__init__(variables, number)
        self._seed = seed

    @cached_property
    def _uniforms(self) -> np.ndarray:
        columns = []
        for variable in self._variables:
            order = np.argsort(design_uniforms(self._seed, f"slice {variable.id}", self.points), kind="stable")
            within = design_uniforms(self._seed, f"within {variable.id}", self.points)
            columns.append((order + within) / self.points)
        return np.stack(columns, axis=1)

    def _places(self, first: int, last: int) -> np.ndarray:
        return self._uniforms[first:last]


class Sobol(_Spread):
    """The first ``number`` points of a Sobol sequence."""

    def __init__(self, variables: Sequence[Variable], number: int, seed: int) -> None:
        super().__init__(variables, number)
        self._sequence = SobolPoints(tuple(variable.id for variable in variables), seed)

    def _places(self, first: int, last: int) -> np.ndarray:
        return self._sequence.points(first, last)


class Saltelli(_Spread):
    """The points from which Sobol indices are computed, in the order that SALib reads.

    For each base point: A, then A with one column of B for each variable, then (``second_order``) B with one column of A
    for each, then B. A and B are the two halves of a Sobol sequence of twice as many dimensions.
    """

    def __init__(self, variables: Sequence[Variable], number: int, seed: int, second_order: bool) -> None:
        self.block = len(variables) * (2 if second_order else 1) + 2
        super().__init__(variables, number * self.block)
        names = [f"{half} {variable.id}" for half in ("a", "b") for variable in variables]
        self._sequence = SobolPoints(tuple(names), seed)

    def _places(self, first: int, last: int) -> np.ndarray:
        count = len(self._variables)
        start = first // self.block
        both = self._sequence.points(start, -(-last // self.block))
        rows = np.arange(first, last)
        base, place = rows // self.block - start, rows % self.block
        a, b = both[base, :count], both[base, count:]
        of_b = (place == self.block - 1) | (place > count)
        out = np.where(of_b[:, None], b, a)
        other = np.where(of_b[:, None], a, b)
        column = np.where(place > count, place - count, place) - 1
        swapped = np.flatnonzero((place > 0) & (place < self.block - 1))
        out[swapped, column[swapped]] = other[swapped, column[swapped]]
        return out


LEVELLED: dict[str, Callable[[Sequence[Variable]], Design]] = {"factorial": Factorial, "one_at_a_time": OneAtATime}
"""Designs of variables with levels, by kind; they count their points themselves."""
SPREAD: dict[str, Callable[[Sequence[Variable], int, int], Design]] = {
    "latin_hypercube": LatinHypercube,
    "sobol": Sobol,
}
"""Designs of as many points as one asks for, by kind."""
SALTELLI = "saltelli"
NUMBERED = (*SPREAD, SALTELLI)
"""The kinds of designs that take a number."""


def make_design(
    kind: str, variables: Sequence[Variable], seed: int, number: int | None = None, second_order: bool = False
) -> Design:
    """Return a design by its kind; those of ``NUMBERED`` take a ``number`` of points, the others variables with levels."""
    if kind in LEVELLED:
        return LEVELLED[kind](variables)
    assert number is not None
    return (
        Saltelli(variables, number, seed, second_order) if kind == SALTELLI else SPREAD[kind](variables, number, seed)
    )
