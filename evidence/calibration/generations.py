"""Population Monte Carlo: generations of points, each drawn around the best of the one before."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from qsim.runs.readings import Array
from qsim.runs.unit_cube import hypercube

BEST = 0.25
"""Share of a generation from which the next one is drawn."""
WEIGHT = 0.65
"""How far the centre follows the best of a generation, and 1 - WEIGHT of the spread how far the spread does."""
SPREAD, LEAST_SPREAD = 0.22, 0.01
"""Standard deviation in each dimension at the start, and the least, as shares of the plausible range."""
EDGE = 0.01
"""Points keep this far from the ends of the plausible ranges."""


@dataclass(frozen=True)
class Population:
    """Where points are drawn: a normal distribution in each dimension, cut to the plausible ranges (shares, 0 to 1)."""

    centre: Array
    spread: Array


def around(centre: Array) -> Population:
    """Return the population of the first generation around a centre (dimensions,)."""
    return Population(centre, np.full(centre.shape, SPREAD))


def drawn(population: Population, number: int, seed: int) -> Array:
    """Return points (number, dimensions), ``number`` even: half of them mirrored at the centre."""
    half = stats.norm.ppf(hypercube(number // 2, population.centre.size, seed))
    points = population.centre + population.spread * np.vstack([half, -half])
    return np.clip(points, EDGE, 1.0 - EDGE)


def following(population: Population, points: Array, misfits: Array) -> Population:
    """Return the population of the next generation; of the best points the better ones weigh more."""
    best = points[np.argsort(misfits, kind="stable")[: max(int(BEST * len(points)), 2)]]
    weights = np.log(len(best) + 0.5) - np.log(np.arange(1, len(best) + 1))
    weights /= weights.sum()
    centre = (1.0 - WEIGHT) * population.centre + WEIGHT * weights @ best
    seen = np.sqrt(weights @ (best - centre) ** 2 + LEAST_SPREAD**2)
    return Population(centre, WEIGHT * population.spread + (1.0 - WEIGHT) * seen)
