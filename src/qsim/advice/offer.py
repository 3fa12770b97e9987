"""What may be done in a scenario within a budget: measures as options with their costs, and the others with the reason."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from qsim.advice.applying import check_start, excludes, lever_problem, with_levers
from qsim.advice.costing import NOTHING, Costs, Euros, cost_of, posts_of
from qsim.advice.lever import Lever
from qsim.advice.library import Library
from qsim.advice.packages import ROUNDING, Choice, Option
from qsim.advice.situation import Situation, usual_start
from qsim.files.messages import InputError, Message
from qsim.scenario.schema import Scenario

A_YEAR, ONCE, POSTS = "--euro", "--once", "--posts"
"""What is limited, by the names of the options that limit it."""

Ids = tuple[str, ...]
"""A package: the ids of its measures, in the order of the library."""


@dataclass(frozen=True)
class Budget:
    """What there is: ``euro`` a year, ``once``, and ``posts``; no limit where None.

    Without ``once`` what is paid once may be as much as what is paid a year.
    """

    euro: float
    once: float | None = None
    posts: float | None = None

    def limits(self, euro: float) -> dict[str, float]:
        """Return the limits by name if there are so many euros a year."""
        limits = {A_YEAR: euro, ONCE: euro if self.once is None else self.once}
        return limits if self.posts is None else limits | {POSTS: self.posts}

    def least(self, a_year: Euros, once: Euros, posts: Euros) -> float:
        """Return the least budget of euros a year that affords what costs so much; infinite where none does."""
        limits, asked = self.limits(math.inf), {ONCE: once.high, POSTS: posts.high}
        if any(high > limits.get(name, math.inf) * (1 + ROUNDING) for name, high in asked.items()):
            return math.inf
        return max(a_year.high, once.high) if self.once is None else a_year.high


@dataclass(frozen=True)
class LeftOut:
    """A measure that cannot be had, and why, as an English sentence that messages translate."""

    id: str
    reason: str


@dataclass(frozen=True)
class Offer:
    """The measures that a scenario can have from month ``start`` on, absolute as in scenarios, and who is ``left_out``.

    ``dated`` says that the month was asked for. ``founding`` is what the scenario needs first: a unit, where it has none.
    """

    scenario: Scenario
    library: Library
    budget: Budget
    start: int
    dated: bool
    options: tuple[Option, ...]
    costs: Mapping[str, Costs]
    left_out: tuple[LeftOut, ...]
    only: frozenset[str] | None
    without: frozenset[str]

    @cached_property
    def choice(self) -> Choice:
        """The packages that the budget affords; raise InputError, with what the cheapest costs, if there is none."""
        try:
            return self.choice_of(self.budget.euro)
        except ValueError as error:
            raise InputError.about("", str(error)) from None

    def choice_of(self, euro: float) -> Choice:
        """Return the packages that so many euros a year afford; raise ValueError if there is none."""
        there = {one.id for one in self.options}
        return Choice(self.options, self.budget.limits(euro), self.only, self.without & there)

    @property
    def singles(self) -> tuple[Ids, ...]:
        """Each measure by itself, with what it needs, whatever it costs."""
        asked = {
            one.id for one in self.options if one.id not in self.without and (self.only is None or one.id in self.only)
        }
        whole = [(one.id, *one.needs) for one in self.options if {one.id, *one.needs} <= asked]
        return tuple(map(self.ordered, whole))

    def ordered(self, names: Iterable[str]) -> Ids:
        """Return names in the order of the library."""
        wanted = set(names)
        return tuple(name for name in self.library.levers if name in wanted)

    def levers(self, ids: Ids) -> tuple[Lever, ...]:
        """Return the measures of a package."""
        return tuple(self.library.levers[name] for name in ids)

    def applied(self, ids: Ids) -> Scenario:
        """Return the scenario with the measures of a package."""
        return with_levers(self.scenario, ids, self.start if self.dated else None, self.library)

    def costs_of(self, ids: Ids) -> tuple[Euros, Euros, Euros]:
        """Return what a package costs: euros a year, once, and posts, each measure in its dearest year."""
        whole = {one.id: one.cost for one in self.options}
        return tuple(sum((Euros(*whole[name][limit]) for name in ids), NOTHING) for limit in (A_YEAR, ONCE, POSTS))  # type: ignore[return-value]  # three of them

    def mean_a_year(self, ids: Ids) -> Euros:
        """Return what a package costs on average a year until the end of the run, what is paid once spread over it."""
        months = self.scenario.start + self.scenario.months - self.start
        total = sum((self.costs[name].total(months) for name in ids), NOTHING)
        return total.times(Euros(12 / months, 12 / months))

    def affords(self, ids: Ids) -> bool:
        """Return whether the budget affords a package."""
        there = dict(zip((A_YEAR, ONCE, POSTS), self.costs_of(ids), strict=True))
        return all(
            there[name].high <= limit * (1 + ROUNDING) for name, limit in self.budget.limits(self.budget.euro).items()
        )


def offer_of(
    scenario: Scenario,
    library: Library,
    budget: Budget,
    only: Collection[str] | None = None,
    without: Collection[str] = (),
    start: int | None = None,
) -> Offer:
    """Return what a scenario can have: all measures of the library but those ``without``, or ``only`` these.

    A measure with the change of another is left out unless it is asked for, as the model cannot tell the two apart. Raise
    InputError, with a line for each, for unknown names, for what is asked for and left out, and for what is asked for and
    cannot be had.
    """
    wrong = [*_unknown(library, only or ()), *_unknown(library, without)]
    wrong += [_message(name, "is asked for and left out") for name in only or () if name in without]
    if wrong:
        raise InputError(wrong)
    month = usual_start(scenario) if start is None else start
    base = Situation(scenario, month)
    check_start(base)
    dated = start is not None
    founding = next((lever for lever in library.levers.values()
                     if "no_unit" in lever.needs and lever_problem(lever, base, library, dated) is None), None)  # fmt: skip
    founded = base if founding is None else Situation(with_levers(scenario, [founding.id], start, library), month)
    options: list[Option] = []
    costs: dict[str, Costs] = {}
    left_out: list[LeftOut] = []
    for lever in library.levers.values():
        needs: tuple[str, ...] = ()
        problem, situation = lever_problem(lever, base, library, dated), base
        if problem is not None and founding is not None and lever_problem(lever, founded, library, dated) is None:
            problem, situation, needs = None, founded, (founding.id,)
        if problem is None and lever.id not in (only or ()):
            problem = _like_problem(lever)
        if problem is not None:
            left_out.append(LeftOut(lever.id, problem))
            continue
        costs[lever.id] = cost_of(lever, library, situation)
        options.append(_option(lever, costs[lever.id], posts_of(lever, situation), needs, library))
    if only is not None:
        wrong = [_message(one.id, one.reason) for one in left_out if one.id in only]
        asked = [one for one in options if one.id in only]
        wrong += [_message(one.id, f"needs {name}, which is not among those asked for")
                  for one in asked for name in one.needs if name not in only]  # fmt: skip
    if wrong:
        raise InputError(wrong)
    there = {one.id for one in options}
    return Offer(
        scenario, library, budget, month, dated,
        tuple(replace(one, not_beside=tuple(set(one.not_beside) & there)) for one in options), costs,
        tuple(one for one in left_out if only is None and one.id not in without),
        None if only is None else frozenset(only), frozenset(without),
    )  # fmt: skip


def _like_problem(lever: Lever) -> str | None:
    return None if lever.like is None else f"the model cannot tell it from {lever.like}; only their costs differ"


def _option(lever: Lever, costs: Costs, posts: Euros, needs: Sequence[str], library: Library) -> Option:
    beside = [other.id for other in library.levers.values() if other is not lever and excludes(lever, other)]
    amounts = {A_YEAR: costs.a_year.whole, ONCE: costs.once.whole, POSTS: posts}
    return Option(lever.id, {name: (euros.low, euros.high) for name, euros in amounts.items()}, needs, beside)


def _unknown(library: Library, names: Collection[str]) -> list[Message]:
    try:
        library.named(names)
    except InputError as error:
        return [*error.messages]
    return []


def _message(name: str, text: str) -> Message:
    return Message("", None, None, name, text)
