"""Where a municipality stands in the month in which measures begin, and what the places in the text of a lever stand for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Any

from qsim.advice.lever import Need, Sign
from qsim.scenario.checks import largest_size
from qsim.scenario.dates import earliest, latest
from qsim.scenario.house import House, build_house
from qsim.scenario.schema import Scenario, UnitMove
from qsim.scenario.structure import Commissioner, Concept, Format, FundingPhase
from qsim.scenario.values import Unknown, month_text
from qsim.world.fill import place_of

PLACE = re.compile(r"\{([a-z_]+)(?:\+([0-9]+))?\}")
LEAD_DEPARTMENTS = 5
"""The departments that a task concerns most, as many as a project can hold."""

OUTSIDE = ("staff_unit", "staff_unit_with_head", "deputy_mayor")
"""Positions of a unit outside the departments."""


@dataclass(frozen=True)
class Situation:
    """A scenario in a month, absolute as in scenarios."""

    scenario: Scenario
    start: int

    @cached_property
    def unit(self) -> Commissioner | None:
        """The unit that measures are for: the first that certainly has posts."""
        return next((unit for unit in self.scenario.commissioners if any(map(self.pays, unit.funding))), None)

    def pays(self, phase: FundingPhase) -> bool:
        """Return whether a phase of funding certainly pays posts."""
        return latest(phase.start) <= self.start < _first_end(phase)

    @cached_property
    def ending(self) -> tuple[int, ...]:
        """The phases of the unit, by their places, that end later and on which the council will then decide."""
        phases = () if self.unit is None else self.unit.funding
        return tuple(index for index, phase in enumerate(phases)
                     if phase.kind == "fixed" and phase.after == "decide" and self.start < _first_end(phase))  # fmt: skip

    @cached_property
    def houses(self) -> tuple[House, House]:
        """The administration, the smallest and the largest that it can be."""
        size = self.scenario.administration.departments
        least = int(size.smallest if isinstance(size, Unknown) else size)
        return self._house(least), self._house(largest_size(self.scenario.administration))

    def _house(self, size: int) -> House:
        settled = self.scenario.administration.model_copy(update={"departments": size})
        return build_house(self.scenario.model_copy(update={"administration": settled}))

    @cached_property
    def lead_departments(self) -> list[str]:
        """The departments that the tasks concern most, those that stand in any case."""
        weights = {entry.id: (sum(map(_middle, entry.relevance)), -entry.slot) for entry in self.houses[0].departments}
        return sorted(weights, key=lambda name: weights[name], reverse=True)[:LEAD_DEPARTMENTS]

    @cached_property
    def place(self) -> dict[str, str]:
        """Where the unit stands: its ``position`` and the ``leader`` above it; nothing without a unit.

        Of an unknown position it is the first; a move before the month counts.
        """
        if self.unit is None:
            return {}
        moves = [event for event in self.scenario.events if isinstance(event, UnitMove)]
        moves = [event for event in moves if event.commissioner == self.unit.id and latest(event.date) <= self.start]
        at: Any = max(moves, key=lambda event: latest(event.date), default=self.unit)
        position = str(_middle(at.position))
        house = self.houses[1]
        where = place_of(self.scenario, house, self.unit, position, at.under, at.division, at.department)
        return {"position": position, "leader": house.leaders[where["leader"]].id}

    def lacks_problem(self, need: Need) -> str | None:
        """Return what is not as a lever needs it, None if it is."""
        month, units = month_text(self.start), self.scenario.commissioners
        if need == "unit" and self.unit is None:
            first = min((latest(phase.start) for unit in units for phase in unit.funding), default=None)
            later = "" if first is None or first <= self.start else f"; the first begin in {month_text(first)}"
            return f"nobody certainly has posts for the task in {month}{later}"
        if need == "no_unit" and units:
            return f'there is a unit for it already, "{units[0].id}"'
        if need == "two_units" and not any(set(a.tasks) & set(b.tasks) for a, b in combinations(units, 2)):
            return "no two units share a task"
        if need == "concept" and not any(self.holds(concept) for concept in self.scenario.concepts):
            return f"no concept has certainly been adopted by {month}"
        if need == "climate_task" and not any("climate" in task.kind for task in self.scenario.tasks):
            return "this is funded for tasks of the climate only"
        if need == "ending_posts" and not self.ending:
            return f"no posts of the unit end after {month} by a decision of the council"
        return None

    def holds(self, entry: Format | Concept) -> bool:
        """Return whether a format or concept is certainly in force."""
        if isinstance(entry, Concept):
            return latest(entry.adopted) <= self.start
        return latest(entry.start) <= self.start and (entry.end is None or self.start < earliest(entry.end))

    def shown_by(self, sign: Sign) -> str | None:
        """Return the key of what shows that the scenario has a lever, None if nothing does."""
        has = {field: self.filled(value) for field, value in sign.has.items()}
        if sign.among == "administration":
            return f"administration.{next(iter(has))}" if _is_so(self.scenario.administration, has) else None
        if sign.among == "place":
            return None if self.unit is None or not _is_so(self.place, has) else f"commissioners[{self.unit.id}]"
        for entry in getattr(self.scenario, sign.among):
            if _is_so(entry, has) and (not isinstance(entry, (Format, Concept)) or self.holds(entry)):
                return f"{sign.among}[{entry.id}]"
        return None

    def filled(self, value: Any) -> Any:
        """Return a value of a lever with its places filled; a key is left out where nothing can stand in its place."""
        if isinstance(value, dict):
            pairs = ((key, self.filled(each)) for key, each in value.items())
            return {key: each for key, each in pairs if each is not None}
        if isinstance(value, list):
            return [self.filled(each) for each in value]
        whole = PLACE.fullmatch(value) if isinstance(value, str) else None
        return value if whole is None else self._stands_for(whole)

    def keys(self, key: str) -> list[str]:
        """Return the keys that a key of a lever stands for, one for each entry of a list in its place."""
        found = PLACE.search(key)
        if found is None:
            return [key]
        names = self._stands_for(found)
        each = names if isinstance(names, list) else [] if names is None else [names]
        return [one for name in each for one in self.keys(f"{key[: found.start()]}{name}{key[found.end() :]}")]

    def _stands_for(self, found: re.Match[str]) -> Any:
        name, months = found[1], int(found[2] or 0)
        if name == "from":
            return month_text(self.start + months)
        return self._places[name]

    @cached_property
    def _places(self) -> dict[str, Any]:
        unit, scenario = self.unit, self.scenario
        groups = [group for group in scenario.civil_society
                  if (group.start is None or latest(group.start) <= self.start)
                  and (group.end is None or self.start < earliest(group.end))]  # fmt: skip
        above = self.place.get("leader")
        with_head = self.place.get("position") == "staff_unit_with_head"
        return {
            "unit": None if unit is None else unit.id,
            "units": [each.id for each in scenario.commissioners],
            "tasks": [task.id for task in scenario.tasks],
            "groups": [group.id for group in groups],
            "ending": [*self.ending],
            "above": above,
            "above_kind": None if above is None else above.partition("_")[0],
            "staff_position": OUTSIDE[1] if with_head else OUTSIDE[0],
            "lead_departments": self.lead_departments,
            "lead_department": self.lead_departments[:1],
        }


def usual_start(scenario: Scenario) -> int:
    """Return the first month of the run in which a unit certainly has posts, of one without units its first month."""
    phases = [phase for unit in scenario.commissioners for phase in unit.funding]
    months = [max(scenario.start, int(latest(phase.start))) for phase in phases]
    last = scenario.start + scenario.months - 1
    paid = (month for month, phase in zip(months, phases, strict=True) if month < _first_end(phase))
    return min(min(paid, default=scenario.start), last)


def _first_end(phase: FundingPhase) -> float:
    """Return the month after a phase, the earliest it can be; that of a permanent one, or of one that goes on, never comes."""
    if phase.duration_months is None or phase.after == "continue":
        return float("inf")
    return earliest(phase.start) + earliest(phase.duration_months)


def _middle(value: Any) -> Any:
    return value.middle if isinstance(value, Unknown) else value


def _is_so(entry: Any, has: dict[str, Any]) -> bool:
    """Return whether fields of an object certainly are as they must be."""
    return all(_certainly(_field(entry, name), wanted) for name, wanted in has.items())


def _field(entry: Any, name: str) -> Any:
    for step in name.split("."):
        entry = entry.get(step) if isinstance(entry, dict) else getattr(entry, step)
    return entry


def _certainly(value: Any, wanted: Any) -> bool:
    if value is None or wanted is None:
        return False
    if isinstance(wanted, (int, float)) and not isinstance(wanted, bool):
        return earliest(value) >= wanted
    options = wanted if isinstance(wanted, list) else [wanted]
    values = value.one_of or () if isinstance(value, Unknown) else [value]
    return bool(values) and all(each in options for each in values)
