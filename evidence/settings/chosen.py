"""What is made of the possible settings: their outcomes, an order in which every beginning stands for all, the central one."""

from __future__ import annotations

import numpy as np
from scipy.spatial.distance import cdist

from evidence.settings.space import NAMES, record_of
from evidence.settings.worlds import TWINS, Luck, Trial
from qsim.measures.catalogue import OUTCOMES
from qsim.runs.readings import Array

LOOKED_AT = tuple(place for place, measure in enumerate(OUTCOMES) if measure.main or measure.card or measure.key)
"""The places of the outcomes that every comparison shows."""
BRIEF = ("start", "permanent_posts", "fixed_posts")
"""Worlds that say nothing of where a setting leads."""


def outcomes_at(values: Array, luck: Luck) -> Array:
    """Return what comes of a setting in the small worlds (numbers,): the main outcomes of each, mean over its twins."""
    trial = Trial(record_of(values), luck)
    means = [
        np.concatenate([part.outcomes[:, LOOKED_AT] for part in trial[name].parts]).mean(axis=0)
        for name in TWINS
        if name not in BRIEF
    ]
    return np.concatenate(means)


def scaled(outcomes: Array) -> Array:
    """Return outcomes (settings, numbers) in standard deviations from their means, without what is missing or never differs."""
    known = outcomes[:, np.isfinite(outcomes).all(axis=0)]
    spread = known.std(axis=0)
    used = spread > 1e-9
    return np.asarray((known[:, used] - known[:, used].mean(axis=0)) / spread[used])


def central(outcomes: Array) -> int:
    """Return the place of the setting that is nearest to the middle of all in what comes of it (settings, numbers)."""
    return int(np.argmin((scaled(outcomes) ** 2).sum(axis=1)))


def ordered(points: Array, outcomes: Array) -> list[int]:
    """Return an order of the settings in which any number of the first stand for all as well as they can.

    ``points`` (settings, parameters) are shares of the ranges. Each next one is that with which the energy distance (Székely
    and Rizzo 2013) between those taken and all is least: near to all, far from those taken. Farthest points first, which is
    maximin, would begin with the odd ones. The central setting is the first.
    """
    results = scaled(outcomes)
    places = np.hstack([(points - points.mean(axis=0)) / points.std(axis=0) / np.sqrt(len(NAMES)),
                        results / np.sqrt(max(results.shape[1], 1))])  # fmt: skip
    apart = cdist(places, places)
    to_all = apart.mean(axis=0)
    taken = [central(outcomes)]
    among = apart[taken[0]].copy()
    while len(taken) < len(places):
        n = len(taken)
        gain = 2.0 * to_all - 2.0 * among / (n + 1)
        gain[taken] = np.inf
        taken.append(int(np.argmin(gain)))
        among += apart[taken[-1]]
    return taken
