"""Commitment: papers promise, and their binding force fades while the promise stays on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reference.agents import Concept, Department
from reference.maths import share
from reference.together import together

if TYPE_CHECKING:
    from reference.model import ReferenceModel


COUNCIL_DECISION = 7


def commitment(model: ReferenceModel) -> None:
    for concept in model.concepts:
        late = model.month == model.start and concept.adopted < model.start
        if int(concept.adopted) == model.month or late:
            adopt(model, concept)
    for k in range(len(model.tasks)):
        renewed = renewal(model, k)
        for department in model.departments:
            fade(model, department, k, renewed)


def adopt(model: ReferenceModel, concept: Concept) -> None:
    """Let the departments concerned promise what a paper says."""
    p = model.parameters
    half_life = p["commitment.half_life"] * (p["commitment.council_half_life"] if concept.council else 1.0)
    fresh = 0.5 ** ((model.month - concept.adopted) / half_life)
    for k in concept.tasks:
        for department in concept.departments:
            stance = department.stances[k]
            if stance.relevance < 0.05:
                continue
            force = p["commitment.binding"] + p["commitment.council_binding"] * concept.council
            force += p["commitment.drafting_binding"] * stance.drafted
            stance.commitment = concept.ambition
            stance.concreteness = concept.concreteness
            stance.binding = max(share(force) * fresh, stance.binding)
            stance.half_life = half_life
            stance.arranged = together(stance.arranged, stance.drafted * concept.concreteness)


def renewal(model: ReferenceModel, k: int) -> float:
    """Return the strength of the council's strongest decision on a task this month."""
    decisions = [event for event in model.events if event.kind == COUNCIL_DECISION and k in event.tasks]
    return max((event.value for event in decisions if int(event.date) == model.month), default=0.0)


def fade(model: ReferenceModel, department: Department, k: int, renewed: float) -> None:
    p, stance = model.parameters, department.stances[k]
    stance.drafted *= 0.98
    half_life = p["commitment.half_life"] if stance.half_life == 0.0 else stance.half_life
    stance.binding *= 0.5 ** (1.0 / half_life)
    settled = p["commitment.decision_arrangement"] * stance.decided
    stance.arranged = together(stance.arranged * 0.5 ** (1.0 / half_life), settled)
    again = together(renewed, p["commitment.decision_binding"] * stance.decided)
    if stance.commitment > 0.0:
        stance.binding = share(stance.binding + again * (1.0 - stance.binding))
    if model.tasks[k].mandate > 0.0 and stance.relevance >= 0.05:
        stance.commitment = max(stance.commitment, p["commitment.mandate_commitment"])
        stance.concreteness = max(stance.concreteness, 0.5)
        stance.binding = max(stance.binding, p["commitment.mandate_binding"])
