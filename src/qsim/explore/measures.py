"""The measures of the library as a page has them: what each changes by the keys of controls, what it costs, what keeps it out."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from qsim.advice.applying import excludes, has_already
from qsim.advice.costing import cost_of
from qsim.advice.lever import Evidence, Lever
from qsim.advice.library import library_content, library_from
from qsim.explore.catalogue import told_value
from qsim.explore.controls import Control, controls_of
from qsim.explore.entries import parts_of, placed
from qsim.explore.offer import Offer
from qsim.files.keys import value_at
from qsim.files.messages import InputError, Message
from qsim.present.text.levers_table import costs_text
from qsim.present.text.names import key_name
from qsim.present.words.messages import in_words
from qsim.present.words.speaker import Speaker, capital
from qsim.runs.manifest import AskedMeasures
from qsim.scenario.schema import Scenario
from qsim.scenario.structure import FundingPhase
from qsim.scenario.values import Unknown, month_number, month_text

Changes = dict[str, Any]


def measures_in(offer: Offer, speak: Speaker) -> list[dict[str, Any]]:
    """Return the measures that a page shows for a scenario, in the order of the library.

    Each has its ``changes`` and what ``problem`` keeps it out, if any does; ``cost`` at least and at most, ``needs`` and
    ``not_beside`` as those of an option of :mod:`qsim.advice.packages`; and words. One that is like another is left out: in
    the model it does the same.
    """
    found = changes_of_all(offer)
    if wrong := [name for name in offer.ticked if name not in found]:
        raise InputError(
            Message("", None, None, name, "has no box on the page; qsim run takes it with --with") for name in wrong
        )
    levers = [lever for lever in offer.library.levers.values() if lever.like is None]
    return [_told(lever, levers, offer, found, speak) for lever in levers]


def asked_of(offer: Offer) -> AskedMeasures:
    """Return what was asked for of measures as a manifest holds it."""
    start = None if offer.start is None else month_text(offer.start)
    return {"ticked": list(offer.ticked), "start": start, "library": library_content(offer.library)}


def offer_from(scenario: Scenario, asked: AskedMeasures) -> Offer:
    """Return the offer for a scenario of which :func:`asked_of` told this; raise InputError for what cannot be had."""
    try:
        start = None if asked["start"] is None else month_number(asked["start"])
        library = library_from(asked["library"])
    except (KeyError, ValueError, TypeError, AttributeError):
        raise InputError.about(scenario.id, "says wrongly what was asked for of measures", "measures") from None
    return Offer(scenario, library, start, tuple(asked["ticked"]))


def changes_of_all(offer: Offer) -> dict[str, Changes]:
    """Return what each measure changes that can be had and that controls can write, by the keys of controls."""
    controls = controls_of(offer)
    founded: Changes = {}
    found: dict[str, Changes] = {}
    for name, scenario in offer.laid.items():
        lever = offer.library.levers[name]
        if offer.problem(lever) is None:
            first = founded if _founded(lever, offer) else {}
            changes = _changes(scenario, controls)
            if _says_all(scenario, changes, offer):
                found[name] = {key: value for key, value in changes.items() if key not in first}
                founded = changes if lever is offer.founder else founded
    return found


def _founded(lever: Lever, offer: Offer) -> bool:
    """Return whether a measure is for the unit that another one founds."""
    return offer.founder is not None and "unit" in lever.needs


def _changes(scenario: Scenario, controls: Sequence[Control]) -> Changes:
    """Return what controls stand at in a scenario with a measure, where it is not what they stand at without."""
    parts = dict(parts_of(scenario))
    values = {one.key: _stated(one, parts[one.owner]) for one in controls if one.owner in parts}
    return {one.key: values[one.key] for one in controls if one.key in values and not _same(values[one.key], one.value)}


def _stated(control: Control, part: Any) -> Any:
    if control.field == "duration_months" and isinstance(part, FundingPhase) and part.kind == "permanent":
        return math.inf
    return getattr(part, control.field)


def _same(one: Any, other: Any) -> bool:
    ranges = [
        value.model_dump(include={"between", "one_of"}) if isinstance(value, Unknown) else value
        for value in (one, other)
    ]
    return bool(ranges[0] == ranges[1])


def _says_all(scenario: Scenario, changes: Changes, offer: Offer) -> bool:
    """Return whether numbers, words, and nothing but them, make of the scenario with all that may be added one with a measure."""
    if any(isinstance(value, Unknown) for value in changes.values()):
        return False
    planned = placed(offer.whole, changes)
    there = {key for key, _ in parts_of(scenario)}
    idle = {key for key, _ in parts_of(planned) if key in offer.additions} - there
    for owner in sorted({key[: key.rindex("[")] for key in idle}, key=len, reverse=True):  # what lies deeper first
        kept = tuple(entry for entry in value_at(planned, owner) if f"{owner}[{entry.id}]" not in idle)
        planned = placed(planned, {owner: kept})
    return _content(planned) == _content(scenario)


def _content(scenario: Scenario) -> Mapping[str, Any]:
    return scenario.model_dump(mode="json", exclude={"id", "label"})


def _told(
    lever: Lever, levers: Sequence[Lever], offer: Offer, found: Mapping[str, Changes], speak: Speaker
) -> dict[str, Any]:
    costs = cost_of(lever, offer.library, offer.situation_of(lever))
    beside = [other.id for other in levers if other is not lever and _apart(lever, other, offer)]
    likes = [other for other in offer.library.levers.values() if other.like == lever.id]
    return {
        "id": lever.id,
        "group": speak.label(offer.library.groups[lever.id]),
        "label": capital(speak.label(lever.label)),
        "name": speak.label(lever.label),
        "help": speak.label(lever.help),
        "costs": costs_text(lever, costs, speak),
        "like": _likes_text(likes, offer, speak),
        "decided": speak(f"levers.decider.{lever.decided_by}"),
        "evidence": _evidence_text(lever.evidence, speak),
        "cost": {
            name: [euros.low, euros.high]
            for name, euros in (("a_year", costs.a_year.whole), ("once", costs.once.whole))
        },
        "changes": {key: told_value(value) for key, value in found.get(lever.id, {}).items()},
        "problem": None if lever.id in found else _problem(lever, offer, speak),
        "needs": [offer.founder.id] if offer.founder is not None and _founded(lever, offer) else [],
        "not_beside": beside,
    }


def _likes_text(likes: Sequence[Lever], offer: Offer, speak: Speaker) -> str:
    """Return what measures that act like another one cost, such as posts of other pay grades; nothing where there are none."""
    costs = ((lever, cost_of(lever, offer.library, offer.situation_of(lever))) for lever in likes)
    told = [f"{speak.label(lever.label)}, {costs_text(lever, each, speak)}" for lever, each in costs]
    return speak("explore.measures.like", measures="; ".join(told)) if told else ""


def _evidence_text(evidence: Evidence, speak: Speaker) -> str:
    """Return what speaks for a measure; those of qsim name statements of the report, those of one's own may have none."""
    if not evidence.statements:
        return speak(f"explore.measures.own_evidence.{evidence.grade}")
    return speak(f"explore.measures.evidence.{evidence.grade}", statements=", ".join(evidence.statements))


def _apart(one: Lever, other: Lever, offer: Offer) -> bool:
    """Return whether two measures exclude each other, or would add something else together than alone."""
    return excludes(one, other) or any(
        first is offer.founder and "unit" not in second.needs and "{unit}" in str(second.adds)
        for first, second in ((one, other), (other, one))
    )


def _problem(lever: Lever, offer: Offer, speak: Speaker) -> str:
    """Return what keeps a measure out, as `qsim levers` tells it."""
    situation = offer.situation_of(lever)
    if there := has_already(lever, situation, offer.library):
        return speak("explore.measures.there", name=key_name(there, situation.scenario, speak))
    problem = offer.problem(lever)
    if problem is None:
        return speak("explore.measures.unwritable", name=lever.id)
    return capital(in_words(problem, speak.language))
