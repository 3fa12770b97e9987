"""Designs: which points of the space of what is varied are run, counted before any is made, made stretch by stretch."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from math import prod

import numpy as np

from qsim.runs.unit_cube import SobolPoints, design_uniforms
from qsim.runs.variable import Variable


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
