"""What the claims identify: a Latin hypercube of the plausible ranges, of which the best points are kept (rejection ABC)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from qsim.runs.readings import Array

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
