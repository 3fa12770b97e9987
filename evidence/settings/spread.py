"""How well the kept settings fill what is possible: figures that are published with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from scipy.spatial.distance import cdist

from evidence.settings.space import NAMES
from qsim.runs.readings import Array
from qsim.runs.unit_cube import hypercube

EDGE = 0.02
"""What counts as an end, as a share of the range."""


def effective(chains: Array) -> Array:
    """Return the effective number of settings (numbers,) of chains (chains, kept, numbers), by how far their means are apart.

    It is all of them if the means of chains differ as those of independent draws would (Gelman and Rubin 1992).
    """
    m, n = chains.shape[:2]
    within = chains.var(axis=1, ddof=1).mean(axis=0)
    between = n * chains.mean(axis=1).var(axis=0, ddof=1)
    whole = within * (n - 1) / n + between / n
    return np.asarray(m * n * np.minimum(whole / np.maximum(between, 1e-300), 1.0))


def covered(points: Array) -> Array:
    """Return the share of each range (parameters,) that the middle 90 % of the settings cover, against an even spread."""
    low, high = np.quantile(points, (0.05, 0.95), axis=0)
    return np.asarray((high - low) / 0.9)


def at_ends(points: Array) -> Array:
    """Return the share of the settings that stand near either end of each range (parameters,)."""
    return np.asarray(((points < EDGE) | (points > 1.0 - EDGE)).mean(axis=0))


def nearest(points: Array) -> float:
    """Return the mean distance of a setting to its nearest neighbour."""
    apart = cdist(points, points)
    np.fill_diagonal(apart, np.inf)
    return float(apart.min(axis=0).mean())


def figures(chains: Array, points: Array) -> dict[str, object]:
    """Return the figures of chains (chains, rounds, parameters) and of the points (settings, parameters) kept of them."""
    even = hypercube(len(points), points.shape[1], 1)
    sizes, wide, ends = effective(chains), covered(points), at_ends(points)
    return {
        "effective": {"least": float(sizes.min()), "median": float(np.median(sizes))},
        "covered": {"least": float(wide.min()), "median": float(np.median(wide))},
        "at_ends": {"most": float(ends.max()), "mean": float(ends.mean()), "even": 2.0 * EDGE},
        "nearest": {"here": nearest(points), "even": nearest(even)},
        "parameters": {
            name: {
                "low": float(low), "median": float(middle), "high": float(high),
                "effective": float(size), "at_ends": float(end),
            }
            for name, low, middle, high, size, end in zip(
                NAMES, *np.quantile(points, (0.1, 0.5, 0.9), axis=0), sizes, ends, strict=True
            )
        },
    }  # fmt: skip


def shared(reasons: Sequence[Mapping[str, int]]) -> dict[str, float]:
    """Return the share of refused steps by the pattern at which they were refused, most first."""
    total: dict[str, int] = {}
    for one in reasons:
        for name, count in one.items():
            total[name] = total.get(name, 0) + count
    return {name: total[name] / sum(total.values()) for name in sorted(total, key=lambda name: -total[name])}
