"""The statistics of twin worlds: the paired difference of two scenarios with its interval over luck and ignorance."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
from scipy import stats

CONFIDENCE = 0.95

Array = np.ndarray[Any, np.dtype[np.float64]]


class Paired(NamedTuple):
    """The mean difference with its interval, and the shares of worlds and settings in which it is above zero.

    A difference of exactly zero counts half. Everything is NaN where it cannot be known.
    """

    difference: float
    low: float
    high: float
    share_worlds: float
    share_settings: float


def paired(differences: Array) -> Paired:
    """Return what twin differences (settings, replicates) say; NaN marks worlds in which an outcome is missing.

    The settings are independent draws of what nobody knows, the replicates within one are luck. The mean of a setting
    carries both: its variance over settings is that of ignorance plus that of luck over the number of replicates. So
    the interval is that of Student's t over the means of settings. With as many replicates in each setting this is the
    exact two-level analysis of variance; a bootstrap over both levels gives the same for many settings and is too
    narrow for few. One replicate a setting makes it the plain paired interval over worlds.
    """
    known = np.isfinite(differences)
    if not known.any():
        return Paired(math.nan, math.nan, math.nan, math.nan, math.nan)
    counts = known.sum(axis=1)
    means = np.where(known, differences, 0.0).sum(axis=1)[counts > 0] / counts[counts > 0]
    low, high = interval(means)
    worlds = differences[known]
    return Paired(float(means.mean()), low, high, _share_above(worlds), _share_above(means))


def interval(values: Array) -> tuple[float, float]:
    """Return the interval of the mean of independent values (n,); NaN for fewer than two."""
    if values.size < 2:
        return math.nan, math.nan
    mean = float(values.mean())
    error = float(values.std(ddof=1)) / math.sqrt(values.size)
    half = float(stats.t.ppf((1 + CONFIDENCE) / 2, values.size - 1)) * error
    return mean - half, mean + half


def _share_above(values: Array) -> float:
    return float(np.mean((values > 0) + 0.5 * (values == 0)))


def variance_saved(first: Array, second: Array) -> float:
    """Return how many times more independent worlds would be needed than twins: (Var A + Var B) / Var(A - B).

    Infinite if the twins never differ although the worlds do; 1 if nothing varies; NaN with fewer than two worlds.
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
