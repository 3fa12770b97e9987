"""Decides again when the money of a package ends: what to add then, and whether that should depend on what can be seen by then.

Until then all that may follow has the package in common, and so what can be seen. What follows is a single measure, paid from
what is free then, or nothing more: the package goes on in any case, as the model stops no measure.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from qsim.advice.advice import Again, Rule
from qsim.advice.applying import excludes
from qsim.advice.choosing import Effort
from qsim.advice.describing import effect_of
from qsim.advice.offer import Budget, Ids, Offer, offer_of
from qsim.advice.situation import Situation
from qsim.advice.table import Table
from qsim.comparison.report import Stage
from qsim.measures.catalogue import Measure
from qsim.runs.intervals import CONFIDENCE, Array, bootstrap_interval
from qsim.runs.readings import Reading
from qsim.scenario.dates import earliest
from qsim.scenario.values import month_text

USUAL = 36
"""Months after which it is decided again where nothing is paid for a time."""

LEAST_LEFT = 24
"""Months of the run that must be left then, for what follows to show."""

SEEN = ("considered", "coverage", "practice", "posts_filled")
"""What a house can see of itself: papers that consider the task, offices reached, what is done, posts filled."""

QUANTILES = (0.25, 0.5, 0.75)
"""Of what is seen, where a rule parts."""

LEAST_WORLDS = 8
"""On each side of a rule, to make it from."""

BEST = 3
"""Measures, those with most effect, among which rules choose, beside nothing more."""


def decided_again(
    table: Table, ids: Ids, measure: Measure, relevant: float, effort: Effort, stage: Stage
) -> Again | None:
    """Return what to do when the money of a package ends; None if too little of the run is left then, or nothing can be added."""
    offer = table.offer
    month, ends = _ending(offer, ids)
    if month > offer.scenario.start + offer.scenario.months - LEAST_LEFT:
        return None
    later = _later(offer, ids, month)
    following = [one for one in later.singles if later.affords(one)]
    if not following:
        return None
    readings = [Reading(name, month_text(month - 1)) for name in SEEN]
    second = Table(later, table.seed, table.workers, table.base.fit, readings)
    sign = -1.0 if measure.higher_is_better is False else 1.0
    few, many = second.columns(0, effort.side // 2), second.columns(0, 2 * effort.side)
    with stage(len(few) * len(following) + len(many) * BEST, "deciding again") as progress:
        first = sign * second.outcome(measure.name, [(), *following], few, progress)
        order = np.argsort(-(first[1:] - first[0]).mean(axis=1), kind="stable")
        plans = [(), *(following[place] for place in order[:BEST])]
        gains = sign * second.outcome(measure.name, plans, many, progress)
    seen = second.seen((), many)
    best = int(gains.mean(axis=1).argmax())
    told = effect_of(gains[best] - gains[0], many)
    rule = best_rule(gains, seen, plans)
    return Again(month_text(month), ends, later.budget.euro, plans[best], told, rule,
                 rule is not None and rule.low > 0 and rule.gain > relevant)  # fmt: skip


def _ending(offer: Offer, ids: Ids) -> tuple[int, Ids]:
    """Return the month in which what is paid for a time ends first, and which measures these are; else three years later."""
    ends = {name: min((flow.end for flow in offer.costs[name].flows), default=math.inf) for name in ids}
    ends = {name: end for name, end in ends.items() if end < math.inf}
    if ends:
        first = min(ends.values())
        return offer.start + int(first), tuple(name for name in ids if ends.get(name) == first)
    situation = Situation(offer.scenario, offer.start)
    phases = [situation.unit.funding[place] for place in situation.ending] if situation.unit is not None else []
    months = [int(earliest(phase.start) + earliest(phase.duration_months or 0)) for phase in phases]
    return min(months, default=offer.start + USUAL), ()


def _later(offer: Offer, ids: Ids, month: int) -> Offer:
    """Return what can be added in a month, from what is free then.

    Free are the euros a year that the package does not take from then on, and once as much as at first.
    """
    taken = sum(flow.a_year.high for name in ids for flow in offer.costs[name].flows
                if flow.decided and flow.first <= month - offer.start < flow.end)  # fmt: skip
    free = max(offer.budget.euro - taken, 0.0)
    once = offer.budget.euro if offer.budget.once is None else offer.budget.once
    posts = None if offer.budget.posts is None else max(offer.budget.posts - offer.costs_of(ids)[2].high, 0.0)
    known = offer.library.levers
    open_ = {one.id for one in offer.options if (offer.only is None or one.id in offer.only)} - offer.without - set(ids)
    open_ -= {name for name in open_ if any(excludes(known[name], known[other]) for other in ids)}
    without = [name for name in known if name not in open_]
    return offer_of(offer.applied(ids), offer.library, Budget(free, once, posts), without=without, start=month)


def best_rule(gains: Array, seen: Array, plans: Sequence[Ids]) -> Rule | None:
    """Return the rule that gains most in every other world, with what it gains in the rest against the best single plan there.

    ``gains`` (plans, worlds), ``seen`` (worlds, measures). A rule parts the worlds by one measure: what follows above a
    threshold, and what else.
    """
    known = np.isfinite(seen).all(axis=1)
    gains, seen = gains[:, known], seen[known]
    learn, check = slice(0, None, 2), slice(1, None, 2)
    best, found = -np.inf, None
    for place, name in enumerate(SEEN):
        for threshold in np.unique(np.quantile(seen[:, place], QUANTILES)):
            above = seen[:, place] > threshold
            sides = [gains[:, learn][:, side] for side in (above[learn], ~above[learn])]
            if min(side.shape[1] for side in sides) < LEAST_WORLDS:
                continue
            chosen = [int(side.mean(axis=1).argmax()) for side in sides]
            value = float(np.where(above[learn], gains[chosen[0], learn], gains[chosen[1], learn]).mean())
            if chosen[0] != chosen[1] and value > best:
                best, found = value, (name, float(threshold), above, chosen)
    if found is None:
        return None
    name, threshold, above, chosen = found
    fixed = gains[gains[:, learn].mean(axis=1).argmax(), check]
    apart = np.where(above[check], gains[chosen[0], check], gains[chosen[1], check]) - fixed
    low, high = bootstrap_interval(apart, CONFIDENCE)
    return Rule(name, threshold, plans[chosen[0]], plans[chosen[1]], float(apart.mean()), low, high)
