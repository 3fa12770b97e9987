"""Departments have as much work as they have, with the staff they have; what is left is time for the tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reference.maths import CONCERNED, positive, share
from reference.together import together

if TYPE_CHECKING:
    from reference.agents import Department, Stance
    from reference.model import ReferenceModel


def workload(model: ReferenceModel) -> None:
    """Go through the departments."""
    for department in model.departments:
        work(model, department)


def work(model: ReferenceModel, department: Department) -> None:
    """Add up the work of a department and find out what time it has."""
    p = model.parameters
    swing = p["workload.noise"] * model.normal("workload.noise", department.slot)
    department.noise = p["workload.noise_persistence"] * department.noise + swing
    department.hours = department.staff * department.filled * p["workload.hours_per_post"]
    meetings = min(department.spent_before / max(department.hours, 1e-9), 0.5)
    department.task_work = share(sum(stance.practice * whole(model, stance) for stance in department.stances))
    department.note(department.task_work * department.hours, "task")
    demand = department.base_demand * max(1.0 + department.noise, 0.2) + department.shock
    demand += department.task_work + meetings + department.released - department.relief
    department.workload = max(demand, 0.05) / department.filled
    for stance in department.stances:
        elsewhere = department.workload - positive(stance.own_shock) / department.filled
        pressed = positive(elsewhere - stance.granted)
        left = 1.0 / (1.0 + pressed ** p["workload.steepness"])
        stance.time = together(left, min(department.released / max(whole(model, stance), 1e-9), 1.0))
    longest = max((s.time for s in department.stances if s.relevance >= CONCERNED), default=0.0)
    part = min(p["workload.task_time"] * longest + department.released, 0.5)
    department.task_hours = department.hours * part


def whole(model: ReferenceModel, stance: Stance) -> float:
    """Return what doing the whole task takes of a department's capacity, less what routine saves."""
    saved = model.parameters["workload.routine_saving"] * stance.routine
    return model.parameters["workload.task_effort"] * stance.relevance * (1.0 - saved)
