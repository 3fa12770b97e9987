"""Steepest ascent on a first-order response surface (Box and Wilson 1951): from one-at-a-time trials to a better centre."""

from __future__ import annotations

import numpy as np
from scipy import optimize, special

from qsim.runs.readings import Array

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
