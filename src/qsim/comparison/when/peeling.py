"""Peeling and pasting, the two halves of the patient rule induction method (PRIM) of Friedman and Fisher (1999).

A box that holds all cases loses a thin slice again and again: of all slices at the ends of the numeric factors, and of all
single levels of the categorical ones, the one whose loss raises the share of wanted cases most for each case lost. The
method is patient: a wrong slice costs little. Pasting then gives back slices where that does not lower the share.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

import numpy as np
from scipy import stats

from qsim.comparison.when.boxes import Box, Cases, Limit, Mask, Quality, quality
from qsim.runs.readings import Array

ALPHA = 0.05
"""The share of the cases in a box that a slice holds, more where many have the same value."""

LEAST_MASS = 0.05
"""Peeling ends before fewer than this share of all cases is left."""

LEAST_CASES = 10
FEW_FACTORS = 12
"""Of so many factors, or fewer, each pair is peeled for itself, too."""


class Step(NamedTuple):
    """A box on the way, and what it achieves among the cases it was peeled from."""

    box: Box
    quality: Quality


def peel(
    cases: Cases, alpha: float = ALPHA, least_mass: float = LEAST_MASS, only: Collection[int] | None = None
) -> list[Step]:  # fmt: skip
    """Return the boxes from the one that holds everything to the smallest, each a slice smaller than the one before.

    Peeling ends when all cases left are wanted, when the box would get too small, or when nothing can be cut off. With
    ``only`` no factors but those at these places are cut.
    Raise ValueError for a slice that is no share between 0 and 1.
    """
    if not 0.0 < alpha < 1.0:
        raise ValueError(f"a slice is a share between 0 and 1, not {alpha:g}")
    least = max(math.ceil(least_mass * len(cases)), LEAST_CASES)
    box, inside = Box(), np.ones(len(cases), dtype=bool)
    steps = [Step(box, quality(box, cases))]
    while 0.0 < steps[-1].quality.density < 1.0:
        best: tuple[float, int, Limit, Mask] | None = None
        size, density = inside.sum(), cases.wanted[inside].mean()
        for place, limit, kept in _slices(cases, box, inside, alpha, only):
            count = int(kept.sum())
            if count < least:
                continue
            gain = (cases.wanted[kept].mean() - density) / (size - count)
            if best is None or gain > best[0]:
                best = (gain, place, limit, kept)
        if best is None:
            break
        _, place, limit, inside = best
        box = box.changed(place, limit)
        steps.append(Step(box, quality(box, cases)))
    return steps


def paste(box: Box, cases: Cases, alpha: float = ALPHA) -> Box:
    """Return a box grown, slice by slice, as long as the share of wanted cases in it does not fall."""
    while True:
        now = quality(box, cases)
        grown = [(quality(one, cases), one) for one in _grown(box, cases, alpha)]
        better = [(result, one) for result, one in grown if result.cases > now.cases and result.density >= now.density]
        if not better:
            return box
        box = max(better, key=lambda pair: (pair[0].density, pair[0].cases))[1]


def plain_peels(cases: Cases, alpha: float = ALPHA, least_mass: float = LEAST_MASS) -> list[Step]:
    """Return the boxes on the ways over all factors, over each alone and, if they are few, over each pair.

    A slice that chance made empty leads the way over all factors astray where a limit lies far inside a factor, beyond
    many slices that say nothing one by one.
    """
    places = range(len(cases.factors))
    ways = [[place] for place in places]
    if len(places) <= FEW_FACTORS:
        ways += [list(pair) for pair in combinations(places, 2)]
    steps = peel(cases, alpha, least_mass)
    for way in ways:
        steps += peel(cases, alpha, least_mass, way)[1:]
    return steps


def _slices(
    cases: Cases, box: Box, inside: Mask, alpha: float, only: Collection[int] | None
) -> Iterator[tuple[int, Limit, Mask]]:
    """Yield all boxes that are a slice smaller: the factor, its new limit, and the cases that stay."""
    for place, factor in enumerate(cases.factors):
        if only is not None and place not in only:
            continue
        values = cases.values[:, place]
        there = np.unique(values[inside])
        if there.size < 2:
            continue
        limit = box.limits.get(place, Limit())
        for smaller in _level_slices(there) if factor.categorical else _end_slices(values[inside], there, alpha, limit):
            yield place, smaller, inside & smaller.holds(values)


def _level_slices(there: Array) -> list[Limit]:
    levels = frozenset(int(level) for level in there)
    return [Limit(levels=levels - {level}) for level in sorted(levels)]


def _end_slices(values: Array, there: Array, alpha: float, limit: Limit) -> list[Limit]:
    """Return the limits without the lowest and without the highest slice; values that are the same stay together."""
    low, high = np.quantile(values, (alpha, 1.0 - alpha), method="inverted_cdf")
    above, below = there[there > low], there[there < high]
    first = float(above[0]) if low == there[0] else float(low)
    last = float(below[-1]) if high == there[-1] else float(high)
    return [Limit(first, limit.high), Limit(limit.low, last)]


def _grown(box: Box, cases: Cases, alpha: float) -> Iterator[Box]:
    """Yield all boxes that are a slice larger."""
    slice_size = max(round(alpha * quality(box, cases).cases), 1)
    for place, limit in box.limits.items():
        beside = box.without(place).holds(cases)
        values = cases.values[beside, place]
        if limit.levels is not None:
            for level in sorted({int(value) for value in values} - limit.levels):
                yield box.changed(place, Limit(levels=limit.levels | {level}))
            continue
        below, above = np.sort(values[values < limit.low])[::-1], np.sort(values[values > limit.high])
        if below.size:
            yield box.changed(place, Limit(float(below[min(slice_size, below.size) - 1]), limit.high))
        if above.size:
            yield box.changed(place, Limit(limit.low, float(above[min(slice_size, above.size) - 1])))


DENSITY = 0.8
"""The share of wanted cases that a box should reach."""

CHANCE = 0.05
"""A limit is kept if so large a gain by chance is less likely than this, over all factors together."""


class Choice(NamedTuple):
    """A box to be told: the place of the step it comes from, its quasi-p-values by factor, and what it achieves."""

    step: int
    box: Box
    chances: Mapping[int, float]
    quality: Quality


def choice(
    steps: Sequence[Step], cases: Cases, density: float = DENSITY, most_limits: int | None = None
) -> Choice | None:
    """Return the box to be told, of all on the way without the limits that chance may have made; None if none has any.

    Of those that reach the density, or of all if none does, it is the one that holds most of the wanted cases beyond its
    share of all cases: coverage less mass. A slice belongs to it if it is denser than all cases together. With
    ``most_limits`` each has so many limits at most.
    """
    result: dict[Box, Choice] = {}
    for place, step in enumerate(steps):
        box, chances = pruned(step.box, cases)
        if most_limits is not None and len(box.limits) > most_limits:
            box, chances = pruned(shortened(box, cases, most_limits), cases)
        if box.limits and box not in result:
            result[box] = Choice(place, box, chances, quality(box, cases))
    reached = [one for one in result.values() if one.quality.density >= density]
    return max(reached or result.values(), key=lambda one: beyond_share(one.quality), default=None)


def beyond_share(result: Quality) -> float:
    """Return how much more of the wanted cases than of all cases a box holds: coverage less mass."""
    return result.coverage - result.mass


def shortened(box: Box, cases: Cases, most: int) -> Box:
    """Return the box with so many limits at most, without those, one by one, whose loss costs it least."""
    while len(box.limits) > most:
        box = max((box.without(place) for place in box.limits), key=lambda one: beyond_share(quality(one, cases)))
    return box


def limit_chances(box: Box, cases: Cases) -> dict[int, float]:
    """Return, for each limited factor, its quasi-p-value (Bryant and Lempert 2010).

    The chance that as many wanted cases as in the box, or more, were in it if it were a random part of the box without
    that limit.
    """
    now = quality(box, cases)
    chances = {}
    for place in box.limits:
        wider = quality(box.without(place), cases)
        enough = wider.cases > now.cases and now.cases > 0
        chances[place] = _chance(now.wanted, now.cases, wider.density) if enough else 1.0
    return chances


@lru_cache(maxsize=2**14)
def _chance(wanted: int, cases: int, density: float) -> float:
    """Return the chance of as many wanted cases or more among so many; boxes of many factors ask the same again."""
    return float(stats.binom.sf(wanted - 1, cases, density))


def pruned(box: Box, cases: Cases, chance: float = CHANCE) -> tuple[Box, Mapping[int, float]]:
    """Return the box without the limits that chance may have made, and the quasi-p-values of those that stay.

    The limit with the largest value goes first, then all values are taken anew. Each is held against ``chance`` divided
    by the number of factors, because any of them could have been limited.
    """
    while True:
        chances = limit_chances(box, cases)
        weakest = max(chances, key=lambda place: chances[place], default=None)
        if weakest is None or chances[weakest] <= chance / max(len(cases.factors), 1):
            return box, chances
        box = box.without(weakest)
