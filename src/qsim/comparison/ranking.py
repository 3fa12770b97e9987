"""Several scenarios ranked: how often each is the best of all, and what choosing it costs where it is not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from qsim.runs.setting_means import without_luck
from qsim.runs.variability import Array

RARE = 0.9
"""The share of settings whose regret is no larger than the one that is told beside the mean."""


@dataclass(frozen=True)
class Rank:
    """A scenario's place: ``index`` among the scenarios, mean ``level``, ``best``: in which share of settings it is best.

    ``regret`` is how much worse it is on average than the best of each setting, in the outcome's unit; in nine of ten
    settings it is no larger than ``regret_high``.
    """

    index: int
    level: float
    best: float
    regret: float
    regret_high: float


def ranking(levels: Sequence[Array], higher_is_better: bool = True) -> tuple[Rank, ...]:
    """Return the ranks of scenarios, the best mean level first, from their levels (settings, worlds), one array each.

    Who is best in a setting, and by how much, is told by the scenarios' distances there, freed of luck. Scenarios that are
    equally good in a setting share its first place. Settings where a level is missing do not count. Raise ValueError if
    none is left.
    """
    table = np.stack(levels)
    table = table[:, np.isfinite(table).all(axis=(0, 2))]
    if not table.shape[1]:
        raise ValueError("there is no setting in which all scenarios have the outcome")
    worth = table if higher_is_better else -table
    apart = np.stack([without_luck(own) for own in worth - worth.mean(axis=0)], axis=1)
    top = apart.max(axis=1, keepdims=True)
    first = apart == top
    best = (first / first.sum(axis=1, keepdims=True)).mean(axis=0)
    regret = top - apart
    order = sorted(range(len(table)), key=lambda index: -float(worth[index].mean()))
    return tuple(
        Rank(
            index,
            float(table[index].mean()),
            float(best[index]),
            float(regret[:, index].mean()),
            float(np.quantile(regret[:, index], RARE)),
        )
        for index in order
    )
