"""Sets up offices, tasks, units with their posts, and civil society as the scenario and the house describe them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from qsim.scenario.house import House as Offices
from qsim.scenario.structure import TASK_KINDS
from reference.agents import (
    CivilSociety,
    Commissioner,
    Department,
    House,
    Leader,
    Phase,
    Post,
    Relation,
    Stance,
    Support,
    Task,
)
from reference.draws import hash16, hash32
from reference.places import place_of, stand_at
from reference.settings import Setting, largest

if TYPE_CHECKING:
    from reference.model import ReferenceModel

LONG_AGO = -1e9
SLOTTED_KINDS = ("integration", "climate_mitigation", "climate_adaptation")
STAFF_A_DEPARTMENT = 30.0
POLICIES = ("need", "relevance", "random")
AFTERWARDS = ("decide", "end", "continue")
HOUSE_KEYS = {
    "culture": "communication_culture", "vacancy": "vacancy_share", "turnover": "turnover_per_year",
    "base_tightness": "budget_tightness",
} | {name: name for name in ("hierarchy", "closed_share", "workload", "personnel_openness", "evaluation",
                             "knowledge_management", "reflection")}  # fmt: skip
LEADER_DEFAULTS = {  # field: key, then what stands without it for mayor, deputy and head
    "term": ("term_months", 96.0, 96.0, math.inf),
    "reelection": ("reelection_share", 0.6, 0.6, 0.7),
    "authority": ("authority", 1.0, 0.5, 0.0),
    "next_election": ("next_election", math.inf, math.inf, math.inf),
    "co_responsibility": ("co_responsibility", 0.4, 0.4, 0.4),
    "transparency": ("transparency", 0.5, 0.5, 0.5),
    "base_demands": ("demands", math.nan, math.nan, math.nan),
    "knowledge": ("knowledge", math.nan, math.nan, math.nan),
}


def set_up_offices(model: ReferenceModel, setting: Setting, house: Offices) -> None:
    """Make the administration, tasks, departments and leaders."""
    stated = setting.scenario.administration
    model.administration = House()
    for name, key in HOUSE_KEYS.items():
        level = getattr(stated, key)
        setattr(model.administration, name, math.nan if level is None else setting.value(level))
    size = len(house.departments)
    model.administration.staff = STAFF_A_DEPARTMENT * size if stated.staff is None else setting.value(stated.staff)
    model.administration.mayor_since = LONG_AGO
    set_up_tasks(model, setting)
    for index, office in enumerate(house.departments):
        department = Department(model, index)
        department.slot = office.slot
        department.division = office.division
        department.breadth = float(office.breadth)
        department.staff = setting.value(office.staff_weight)
        department.load_factor = office.workload_factor
        department.base_demand = math.nan if office.workload is None else setting.value(office.workload)
        for k in range(len(model.tasks)):
            stance = Stance(k)
            stance.relevance = setting.value(office.relevance[k])
            stance.contact = setting.value(office.contact[k])
            stance.exposure = setting.value(office.exposure[k])
            department.stances.append(stance)
        model.departments.append(department)
    set_up_leaders(model, setting, house)


def set_up_tasks(model: ReferenceModel, setting: Setting) -> None:
    """Make the tasks in the order of the scenario."""
    taken: set[str] = set()
    for index, entry in enumerate(setting.scenario.tasks):
        task = Task(index)
        slotted = entry.kind in SLOTTED_KINDS and entry.kind not in taken
        task.slot = 1 + SLOTTED_KINDS.index(entry.kind) if slotted else hash16(entry.id)
        taken.add(entry.kind)
        task.kind = TASK_KINDS.index(entry.kind)
        task.base_need = setting.value(entry.need)
        task.base_salience = setting.value(entry.salience)
        task.mandate = 1.0 if entry.mandate else 0.0
        for name in ("knowledge", "process_knowledge", "practice"):
            level = getattr(entry, name)
            setattr(task, name, math.nan if level is None else setting.value(level))
        model.tasks.append(task)


def set_up_leaders(model: ReferenceModel, setting: Setting, house: Offices) -> None:
    """Make the mayor, the deputy and the heads; what the start draws is missing until then."""
    for index, office in enumerate(house.leaders):
        leader = Leader(model, index)
        leader.slot = office.slot
        leader.division = office.division
        for name, (key, *absent) in LEADER_DEFAULTS.items():
            stated = getattr(office.entry, key)
            setattr(leader, name, absent[min(index, 2)] if stated is None else setting.value(stated))
        for k in range(len(model.tasks)):
            support = Support(k)
            stated = office.entry.support
            support.support = math.nan if stated is None else setting.value(stated)
            leader.support.append(support)
        model.leaders.append(leader)


def set_up_units(model: ReferenceModel, setting: Setting, house: Offices) -> None:
    """Make the commissioners with their funding phases and posts."""
    names = [task.id for task in setting.scenario.tasks]
    for index, entry in enumerate(setting.scenario.commissioners):
        unit = Commissioner(model, index)
        unit.slot = hash16(entry.id)
        tasks = [k for k, name in enumerate(names) if name in entry.tasks]
        stand_at(unit, place_of(entry, tasks, house))
        unit.duties = [1 if k in tasks else 0 for k in range(len(names))]
        unit.policy = POLICIES.index(entry.outreach)
        unit.mediation = setting.value(entry.mediation)
        unit.handover = setting.value(entry.handover)
        unit.coordination = setting.value(entry.coordination)
        unit.newcomer_knowledge = setting.value(entry.knowledge)
        unit.base_overview = setting.value(entry.overview)
        unit.recognition = setting.value(entry.recognition)
        for rank, stated in enumerate(entry.funding):
            set_up_phase(model, setting, unit, f"{entry.id}/{rank}", stated)
        for department in model.departments:
            department.relations.append(Relation(index))
        model.units.append(unit)


def set_up_phase(model: ReferenceModel, setting: Setting, unit: Commissioner, name: str, stated) -> None:
    """Make a funding phase and its posts."""
    phase = Phase(len(model.phases))
    phase.slot = hash32(name)
    phase.unit = unit.index
    phase.after = AFTERWARDS.index(stated.after)
    phase.posts = setting.value(stated.posts)
    phase.start = setting.value(stated.start)
    phase.own_share = setting.value(stated.own_share)
    phase.duration = math.inf if stated.kind == "permanent" else setting.value(stated.duration_months)
    unit.phases.append(phase)
    model.phases.append(phase)
    for rank in range(math.ceil(largest(stated.posts))):
        post = Post(len(model.posts))
        post.slot = hash32(f"{name}/{rank}")
        post.unit = unit.index
        post.phase = phase.index
        post.rank = rank
        unit.post_records.append(post)
        model.posts.append(post)


def set_up_groups(model: ReferenceModel, setting: Setting) -> None:
    """Make the groups of civil society."""
    names = [task.id for task in setting.scenario.tasks]
    for index, entry in enumerate(setting.scenario.civil_society):
        group = CivilSociety(model, index)
        group.slot = hash16(entry.id)
        group.tasks = {k for k, name in enumerate(names) if name in entry.tasks}
        group.start = float(model.start) if entry.start is None else setting.value(entry.start)
        group.end = math.inf if entry.end is None else setting.value(entry.end)
        group.expertise = setting.value(entry.expertise)
        group.base_engagement = setting.value(entry.engagement)
        group.volunteer_hours = setting.value(entry.volunteer_hours)
        group.recognition = setting.value(entry.recognition)
        group.base_pressure = setting.value(entry.pressure)
        group.hearing_right = 1.0 if entry.hearing_right else 0.0
        model.groups.append(group)
