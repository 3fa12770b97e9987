"""Limits as people say them: the shortest number between the last case inside a box and the first one outside."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np

from qsim.comparison.when.boxes import Box
from qsim.comparison.when.cases import Array, Cases

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
        found = round(middle, digits)
        if low <= found <= high:
            return found
    return middle
