"""Scenarios in the order of an outcome: how often each is the best, and what is lost by choosing another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from qsim.runs.intervals import Array, without_variability


@dataclass(frozen=True)
class Rank:
    """A scenario's place: ``index`` among the scenarios, mean ``level``, ``best``: in which share of settings it is best.

    ``regret`` is how much worse it is on average than the best of each setting, in the outcome's unit, and
    ``largest_regret`` how much worse at most.
    """

    index: int
    level: float
    best: float
    regret: float
    largest_regret: float


def ranking(levels: Sequence[Array], higher_is_better: bool = True) -> tuple[Rank, ...]:
    """Return the ranks of scenarios, the best mean level first, from their levels (settings, worlds), one array each.

    Who is best in a setting, and by how much, is told by the scenarios' distances there, freed of stochastic variability.
    Scenarios that are equally good in a setting share its first place. Settings where a level is missing do not count;
    without any other there are no ranks.
    """
    table = np.stack(levels)
    table = table[:, np.isfinite(table).all(axis=(0, 2))]
    if not table.shape[1]:
        return ()
    signed = table if higher_is_better else -table
    regret = regrets(signed)
    best = shares_of_best(regret)
    order = sorted(range(len(table)), key=lambda index: -float(signed[index].mean()))
    return tuple(
        Rank(index, *map(float, (table[index].mean(), best[index], own.mean(), own.max())))
        for index in order
        for own in [regret[:, index]]
    )


def regrets(levels: Array) -> Array:
    """Return how much worse each scenario is than the best of each setting (settings, scenarios), freed of the chance of worlds.

    ``levels`` are (scenarios, settings, worlds), none missing, more is better.
    """
    apart = np.stack([without_variability(own) for own in levels - levels.mean(axis=0)], axis=1)
    return np.asarray(apart.max(axis=1, keepdims=True) - apart)


def shares_of_best(regret: Array) -> Array:
    """Return in which share of the settings each scenario is the best (scenarios,); equals share a setting."""
    first = regret == 0.0
    return np.asarray((first / first.sum(axis=1, keepdims=True)).mean(axis=0))
