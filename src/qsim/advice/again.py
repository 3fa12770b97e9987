"""Decides again when money ends: what to add then, and whether that should depend on what can be seen by then.

It is decided in the last month for which there is money, while what ends is still there and can be made permanent. Until then
all that may follow has the package in common, and so what can be seen. What follows is a single measure, or nothing more, paid
from what is free from the next month on: the package goes on in any case, as the model stops no measure. What is added begins
in the month of the decision, so what ends and what follows are paid side by side for that one month, which counts in no budget.
"""

from __future__ import annotations

import math

import numpy as np

from qsim.advice.advice import Again
from qsim.advice.applying import excludes
from qsim.advice.choosing import Effort
from qsim.advice.describing import effect_of
from qsim.advice.offer import Budget, Ids, Offer, offer_of
from qsim.advice.ruling import best_rule
from qsim.advice.situation import Situation
from qsim.advice.table import Table
from qsim.comparison.report import Stage
from qsim.measures.catalogue import Measure
from qsim.runs.readings import Reading
from qsim.scenario.dates import earliest
from qsim.scenario.values import month_text

USUAL = 36
"""Months after which it is decided again where no money ends."""

LEAST_LEFT = 24
"""Months of the run that must be left then, for what follows to show."""

SEEN = ("considered", "coverage", "practice", "posts_filled")
"""What a house can see of itself: papers that consider the task, offices reached, what is done, posts filled."""

BEST = 3
"""Measures, those with most effect, among which rules choose, beside nothing more."""


def decided_again(
    table: Table, ids: Ids, measure: Measure, relevant: float, effort: Effort, stage: Stage
) -> Again | None:
    """Return what to do when money ends; None if too little of the run is left then, or nothing can be added."""
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
    rule = best_rule(gains, seen, SEEN, plans, relevant)
    return Again(month_text(month), ends, later.budget.euro, plans[best], told, rule,
                 rule is not None and rule.low > 0 and rule.gain > relevant)  # fmt: skip


def _ending(offer: Offer, ids: Ids) -> tuple[int, Ids]:
    """Return the last month that is paid of what ends first, and which measures of the package end with it.

    What ends are measures that are paid for a time, and posts of the unit on which the council decides then. Where nothing ends
    after the month in which the package begins, it is three years later.
    """
    begin = offer.start
    ends = {name: min((flow.end for flow in offer.costs[name].flows), default=math.inf) for name in ids}
    measures = {name: begin + int(end) - 1 for name, end in ends.items() if end < math.inf}
    situation = Situation(offer.applied(ids), begin)
    phases = [situation.unit.funding[place] for place in situation.ending] if situation.unit is not None else []
    posts = [int(earliest(phase.start) + earliest(phase.duration_months or 0)) - 1 for phase in phases]
    last = min((month for month in (*measures.values(), *posts) if month > begin), default=begin + USUAL)
    return last, tuple(name for name in ids if measures.get(name) == last)


def _later(offer: Offer, ids: Ids, month: int) -> Offer:
    """Return what can be added in a month, from what is free from the next one on.

    Free are the euros a year and the posts that the package does not take from then on, and once as much as at first.
    """
    going = {name: costs for name in ids if (costs := offer.costs[name].left(month + 1 - offer.start)).flows}
    free = max(offer.budget.euro - sum(costs.a_year.whole.high for costs in going.values()), 0.0)
    once = offer.budget.euro if offer.budget.once is None else offer.budget.once
    taken = offer.costs_of(tuple(going))[2].high
    posts = None if offer.budget.posts is None else max(offer.budget.posts - taken, 0.0)
    known = offer.library.levers
    open_ = {name for name in known if offer.only is None or name in offer.only} - offer.without - set(ids)
    open_ -= {name for name in open_ if any(excludes(known[name], known[other]) for other in ids)}
    without = [name for name in known if name not in open_]
    return offer_of(offer.applied(ids), offer.library, Budget(free, once, posts), without=without, start=month)
