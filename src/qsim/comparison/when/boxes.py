"""Cases, the boxes of limits on their factors, what a box says of cases, and how a limit is told."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np

from qsim.runs.designs import Variable
from qsim.runs.readings import Array

Mask = np.ndarray[Any, np.dtype[np.bool_]]


@dataclass(frozen=True)
class Cases:
    """Values (cases, factors) and whether each case is ``wanted`` (cases,)."""

    factors: tuple[Variable, ...]
    values: Array
    wanted: Mask

    def __post_init__(self) -> None:
        if self.values.shape != (len(self.wanted), len(self.factors)):
            raise ValueError(f"values {self.values.shape} for {len(self.wanted)} cases and {len(self.factors)} factors")
        if not np.isfinite(self.values).all():
            raise ValueError("a factor has no value in some cases")

    def __len__(self) -> int:
        return len(self.wanted)

    def some(self, which: Any) -> Cases:
        """Return the cases of a mask or of places."""
        return Cases(self.factors, self.values[which], self.wanted[which])


def numbered(texts: Sequence[str]) -> tuple[tuple[str, ...], Array]:
    """Return the levels of a categorical column in the order of their names, and the place of each case's level."""
    levels = tuple(sorted(set(texts)))
    place = {level: i for i, level in enumerate(levels)}
    return levels, np.array([place[text] for text in texts], dtype=np.float64)


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


def without_idle_limits(box: Box, cases: Cases) -> Box:
    """Return the box without ends of intervals beyond which there is no case at all."""
    limits = {}
    for place, limit in box.limits.items():
        values = cases.values[:, place]
        if limit.levels is not None:
            limits[place] = limit
            continue
        low = limit.low if values.min() < limit.low else -np.inf
        high = limit.high if values.max() > limit.high else np.inf
        if np.isfinite(low) or np.isfinite(high):
            limits[place] = Limit(low, high)
    return Box(limits)


class Quality(NamedTuple):
    """What a box achieves among cases.

    ``coverage`` is the share of the wanted cases that lie in the box, ``density`` the share of wanted cases among those
    in the box, ``mass`` the share of all cases in the box; ``cases`` counts those in the box, ``wanted`` the wanted ones.
    """

    coverage: float
    density: float
    mass: float
    cases: int
    wanted: int


def quality(box: Box, cases: Cases) -> Quality:
    """Return what a box achieves; NaN where nothing is there to divide by."""
    inside = box.holds(cases)
    count, wanted, all_wanted = int(inside.sum()), int(cases.wanted[inside].sum()), int(cases.wanted.sum())
    return Quality(
        wanted / all_wanted if all_wanted else math.nan,
        wanted / count if count else math.nan,
        count / len(cases) if len(cases) else math.nan,
        count,
        wanted,
    )


MOST_DIGITS = 12


class Told(NamedTuple):
    """The ends of an interval as numbers to be told, None where there is no end.

    ``least`` and ``most`` are whole or stepped values that still belong to the box; ``above`` and ``below`` lie between.
    """

    least: float | None = None
    most: float | None = None
    above: float | None = None
    below: float | None = None


def told_limit(box: Box, place: int, cases: Cases) -> Told:
    """Return how the limit of a numeric factor is told.

    Factors with few values, and whole ones, are told by the last value inside, others by a short number in the gap.
    """
    limit, values = box.limits[place], np.unique(cases.values[:, place])
    factor = cases.factors[place]
    inside = values[limit.holds(values)]
    stepped = factor.whole or factor.months or len(values) <= STEPPED
    low, high = math.isfinite(limit.low), math.isfinite(limit.high)
    if stepped:
        return Told(least=float(inside[0]) if low else None, most=float(inside[-1]) if high else None)
    return Told(
        above=_between(values, limit.low, below=True) if low else None,
        below=_between(values, limit.high, below=False) if high else None,
    )


STEPPED = 12
"""Factors with so many different values, or fewer, are told by their values."""


def _between(values: Array, end: float, below: bool) -> float:
    """Return a short number between the end of a box, which it leaves inside, and the next value beyond it."""
    if below:
        beyond = values[values < end]
        return shortest(float(beyond[-1]), math.nextafter(end, -math.inf)) if beyond.size else end
    beyond = values[values > end]
    return shortest(math.nextafter(end, math.inf), float(beyond[0])) if beyond.size else end


def shortest(low: float, high: float) -> float:
    """Return the number with the fewest digits from ``low`` to ``high``, the one nearest their middle.

    >>> shortest(0.11873, 0.12214)
    0.12
    >>> shortest(3.0, 3.0)
    3.0
    """
    if not low < high:
        return low
    middle = 0.5 * (low + high)
    largest = max(abs(low), abs(high))
    for digits in range(-math.floor(math.log10(largest)) - 1, MOST_DIGITS):
        result = round(middle, digits)
        if low <= result <= high:
            return result
    return middle
