"""The statistics of twin worlds: the paired difference of two scenarios with its interval over luck and ignorance."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from scipy import stats

from qsim.runs.setting_means import setting_levels, share_above, share_of_settings
from qsim.runs.variability import Array

CONFIDENCE = 0.95
RESAMPLES = 1999
"""Bootstrap resamples behind an interval."""

LEAST_SPREAD = 0.25
"""The least standard error of a resample, as a part of that of the sample."""

AT_ONCE = 10_000_000
"""Values that are resampled at once, so that memory does not grow with the number of runs."""


class Paired(NamedTuple):
    """The mean difference with its interval, and the shares of worlds and settings in which it is above zero.

    A difference of exactly zero counts half. The share of settings is freed of luck, see :func:`share_of_settings`.
    Everything is NaN where it cannot be known.
    """

    difference: float
    low: float
    high: float
    share_worlds: float
    share_settings: float


def paired(differences: Array, confidence: float = CONFIDENCE) -> Paired:
    """Return what twin differences (settings, replicates) say; NaN marks worlds in which an outcome is missing.

    The settings are independent draws of what nobody knows, the replicates within one are luck. The mean of a setting
    carries both: its variance over settings is that of ignorance plus that of luck over the number of replicates. So
    settings are what is resampled, as a whole. One replicate a setting makes it the plain paired bootstrap over worlds.
    """
    known = np.isfinite(differences)
    if not known.any():
        return Paired(math.nan, math.nan, math.nan, math.nan, math.nan)
    means = setting_levels(differences)
    means = means[np.isfinite(means)]
    low, high = bootstrap_interval(means, confidence)
    worlds = differences[known]
    return Paired(float(means.mean()), low, high, share_above(worlds), share_of_settings(differences))


def bootstrap_interval(values: Array, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """Return the studentised bootstrap interval of the mean of independent values (n,); NaN for fewer than two.

    Of the resamples' t = (m* - m) / s* the quantiles are taken, and turned round at the mean (Efron and Tibshirani 1993,
    12.5): exact for normal values however few, and right for skewed ones. Values that are all the same, as in
    identical worlds, have no spread to resample: both ends are that value.
    """
    if values.size < 2:
        return math.nan, math.nan
    if np.ptp(values) == 0.0:
        return float(values[0]), float(values[0])
    mean = float(values.mean())
    error = float(values.std(ddof=1)) / math.sqrt(values.size)

    def studentised(sample: Array, axis: int = -1) -> Array:
        spread = sample.std(axis=axis, ddof=1) / math.sqrt(sample.shape[axis])
        # a resample with hardly any spread says nothing of it: t would be as large as chance makes it
        return np.asarray((sample.mean(axis=axis) - mean) / np.maximum(spread, LEAST_SPREAD * error))

    found = stats.bootstrap(
        (values,), studentised, n_resamples=RESAMPLES, vectorized=True, method="percentile",
        batch=max(AT_ONCE // values.size, 1), confidence_level=confidence, rng=0,
    ).confidence_interval  # fmt: skip
    return mean - float(found.high) * error, mean - float(found.low) * error


def interval(values: Array) -> tuple[float, float]:
    """Return Student's interval of the mean of independent values (n,); NaN for fewer than two."""
    if values.size < 2:
        return math.nan, math.nan
    mean = float(values.mean())
    error = float(values.std(ddof=1)) / math.sqrt(values.size)
    half = float(stats.t.ppf((1 + CONFIDENCE) / 2, values.size - 1)) * error
    return mean - half, mean + half


def variance_saved(first: Array, second: Array) -> float:
    """Return how many times more independent worlds would be needed than twins: (Var A + Var B) / Var(A - B).

    Below 1 twins are a loss. Infinite if the twins never differ although the worlds do; 1 if nothing varies; NaN with
    fewer than two worlds.
    """
    a, b = first.ravel(), second.ravel()
    known = np.isfinite(a) & np.isfinite(b)
    a, b = a[known], b[known]
    if a.size < 2:
        return math.nan
    apart = float(a.var(ddof=1) + b.var(ddof=1))
    together = float((a - b).var(ddof=1))
    if together == 0.0:
        return math.inf if apart > 0.0 else 1.0
    return apart / together
