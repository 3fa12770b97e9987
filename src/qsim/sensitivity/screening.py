"""Screening after Morris: elementary effects of every dimension, of many outcomes at once."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from qsim.sensitivity.designs import LEVELS, SEED_LIMIT
from qsim.sensitivity.salib import load_salib, unit_problem

Array = np.ndarray[Any, np.dtype[np.float64]]

RESAMPLES = 500


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
    found = np.full((4, dimensions, count), np.nan)
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
            num_resamples=RESAMPLES,
            num_levels=LEVELS,
            seed=seed % SEED_LIMIT,
        )
        for row, name in enumerate(("mu_star", "mu_star_conf", "mu", "sigma")):
            found[row, :, place] = np.asarray(one[name], dtype=np.float64)
    return Screening(found[0], found[1], found[2], found[3], used)


def most_important(importance: Array, number: int) -> list[int]:
    """Return the dimensions that matter most at any outcome, in order, from what measures it (dimensions, outcomes).

    Outcomes count alike: each is taken relative to its largest value.
    """
    largest = np.nan_to_num(np.abs(importance)).max(axis=0)
    relative = np.nan_to_num(np.abs(importance)) / np.where(largest > 0, largest, 1.0)
    return [int(place) for place in np.argsort(-relative.max(axis=1), kind="stable")[:number]]
