"""Which box on the way from everything to little is told: by a rule, without limits that chance may have made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scipy import stats

from qsim.study.discovery.boxes import Box, Quality, quality
from qsim.study.discovery.cases import Cases
from qsim.study.discovery.peeling import Step

DENSITY = 0.8
"""The share of wanted cases that a box should reach."""

CHANCE = 0.05
"""A limit is kept if so large a gain by chance is less likely than this, over all factors together."""


def chosen_step(steps: Sequence[Step], density: float = DENSITY) -> int:
    """Return the place of the box to be told.

    Of the boxes that reach the density it is the one with the largest coverage; if none reaches it, the one with the
    largest harmonic mean of coverage and density.
    """
    reached = [place for place, step in enumerate(steps) if step.quality.density >= density]
    if reached:
        return max(reached, key=lambda place: (steps[place].quality.coverage, -place))
    return max(range(len(steps)), key=lambda place: (_balance(steps[place].quality), -place))


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


def _balance(found: Quality) -> float:
    both = found.coverage + found.density
    return 2.0 * found.coverage * found.density / both if both > 0 else 0.0
