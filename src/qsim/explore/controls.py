"""What may be changed on the live page: the fields of a scenario, by what a town hall calls them, with what the schema says."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, get_args, get_origin

from pydantic.fields import FieldInfo

from qsim.explore.entries import parts_of
from qsim.explore.instruments import Instrument, instrument_of
from qsim.explore.offer import BEGINS, NEVER, Offer, begins_never
from qsim.scenario.loading import load_scenario
from qsim.scenario.schema import CouncilDecision, Scenario, Task, UnitMove
from qsim.scenario.structure import (
    Administration,
    Channels,
    CivilSociety,
    Commissioner,
    Concept,
    Format,
    FundingPhase,
    Leader,
)
from qsim.scenario.values import DATES, Choice, Number, Part, Unknown

GROUPS = ("post", "money", "formats", "council", "leadership", "house")
"""In the order in which they stand on the page."""

FIELDS: tuple[tuple[str, type[Part], tuple[str, ...]], ...] = (
    ("post", FundingPhase, ("posts",)),
    ("post", Commissioner, ("position", "knowledge", "mediation", "overview", "recognition", "handover", "coordination",
                            "outreach")),
    ("money", FundingPhase, ("duration_months", "own_share", "after", "start")),
    ("money", Administration, ("budget_tightness",)),
    ("formats", Format, ("start", "end", "interval_weeks", "hours", "coordination_hours", "quality", "source_knowledge",
                         "voluntary", "embedded")),
    ("formats", Channels, tuple(Channels.model_fields)),
    ("council", Concept, ("adopted", "ambition", "concreteness", "council")),
    ("council", CouncilDecision, ("date", "strength")),
    ("post", UnitMove, ("date",)),
    ("council", Task, ("mandate",)),
    ("leadership", Leader, ("support", "demands", "knowledge", "co_responsibility", "transparency", "reelection_share")),
    ("house", Administration, ("staff", "workload", "vacancy_share", "turnover_per_year", "hierarchy",
                               "communication_culture", "closed_share", "personnel_openness", "evaluation",
                               "knowledge_management", "reflection")),
    ("house", Task, ("need", "salience", "knowledge", "process_knowledge", "practice")),
    ("house", CivilSociety, ("start", "expertise", "engagement", "volunteer_hours", "recognition", "pressure")),
)  # fmt: skip
"""The group, the kind of object, and its fields that may be changed, those that matter most first."""

MAIN = {
    FundingPhase: ("posts", "duration_months", "own_share", "after"), Commissioner: ("position",), Format: ("start",),
    Administration: ("budget_tightness", "workload", "vacancy_share", "communication_culture"),
    Concept: ("adopted", "ambition", "concreteness", "council"), CouncilDecision: ("date", "strength"),
    Task: ("mandate", "need", "salience"), Leader: ("support", "knowledge"), CivilSociety: ("engagement",),
}  # fmt: skip
"""What is seen at once; the rest is folded up."""

ADDED: dict[type[Part], tuple[str, ...]] = {
    FundingPhase: ("posts", "own_share"), Format: ("interval_weeks", "hours"), Concept: ("ambition", "concreteness", "council"),
    CouncilDecision: ("strength",),
}  # fmt: skip
"""What may be changed, beside its months, of what may be added."""

EVENTS = (CouncilDecision, UnitMove)
"""Kinds of which only what may be added can be changed."""

DATED_ONLY = ((Format, "end"), (CivilSociety, "start"))
"""Months that most have not."""

USUAL = "municipality"
"""The scenario whose ranges say what is usual."""

Kind = Literal["number", "choice", "flag", "month"]


@dataclass(frozen=True)
class Control:
    """A value that may be changed: its key, the group, the object and field it belongs to, and what it may be.

    ``low`` and ``high`` are the limits of a number or a month, ``options`` those of a choice. ``switch`` is the value that
    says something else than a number: a month that never comes, a duration without an end; ``first`` what stands when
    that is taken back. ``value`` is None where the scenario says nothing. ``usual`` is the range of any municipality. What
    belongs to a format names which ``instrument`` that is.
    """

    key: str
    group: str
    owner: str
    part: type[Part]
    field: str
    kind: Kind
    value: Any
    low: float = -math.inf
    high: float = math.inf
    options: tuple[str, ...] = ()
    switch: float | None = None
    first: float = 0.0
    usual: tuple[float, float] | None = None
    instrument: Instrument | None = None

    @property
    def main(self) -> bool:
        """Whether it is seen at once."""
        return self.field in MAIN.get(self.part, ()) or self.switch == NEVER


def controls_of(offer: Offer) -> list[Control]:
    """Return what may be changed in a scenario, with all that may be added to it, group by group."""
    usual, instruments = _usual(), _instruments(offer.whole)
    parts = [(key, part) for key, part in parts_of(offer.whole) if not key.startswith("parameters")]
    found = []
    for group, kind, fields in FIELDS:
        for key, part in parts:
            if type(part) is kind:
                names, instrument = _changeable(key, part, fields, offer), instruments.get(key)
                found += [_control(offer, group, key, part, name, usual, instrument) for name in names]
    return sorted(found, key=lambda one: GROUPS.index(one.group))


def _changeable(key: str, part: Part, fields: tuple[str, ...], offer: Offer) -> Iterator[str]:
    """Yield the fields that may be changed: of what may be added the main ones, of what there is no month that it has not."""
    added = next((one for one in offer.additions if key.startswith(one) and begins_never(offer.additions[one])), None)
    for name in fields:
        if added is not None and name not in (*ADDED.get(type(part), ()), *BEGINS, "end"):
            continue
        if (type(part), name) in DATED_ONLY and getattr(part, name) is None:
            continue
        if type(part) in EVENTS and added is None:
            continue
        yield name


def _control(
    offer: Offer, group: str, owner: str, part: Part, name: str, usual: dict[Any, Any], instrument: Instrument | None
) -> Control:
    scenario, limits = offer.scenario, offer.post_limits
    field, key, value = type(part).model_fields[name], f"{owner}.{name}", getattr(part, name)
    told: dict[str, Any] = {"usual": usual.get((type(part), instrument, name)), "instrument": instrument}
    number = next(_marks(Number, field), None)
    choice = next(_marks(Choice, field), None)
    kind: Kind
    if name in DATES:
        kind = "month"
        told |= {"low": scenario.start, "high": scenario.start + scenario.months - 1, "first": scenario.start}
        told |= {"switch": NEVER if name in BEGINS and (type(part) is not FundingPhase or begins_never(part)) else None}
        told |= {"usual": None}
    elif field.annotation is bool:
        kind = "flag"
    elif number is not None:
        kind = "number"
        told |= {"low": number.low, "high": limits.get(key, number.high)}
        if name == "duration_months":
            told |= {"switch": math.inf, "first": 36.0}
            value = math.inf if isinstance(part, FundingPhase) and part.kind == "permanent" else value
    else:
        kind = "choice"
        told["options"] = choice.options if choice else get_args(field.annotation)
    return Control(key, group, owner, type(part), name, kind, value, **told)


def _marks(wanted: type[Any], field: FieldInfo) -> Iterator[Any]:
    """Yield the marks of a kind on a field, wherever its type holds them."""
    places: list[Any] = [*field.metadata, field.annotation]
    while places:
        place = places.pop(0)
        if isinstance(place, wanted):
            yield place
        elif get_origin(place) is not Literal:
            places += [*get_args(place), *getattr(place, "__metadata__", ())]


def _instruments(scenario: Scenario) -> dict[str, Instrument]:
    """Return which instrument each format is, by the keys of the format and of its channels."""
    forms = {f"formats[{form.id}]": instrument_of(form) for form in scenario.formats}
    return forms | {f"{key}.channels": instrument for key, instrument in forms.items()}


def _usual() -> dict[tuple[type[Part], Instrument | None, str], tuple[float, float]]:
    """Return the ranges of any municipality by kind of object and field, the first where there are several.

    Those of a format are of its kind of instrument, and hold all formats of the kind.
    """
    scenario = load_scenario(USUAL)
    instruments = _instruments(scenario)
    found: dict[tuple[type[Part], Instrument | None, str], tuple[float, float]] = {}
    for owner, part in parts_of(scenario):
        instrument = instruments.get(owner)
        for name in type(part).model_fields:
            value, key = getattr(part, name), (type(part), instrument, name)
            if isinstance(value, Unknown) and value.between is not None:
                low, high = found.setdefault(key, value.between)
                if instrument is not None:
                    found[key] = min(low, value.between[0]), max(high, value.between[1])
    return found
