"""The calendar as people see it: dated marks for figures and tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from qsim.scenario.labels import Label
from qsim.scenario.schema import Scenario
from qsim.scenario.values import Part, Unknown, month_text

EVENT_LABELS = {
    "shock": Label(de="Krise", en="Shock"),
    "election": Label(de="Wahl", en="Election"),
    "new_leader": Label(de="Neue Leitung", en="New leader"),
    "recut": Label(de="Neuzuschnitt", en="Re-cut"),
    "budget_crisis": Label(de="Haushaltskrise", en="Budget crisis"),
    "unit_move": Label(de="Verlagerung der Einheit", en="Move of the unit"),
    "mandate": Label(de="Pflichtaufgabe", en="Mandate"),
    "council_decision": Label(de="Ratsbeschluss", en="Council decision"),
    "note": Label(de="Vermerk", en="Note"),
}
CONCEPT = Label(de="Konzept", en="Concept")
FUNDING_STARTS = Label(de="Förderung beginnt", en="Funding starts")
FUNDING_ENDS = {
    "end": Label(de="Förderung endet", en="Funding ends"),
    "decide": Label(
        de="Förderung läuft aus; der Rat entscheidet, ob es weitergeht",
        en="Funding runs out; the council decides whether it goes on",
    ),
    "continue": Label(de="Förderung endet; die Stelle bleibt", en="Funding ends; the post stays"),
}
"""By what comes after a fixed phase."""


@dataclass(frozen=True)
class Dated:
    """Something of a scenario that has a date: the part and the field that tell it, and what it is called.

    ``later`` is the field with the months that pass until then, if there is one; without a value it never comes. Where there
    are several labels, they are by the values of the field ``by``.
    """

    part: Part
    kind: str
    date: str
    label: Label | Mapping[str, Label]
    later: str = ""
    by: str = ""


@dataclass(frozen=True)
class CalendarMark:
    """Something dated within the run; ``certain`` is False where the date is drawn and ``month`` its middle."""

    month: str  # YYYY-MM
    kind: str
    label: Label
    certain: bool = True


def dated(scenario: Scenario) -> Iterator[Dated]:
    """Yield the events, concepts, starts of formats, and starts and ends of funding, whenever they are."""
    for event in scenario.events:
        yield Dated(event, event.kind, "date", event.label or EVENT_LABELS[event.kind])
    for concept in scenario.concepts:
        yield Dated(concept, "concept", "adopted", concept.label or CONCEPT)
    for form in scenario.formats:
        label = form.label or Label.of_id(form.id)
        yield Dated(form, "format_start", "start", Label(de=f"Beginn: {label.de}", en=f"Start: {label.en}"))
    for unit in scenario.commissioners:
        for phase in unit.funding:
            yield Dated(phase, "funding_start", "start", phase.label or FUNDING_STARTS)
            yield Dated(phase, "funding_end", "start", FUNDING_ENDS, "duration_months", "after")


def calendar_marks(scenario: Scenario) -> list[CalendarMark]:
    """Return what is dated within the run, in order of time."""
    found: list[tuple[float, CalendarMark]] = []
    for one in dated(scenario):
        values = [getattr(one.part, one.date), getattr(one.part, one.later) if one.later else 0]
        if None in values:
            continue
        month = sum(value.middle if isinstance(value, Unknown) else value for value in values)
        if scenario.start <= month < scenario.start + scenario.months:
            label = one.label if isinstance(one.label, Label) else one.label[getattr(one.part, one.by)]
            certain = not any(isinstance(value, Unknown) for value in values)
            found.append((month, CalendarMark(month_text(month), one.kind, label, certain)))
    return [mark for _, mark in sorted(found, key=lambda pair: pair[0])]
