"""How calibration searches, and what it finds: ascent from a centre, generations of points, and what the best ones identify.

Steepest ascent goes on a first-order response surface (Box and Wilson 1951), from one-at-a-time trials to a better centre.
Population Monte Carlo draws each generation of points around the best of the one before. Of a Latin hypercube of the
plausible ranges the best points are kept (rejection ABC).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import optimize, special, stats

from qsim.runs.readings import Array
from qsim.runs.unit_cube import hypercube

SIDE = 0.25
"""Length of a trial step, as a share of the plausible range."""
MARGIN = 0.2
"""How far beyond the smallest relevant difference, in multiples of it, a test is as good as passed."""
OPPOSITE = 2.0
"""Cost of a test that comes out opposite beyond the smallest relevant difference, in tests, on top of its failure."""
REST = 1.0
"""Cost of moving one dimension by its whole range, in tests: what hardly matters stays where it is."""


def trials(centre: Array) -> Array:
    """Return the points (1 + dimensions, dimensions) to be tried: the centre, and one step towards the middle for each.

    Points are shares of the plausible ranges, 0 to 1.
    """
    steps = np.where(centre < 0.5, SIDE, -SIDE)
    return np.vstack([centre, centre + np.diag(steps)])


def better_centre(points: Array, effects: Array, bounded: Array, trust: float) -> Array:
    """Return the centre (dimensions,) at which fewest tests fail if effects are linear, at most ``trust`` away in each.

    ``points`` are those of :func:`trials`, ``effects`` (1 + dimensions, claims) what came out there, ``bounded`` (claims,)
    which tests expect an effect of at most 1 instead of more.
    """
    centre = points[0]
    slopes = (effects[1:] - effects[0]) / (points[1:] - centre).sum(axis=1)[:, None]
    sign = np.where(bounded, -1.0, 1.0)
    limits = np.array([np.zeros(sign.size), np.where(bounded, 0.0, -2.0)])  # of failing, of being opposite
    widths, costs = np.array([[MARGIN], [1.5 * MARGIN]]), np.array([[1.0], [OPPOSITE]])

    def failing(move: Array) -> tuple[float, Array]:
        margin = sign * (effects[0] + move @ slopes - 1.0)
        chance = special.expit((limits + np.array([[MARGIN], [0.0]]) - margin) / widths)
        steepness = (-costs * chance * (1.0 - chance) / widths).sum(axis=0) * sign
        return float((costs * chance).sum() + REST * (move**2).sum()), slopes @ steepness + 2.0 * REST * move

    bounds = [(max(-trust, -c), min(trust, 1.0 - c)) for c in centre]
    found = optimize.minimize(failing, np.zeros_like(centre), jac=True, bounds=bounds, method="L-BFGS-B")
    return np.asarray(centre + found.x)


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


KEPT = 0.1
"""Share of the points that approximate Bayesian computation accepts."""


@dataclass(frozen=True)
class Identified:
    """What the accepted points say of one dimension, as shares of its plausible range.

    ``chance`` is the probability of so different a distribution among accepted points if the claims said nothing
    (Kolmogorov and Smirnov, against the uniform distribution).
    """

    low: float
    median: float
    high: float
    chance: float


def identified(points: Array, misfits: Array) -> list[Identified]:
    """Return for each dimension the 10, 50 and 90 % quantiles of the points (points, dimensions) of least misfit."""
    kept = points[np.argsort(misfits, kind="stable")[: max(int(KEPT * len(points)), 2)]]
    return [_identified(column) for column in kept.T]


def _identified(column: Array) -> Identified:
    low, median, high = (float(q) for q in np.quantile(column, (0.1, 0.5, 0.9)))
    return Identified(low, median, high, float(stats.kstest(column, "uniform").pvalue))
