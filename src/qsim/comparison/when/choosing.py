"""Which box on the way from everything to little is told: by a rule, without limits that chance may have made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from scipy import stats

from qsim.comparison.when.boxes import Box, Quality, quality
from qsim.comparison.when.cases import Cases
from qsim.comparison.when.peeling import Step

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
    found: dict[Box, Choice] = {}
    for place, step in enumerate(steps):
        box, chances = pruned(step.box, cases)
        if most_limits is not None and len(box.limits) > most_limits:
            box, chances = pruned(shortened(box, cases, most_limits), cases)
        if box.limits and box not in found:
            found[box] = Choice(place, box, chances, quality(box, cases))
    reached = [one for one in found.values() if one.quality.density >= density]
    return max(reached or found.values(), key=lambda one: beyond_share(one.quality), default=None)


def beyond_share(found: Quality) -> float:
    """Return how much more of the wanted cases than of all cases a box holds: coverage less mass."""
    return found.coverage - found.mass


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
        enough = wider.inside > now.inside and now.inside > 0
        chances[place] = float(stats.binom.sf(now.found - 1, now.inside, wider.density)) if enough else 1.0
    return chances


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
