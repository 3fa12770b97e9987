"""The first day: what the scenario leaves open is drawn, and staff, views and people in office are there."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from reference.draws import pair, quantile
from reference.maths import CONCERNED, leaning, logistic, positive, share

if TYPE_CHECKING:
    from reference.agents import Commissioner, Department, Leader, Stance, Task
    from reference.model import ReferenceModel


def start(model: ReferenceModel) -> None:
    """Bring a world that is set up into its state before the first month."""
    house = model.administration
    house.tightness = house.base_tightness
    start_levels(model)
    weight_of_all = sum(department.staff for department in model.departments)
    for department in model.departments:
        department.staff = house.staff * department.staff / weight_of_all
        start_work(model, department)
    for task in model.tasks:
        start_task(model, task)
    house.lessons = 0.2 * house.knowledge_management
    for department in model.departments:
        longest = max((s.time for s in department.stances if s.relevance >= CONCERNED), default=0.0)
        department.task_hours = department.hours * min(model.parameters["workload.task_time"] * longest, 0.5)
    for leader in model.leaders:
        start_leader(model, leader)
    for unit in model.units:
        start_unit(model, unit)
    for format in model.formats:
        format.served = 1.0
    for group in model.groups:
        group.engagement = group.base_engagement


def start_levels(model: ReferenceModel) -> None:
    """Take the mean levels of which the scenario says nothing from the parameters."""
    p, house = model.parameters, model.administration
    if math.isnan(house.culture):
        house.culture = p["initial.culture"]
    for task in model.tasks:
        for name in ("knowledge", "process_knowledge", "practice"):
            if math.isnan(getattr(task, name)):
                setattr(task, name, p[f"initial.{name}"])


def start_work(model: ReferenceModel, department: Department) -> None:
    """Set regular work, filled posts and hours."""
    p, house = model.parameters, model.administration
    mean = department.base_demand
    if math.isnan(mean):
        mean = house.workload * department.load_factor
    swing = p["initial.workload_spread"] * model.draws.normal("initial.workload", 0, department.slot)
    department.base_demand = max(mean + swing, 0.3) * (1.0 - house.vacancy)
    department.filled = 1.0 - house.vacancy
    department.workload = department.base_demand / department.filled
    department.hours = department.staff * department.filled * p["workload.hours_per_post"]


def start_task(model: ReferenceModel, task: Task) -> None:
    """Set the stances towards a task, and what they give together."""
    task.salience = task.base_salience
    stances = [department.stances[task.index] for department in model.departments]
    weights = []
    for department, stance in zip(model.departments, stances, strict=True):
        start_stance(model, task, department, stance)
        weights.append(stance.relevance * department.staff if stance.relevance >= CONCERNED else 0.0)
    of_all = max(sum(weights), 1e-12)
    for stance, weight in zip(stances, weights, strict=True):
        stance.weight = weight / of_all
    task.mean_practice = sum(stance.weight * stance.practice for stance in stances)
    task.belief = model.parameters["initial.expectation"]
    concerned = [stance for stance in stances if stance.relevance >= CONCERNED]
    gaps = sum(stance.relevance * positive(stance.need - stance.practice) for stance in concerned)
    task.mean_gap = gaps / (1e-9 + len(concerned))


def start_stance(model: ReferenceModel, task: Task, department: Department, stance: Stance) -> None:
    """Draw what a department knows, thinks and does."""
    p, slot = model.parameters, pair(department.slot, task.slot)
    near = 0.6 + 0.8 * stance.relevance
    x = p["initial.knowledge_spread"]
    u, v = model.draws.uniform_pair("initial.knowledge", 0, slot)
    stance.knowledge = share(task.knowledge * near * (1.0 + x * quantile(u)))
    stance.chain_knowledge = share(0.5 * task.process_knowledge * (1.0 + x * quantile(v)))
    u, v = model.draws.uniform_pair("initial.process", 0, slot)
    stance.process_knowledge = share(task.process_knowledge * near * (1.0 + x * quantile(u)))
    stance.base_need = share(task.base_need + p["initial.need_spread"] * quantile(v))
    stance.need = stance.base_need
    stance.culture = own_culture(model, stance, slot)
    stance.openness = stance.culture
    swing = x * model.draws.normal("initial.practice", 0, slot)
    stance.practice = share(task.practice * near * (1.0 + swing))
    stance.considered = stance.practice
    stance.reached = -1e9
    stance.time = 1.0 / (1.0 + department.workload ** p["workload.steepness"])


def own_culture(model: ReferenceModel, stance: Stance, slot: int) -> float:
    """Return the openness of a department's own culture: some are closed."""
    p, house = model.parameters, model.administration
    if model.draws.uniform("initial.closed", 0, slot) < house.closed_share * (1.0 - 0.8 * stance.contact):
        return p["initial.closed_openness"]
    x = min(max(house.culture, 0.02), 0.98)
    z = model.draws.normal("initial.culture", 0, slot)
    from_contact = p["initial.contact_openness"] * (stance.contact - 0.3)
    return logistic(math.log(x / (1.0 - x)) + from_contact + p["initial.culture_spread"] * z)


def start_leader(model: ReferenceModel, leader: Leader) -> None:
    """Draw what is not stated of a leader."""
    p = model.parameters
    if math.isnan(leader.base_demands):
        typical = p["initial.mayor_demands"] if leader.index == 0 else p["initial.head_demands"]
        leader.base_demands = typical * math.exp(0.4 * model.draws.normal("initial.demands", 0, leader.slot))
    if math.isnan(leader.knowledge):
        leader.knowledge = 0.1 + 0.6 * model.draws.uniform("leader.knowledge", 0, leader.slot)
    leader.workload = leader.base_demands
    for task, view in zip(model.tasks, leader.support, strict=True):
        if math.isnan(view.support):
            z = model.draws.normal("leader.disposition", 0, pair(leader.slot, task.slot))
            view.disposition = p["initial.leader_support"] + p["initial.leader_spread"] * z
        else:
            view.disposition = leaning(view.support)
        view.support = math.tanh(view.disposition)


def start_unit(model: ReferenceModel, unit: Commissioner) -> None:
    """Count the posts of a unit and fill those that were there before the run."""
    unit.knowledge = unit.newcomer_knowledge
    unit.overview = unit.base_overview
    for phase in unit.phases:
        phase.end = phase.start + phase.duration
        phase.active = 1.0 if phase.start <= model.start <= phase.end else 0.0
    unit.posts = sum(phase.active * phase.posts for phase in unit.phases)
    for post in unit.post_records:
        phase = model.phases[post.phase]
        if phase.start < model.start <= phase.end:
            post.extent = min(max(phase.posts - post.rank, 0.0), 1.0)
            post.occupied = 1.0 if post.extent > 0.0 else 0.0
            post.tenure = model.start - phase.start
    unit.filled = sum(post.occupied * post.extent for post in unit.post_records)
