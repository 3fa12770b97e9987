"""What the worlds of a setting say of it: its mean, and what is left of its distance from others without luck."""

from __future__ import annotations

import math

import numpy as np
from scipy import stats

from qsim.runs.variability import Array, told_from_luck


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
    with normal effects, Efron and Morris 1975): t_i has the mean m + B_i (x_i - m) and the variance
    B_i v_i + (1 - B_i)^2 e^2, where x_i is the mean of its worlds and v_i the variance of x_i by luck, m the mean over
    settings and e its standard error, and B_i what is told from luck, see :func:`told_from_luck`. With one world a
    setting, luck is not known and settings are counted as they are; where all worlds lie on one side all settings do. NaN
    if nothing is known.
    """
    worlds = share_above(differences[np.isfinite(differences)] - above)
    if worlds in (0.0, 1.0):
        return worlds
    there = np.isfinite(differences).any(axis=1)
    means = setting_levels(differences[there])
    if not means.size:
        return math.nan
    found = told_from_luck(differences[there], means)
    if found is None:
        return share_above(means - above)
    middle = float(means.mean())
    expected = middle + found.kept * (means - middle) - above
    spread = np.sqrt(found.kept * found.noise + (1.0 - found.kept) ** 2 * found.total / means.size)
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
    means = setting_levels(values)
    there = np.isfinite(means)
    found = told_from_luck(values[there], means[there])
    if found is not None:
        middle = float(means[there].mean())
        means[there] = np.where(found.kept < 1.0, middle + np.sqrt(found.kept) * (means[there] - middle), means[there])
    return means


def share_above(values: Array) -> float:
    """Return the share of values above zero, NaN if there are none; a value of exactly zero counts half."""
    if not values.size:
        return math.nan
    return float(np.mean((values > 0) + 0.5 * (values == 0)))
