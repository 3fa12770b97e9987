"""Sets up formats, papers, processes and dated events as the scenario and the house describe them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from qsim.scenario.house import House
from reference.agents import Chain, Concept, Department, Event, Format, Link, Member
from reference.draws import hash16
from reference.places import members_of, named_departments, place_of, stand_at
from reference.settings import Setting, middle

if TYPE_CHECKING:
    from reference.model import ReferenceModel

RANKS = ("staff", "heads", "mixed")
CHANNELS = ("meet", "learn", "decide", "draft", "tie", "relieve_posts", "release_posts")
NOBODY, UNIT, LEADER, GROUP = range(4)
KINDS = ("shock", "election", "new_leader", "recut", "budget_crisis", "unit_move", "mandate", "council_decision")


def indices(entries: Any, names: Any) -> list[int]:
    """Return the places of those entries of a scenario whose ids are named."""
    return [index for index, entry in enumerate(entries) if entry.id in names]


def first_host(model: ReferenceModel, tasks: list[int]) -> int:
    """Return the division of the first unit that has one of the tasks, or -1."""
    for unit in model.units:
        if any(unit.handles(k) for k in tasks):
            return unit.division
    return -1


def set_up_formats(model: ReferenceModel, setting: Setting, house: House) -> None:
    """Make the formats with their owners, members and groups."""
    scenario = setting.scenario
    for index, entry in enumerate(scenario.formats):
        format = Format(index)
        format.slot = hash16(entry.id)
        format.tasks = indices(scenario.tasks, entry.tasks)
        format.rank = RANKS.index(entry.rank)
        format.voluntary = 1.0 if entry.voluntary else 0.0
        format.embedded = 1.0 if entry.embedded else 0.0
        format.start = setting.value(entry.start)
        format.end = math.inf if entry.end is None else setting.value(entry.end)
        format.interval = setting.value(entry.interval_weeks)
        format.duration = setting.value(entry.hours)
        format.coordination = setting.value(entry.coordination_hours)
        format.source_knowledge = setting.value(entry.source_knowledge)
        format.quality = setting.value(entry.quality)
        for channel in CHANNELS:
            setattr(format, channel, setting.value(getattr(entry.channels, channel)))
        format.check = setting.value(entry.channels.gate)
        give_owner(format, entry.owner, setting, house)
        host = first_host(model, format.tasks)
        if format.owner_kind == UNIT:
            host = model.units[format.owner].division
        elif format.owner_kind == LEADER and format.owner >= 2:
            host = format.owner - 2
        for department in members_of(model, house, entry.members, format.tasks, host):
            member = Member(len(model.members), department)
            member.format = index
            format.members.append(member)
            model.members.append(member)
        owns = [format.owner] if format.owner_kind == GROUP else []
        part = sorted({*owns, *indices(scenario.civil_society, entry.civil_society)})
        format.groups = [model.groups[g] for g in part]
        model.formats.append(format)


def give_owner(format: Format, name: str | None, setting: Setting, house: House) -> None:
    """Write kind and index of the owner of a format."""
    candidates = (
        (UNIT, [unit.id for unit in setting.scenario.commissioners]),
        (LEADER, [leader.id for leader in house.leaders]),
        (GROUP, [group.id for group in setting.scenario.civil_society]),
    )
    format.owner_kind, format.owner = NOBODY, -1
    for kind, names in candidates:
        if name in names:
            format.owner_kind, format.owner = kind, names.index(name)
            return


def set_up_concepts(model: ReferenceModel, setting: Setting, house: House) -> None:
    """Make the papers in the order in which they are adopted."""
    for index, entry in enumerate(sorted(setting.scenario.concepts, key=lambda entry: middle(entry.adopted))):
        concept = Concept(index)
        concept.slot = hash16(entry.id)
        concept.tasks = indices(setting.scenario.tasks, entry.tasks)
        concept.adopted = setting.value(entry.adopted)
        concept.ambition = setting.value(entry.ambition)
        concept.concreteness = setting.value(entry.concreteness)
        concept.council = 1.0 if entry.council else 0.0
        host = first_host(model, concept.tasks)
        concept.departments = members_of(model, house, entry.members, concept.tasks, host)
        model.concepts.append(concept)


def set_up_chains(model: ReferenceModel, setting: Setting, house: House) -> None:
    """Make the processes; ties come later."""
    for index, process in enumerate(house.chains):
        chain = Chain(index)
        chain.task = process.task
        chain.weight = setting.value(process.weight)
        chain.copies = float(process.copies)
        chain.length = len(process.departments)
        chain.first = len(model.links)
        for d in process.departments:
            link = Link(len(model.links), model.departments[d])
            chain.links.append(link)
            model.links.append(link)
        model.chains.append(chain)


def set_up_events(model: ReferenceModel, setting: Setting, house: House) -> None:
    """Make the dated events and what they strike."""
    earlier: dict[str, int] = {}
    for entry in setting.scenario.events:
        if entry.kind == "note":
            continue
        event = Event(len(model.events))
        event.slot = hash16(f"{entry.kind}/{entry.id or earlier.get(entry.kind, 0)}")
        earlier[entry.kind] = earlier.get(entry.kind, 0) + 1
        event.kind = KINDS.index(entry.kind)
        event.date = setting.value(entry.date)
        event.subject = event.leader = event.division = event.department = event.level = -1
        describe(model, event, entry, setting, house)
        model.events.append(event)


def describe(model: ReferenceModel, event: Event, entry: Any, setting: Setting, house: House) -> None:
    """Write what an event of its kind says."""
    value = setting.value
    if entry.kind == "shock":
        event.tasks = indices(setting.scenario.tasks, entry.tasks)
        event.need, event.workload, event.salience = value(entry.need), value(entry.workload), value(entry.salience)
        event.need_half_life = value(entry.need_half_life_months)
        event.workload_half_life = value(entry.workload_half_life_months)
        event.salience_half_life = value(entry.salience_half_life_months)
        event.strikes = strikes_of(model, entry.departments, event.tasks, setting, house)
    elif entry.kind == "election":
        event.subject, event.value = house.leader_index(entry.leader), value(entry.reelection_share)
    elif entry.kind == "new_leader":
        event.subject = house.leader_index(entry.leader)
        event.value = math.nan if entry.support is None else value(entry.support)
        event.flag = 0.0 if entry.support is None else 1.0
    elif entry.kind == "recut":
        event.division = -1 if entry.division is None else house.division_index(entry.division)
        event.value = value(entry.share)
        event.strikes = [(department, 1.0) for department in named_departments(model, house, entry.departments)]
    elif entry.kind == "budget_crisis":
        event.value, event.need_half_life = value(entry.tightness), value(entry.half_life_months)
    elif entry.kind == "unit_move":
        (event.subject,) = indices(setting.scenario.commissioners, (entry.commissioner,))
        tasks = [k for k, duty in enumerate(model.units[event.subject].duties) if duty]
        stand_at(event, place_of(entry, tasks, house))
        event.flag = event.has_head
    elif entry.kind == "mandate":
        (event.subject,) = indices(setting.scenario.tasks, (entry.task,))
    elif entry.kind == "council_decision":
        event.tasks = indices(setting.scenario.tasks, entry.tasks)
        event.value = value(entry.strength)


def strikes_of(
    model: ReferenceModel, departments: Any, tasks: list[int], setting: Setting, house: House
) -> list[tuple[Department, float]]:
    """Return the departments that a shock strikes, each with its exposure."""
    if not isinstance(departments, str):
        return [(department, 1.0) for department in named_departments(model, house, departments)]
    if departments == "none":
        return []
    if departments == "all" or not tasks:
        return [(department, 1.0) for department in model.departments]
    strikes = []
    for department in model.departments:
        exposures = [house.departments[department.index].exposure[k] for k in tasks]
        middles = [middle(exposure) for exposure in exposures]
        strikes.append((department, setting.value(exposures[middles.index(max(middles))])))
    return strikes
