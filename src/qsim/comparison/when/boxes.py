"""A box: limits on some factors, each an interval of numbers or a choice of levels, and what a box says of cases."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from qsim.comparison.when.cases import Cases, Mask


class Limit(NamedTuple):
    """Numbers from ``low`` to ``high``, both included, or the places of the ``levels`` that belong to the box."""

    low: float = -math.inf
    high: float = math.inf
    levels: frozenset[int] | None = None

    def holds(self, values: np.ndarray) -> Mask:
        """Return which values lie within the limit."""
        if self.levels is not None:
            return np.isin(values, sorted(self.levels))
        return np.asarray((values >= self.low) & (values <= self.high))


@dataclass(frozen=True)
class Box:
    """Limits by the place of the factor; factors without one are free."""

    limits: Mapping[int, Limit] = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash(frozenset(self.limits.items()))

    def holds(self, cases: Cases) -> Mask:
        """Return which cases lie in the box."""
        inside = np.ones(len(cases), dtype=bool)
        for place, limit in self.limits.items():
            inside &= limit.holds(cases.values[:, place])
        return inside

    def changed(self, place: int, limit: Limit) -> Box:
        """Return the box with another limit on a factor."""
        return Box({**self.limits, place: limit})

    def without(self, place: int) -> Box:
        """Return the box without the limit on a factor."""
        return Box({one: limit for one, limit in self.limits.items() if one != place})


class Quality(NamedTuple):
    """What a box achieves among cases.

    ``coverage`` is the share of the wanted cases that lie in the box, ``density`` the share of wanted cases among those
    in the box, ``mass`` the share of all cases in the box, ``inside`` and ``found`` the numbers behind them.
    """

    coverage: float
    density: float
    mass: float
    inside: int
    found: int


def quality(box: Box, cases: Cases) -> Quality:
    """Return what a box achieves; NaN where nothing is there to divide by."""
    inside = box.holds(cases)
    count, found, wanted = int(inside.sum()), int(cases.wanted[inside].sum()), int(cases.wanted.sum())
    return Quality(
        found / wanted if wanted else math.nan,
        found / count if count else math.nan,
        count / len(cases) if len(cases) else math.nan,
        count,
        found,
    )
