"""The regression of outcomes on one factor alone: what it foretells in settings not seen, and whether it moves them."""

from __future__ import annotations

import numpy as np
from numpy.polynomial import legendre
from scipy import stats

from qsim.comparison.when.cases import Factor
from qsim.runs.variability import Array

DEGREE = 3
"""The degree of the polynomial by which an outcome follows a number."""

ALMOST_ONE = 1.0 - 1e-9


def foretold(factor: Factor, values: Array, outcomes: Array) -> Array:
    """Return what the regression on a factor (settings,) foretells of outcomes (settings, outcomes), each from the others.

    The residual of a setting that the regression has not seen is r / (1 - h), with its leverage h (Allen 1974), so that
    one regression does for all.
    """
    basis = _basis(factor, values)
    leverage = np.minimum((basis**2).sum(axis=1, keepdims=True), ALMOST_ONE)
    residual = outcomes - basis @ (basis.T @ outcomes)
    return np.asarray(outcomes - residual / (1.0 - leverage))


def others_mean(outcomes: Array) -> Array:
    """Return for each setting the mean over all others (settings, outcomes)."""
    return np.asarray((outcomes.sum(axis=0) - outcomes) / (len(outcomes) - 1))


def effect_chance(factor: Factor, values: Array, outcomes: Array) -> float:
    """Return the p-value of the F-test that no outcome (settings, outcomes) depends on a factor (settings,).

    Of several outcomes it is the smallest one, times their number.
    """
    basis = _basis(factor, values)
    more, rest = basis.shape[1] - 1, len(values) - basis.shape[1]
    if more < 1 or rest < 1:
        return 1.0
    whole = ((outcomes - outcomes.mean(axis=0)) ** 2).sum(axis=0)
    left = ((outcomes - basis @ (basis.T @ outcomes)) ** 2).sum(axis=0)
    moved = whole > 0.0
    if not moved.any():
        return 1.0
    ratio = np.divide(whole - left, left, out=np.full(len(left), np.inf), where=left > 0.0)[moved] * rest / more
    return float(min(1.0, stats.f.sf(ratio, more, rest).min() * outcomes.shape[1]))


def _basis(factor: Factor, values: Array) -> Array:
    """Return orthonormal columns (settings, columns): a constant and a polynomial of a number, or one column a level."""
    different = np.unique(values)
    if factor.categorical:
        design = (values[:, None] == different).astype(np.float64)
    else:
        middle, half = 0.5 * (different[0] + different[-1]), 0.5 * (different[-1] - different[0])
        design = legendre.legvander((values - middle) / (half or 1.0), min(DEGREE, len(different) - 1))
    return np.asarray(np.linalg.qr(design)[0])
