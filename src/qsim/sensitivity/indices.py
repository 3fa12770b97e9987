"""Effects and indices of many outcomes at once: screening after Morris, Sobol indices with intervals, and how they settle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np
from scipy import stats

from qsim.runs.readings import Array
from qsim.runs.unit_cube import LEAST_NUMBER, LEVELS, RESAMPLES, SEED_LIMIT, Places, load_salib, resampled, unit_problem

EFFECT_RESAMPLES = 500
"""Resamples behind the interval of an effect."""

Mask = np.ndarray[Any, np.dtype[np.bool_]]

CONFIDENCE = 0.95

SHARES = (4, 2, 1)
"""The sample is looked at when a quarter, half and all of it is there."""

LOOK_RESAMPLES = 200
"""Resamples behind the interval of an index from a part of the sample."""


class Screening(NamedTuple):
    """Elementary effects (dimensions, outcomes), in the unit of the outcome over the whole range of a dimension.

    ``effect`` is the mean of their absolute values with its 95 % interval of half-width ``half``, ``signed`` the mean with
    its sign, ``spread`` their standard deviation: large where the effect hangs on the other dimensions. ``used`` counts
    the trajectories in which the outcome is known everywhere.
    """

    effect: Array
    half: Array
    signed: Array
    spread: Array
    used: np.ndarray[Any, np.dtype[np.int64]]


def screened(points: Array, outcomes: Array, seed: int) -> Screening:
    """Return the effects from trajectories (number, steps, dimensions) and their outcomes (number, steps, outcomes).

    SALib takes one outcome at a time. Where fewer than two trajectories are known, everything is NaN.
    """
    dimensions = points.shape[2]
    count = outcomes.shape[2]
    result = np.full((4, dimensions, count), np.nan)
    used = np.zeros(count, dtype=np.int64)
    for place in range(count):
        known = np.isfinite(outcomes[:, :, place]).all(axis=1)
        used[place] = int(known.sum())
        if used[place] < 2:
            continue
        one = load_salib().analyze_morris.analyze(
            unit_problem(dimensions),
            points[known].reshape(-1, dimensions),
            np.ascontiguousarray(outcomes[known, :, place]).reshape(-1),
            num_resamples=EFFECT_RESAMPLES,
            num_levels=LEVELS,
            seed=seed % SEED_LIMIT,
        )
        for row, name in enumerate(("mu_star", "mu_star_conf", "mu", "sigma")):
            result[row, :, place] = np.asarray(one[name], dtype=np.float64)
    return Screening(result[0], result[1], result[2], result[3], used)


def most_important(importance: Array, number: int) -> list[int]:
    """Return the dimensions that matter most at any outcome, in order, from what measures it (dimensions, outcomes).

    Outcomes count alike: each is taken relative to its largest value.
    """
    largest = np.nan_to_num(np.abs(importance)).max(axis=0)
    relative = np.nan_to_num(np.abs(importance)) / np.where(largest > 0, largest, 1.0)
    return [int(place) for place in np.argsort(-relative.max(axis=1), kind="stable")[:number]]


class Estimate(NamedTuple):
    """Values with the ends of their intervals, all of one shape."""

    value: Array
    low: Array
    high: Array


@dataclass(frozen=True)
class Outcomes:
    """The outcomes of crossed samples: of ``a`` and ``b`` (number, outcomes), of ``ab`` (dimensions, number, outcomes).

    ``ba`` (places, number, outcomes) are those of ``b`` with the columns of some ``places`` from ``a``; it may be empty.
    """

    a: Array
    b: Array
    ab: Array
    ba: Array
    places: tuple[int, ...] = ()

    def first(self, number: int) -> Outcomes:
        """Return the outcomes of the first base points, which are a design of their own."""
        return Outcomes(self.a[:number], self.b[:number], self.ab[:, :number], self.ba[:, :number], self.places)

    def known(self) -> tuple[Outcomes, int]:
        """Return the outcomes at the base points where all are finite, and how many others there were."""
        parts = [self.a[None], self.b[None], self.ab, self.ba]
        whole = np.isfinite(np.concatenate(parts)).all(axis=(0, 2))
        kept = Outcomes(self.a[whole], self.b[whole], self.ab[:, whole], self.ba[:, whole], self.places)
        return kept, int((~whole).sum())


def outcomes_of(first: Array, second: Array, number: int, places: Sequence[int] = ()) -> Outcomes:
    """Return the outcomes of :meth:`Crossed.first_points` and :meth:`Crossed.second_points`, each (points, outcomes)."""
    blocks = first.reshape(-1, number, first.shape[1])
    return Outcomes(
        blocks[0], blocks[1], blocks[2:], second.reshape(len(places), number, first.shape[1]), tuple(places)
    )


class Indices(NamedTuple):
    """First-order and total indices (dimensions, outcomes)."""

    first: Estimate
    total: Estimate


def sobol_indices(outcomes: Outcomes, seed: int, resamples: int = RESAMPLES) -> Indices:
    """Return the indices with percentile intervals over resampled base points; NaN for an outcome that is constant.

    First order after Saltelli et al. (2010), total after Jansen (1999). SALib's own analysis takes one outcome at a time
    and gives symmetric intervals; its estimators take arrays, so they are called here.
    """
    salib = load_salib().analyze_sobol
    outcomes, constant = _centred(outcomes)
    places = _places(outcomes, resamples, seed)
    first, total = [], []
    for crossed in outcomes.ab:
        parts = outcomes.a, crossed, outcomes.b
        first.append(_estimated(salib.first_order, parts, places, constant))
        total.append(_estimated(salib.total_order, parts, places, constant))
    return Indices(_stacked(first), _stacked(total))


def second_order(outcomes: Outcomes, seed: int, resamples: int = RESAMPLES) -> tuple[list[tuple[int, int]], Estimate]:
    """Return the pairs of the dimensions in ``outcomes.places`` and their second-order indices (pairs, outcomes)."""
    salib = load_salib().analyze_sobol
    outcomes, constant = _centred(outcomes)
    places = _places(outcomes, resamples, seed)
    pairs, result = [], []
    for one, other in combinations(range(len(outcomes.places)), 2):
        j, k = outcomes.places[one], outcomes.places[other]
        parts = outcomes.a, outcomes.ab[j], outcomes.ab[k], outcomes.ba[one], outcomes.b
        pairs.append((j, k))
        result.append(_estimated(salib.second_order, parts, places, constant))
    return pairs, _stacked(result) if result else Estimate(*np.empty((3, 0, outcomes.a.shape[1])))


def _centred(outcomes: Outcomes) -> tuple[Outcomes, Mask]:
    """Return outcomes around their mean, which the estimators are best for, and which of them are constant."""
    both = np.concatenate([outcomes.a, outcomes.b])
    if len(both) == 0:
        return outcomes, np.ones(both.shape[1], dtype=bool)
    mean, spread = both.mean(axis=0), both.std(axis=0)
    constant = spread <= 1e-12 * np.maximum(np.abs(mean), 1e-300)
    scale = np.where(constant, 1.0, spread)
    a, b, ab, ba = ((part - mean) / scale for part in (outcomes.a, outcomes.b, outcomes.ab, outcomes.ba))
    return Outcomes(a, b, ab, ba, outcomes.places), constant


def _places(outcomes: Outcomes, resamples: int, seed: int) -> Places:
    return resampled(len(outcomes.a), resamples, seed)


def _estimated(estimator: Any, parts: tuple[Array, ...], places: Places, constant: Mask) -> Estimate:
    """Return an index of each outcome (outcomes,) with its interval."""
    value, low, high = np.full((3, constant.size), np.nan)
    for outcome in np.flatnonzero(~constant):
        columns = [part[:, outcome] for part in parts]
        value[outcome] = estimator(*columns)
        again = estimator(*(column[places] for column in columns))
        low[outcome], high[outcome] = np.quantile(again, (0.5 - CONFIDENCE / 2, 0.5 + CONFIDENCE / 2))
    return Estimate(value, low, high)


def _stacked(result: Sequence[Estimate]) -> Estimate:
    return Estimate(*(np.stack(part) for part in zip(*result, strict=True)))


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
    result = [(n, sobol_indices(outcomes.first(n), seed, LOOK_RESAMPLES)) for n in numbers if n >= LEAST_NUMBER]
    if not result:
        return []
    last = result[-1][1].total.value
    return [Look(n, one, _change(one.total.value, last), _ranks(one.total.value, last)) for n, one in result]


def _change(these: Array, last: Array) -> Array:
    return np.asarray(np.abs(these - last).max(axis=0), dtype=np.float64)


def _ranks(these: Array, last: Array) -> Array:
    return np.array([_correlation(a, b) for a, b in zip(these.T, last.T, strict=True)])


def _correlation(these: Array, last: Array) -> float:
    known = np.isfinite(these) & np.isfinite(last)
    if known.sum() < 2 or np.ptp(these[known]) == 0.0 or np.ptp(last[known]) == 0.0:
        return float("nan")
    return float(stats.spearmanr(these[known], last[known]).statistic)
