"""What a page offers for a scenario beside what it has: whatever the measures of the library add, laid in but never begun."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cached_property

from qsim.advice.applying import check_start, has_already, laid_over, lever_problem, with_levers
from qsim.advice.lever import Lever
from qsim.advice.library import Library, load_library
from qsim.advice.situation import Situation, usual_start
from qsim.explore.entries import parts_of, placed
from qsim.files.keys import value_at
from qsim.files.messages import InputError
from qsim.scenario.schema import Scenario
from qsim.scenario.structure import Commissioner, FundingPhase, Leader
from qsim.scenario.values import Part, Unknown, month_number

NEVER = month_number("2100-01")
"""The month of what a municipality does not have."""

BEGINS = ("start", "adopted", "date")
"""The fields that say when something begins."""

ROOM = 5.0
"""Posts of a funding phase of a scenario that a page can set at least."""


@dataclass(frozen=True)
class Offer:
    """A scenario, the measures of a library, and the absolute month in which they begin (None: as `qsim run --with` takes it).

    ``ticked`` are those that the plan has when the page opens. Raise InputError where they cannot be had.
    """

    scenario: Scenario
    library: Library = field(default_factory=load_library)
    start: int | None = None
    ticked: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        check_start(self.situation)
        with_levers(self.scenario, self.ticked, self.start, self.library)

    @cached_property
    def situation(self) -> Situation:
        """The scenario in the month in which measures begin."""
        return Situation(self.scenario, usual_start(self.scenario) if self.start is None else self.start)

    @cached_property
    def founder(self) -> Lever | None:
        """The measure that gives a scenario without a unit its first; None where there is a unit."""
        founding = (lever for lever in self.library.levers.values() if "no_unit" in lever.needs)
        return None if self.scenario.commissioners else next(founding, None)

    @cached_property
    def staffed(self) -> Situation:
        """The scenario with a unit, its own or the one that the founder gives it."""
        if self.founder is None:
            return self.situation
        return Situation(with_levers(self.scenario, [self.founder.id], self.start, self.library), self.situation.start)

    def situation_of(self, lever: Lever) -> Situation:
        """Return the situation that a measure is for: one that needs a unit finds that of the founder there."""
        return self.staffed if "unit" in lever.needs else self.situation

    def problem(self, lever: Lever) -> str | None:
        """Return in a line why a measure cannot be had, None if it can."""
        return lever_problem(lever, self.situation_of(lever), self.library, self.start is not None)

    @cached_property
    def laid(self) -> dict[str, Scenario]:
        """The scenario with each measure that can be laid over it; one for a concept may wait for that of a plan."""
        found = {}
        for name, lever in self.library.levers.items():
            situation = self.situation_of(lever)
            lacking = {need for need in lever.needs if situation.lacks_problem(need)}
            if lever.like or lacking - {"concept"} or has_already(lever, situation, self.library):
                continue
            try:
                found[name] = laid_over(situation, [lever], self.library)
            except InputError:
                continue
        return found

    @cached_property
    def additions(self) -> dict[str, Part]:
        """What may be added, by key: it never begins, and what has no month says nothing."""
        found: dict[str, Part] = {}
        for name, scenario in self.laid.items():
            before = {key for key, _ in parts_of(self.situation_of(self.library.levers[name]).scenario)}
            new = [(key, part) for key, part in parts_of(scenario) if key not in before and key.endswith("]")]
            for key, part in new:
                if not any(key.startswith(f"{other}.") for other, _ in new):
                    found.setdefault(key, _idle(part))
        leader = Leader(id="mayor", kind="mayor")
        if all(entry.id != leader.id for entry in self.scenario.leaders):
            found.setdefault("leaders[mayor]", leader)
        return found

    @cached_property
    def whole(self) -> Scenario:
        """The scenario with all that may be added at the end of its lists."""
        whole = self.scenario
        for key, part in self.additions.items():
            whole = with_entry(whole, key, part)
        return whole

    @cached_property
    def post_limits(self) -> dict[str, float]:
        """How many posts a page can set, by the key of each phase of funding that there is or may be."""
        phases = ((key, part) for key, part in parts_of(self.whole) if isinstance(part, FundingPhase))
        return {f"{key}.posts": _limit(part.posts, 0.0 if begins_never(part) else ROOM) for key, part in phases}


def with_entry(scenario: Scenario, key: str, part: Part) -> Scenario:
    """Return a scenario with an entry at the end of the list that its key names, such as formats[checklist]."""
    place = key[: key.rindex("[")]
    longer: Scenario = placed(scenario, {place: (*value_at(scenario, place), part)})
    return longer


def begins_never(part: Part) -> bool:
    """Return whether an object has a month in which it begins, and it never comes."""
    return any(getattr(part, name, None) == NEVER for name in BEGINS)


def _idle(part: Part) -> Part:
    """Return what a measure adds as if it never came: without its month, or, where it has none, with nothing said."""
    if isinstance(part, Commissioner):
        return part.model_copy(update={"funding": tuple(map(_idle, part.funding))})
    dates = {name: NEVER for name in BEGINS if getattr(part, name, None) is not None}
    if dates:
        return part.model_copy(update=dates)
    return type(part)(
        **{name: getattr(part, name) for name, field in type(part).model_fields.items() if field.is_required()}
    )


def _limit(posts: float | Unknown, room: float) -> float:
    return (
        float(math.ceil(posts.largest))
        if isinstance(posts, Unknown)
        else max(room, math.ceil(2 * posts if room else posts))
    )
