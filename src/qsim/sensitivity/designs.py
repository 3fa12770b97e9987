"""The designs: trajectories for screening, and the crossed samples of Saltelli from which Sobol indices are estimated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from qsim.sensitivity.salib import load_salib, unit_problem

Array = np.ndarray[Any, np.dtype[np.float64]]

LEVELS = 4
"""Levels of each dimension in screening, as Morris recommends."""

STEP = LEVELS / (2 * (LEVELS - 1))
"""How far a dimension moves in one step of a trajectory, as a share of its range."""

LEAST_NUMBER = 8
LEAST_TRAJECTORIES = 2
SEED_LIMIT = 2**32
"""SALib takes seeds below this."""


def trajectories(dimensions: int, number: int, seed: int) -> Array:
    """Return random trajectories (number, dimensions + 1, dimensions) in the unit cube, after Morris (1991).

    Each moves one dimension after another by :data:`STEP`. Raise ValueError for fewer than two.
    """
    if number < LEAST_TRAJECTORIES:
        raise ValueError(f"screening takes {LEAST_TRAJECTORIES} trajectories or more, not {number}")
    found = load_salib().sample_morris.sample(
        unit_problem(dimensions), number, num_levels=LEVELS, seed=seed % SEED_LIMIT
    )
    return np.asarray(found, dtype=np.float64).reshape(number, dimensions + 1, dimensions)


@dataclass(frozen=True)
class Crossed:
    """Two independent samples ``a`` and ``b`` (number, dimensions) of the unit cube, which are crossed by column."""

    a: Array
    b: Array

    @property
    def number(self) -> int:
        """The number of base points."""
        return len(self.a)

    @property
    def dimensions(self) -> int:
        """The number of dimensions."""
        return int(self.a.shape[1])

    def first_points(self) -> Array:
        """Return ``a``, ``b``, then for each dimension ``a`` with its column from ``b``: ((dimensions + 2) number, ...)."""
        crossed = [_with_column(self.a, self.b, place) for place in range(self.dimensions)]
        return np.concatenate([self.a, self.b, *crossed])

    def second_points(self, places: Sequence[int]) -> Array:
        """Return, for each of some dimensions, ``b`` with its column from ``a``: (places * number, dimensions)."""
        none = np.empty((0, self.dimensions))
        return np.concatenate([none, *(_with_column(self.b, self.a, place) for place in places)])


def crossed_samples(dimensions: int, number: int, seed: int) -> Crossed:
    """Return samples of a scrambled Sobol sequence; the first half of them is the design of half the number.

    Raise ValueError for a number of points that is no power of two, for which the sequence is not balanced.
    """
    if number < LEAST_NUMBER or number & (number - 1):
        near = max(LEAST_NUMBER, 1 << max(number - 1, 1).bit_length())
        raise ValueError(f"the number of points is a power of two from {LEAST_NUMBER} on, not {number}; next is {near}")
    rows = load_salib().sample_sobol.sample(
        unit_problem(dimensions), number, calc_second_order=False, seed=seed % SEED_LIMIT
    )
    blocks = np.asarray(rows, dtype=np.float64).reshape(number, dimensions + 2, dimensions)
    return Crossed(blocks[:, 0], blocks[:, -1])


def _with_column(sample: Array, other: Array, place: int) -> Array:
    changed = sample.copy()
    changed[:, place] = other[:, place]
    return changed
