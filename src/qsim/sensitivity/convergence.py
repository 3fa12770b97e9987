"""How much the indices still move as the sample grows, and whether the order of the dimensions has settled."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from scipy import stats

from qsim.sensitivity.designs import LEAST_NUMBER
from qsim.sensitivity.indices import Indices, Outcomes, sobol_indices

Array = np.ndarray[Any, np.dtype[np.float64]]

SHARES = (4, 2, 1)
"""The sample is looked at when a quarter, half and all of it is there."""

RESAMPLES = 200


class Look(NamedTuple):
    """Indices from the first ``number`` base points, compared with those of all.

    ``change`` is the largest difference of a total index (outcomes,), ``ranks`` Spearman's rank correlation of the total
    indices (outcomes,).
    """

    number: int
    indices: Indices
    change: Array
    ranks: Array


def looks(outcomes: Outcomes, seed: int) -> list[Look]:
    """Return the indices at a quarter, half and all of the base points; sizes below eight are left out."""
    numbers = [len(outcomes.a) // share for share in SHARES]
    found = [(n, sobol_indices(outcomes.first(n), seed, RESAMPLES)) for n in numbers if n >= LEAST_NUMBER]
    if not found:
        return []
    last = found[-1][1].total.value
    return [Look(n, one, _change(one.total.value, last), _ranks(one.total.value, last)) for n, one in found]


def _change(these: Array, last: Array) -> Array:
    return np.asarray(np.abs(these - last).max(axis=0), dtype=np.float64)


def _ranks(these: Array, last: Array) -> Array:
    return np.array([_correlation(a, b) for a, b in zip(these.T, last.T, strict=True)])


def _correlation(these: Array, last: Array) -> float:
    known = np.isfinite(these) & np.isfinite(last)
    if known.sum() < 2 or np.ptp(these[known]) == 0.0 or np.ptp(last[known]) == 0.0:
        return float("nan")
    return float(stats.spearmanr(these[known], last[known]).statistic)
