"""How much of what lies between settings is luck: the luck of each, and how much of its distance from the middle stays."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from scipy import optimize, special

Array = np.ndarray[Any, np.dtype[np.float64]]

SURE = 1e8
"""Degrees of freedom of the common variance that are as good as endless."""


class Told(NamedTuple):
    """What is luck in the means of settings, arrays (settings,): ``noise`` is their variance by luck.

    ``kept`` is the part B of a distance from the middle that is not luck, ``total`` the variance between the means.
    """

    noise: Array
    kept: Array
    total: float


def told_from_luck(values: Array, means: Array) -> Told | None:
    """Return what is luck in the means (settings,) of worlds (settings, worlds); None where no setting has two worlds.

    B = t / (t + v), with a setting's own variance v of its mean by luck and the variance t of settings without luck: that
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
    worlds differ by nothing has no luck, and stays so.
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
        common_half = float(optimize.brentq(lambda x: special.polygamma(1, x) - spread, 1e-8, SURE))
        common = np.exp(logs.mean() + special.digamma(common_half) - np.log(common_half))
        steady[there] = (common_half * common + half * variances[there]) / (common_half + half)
    return steady
