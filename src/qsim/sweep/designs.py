"""Designs: which points of the space of factors are run, counted before any is made, made stretch by stretch."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from math import prod
from typing import Protocol

import numpy as np

from qsim.sweep.factors import Factor, Levels
from qsim.sweep.schema import DesignEntry
from qsim.sweep.sobol import SobolPoints
from qsim.sweep.uniforms import design_uniforms


class Design(Protocol):
    """The points of a design; a code is the index of a level, or the value within a range."""

    @property
    def points(self) -> int:
        """The number of points."""

    def codes(self, first: int, last: int) -> np.ndarray:
        """Return the points ``first`` to ``last`` - 1, (points, factors)."""


def make_design(entry: DesignEntry, factors: Sequence[Factor], seed: int, given: np.ndarray | None = None) -> Design:
    """Return the design that a file asks for; ``given`` are the codes of a CSV file of points, (points, factors)."""
    if given is not None:
        return Given(given)
    if entry.kind == "factorial":
        return Factorial(factors)
    if entry.kind == "one_at_a_time":
        return OneAtATime(factors)
    assert entry.number is not None
    if entry.kind == "latin_hypercube":
        return LatinHypercube(factors, entry.number, seed)
    if entry.kind == "sobol":
        return Sobol(factors, entry.number, seed)
    return Saltelli(factors, entry.number, seed, entry.second_order)


def _counts(factors: Sequence[Factor]) -> list[int]:
    """Return the number of levels of each factor; a range has to be spread over levels before."""
    counts = []
    for factor in factors:
        assert isinstance(factor.scale, Levels)
        counts.append(len(factor.scale.levels))
    return counts


def _placed(factors: Sequence[Factor], uniforms: np.ndarray) -> np.ndarray:
    """Return the codes at places (points, factors) in (0, 1)."""
    columns = [factor.scale.codes(uniforms[:, column]) for column, factor in enumerate(factors)]
    return np.stack(columns, axis=1) if columns else np.empty((len(uniforms), 0))


class Given:
    """The points of a file, in its order."""

    def __init__(self, codes: np.ndarray) -> None:
        self._codes = codes
        self.points = len(codes)

    def codes(self, first: int, last: int) -> np.ndarray:
        """Return the points ``first`` to ``last`` - 1, (points, factors)."""
        return self._codes[first:last]


class Factorial:
    """All combinations of levels; the last factor changes fastest."""

    def __init__(self, factors: Sequence[Factor]) -> None:
        self._sizes = _counts(factors)
        self.points = prod(self._sizes)

    def codes(self, first: int, last: int) -> np.ndarray:
        """Return the points ``first`` to ``last`` - 1, (points, factors)."""
        rest = np.arange(first, last, dtype=np.int64)
        out = np.empty((len(rest), len(self._sizes)))
        for column in range(len(self._sizes) - 1, -1, -1):
            rest, out[:, column] = np.divmod(rest, self._sizes[column])
        return out


class OneAtATime:
    """A first point, the middle of every range and the first of every list, then each other level on its own."""

    def __init__(self, factors: Sequence[Factor]) -> None:
        sizes = _counts(factors)
        self._start = [float(factor.scale.middle) for factor in factors if isinstance(factor.scale, Levels)]
        steps = [
            (column, code) for column, size in enumerate(sizes) for code in range(size) if code != self._start[column]
        ]
        self._steps = np.array(steps, dtype=np.int64).reshape(-1, 2)
        self.points = 1 + len(steps)

    def codes(self, first: int, last: int) -> np.ndarray:
        """Return the points ``first`` to ``last`` - 1, (points, factors)."""
        out = np.tile(np.array(self._start), (max(last - first, 0), 1))
        rows = np.arange(max(first, 1), last)
        out[rows - first, self._steps[rows - 1, 0]] = self._steps[rows - 1, 1]
        return out


class LatinHypercube:
    """Points of which each of ``number`` equal slices of every factor holds exactly one."""

    def __init__(self, factors: Sequence[Factor], number: int, seed: int) -> None:
        self._factors, self._seed = factors, seed
        self.points = number

    @cached_property
    def _uniforms(self) -> np.ndarray:
        columns = []
        for factor in self._factors:
            order = np.argsort(design_uniforms(self._seed, f"slice {factor.id}", self.points), kind="stable")
            within = design_uniforms(self._seed, f"within {factor.id}", self.points)
            columns.append((order + within) / self.points)
        return np.stack(columns, axis=1)

    def codes(self, first: int, last: int) -> np.ndarray:
        """Return the points ``first`` to ``last`` - 1, (points, factors)."""
        return _placed(self._factors, self._uniforms[first:last])


class Sobol:
    """The first ``number`` points of a Sobol sequence."""

    def __init__(self, factors: Sequence[Factor], number: int, seed: int) -> None:
        self._factors = factors
        self._sequence = SobolPoints(tuple(factor.id for factor in factors), seed)
        self.points = number

    def codes(self, first: int, last: int) -> np.ndarray:
        """Return the points ``first`` to ``last`` - 1, (points, factors)."""
        return _placed(self._factors, self._sequence.points(first, last))


class Saltelli:
    """The points from which Sobol indices are computed, in the order that SALib reads.

    For each base point: A, then A with one column of B for each factor, then (``second_order``) B with one column of A
    for each factor, then B. A and B are the two halves of a Sobol sequence of twice as many dimensions.
    """

    def __init__(self, factors: Sequence[Factor], number: int, seed: int, second_order: bool) -> None:
        self._factors, self._second = factors, second_order
        names = [f"{half} {factor.id}" for half in ("a", "b") for factor in factors]
        self._sequence = SobolPoints(tuple(names), seed)
        self.block = len(factors) * (2 if second_order else 1) + 2
        self.points = number * self.block

    def codes(self, first: int, last: int) -> np.ndarray:
        """Return the points ``first`` to ``last`` - 1, (points, factors)."""
        count = len(self._factors)
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
        return _placed(self._factors, out)
