"""The calendar as people see it: dated marks for figures and tables."""

from __future__ import annotations

from dataclasses import dataclass

from qsim.scenario.labels import Label
from qsim.scenario.schema import Scenario
from qsim.scenario.values import Unknown, month_text

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
        de="Förderung läuft aus; die Stadt entscheidet, ob es weitergeht",
        en="Funding runs out; the city decides whether it goes on",
    ),
    "continue": Label(de="Förderung endet; die Stelle bleibt", en="Funding ends; the post stays"),
}
"""By what comes after a fixed phase."""


@dataclass(frozen=True)
class CalendarMark:
    """Something dated within the run; ``certain`` is False where the date is drawn and ``month`` its middle."""

    month: str  # YYYY-MM
    kind: str
    label: Label
    certain: bool = True


def calendar_marks(scenario: Scenario) -> list[CalendarMark]:
    """Return the events, concepts, starts of formats, and starts and ends of funding within the run, in order of time."""
    found: list[tuple[float, CalendarMark]] = []

    def add(date: int | Unknown, kind: str, label: Label, later: float | Unknown = 0.0) -> None:
        month = sum(value.middle if isinstance(value, Unknown) else value for value in (date, later))
        certain = not (isinstance(date, Unknown) or isinstance(later, Unknown))
        if scenario.start <= month < scenario.start + scenario.months:
            found.append((month, CalendarMark(month_text(month), kind, label, certain)))

    for event in scenario.events:
        add(event.date, event.kind, event.label or EVENT_LABELS[event.kind])
    for concept in scenario.concepts:
        add(concept.adopted, "concept", concept.label or CONCEPT)
    for form in scenario.formats:
        label = form.label or Label.of_id(form.id)
        add(form.start, "format_start", Label(de=f"Beginn: {label.de}", en=f"Start: {label.en}"))
    for unit in scenario.commissioners:
        for phase in unit.funding:
            add(phase.start, "funding_start", phase.label or FUNDING_STARTS)
            if phase.duration_months is not None:
                add(phase.start, "funding_end", FUNDING_ENDS[phase.after], phase.duration_months)
    return [mark for _, mark in sorted(found, key=lambda pair: pair[0])]
