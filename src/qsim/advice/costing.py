"""What levers cost the municipality: euros once and a year, with what others pay taken off, as ranges where they are unknown."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from qsim.advice.lever import Cost, Lever, Prices
from qsim.advice.library import Library
from qsim.advice.situation import Situation
from qsim.scenario.dates import earliest, latest
from qsim.scenario.values import Unknown

MONTHS_A_YEAR = 12


@dataclass(frozen=True)
class Euros:
    """An amount of money, from ``low`` to ``high`` euros."""

    low: float = 0.0
    high: float = 0.0

    def __add__(self, other: Euros) -> Euros:
        return Euros(self.low + other.low, self.high + other.high)

    def times(self, other: Euros) -> Euros:
        """Return the product with a factor that is a range, too."""
        return Euros(self.low * other.low, self.high * other.high)

    @property
    def whole(self) -> Euros:
        """The amount in whole euros, as budgets have it: who asks for a budget of what he is told gets it."""
        return Euros(float(round(self.low)), float(round(self.high)))

    @classmethod
    def of(cls, value: float | Unknown) -> Euros:
        """Return an amount, or a factor, of a file."""
        return cls(earliest(value), latest(value))


NOTHING = Euros()
ONE = Euros(1.0, 1.0)


@dataclass(frozen=True)
class Flow:
    """Money that flows every year, from a month to another, counted from the one in which the lever begins.

    What is not ``decided`` hangs on a later decision of the council, and may be nothing.
    """

    a_year: Euros
    first: float = 0.0
    end: float = math.inf
    decided: bool = True


@dataclass(frozen=True)
class Costs:
    """What one lever or several cost: euros once, and what flows."""

    once: Euros = NOTHING
    flows: tuple[Flow, ...] = ()

    @property
    def a_year(self) -> Euros:
        """What is decided to be paid in the dearest year, euros."""
        decided = [flow for flow in self.flows if flow.decided]
        sums = [sum((flow.a_year for flow in decided if flow.first <= start.first < flow.end), NOTHING)
                for start in decided]  # fmt: skip
        return max(sums, key=lambda euros: euros.high, default=NOTHING)

    def left(self, month: float) -> Costs:
        """Return what is decided to be paid in a month and later, with nothing once."""
        return Costs(flows=tuple(flow for flow in self.flows if flow.decided and flow.end > month))

    def total(self, months: float) -> Euros:
        """Return what is paid within so many months, euros."""
        parts = (flow.a_year.times(_years(max(min(flow.end, months) - flow.first, 0.0))) for flow in self.flows)
        return sum(parts, self.once)


def cost_of(lever: Lever, library: Library, situation: Situation | None = None) -> Costs:
    """Return what a lever costs; without a situation for one department, or for one post that it makes permanent."""
    cost = lever.cost
    count, first = (ONE, 0.0) if situation is None else _count(cost, situation)
    staff, besides = post_cost(cost, library.prices)
    full = (Euros.of(cost.a_year) + staff + besides).times(count)
    end = math.inf if cost.months is None else first + cost.months
    flows = [Flow(full, first, end)]
    if cost.funded is not None:
        share, staff = Euros.of(cost.funded.share), staff.times(count)
        own = Euros(full.low - share.high * staff.low, full.high - share.low * staff.high)
        turn = first + cost.funded.months
        flows = [Flow(own, first, min(turn, end)), Flow(Euros(0.0, full.high), turn, end, decided=False)]
    return Costs(Euros.of(cost.once).times(count), tuple(flow for flow in flows if flow.a_year != NOTHING))


def cost_of_all(levers: Iterable[Lever], library: Library, situation: Situation | None = None) -> Costs:
    """Return what several levers cost together."""
    each = [cost_of(lever, library, situation) for lever in levers]
    return Costs(sum((one.once for one in each), NOTHING), tuple(flow for one in each for flow in one.flows))


def posts_of(lever: Lever, situation: Situation) -> Euros:
    """Return how many posts a lever takes, at least and at most."""
    return Euros.of(lever.cost.posts).times(_count(lever.cost, situation)[0])


def post_cost(cost: Cost, prices: Prices) -> tuple[Euros, Euros]:
    """Return what the posts of a lever cost a year: pay, bonus and the employer's part; and overhead and workplace."""
    if cost.grade is None:
        return NOTHING, NOTHING
    monthly = next(Euros.of(grade.monthly) for grade in prices.grades if grade.id == cost.grade)
    bonus, employer, posts = Euros.of(prices.bonus), Euros.of(prices.employer), Euros.of(cost.posts)
    months = Euros(MONTHS_A_YEAR + bonus.low, MONTHS_A_YEAR + bonus.high)
    staff = monthly.times(months).times(ONE + employer).times(posts)
    return staff, staff.times(Euros.of(prices.overhead)) + Euros.of(prices.workplace).times(posts)


def _count(cost: Cost, situation: Situation) -> tuple[Euros, float]:
    """Return how many there are of what amounts are for, and in how many months they are paid first."""
    if cost.per == "department":
        return Euros(*(float(len(house.departments)) for house in situation.houses)), 0.0
    if cost.per == "post" and situation.unit is not None:
        phases = [situation.unit.funding[index] for index in situation.ending]
        posts = sum((Euros.of(phase.posts) for phase in phases), NOTHING)
        ends = (earliest(phase.start) + earliest(phase.duration_months or 0) for phase in phases)
        return posts, min(ends, default=situation.start) - situation.start
    return ONE, 0.0


def _years(months: float) -> Euros:
    return Euros(months / MONTHS_A_YEAR, months / MONTHS_A_YEAR)
