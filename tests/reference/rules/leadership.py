"""Mayor, deputy and heads form a view of the tasks, find attention for them, and back or block the departments."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from reference.draws import pair
from reference.maths import positive, present, share
from reference.together import together

if TYPE_CHECKING:
    from reference.agents import Department, Leader
    from reference.model import ReferenceModel

SECTION = 3


def leadership(model: ReferenceModel) -> None:
    """Go through the leaders, then through the departments they lead."""
    for leader in model.leaders:
        feel_demands(model, leader)
        for k in range(len(model.tasks)):
            form_view(model, leader, k)
        attend(model, leader)
    for department in model.departments:
        back(model, department)
        agree_channels(model, department)


def feel_demands(model: ReferenceModel, leader: Leader) -> None:
    """Crises in the own line demand attention."""
    line = model.departments
    if leader.division >= 0:
        line = [department for department in line if department.division == leader.division]
    struck = sum(department.staff * positive(department.shock) for department in line)
    surge = struck / max(sum(department.staff for department in line), 1e-9)
    leader.workload = leader.base_demands * (1.0 + model.parameters["leadership.surge"] * surge)


def form_view(model: ReferenceModel, leader: Leader, k: int) -> None:
    """Move the support of a task towards what public, evidence, the unit and rival tasks suggest."""
    p, task, view = model.parameters, model.tasks[k], leader.support[k]
    at_work = [unit for unit in model.units if unit.handles(k) and unit.filled > 0.0]
    recognition = max((unit.recognition for unit in at_work), default=0.0)
    rivals = sum(other.salience for other in model.tasks if other is not task)
    x = view.disposition + p["leadership.salience_weight"] * (task.salience - p["leadership.usual_salience"])
    x += p["leadership.evidence_weight"] * (task.belief - p["initial.expectation"])
    x += p["leadership.recognition_weight"] * (recognition - 0.4) - p["leadership.rival_weight"] * rivals
    x += p["leadership.knowledge_weight"] * (leader.knowledge - 0.4)
    chance = p["leadership.noise"] * model.normal("leadership.noise", pair(leader.slot, task.slot))
    moved = view.support + p["leadership.rate"] * (math.tanh(x) - view.support) + chance
    view.support = min(max(moved, -1.0), 1.0)


def access(model: ReferenceModel, leader: Leader, k: int) -> float:
    """Return how far units for the task have the ear of the leader they report to."""
    heard = 0.0
    for unit in model.units:
        if unit.leader == leader.index and unit.handles(k) and unit.filled > 0.0:
            heard = max(heard, unit.recognition * (1.0 if unit.level < SECTION else 0.5))
    return heard


def attend(model: ReferenceModel, leader: Leader) -> None:
    """Share attention between the tasks and everything else; units that are heard multiply it."""
    weight = model.parameters["leadership.access_weight"]
    calls = []
    for k, (view, task) in enumerate(zip(leader.support, model.tasks, strict=True)):
        calls.append(abs(view.support) * task.salience * (1.0 + weight * access(model, leader, k)))
    of_all = leader.workload + sum(calls)
    for view, call in zip(leader.support, calls, strict=True):
        view.attention = call / of_all
        leader.pay(model.parameters["workload.hours_per_post"] * view.attention, "attention")


def back(model: ReferenceModel, department: Department) -> None:
    """Collect backing and blocking by mayor, deputy and head."""
    mayor, deputy, head = model.leaders[0], model.leaders[1], department.head
    for k, stance in enumerate(department.stances):
        unbacked = 1.0
        stance.blocking = 0.0
        for leader, authority in ((mayor, 1.0), (deputy, deputy.authority), (head, 1.0)):
            view = leader.support[k]
            weight = authority * present(model, view.attention)
            unbacked *= 1.0 - weight * positive(view.support)
            stance.blocking = max(stance.blocking, weight * positive(-view.support))
        stance.backing = 1.0 - unbacked
        paper = stance.binding * math.sqrt(stance.commitment * stance.concreteness)
        granted = together(together(stance.backing, paper), stance.arranged) * (1.0 - stance.blocking)
        stance.granted = model.parameters["leadership.grant"] * granted


def agree_channels(model: ReferenceModel, department: Department) -> None:
    """Backed tasks open direct channels to their units, which close by themselves; arrangements those to other offices."""
    p = model.parameters
    for unit, relation in zip(model.units, department.relations, strict=True):
        backed = 0.0
        if unit.filled > 0.0:
            backed = max(stance.backing for k, stance in enumerate(department.stances) if unit.handles(k))
        opened = p["leadership.open_channels"] * backed * (1.0 - relation.agreed)
        relation.agreed = share(relation.agreed + opened - p["leadership.close_channels"] * relation.agreed)
    for tie in department.ties:
        pairs = zip(department.stances, tie.department.stances, strict=True)
        arranged = max(min(own.arranged, other.arranged) for own, other in pairs)
        tie.agreed = together(tie.agreed, p["leadership.open_channels"] * arranged)
