"""Openness: a department's own willingness moves towards several targets at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reference.agents import Department
from reference.maths import positive, present, share

if TYPE_CHECKING:
    from reference.model import ReferenceModel


def openness(model: ReferenceModel) -> None:
    for k in range(len(model.tasks)):
        opened = [moved(model, department, k) for department in model.departments]
        for department, value in zip(model.departments, opened, strict=True):
            department.stances[k].openness = value


def moved(model: ReferenceModel, department: Department, k: int) -> float:
    """Return the openness of a department after the month."""
    o = department.stances[k].openness
    pull, movement = peers(model, department, k)
    for rate, target in influences(model, department, k):
        pull += rate
        movement += rate * (target - o)
    if pull > 0.3:
        movement *= 0.3 / pull
    return share(o + movement)


def influences(model: ReferenceModel, department: Department, k: int) -> list[tuple[float, float]]:
    """Return the rates and targets of everything but peers."""
    p, stance = model.parameters, department.stances[k]
    found = [(p["openness.culture_rate"], stance.culture)]
    for leader in (model.leaders[0], department.head):
        support = leader.support[k]
        found.append((p["openness.example_rate"] * present(model, support.attention), 0.5 + 0.5 * support.support))
    touched = min((stance.outreach + stance.exchange) / 8.0, 1.0)
    upwards = p["openness.contact_rate"] * stance.contact
    upwards += p["openness.experience_rate"] * touched * stance.time
    upwards += p["openness.relief_rate"] * positive(department.relief)
    downwards = p["openness.overload_rate"] * positive(department.workload - 1.0)
    downwards += p["openness.order_rate"] * stance.ordered * (1.0 - stance.time)
    downwards += p["openness.friction_rate"] * stance.friction
    return [*found, (upwards, 1.0), (downwards, 0.0)]


def peers(model: ReferenceModel, department: Department, k: int) -> tuple[float, float]:
    """Return the rate and the movement by acquaintances and those met in formats whose views are not too far away."""
    stance, confidence = department.stances[k], model.parameters["openness.confidence"]
    weight = towards = 0.0
    for tie in department.ties:
        distance = tie.department.stances[k].openness - stance.openness
        if abs(distance) < confidence:
            weight += tie.strength
            towards += tie.strength * distance
    if stance.peer_hours > 0.0:
        distance = stance.peer_openness / stance.peer_hours - stance.openness
        if abs(distance) < confidence:
            z = min(stance.peer_hours / 2.0, 1.0)
            weight += z
            towards += z * distance
    scale = model.parameters["openness.peer_rate"] / max(weight, 1.0)
    return weight * scale, towards * scale
