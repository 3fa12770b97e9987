"""Vacant posts of units are filled after months of hiring, people leave with what they know, departments' staff change."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from reference.maths import share

if TYPE_CHECKING:
    from reference.agents import Commissioner, Department, Phase, Post
    from reference.model import ReferenceModel


def staffing(model: ReferenceModel) -> None:
    """Go through the posts of the units, then through the departments."""
    for unit in model.units:
        unit.filled = sum(post.occupied * post.extent for post in unit.post_records)
    for post in model.posts:
        staff_post(model, model.units[post.unit], model.phases[post.phase], post)
    for department in model.departments:
        change_staff(model, department)


def staff_post(model: ReferenceModel, unit: Commissioner, phase: Phase, post: Post) -> None:
    """Let a post be left, kept or filled."""
    p = model.parameters
    wanted = min(max(phase.posts - post.rank, 0.0), 1.0) * phase.active
    if wanted == 0.0:
        if post.occupied > 0.0:
            leave(model, unit, post)
        return
    if post.occupied == 0.0:
        post.extent = wanted
    for_leaving, for_hiring = model.uniform_pair("staffing.post", post.slot)
    fixed = math.isfinite(phase.end)
    if post.occupied > 0.0:
        nearing = p["staffing.fixed_term_leaving"] * math.exp(-(phase.end - model.month) / 6.0) if fixed else 0.0
        post.tenure += 1.0
        if for_leaving < p["staffing.unit_turnover"] / 12.0 * (1.0 + nearing):
            leave(model, unit, post)
    elif for_hiring < hiring(model, unit, fixed):
        together = unit.filled + post.extent
        newcomer = max(unit.newcomer_knowledge, 0.9 * unit.knowledge)
        unit.knowledge = (unit.filled * unit.knowledge + post.extent * newcomer) / together
        unit.filled = together
        post.occupied = 1.0
        post.tenure = 0.0


def hiring(model: ReferenceModel, unit: Commissioner, fixed: bool) -> float:
    """Return the chance a month that a vacant post is filled; the city's own money may be frozen."""
    p = model.parameters
    duty = max((task.mandate for k, task in enumerate(model.tasks) if unit.handles(k)), default=0.0)
    frozen = 0.0 if fixed else p["staffing.freeze"] * model.administration.tightness * (1.0 - duty)
    appeal = p["staffing.fixed_term_appeal"] if fixed else 1.0
    return share((1.0 - frozen) * appeal / p["staffing.hiring_months"])


def leave(model: ReferenceModel, unit: Commissioner, post: Post) -> None:
    """Let somebody leave a unit and take knowledge and acquaintances along."""
    p = model.parameters
    part = min(post.extent / max(unit.filled, 1e-9), 1.0)
    documents = p["staffing.document_share"] * model.administration.knowledge_management
    kept = 1.0 - (1.0 - unit.handover) * (1.0 - documents)
    left = 1.0 - p["staffing.leaving_loss"] * part * (1.0 - kept)
    unit.knowledge *= left
    unit.overview *= left
    for department in model.departments:
        department.relations[unit.index].familiarity *= left
    unit.filled = max(unit.filled - post.extent, 0.0)
    post.occupied = 0.0
    post.tenure = 0.0


def usual_filling(model: ReferenceModel) -> float:
    """Return the share of posts that departments tend to have filled; when money is tight more stay vacant."""
    house, freeze = model.administration, model.parameters["staffing.freeze"]
    filling, usually = (max(1.0 - freeze * tight, 1e-9) for tight in (house.tightness, house.base_tightness))
    vacant = house.vacancy * usually / filling
    return 1.0 - min(vacant, 0.7)


def change_staff(model: ReferenceModel, department: Department) -> None:
    """Let staff of a department come and go; who leaves takes knowledge along."""
    p, house = model.parameters, model.administration
    documents = p["staffing.document_share"] * house.knowledge_management
    rate = house.turnover / 12.0
    newcomer = share(p["staffing.newcomer_knowledge"] + p["staffing.experience_knowledge"] * house.personnel_openness)
    back = p["staffing.vacancy_return"] * (usual_filling(model) - department.filled)
    swing = p["staffing.vacancy_noise"] * model.normal("staffing.vacancy", department.slot)
    department.filled = min(max(department.filled + back + swing, 0.3), 1.0)
    lost = rate * (1.0 - p["staffing.specialist_share"])
    if model.uniform("staffing.specialist", department.slot) < rate:
        lost += p["staffing.specialist_share"]
    lost *= 1.0 - documents
    for stance in department.stances:
        stance.knowledge += lost * (newcomer - stance.knowledge)
        stance.process_knowledge += lost * (0.5 * newcomer - stance.process_knowledge)
        stance.chain_knowledge += lost * (0.0 - stance.chain_knowledge)
