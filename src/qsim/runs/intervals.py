"""The statistics of twin worlds: intervals of differences, means of settings, and what of those is stochastic variability."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
import scipy
from scipy import special

from qsim.engine.rows import TWINS
from qsim.measures.outcomes import mean_of_known

CONFIDENCE = 0.95
RESAMPLES = 1999
"""Bootstrap resamples behind an interval."""

LEAST_SPREAD = 0.25
"""The least standard error of a resample, as a part of that of the sample."""

AT_ONCE = 10_000_000
"""Values that are resampled at once, so that memory does not grow with the number of runs."""

Array = np.ndarray[Any, np.dtype[np.float64]]

SURE = 1e8
"""Degrees of freedom of the common variance that are as good as endless."""


class Paired(NamedTuple):
    """The mean difference with its interval, and the shares of worlds and settings in which it is above zero.

    A difference of exactly zero counts half. The share of settings is freed of chance, see :func:`share_of_settings`.
    Everything is NaN where it cannot be known.
    """

    difference: float
    low: float
    high: float
    share_worlds: float
    share_settings: float


def paired(differences: Array, confidence: float = CONFIDENCE) -> Paired:
    """Return what twin differences (settings, replicates) say; NaN marks worlds in which an outcome is missing.

    The settings are independent draws of what nobody knows, the replicates within one are chance. The mean of a setting
    carries both: its variance over settings is that of ignorance plus that of chance over the number of replicates. So
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

    result = scipy.stats.bootstrap(
        (values,), studentised, n_resamples=RESAMPLES, vectorized=True, method="percentile",
        batch=max(AT_ONCE // values.size, 1), confidence_level=confidence, rng=0,
    ).confidence_interval  # fmt: skip
    return mean - float(result.high) * error, mean - float(result.low) * error


def interval(values: Array) -> tuple[float, float]:
    """Return Student's interval of the mean of independent values (n,); NaN for fewer than two."""
    if values.size < 2:
        return math.nan, math.nan
    mean = float(values.mean())
    error = float(values.std(ddof=1)) / math.sqrt(values.size)
    half = float(special.stdtrit(values.size - 1, (1 + CONFIDENCE) / 2)) * error
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


def chance_share(values: Array) -> float:
    """Return the share of the variance of single runs (settings, worlds) that is chance; the rest is between settings.

    NaN where nothing varies, or where no setting has two worlds.
    """
    values = values[np.isfinite(values).any(axis=1)]
    means = setting_levels(values)
    result = told_apart(values, means) if means.size > 1 else None
    if result is None:
        return math.nan
    worlds = np.isfinite(values).sum(axis=1)
    within = float(np.nansum((values - means[:, None]) ** 2) / np.maximum(worlds - 1, 0).sum())
    between = max(result.total - within * float((1.0 / worlds).mean()), 0.0)
    return within / (within + between) if within + between > 0.0 else math.nan


def independent(values: Array, plausible: bool) -> Array:
    """Return what is independent among values of runs (runs,), in the order of their rows: the means of settings, or all.

    Runs of one setting have its assumptions in common. NaN for a setting of which nothing is known.
    """
    if not plausible:
        return values
    whole = np.full((-(-values.size // TWINS), TWINS), np.nan)
    whole.reshape(-1)[: values.size] = values
    return setting_levels(whole)


def setting_levels(values: Array) -> Array:
    """Return the mean of each setting (settings,) over its worlds (settings, replicates); NaN if it is known in none."""
    return mean_of_known(values, np.isfinite(values))


def share_of_settings(differences: Array, above: float = 0.0) -> float:
    """Return the share of settings whose own mean difference is above a number, freed of the chance of their worlds.

    A mean of few worlds is on the wrong side by chance now and then, which draws a plain count towards one half. So each
    setting i counts with the probability that its own mean t_i is above, given what all settings say (empirical Bayes
    with normal effects, Efron and Morris 1975): t_i has the mean m + B_i (x_i - m) and the variance
    B_i v_i + (1 - B_i)^2 e^2, where x_i is the mean of its worlds and v_i the variance of x_i by chance, m the mean over
    settings and e its standard error, and B_i what is told from chance, see :func:`told_apart`. With one world a
    setting, chance is not known and settings are counted as they are; where all worlds lie on one side all settings do. NaN
    if nothing is known.
    """
    worlds = share_above(differences[np.isfinite(differences)] - above)
    if worlds in (0.0, 1.0):
        return worlds
    there = np.isfinite(differences).any(axis=1)
    means = setting_levels(differences[there])
    if not means.size:
        return math.nan
    result = told_apart(differences[there], means)
    if result is None:
        return share_above(means - above)
    middle = float(means.mean())
    expected = middle + result.kept * (means - middle) - above
    spread = np.sqrt(result.kept * result.noise + (1.0 - result.kept) ** 2 * result.total / means.size)
    certain = (expected > 0) + 0.5 * (expected == 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        chances = special.ndtr(expected / spread)
    return float(np.where(spread > 0, chances, certain).mean())


def without_variability(values: Array) -> Array:
    """Return the means of settings (settings,) as far apart as they are without the chance of their worlds.

    ``values`` are (settings, worlds). Means hold chance and lie too far apart; posterior means lie too close. These are drawn
    towards their middle until their variance is that of the settings' own means (constrained empirical Bayes, Louis
    1984). With one world a setting chance is not known, and they stay as they are. NaN where nothing is known.
    """
    means = setting_levels(values)
    there = np.isfinite(means)
    result = told_apart(values[there], means[there])
    if result is not None:
        middle = float(means[there].mean())
        means[there] = np.where(
            result.kept < 1.0, middle + np.sqrt(result.kept) * (means[there] - middle), means[there]
        )
    return means


def share_above(values: Array) -> float:
    """Return the share of values above zero, NaN if there are none; a value of exactly zero counts half."""
    if not values.size:
        return math.nan
    return float(np.mean((values > 0) + 0.5 * (values == 0)))


class Told(NamedTuple):
    """What is chance in the means of settings, arrays (settings,): ``noise`` is their variance by chance.

    ``kept`` is the part B of a distance from the middle that is not chance, ``total`` the variance between the means.
    """

    noise: Array
    kept: Array
    total: float


def told_apart(values: Array, means: Array) -> Told | None:
    """Return what is chance in the means (settings,) of worlds (settings, worlds); None where no setting has two worlds.

    B = t / (t + v), with a setting's own variance v of its mean by chance and the variance t of settings without chance: that
    of the means less the mean of v, at least 0. Every setting must have a world.
    """
    known = np.isfinite(values)
    free = known.sum(axis=1) - 1
    if not free.any():
        return None
    apart = np.where(known, values - means[:, None], 0.0)
    pooled = float((apart**2).sum() / free.sum())
    own = np.divide((apart**2).sum(axis=1), free, out=np.full(len(means), pooled), where=free > 0)
    noise = steadied(own, free) / (free + 1)
    total = float(means.var(ddof=1)) if means.size > 1 else 0.0
    without = max(total - float((own / (free + 1)).mean()), 0.0)
    kept = np.divide(without, without + noise, out=np.ones(len(means)), where=without + noise > 0.0)
    return Told(noise, kept, total)


def steadied(variances: Array, free: np.ndarray) -> Array:
    """Return variances (settings,), each drawn towards what is common to all as far as they are alike (Smyth 2004).

    (d_0 s_0^2 + d s^2) / (d_0 + d), with d degrees of freedom (``free``) in a setting; s_0^2 and d_0 fit the logarithms of
    all variances, d_0 is endless where they scatter no more than their degrees of freedom let them. A setting in which
    worlds differ by nothing has no chance, and stays so.
    """
    there = (free > 0) & (variances > 0.0)
    if there.sum() < 2:
        return variances
    half = free[there] / 2.0
    logs = np.log(variances[there]) - special.digamma(half) + np.log(half)
    spread = float(logs.var(ddof=1) - special.polygamma(1, half).mean())
    steady = variances.copy()
    if spread <= special.polygamma(1, SURE):
        steady[there] = np.average(variances[there], weights=free[there])
    else:
        common_half = float(scipy.optimize.brentq(lambda x: special.polygamma(1, x) - spread, 1e-8, SURE))
        common = np.exp(logs.mean() + special.digamma(common_half) - np.log(common_half))
        steady[there] = (common_half * common + half * variances[there]) / (common_half + half)
    return steady
