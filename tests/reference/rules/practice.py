"""Practice: what is done follows from willingness, knowledge and time together, and becomes routine."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from reference.agents import Department, Stance
from reference.maths import logistic, positive, share
from reference.together import together

if TYPE_CHECKING:
    from reference.model import ReferenceModel


def practice(model: ReferenceModel) -> None:
    for k, task in enumerate(model.tasks):
        for department in model.departments:
            act(model, department, k)
        stances = [department.stances[k] for department in model.departments]
        task.mean_practice = sum(stance.weight * stance.practice for stance in stances)
        concerned = [stance for stance in stances if stance.relevance >= 0.05]
        gap = sum(stance.relevance * positive(stance.need - stance.practice) for stance in concerned)
        task.mean_gap = gap / (1e-9 + len(concerned))


def act(model: ReferenceModel, department: Department, k: int) -> None:
    p, stance = model.parameters, department.stances[k]
    stance.motivation = willingness(model, stance, stance.openness, stance.backing, stance.binding)
    subject, process = help_by_others(model, department, k)
    usable = stance.knowledge + p["practice.reach"] * subject
    stance.ability = math.sqrt(usable * (stance.process_knowledge + p["practice.reach"] * process))
    z = p["practice.complementarity"]
    inputs = (stance.motivation, stance.ability, stance.time)
    stance.target = (sum(max(x, 0.02) ** z for x in inputs) / 3.0) ** (1.0 / z)

    up = p["practice.up"] * positive(stance.target - stance.practice)
    held = 1.0 - p["practice.routine_hold"] * stance.routine
    down = p["practice.down"] * held * positive(stance.practice - stance.target)
    stance.practice = share(stance.practice + up - down)
    loose = 1.0 - logistic((stance.practice - p["practice.routine_threshold"]) / 0.05)
    demanded = p["practice.routine_gate"] * stance.gate * carried_out(stance)
    habit = 1.0 - loose * (1.0 - demanded)
    stance.routine = share(stance.routine + p["practice.routine_rate"] * (habit - stance.routine))
    thought_of = math.sqrt(stance.motivation * usable)
    seen = max(together(stance.gate, thought_of), stance.practice)
    considered = share(stance.considered + p["practice.consider_rate"] * (seen - stance.considered))
    stance.considered = max(considered, stance.practice)


def carried_out(stance: Stance) -> float:
    """Return which part of the cases that are considered is also done."""
    return stance.practice / max(stance.considered, stance.practice, 0.02)


def willingness(model: ReferenceModel, stance: Stance, openness: float, backing: float, binding: float) -> float:
    """Return the willingness that these would give, with the routine and the blocking of a stance."""
    p = model.parameters
    paper = binding * math.sqrt(stance.commitment * stance.concreteness)
    unwilling = (1.0 - openness) * (1.0 - p["practice.backing_weight"] * backing)
    unwilling *= (1.0 - p["practice.binding_weight"] * paper) * (1.0 - p["practice.routine_willing"] * stance.routine)
    free = 1.0 - p["practice.blocking_weight"] * stance.blocking * (1.0 - stance.routine)
    return (1.0 - unwilling) * free


def help_by_others(model: ReferenceModel, department: Department, k: int) -> tuple[float, float]:
    """Return how far colleagues and units one can ask are ahead in the subject and in procedures."""
    p, stance = model.parameters, department.stances[k]
    subject, process = [0.0], [0.0]
    for tie in department.ties:
        near, other = together(tie.strength, tie.agreed), tie.department.stances[k]
        subject.append(near * (other.knowledge - stance.knowledge))
        process.append(near * (other.process_knowledge - stance.process_knowledge))
    for unit in model.units:
        if unit.handles(k) and unit.filled > 0.0:
            relation = department.relations[unit.index]
            near = together(relation.familiarity, 0.5 * relation.agreed) / max(1.0, unit.workload)
            subject.append(near * (unit.knowledge - stance.knowledge))
            process.append(near * (p["learning.process_source"] * unit.knowledge - stance.process_knowledge))
    return max(subject), max(process)
