"""Civil society: volunteers give expertise and pressure and tire; the house reflects and keeps lessons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reference.agents import CivilSociety
from reference.maths import positive, share
from reference.together import together

if TYPE_CHECKING:
    from reference.model import ReferenceModel


def civil_society(model: ReferenceModel) -> None:
    for task in model.tasks:
        task.pressure = 0.0
    for group in model.groups:
        if group.start <= model.month < group.end:
            engage(model, group)
            warn(model, group)
            for k in sorted(group.tasks):
                model.tasks[k].pressure = together(model.tasks[k].pressure, group.pressure)
        else:
            group.pressure = 0.0
            group.warning = 0.0
    reflect(model)


def engage(model: ReferenceModel, group: CivilSociety) -> None:
    """Let volunteers see what came of their work, tire or go on."""
    p = model.parameters
    group.workload = group.asked / max(group.volunteer_hours * group.engagement, 1e-9)
    achieved = sum(model.tasks[k].mean_practice for k in sorted(group.tasks)) / (1e-9 + len(group.tasks))
    noticed = share(0.3 + achieved)
    group.recognition += p["civil_society.recognition_rate"] * (noticed - group.recognition)
    level = group.base_engagement * (0.4 + 0.6 * group.recognition) / (1.0 + positive(group.workload - 1.0))
    group.engagement = share(group.engagement + p["civil_society.tiring"] * (level - group.engagement))
    heard = 1.0 + p["civil_society.hearing"] * group.hearing_right
    group.pressure = share(group.base_pressure * group.engagement * heard)
    group.warning = p["civil_society.warning"] * group.engagement * group.expertise


def warn(model: ReferenceModel, group: CivilSociety) -> None:
    for unit in model.units:
        if unit.filled > 0.0 and any(unit.handles(k) for k in group.tasks):
            unit.overview = share(unit.overview + 0.1 * group.warning * (1.0 - unit.overview))


def reflect(model: ReferenceModel) -> None:
    """Let departments take the time to reflect, and the house keep what it learned."""
    p, administration = model.parameters, model.administration
    staff = held = 0.0
    for department in model.departments:
        time = 1.0 / (1.0 + positive(department.workload) ** p["workload.steepness"])
        left = positive(department.hours - sum(department.ledger.values()))
        department.pay(min(administration.reflection * time * department.hours, left), "reflection")
        staff += department.staff
        held += department.staff * time
    administration.reflection_held = held / max(staff, 1e-9)
    planned = min(administration.reflection / 0.002, 2.0)
    gain = p["civil_society.lesson_gain"] * administration.evaluation * planned * administration.reflection_held
    lost = p["civil_society.lesson_loss"] * (1.0 - administration.knowledge_management) * administration.lessons
    administration.lessons = share(administration.lessons + gain * (1.0 - administration.lessons) - lost)
