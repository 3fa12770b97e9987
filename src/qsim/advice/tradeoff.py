"""Effect against cost: the best package that each budget affords, and from where on more money brings nothing more."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from qsim.runs.intervals import Array

STEP = 10_000.0
"""Euros that are added, to see what they bring."""

TIMES = 4.0
"""As many budgets the curve goes on for."""

NOTHING = 0.1
"""The part of the smallest relevant difference that counts as nothing."""


@dataclass(frozen=True)
class Point:
    """A package of the curve, by its ``place`` among all: it has more effect than any that costs less or as much.

    ``effect`` against doing nothing, with Student's interval ``low`` to ``high``, in the unit of the outcome.
    """

    place: int
    cost: float
    effect: float
    low: float
    high: float


@dataclass(frozen=True)
class Step:
    """What a step more brings to budgets ``begin`` <= budget < ``end``: ``gain`` with interval, zero where no package changes.

    ``more``: the whole interval lies above a tenth of the smallest relevant difference; else it brings nothing that can be told.
    """

    begin: float
    end: float
    gain: float
    low: float
    high: float
    more: bool


@dataclass(frozen=True)
class Tradeoff:
    """The curve, cheapest first, and what a step more brings along it.

    From a budget of ``enough`` on no step brings more, up to ``limit``; what lies beyond is not known.
    """

    points: tuple[Point, ...]
    steps: tuple[Step, ...]
    enough: float
    limit: float


def tradeoff(
    effects: Array, costs: Array, budget: float, relevant: float, *, step: float = STEP, confidence: float = 0.95
) -> Tradeoff:
    """Return the curve from no money to four budgets (or one step, if that is more).

    ``effects`` (packages, settings) are differences to doing nothing in the same settings, NaN where a package was not run,
    at least two of each package and of each two neighbours on the curve; ``costs`` (packages,) what each costs at most.
    ``relevant`` > 0 is the smallest relevant difference. Packages dearer than the curve goes are left out. Raise
    ValueError for other shapes or amounts, and if no package is affordable.
    """
    known = np.isfinite(effects)
    if effects.ndim != 2 or costs.shape != effects.shape[:1] or (known.sum(axis=1) < 2).any():
        raise ValueError("expected effects in two settings or more and one cost, of each package")
    if not (budget >= 0 and relevant > 0 and step > 0 and (costs >= 0).all()):
        raise ValueError("expected a budget and costs from 0 on, and a step and a smallest relevant difference above 0")
    limit = max(TIMES * budget, step)
    curve = _curve(effects, costs, limit)
    if not curve:
        raise ValueError(f"no package costs {limit:.12g} or less")
    points = tuple(Point(place, float(costs[place]), *_interval(effects[place], confidence)) for place in curve)
    steps = _steps(effects, points, relevant, step, limit, confidence)
    last = max((one.end for one in steps if one.more), default=points[0].cost)
    return Tradeoff(points, steps, last, limit)


def _curve(effects: Array, costs: Array, limit: float) -> list[int]:
    """Return the packages of the curve: with more effect than any that costs as much or less; of equals the first."""
    means = np.nanmean(effects, axis=1)
    curve: list[int] = []
    for place in np.lexsort((-means, costs)):
        if costs[place] <= limit and (not curve or means[place] > means[curve[-1]]):
            curve.append(int(place))
    return curve


def _steps(
    effects: Array, points: tuple[Point, ...], relevant: float, step: float, limit: float, confidence: float
) -> tuple[Step, ...]:
    """Return what a step brings, from the cheapest package on: it changes where a package comes into reach or is affordable."""
    first, starts = points[0].cost, [point.cost for point in points]
    edges = sorted({edge for cost in starts for edge in (cost, cost - step) if first <= edge <= limit})
    result = []
    for begin, end in zip(edges, [*edges[1:], limit], strict=True):
        own, later = (int(np.searchsorted(starts, money, side="right")) - 1 for money in (begin, begin + step))
        gain = _interval(effects[points[later].place] - effects[points[own].place], confidence)
        result.append(Step(begin, end, *gain, more=gain[1] > NOTHING * relevant))
    return tuple(result)


def _interval(values: Array, confidence: float) -> tuple[float, float, float]:
    """Return the mean of what is known with Student's interval."""
    values = values[np.isfinite(values)]
    mean = float(values.mean())
    half = float(stdtrit(values.size - 1, (1 + confidence) / 2)) * float(values.std(ddof=1)) / np.sqrt(values.size)
    return mean, mean - half, mean + half
