"""What is dated happens: crises strike and fade, elections are held, departments change divisions, units move."""

from __future__ import annotations

import math
from collections.abc import Collection
from typing import TYPE_CHECKING

from reference.draws import pair
from reference.maths import faded, leaning, share
from reference.places import stand_at
from reference.setup_calendar import KINDS

if TYPE_CHECKING:
    from reference.agents import Department, Event, Leader
    from reference.model import ReferenceModel

SHOCK, ELECTION, NEW_LEADER, RECUT, BUDGET_CRISIS, UNIT_MOVE, MANDATE, COUNCIL_DECISION = range(len(KINDS))
SECTION = 3


def calendar(model: ReferenceModel) -> None:
    """Let crises fade, dated events happen, elections be held, and a new mayor settle in."""
    fade(model)
    for event in model.events:
        if int(event.date) == model.month:
            happen(model, event)
    for leader in model.leaders:
        if leader.next_election <= model.month:
            start_term(model, leader)
            elect(model, leader, leader.reelection)
    settle_in(model)


def fade(model: ReferenceModel) -> None:
    """Compute anew what crises do: tightness, salience, need, and the work of departments."""
    house = model.administration
    house.tightness = house.base_tightness
    for task in model.tasks:
        task.salience = task.base_salience
    for department in model.departments:
        department.shock = 0.0
        for stance in department.stances:
            stance.need = stance.base_need
            stance.own_shock = 0.0
    struck = [event for event in model.events if event.date <= model.month]
    for event in struck:
        age = model.month - event.date
        if event.kind == BUDGET_CRISIS:
            house.tightness += event.value * faded(age, event.need_half_life)
        elif event.kind == SHOCK:
            for k in event.tasks or range(len(model.tasks)):
                task = model.tasks[k]
                half_life = event.salience_half_life * (1.0 + model.parameters["calendar.agenda"] * task.pressure)
                task.salience += event.salience * faded(age, half_life)
    for event in struck:
        if event.kind == SHOCK:
            for department, exposure in event.strikes:
                strike(model, event, department, exposure)
    for department in model.departments:
        for stance in department.stances:
            stance.need = share(stance.need)
    for task in model.tasks:
        heard = model.parameters["calendar.pressure_salience"] * task.pressure * (1.0 - task.salience)
        task.salience = share(task.salience + heard)
    house.tightness = share(house.tightness)


def strike(model: ReferenceModel, event: Event, department: Department, exposure: float) -> None:
    """Add what is left of a shock to need and work of a department."""
    age = model.month - event.date
    for k in event.tasks:
        department.stances[k].need += event.need * exposure * faded(age, event.need_half_life)
    prepared = max(0.0, *(stance.chain_knowledge for stance in department.stances))
    left = 1.0 - model.parameters["calendar.preparedness"] * prepared
    work = event.workload * exposure * faded(age, event.workload_half_life) * left
    department.shock += work
    for k in event.tasks:
        department.stances[k].own_shock += work


def happen(model: ReferenceModel, event: Event) -> None:
    """Let a dated event happen."""
    if event.kind == ELECTION:
        leader = model.leaders[event.subject]
        start_term(model, leader)
        elect(model, leader, event.value)
    elif event.kind == NEW_LEADER:
        leader = model.leaders[event.subject]
        start_term(model, leader)
        take_office(model, leader, leaning(event.value) if event.flag == 1.0 else None)
    elif event.kind == RECUT:
        recut(model, event.value, event)
    elif event.kind == MANDATE:
        model.tasks[event.subject].mandate = 1.0
    elif event.kind == UNIT_MOVE:
        unit = model.units[event.subject]
        stand_at(unit, (event.level, event.leader, event.division, event.department, event.flag))
        for department in model.departments:
            department.relations[unit.index].agreed *= 1.0 - model.parameters["calendar.channel_loss"]
        if unit.level == SECTION:
            unit.division = model.departments[unit.department].division
            unit.leader = 2 + unit.division


def start_term(model: ReferenceModel, leader: Leader) -> None:
    """Date the next election of a leader who stands for elections."""
    if math.isfinite(leader.next_election):
        leader.next_election = model.month + leader.term


def elect(model: ReferenceModel, leader: Leader, chance: float) -> None:
    """Hold an election: the leader is confirmed, or somebody new takes office."""
    if model.uniform("calendar.election", leader.slot) >= chance:
        take_office(model, leader, None)


def take_office(model: ReferenceModel, leader: Leader, stated: float | None) -> None:
    """Put somebody new into office, with a leaning stated or drawn; promises and channels of the line loosen."""
    p = model.parameters
    leader.knowledge = 0.1 + 0.6 * model.uniform("calendar.knowledge", leader.slot)
    for task, view in zip(model.tasks, leader.support, strict=True):
        if stated is None:
            z = model.normal("leader.disposition", pair(leader.slot, task.slot))
            view.disposition = p["initial.leader_support"] + p["initial.leader_spread"] * z
        else:
            view.disposition = stated
        view.support = math.tanh(view.disposition)
    if leader.index == 0:
        model.administration.mayor_since = model.month
        loosen(model, model.departments, 0.5)
    else:
        loosen(model, [d for d in model.departments if d.division == leader.division], 1.0)


def loosen(model: ReferenceModel, departments: Collection[Department], x: float) -> None:
    """Weaken promises, agreed channels and agreed cooperation of departments."""
    p = model.parameters
    indices = {department.index for department in departments}
    for department in departments:
        for stance in department.stances:
            stance.arranged *= 1.0 - x * p["calendar.binding_loss"]
            stance.binding *= 1.0 - x * p["calendar.binding_loss"]
        for relation in department.relations:
            relation.agreed *= 1.0 - x * p["calendar.channel_loss"]
    for department in model.departments:
        for tie in department.ties:
            if department.index in indices or tie.department.index in indices:
                tie.agreed *= 1.0 - x * p["calendar.channel_loss"]


def recut(model: ReferenceModel, x: float, event: Event | None) -> None:
    """Let departments change divisions: those named, or each with a chance."""
    before = [department.division for department in model.departments]
    if event is not None and event.strikes:
        for department, _ in event.strikes:
            move(model, department, event.division)
    else:
        others = len(model.leaders) - 3
        occasion = 0 if event is None else event.slot
        for department in model.departments:
            u, v = model.uniform_pair("calendar.move", pair(department.slot, occasion))
            if u >= x:
                continue
            if event is not None and event.division >= 0:
                move(model, department, event.division)
            elif others > 0:
                y = int(v * others)
                move(model, department, y + 1 if y >= department.division else y)
    loosen(model, [d for d, was in zip(model.departments, before, strict=True) if d.division != was], 1.0)


def move(model: ReferenceModel, department: Department, division: int) -> None:
    """Move a department, and the units that are a section of it."""
    department.division = division
    for unit in model.units:
        if unit.level == SECTION and unit.department == department.index:
            unit.division = division
            unit.leader = 2 + division


def settle_in(model: ReferenceModel) -> None:
    """In the first year of a mayor heads are replaced and divisions cut anew."""
    p = model.parameters
    if not 1 <= model.month - model.administration.mayor_since <= 12:
        return
    for head in model.leaders[2:]:
        if model.uniform("calendar.follow", head.slot) < p["calendar.follow_rate"]:
            take_office(model, head, None)
    if model.uniform("calendar.recut", 0) < p["calendar.recut_rate"]:
        recut(model, p["calendar.recut_share"], None)
