"""The statistics of twin worlds: the paired difference of two scenarios with its interval over luck and ignorance."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
from scipy import stats

CONFIDENCE = 0.95
RESAMPLES = 1999
"""Bootstrap resamples behind an interval."""

Array = np.ndarray[Any, np.dtype[np.float64]]


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
    return Paired(float(means.mean()), low, high, _share_above(worlds), share_of_settings(differences))


def setting_levels(values: Array) -> Array:
    """Return the mean of each setting (settings,) over its worlds (settings, replicates); NaN if it is known in none."""
    known = np.isfinite(values)
    counts = known.sum(axis=1)
    total = np.where(known, values, 0.0).sum(axis=1)
    return np.asarray(np.divide(total, counts, out=np.full(len(values), np.nan), where=counts > 0))


def share_of_settings(differences: Array, above: float = 0.0) -> float:
    """Return the share of settings whose own mean difference is above a number, freed of the luck of their worlds.

    A mean of few worlds is on the wrong side by luck now and then, which draws a plain count towards one half. So each
    setting i counts with the probability that its own mean t_i is above, given what all settings say (empirical Bayes
    with normal effects, Efron and Morris 1975): t_i has the mean m + B (x_i - m) and the variance
    B v + (1 - B)^2 e^2, where x_i is the mean of its worlds and v the variance of x_i by luck, m the mean over settings
    and e its standard error, and B = 1 - v / Var(x), at least 0. With one world a setting, luck is not known and settings
    are counted as they are. NaN if nothing is known.
    """
    known = np.isfinite(differences)
    counts = known.sum(axis=1)
    means = setting_levels(differences)
    luck = _luck(differences, means)
    means, counts = means[counts > 0], counts[counts > 0]
    if not means.size:
        return math.nan
    total = float(means.var(ddof=1)) if means.size > 1 else 0.0
    if math.isnan(luck) or total == 0.0:
        return _share_above(means - above)
    noise = luck / counts
    kept = max(1.0 - float(noise.mean()) / total, 0.0)
    middle = float(means.mean())
    spread = np.sqrt(kept * noise + (1.0 - kept) ** 2 * total / means.size)
    expected = middle + kept * (means - middle) - above
    certain = (expected > 0) + 0.5 * (expected == 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        chances = stats.norm.cdf(expected / spread)
    return float(np.where(spread > 0, chances, certain).mean())


def without_luck(values: Array) -> Array:
    """Return the means of settings (settings,) as far apart as they are without the luck of their worlds.

    ``values`` are (settings, worlds). Means hold luck and lie too far apart; posterior means lie too close. These are drawn
    towards their middle until their variance is that of the settings' own means (constrained empirical Bayes, Louis
    1984). With one world a setting luck is not known, and they stay as they are. NaN where nothing is known.
    """
    means, luck = setting_levels(values), _luck(values, setting_levels(values))
    there = np.isfinite(means)
    if math.isnan(luck) or there.sum() < 2 or np.ptp(means[there]) == 0.0:
        return means
    noise = float((luck / np.isfinite(values).sum(axis=1)[there]).mean())
    kept = max(1.0 - noise / float(means[there].var(ddof=1)), 0.0)
    middle = float(means[there].mean())
    return np.asarray(middle + math.sqrt(kept) * (means - middle))


def _luck(differences: Array, means: Array) -> float:
    """Return the variance between worlds of one setting, pooled over settings; NaN if none has two worlds."""
    known = np.isfinite(differences)
    more = known.sum() - (known.any(axis=1)).sum()
    if more < 1:
        return math.nan
    apart = np.where(known, differences - means[:, None], 0.0)
    return float((apart**2).sum() / more)


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
        # a resample without any spread says nothing of it; it takes that of the sample
        return np.asarray((sample.mean(axis=axis) - mean) / np.where(spread > 0.0, spread, error))

    found = stats.bootstrap(
        (values,), studentised, n_resamples=RESAMPLES, vectorized=True, method="percentile",
        confidence_level=confidence, rng=0,
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


def _share_above(values: Array) -> float:
    return float(np.mean((values > 0) + 0.5 * (values == 0)))


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
