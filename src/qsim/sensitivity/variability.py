"""What stochastic variability does to indices: its share of the variance, and the index that a dimension without effect may show.

Every point is run with the same replicates. A run is a mean, an effect of its point, an effect of its replicate (chance that
is the same everywhere) and a rest: chance that meets the point, because what is drawn strikes another state. A dimension that
does nothing but change who is struck moves the rest alone. So the variance of the rest over the number of replicates is the
most that such a dimension adds to the variance of the means of points: the noise floor.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from scipy import stats

from qsim.runs.readings import Array

ROUNDING = 1e-12
"""Spreads below this share of the largest value are rounding."""

QUANTILE = float(stats.norm.ppf(0.975))


class Variability(NamedTuple):
    """Shares of the variance of single runs, and the noise floors of indices; NaN where they cannot be known.

    ``points`` is the share of what is varied, ``everywhere`` that of chance that is the same at all points, ``meeting``
    that of chance that depends on the point. ``floor_total`` is the total index and ``floor_first`` the first-order index
    (in 95 of 100 designs at most) of a dimension that only changes what is drawn; ``rest`` is the variance of that chance in the
    means of points.
    """

    points: float
    everywhere: float
    meeting: float
    floor_total: float
    floor_first: float
    rest: float


UNKNOWN = Variability(math.nan, math.nan, math.nan, math.nan, math.nan, math.nan)


def variability_of(values: Array, number: int) -> Variability:
    """Return what chance does to runs (points, replicates) at independent points, for indices from ``number`` base points.

    A two-way analysis of variance, one run a cell. It needs two replicates and two points or more.
    """
    points, replicates = values.shape
    if points < 2 or replicates < 2 or not np.isfinite(values).all():
        return UNKNOWN
    means, replicated = values.mean(axis=1), values.mean(axis=0)
    rest = values - means[:, None] - replicated[None, :] + values.mean()
    meeting = float((rest**2).sum()) / ((points - 1) * (replicates - 1))
    everywhere = max(float(replicated.var(ddof=1)) - meeting / points, 0.0)
    of_points = max(float(means.var(ddof=1)) - meeting / replicates, 0.0)
    whole = of_points + everywhere + meeting
    spread = float(means.var())
    if spread <= (ROUNDING * float(np.abs(values).max())) ** 2:
        return UNKNOWN
    floor = meeting / replicates / spread
    first = QUANTILE * math.sqrt(2.0 * floor / number)
    return Variability(of_points / whole, everywhere / whole, meeting / whole, floor, first, meeting / replicates)


def effect_floor(rest: float, step: float) -> float:
    """Return the mean absolute elementary effect of a dimension that only changes what is drawn.

    ``rest`` is the variance of chance in the mean of a point; the difference of two such means, over the step, is about
    normal with twice that variance.
    """
    return math.sqrt(2.0 / math.pi) * math.sqrt(2.0 * rest) / step
