"""Filling a layout from a scenario: formats, civil society, concepts, chains, events and functions."""

from __future__ import annotations

import numpy as np

from qsim.scenario.catalogue import load_catalogue
from qsim.scenario.house import House
from qsim.scenario.schema import (
    BudgetCrisis,
    CouncilDecision,
    Election,
    Mandate,
    NewLeader,
    Note,
    Recut,
    Scenario,
    Shock,
    UnitMove,
)
from qsim.scenario.standing import COPY_SLOTS
from qsim.scenario.values import Unknown
from qsim.world.draws import stable_slot
from qsim.world.fill import FOREVER, place_of
from qsim.world.kinds import ACTIVITIES, EVENT_KINDS, OF_GROUP, OF_LEADER, OF_NOBODY, OF_UNIT, RANKS
from qsim.world.layout import Layout
from qsim.world.maths import CONCERNED
from qsim.world.parameters import Coefficient
from qsim.world.ties import MOST_ACQUAINTANCES, OWN_EDITION

CLOSE = Coefficient(
    0.3,
    "share",
    "a department of this contact with the people concerned is among the members called contact; assumption",
)
OWN_SLOTS = 5000
"""Slots from here on are those of departments that a scenario adds itself."""


def members_of(house: House, members: object, tasks: list[int], host: int) -> list[int]:
    """Return the indices of the departments that a list of ids or the name of a group of members means.

    ``relevant``: relevance of at least .05 for one of the tasks; ``contact``: contact of at least .3;
    ``host_division``: those of the division with index ``host``.
    """
    everybody = range(len(house.departments))
    if isinstance(members, tuple):
        return _named(house, members)
    if members == "all":
        return list(everybody)
    if members == "none":
        return []
    if members == "host_division":
        return [d for d in everybody if house.departments[d].division == host]

    def most(d: int, field: str) -> float:
        values = [getattr(house.departments[d], field)[k] for k in tasks]
        return max(value.largest if isinstance(value, Unknown) else value for value in values)

    if members == "contact":
        return [d for d in everybody if most(d, "contact") >= CLOSE]
    return [d for d in everybody if most(d, "relevance") >= CONCERNED]


def _task_indices(scenario: Scenario, names: tuple[str, ...]) -> list[int]:
    return [k for k, task in enumerate(scenario.tasks) if task.id in names]


def fill_formats(layout: Layout, scenario: Scenario, house: House) -> None:
    """Write the formats, their members, and the civil society that takes part."""
    owners = {unit.id: (OF_UNIT, u) for u, unit in enumerate(scenario.commissioners)}
    owners |= {leader.id: (OF_LEADER, i) for i, leader in enumerate(house.leaders)}
    owners |= {group.id: (OF_GROUP, g) for g, group in enumerate(scenario.civil_society)}
    formats, tasks = scenario.formats, len(scenario.tasks)
    layout.add("formats", len(formats))
    concerns = layout.add("format_tasks", (len(formats), tasks))
    takes_part = layout.add("format_groups", (len(formats), len(scenario.civil_society)))
    first = layout.add("member_first", len(formats) + 1)
    rows: list[tuple[int, int]] = []
    for f, entry in enumerate(formats):
        kind, owner = owners[entry.owner] if entry.owner else (OF_NOBODY, -1)
        channels = entry.channels
        layout.put("formats", f, slot=stable_slot(entry.id), owner_kind=kind, owner=owner,
                   rank=RANKS.index(entry.rank), voluntary=float(entry.voluntary),
                   embedded=float(entry.embedded), start=entry.start, end=FOREVER if entry.end is None else entry.end,
                   interval=entry.interval_weeks, duration=entry.hours, coordination=entry.coordination_hours,
                   source_knowledge=entry.source_knowledge, quality=entry.quality, meet=channels.meet,
                   learn=channels.learn, decide=channels.decide, draft=channels.draft, check=channels.gate,
                   tie=channels.tie, relieve_posts=channels.relieve_posts,
                   release_posts=channels.release_posts)  # fmt: skip
        concerned = _task_indices(scenario, entry.tasks)
        concerns[f, concerned] = 1.0
        for g, group in enumerate(scenario.civil_society):
            takes_part[f, g] = float(group.id in entry.civil_society or group.id == entry.owner)
        host = _host(layout, scenario, house, entry.owner, entry.tasks)
        rows += [(f, d) for d in members_of(house, entry.members, concerned, host)]
        first[f + 1] = len(rows)
    layout.add("members", len(rows))
    for i, (f, d) in enumerate(rows):
        layout.put("members", i, format=f, department=d)


def _host(layout: Layout, scenario: Scenario, house: House, owner: str | None, tasks: tuple[str, ...]) -> int:
    """Return the division of the owner, or else of the first unit that shares a task; -1 if there is none."""
    divisions = {leader.id: leader.division for leader in house.leaders if leader.division >= 0}
    at = layout.arrays["units"]["division"]
    divisions |= {unit.id: int(at[u]) for u, unit in enumerate(scenario.commissioners)}
    sharing = [unit.id for unit in scenario.commissioners if set(unit.tasks) & set(tasks)]
    return next((divisions[name] for name in (owner, *sharing) if name in divisions), -1)


def fill_groups(layout: Layout, scenario: Scenario) -> None:
    """Write the groups of civil society."""
    groups = scenario.civil_society
    layout.add("groups", len(groups))
    concerns = layout.add("group_tasks", (len(groups), len(scenario.tasks)))
    for g, entry in enumerate(groups):
        layout.put("groups", g, slot=stable_slot(entry.id), start=scenario.start if entry.start is None else entry.start,
                   end=FOREVER if entry.end is None else entry.end, expertise=entry.expertise,
                   base_engagement=entry.engagement, volunteer_hours=entry.volunteer_hours,
                   recognition=entry.recognition, base_pressure=entry.pressure,
                   hearing_right=float(entry.hearing_right))  # fmt: skip
        concerns[g, _task_indices(scenario, entry.tasks)] = 1.0


def fill_concepts(layout: Layout, scenario: Scenario, house: House) -> None:
    """Write the concepts in order of their dates, and the departments they speak of."""
    concepts = sorted(scenario.concepts, key=lambda entry: _about(entry.adopted))
    layout.add("concepts", len(concepts))
    concerns = layout.add("concept_tasks", (len(scenario.concepts), len(scenario.tasks)))
    speaks_of = layout.add("concept_departments", (len(scenario.concepts), len(house.departments)))
    for c, entry in enumerate(concepts):
        layout.put("concepts", c, slot=stable_slot(entry.id), adopted=entry.adopted, ambition=entry.ambition,
                   concreteness=entry.concreteness, council=float(entry.council))  # fmt: skip
        concerned = _task_indices(scenario, entry.tasks)
        concerns[c, concerned] = 1.0
        host = _host(layout, scenario, house, None, entry.tasks)
        speaks_of[c, members_of(house, entry.members, concerned, host)] = 1.0


def _about(date: float | Unknown) -> float:
    return float(date.middle if isinstance(date, Unknown) else date)


def fill_chains(layout: Layout, house: House) -> None:
    """Write the process chains, the functions that know each other, and room for the ties."""
    chains = layout.add("chains", len(house.chains))
    layout.add("links", sum(len(chain.departments) for chain in house.chains))
    n = 0
    for c, chain in enumerate(house.chains):
        layout.put(
            "chains",
            c,
            task=chain.task,
            first=n,
            length=len(chain.departments),
            weight=chain.weight,
            copies=chain.copies,
        )
        for department in chain.departments:
            layout.put("links", n, department=department, tie=-1)
            n += 1
    rows = _functions(house)
    functions = layout.add("functions", len(rows))
    for i, row in enumerate(rows):
        functions[i] = row
    layout.add("ties", 2 * (MOST_ACQUAINTANCES * len(rows) + n - len(chains)))
    layout.add("tie_first", len(house.departments) + 1)


def _functions(house: House) -> list[tuple[int, int, int, int]]:
    """Return slot, department, division and edition of the functions: of the catalogue, its copies, the scenario's own.

    The division of an own one is that in which most functions of the catalogue stand beside it, or a negative number of
    its own division if none do. Own ones stand in the order of their slots.
    """
    catalogue = load_catalogue()
    rows = [(e.slot, house.holders[e.id], e.division, 0) for e in catalogue.departments if e.id in house.holders]
    beside = [(house.departments[d].division, division) for _, d, division, _ in rows]
    divisions = {e.slot: e.division for e in catalogue.departments}
    own: list[tuple[int, int, int, int]] = []
    for d, entry in enumerate(house.departments):
        copy, number = divmod(entry.slot, COPY_SLOTS)
        if entry.slot >= OWN_SLOTS and entry.id not in {e.id for e in catalogue.departments}:
            near = [division for place, division in beside if place == entry.division]
            own.append(
                (entry.slot, d, max(sorted(set(near)), key=near.count, default=-1 - entry.division), OWN_EDITION)
            )
        elif entry.slot < OWN_SLOTS and copy > 0:
            rows.append((entry.slot, d, divisions[number], copy))
    return rows + sorted(own)


def fill_events(layout: Layout, scenario: Scenario, house: House) -> None:
    """Write the events that rules act on, and the departments that shocks and re-cuts strike."""
    events = [event for event in scenario.events if not isinstance(event, Note)]
    layout.add("events", len(events))
    concerns = layout.add("event_tasks", (len(events), len(scenario.tasks)))
    strikes: list[tuple[int, int, float | Unknown]] = []
    units = {unit.id: u for u, unit in enumerate(scenario.commissioners)}
    for i, event in enumerate(events):
        name = event.id or sum(other.kind == event.kind for other in events[:i])
        layout.put("events", i, slot=stable_slot(f"{event.kind}/{name}"), kind=EVENT_KINDS.index(event.kind),
                   date=event.date, subject=-1, leader=-1, division=-1, department=-1, level=-1)  # fmt: skip
        if isinstance(event, Shock):
            layout.put("events", i, need=event.need, workload=event.workload, salience=event.salience,
                       need_half_life=event.need_half_life_months, workload_half_life=event.workload_half_life_months,
                       salience_half_life=event.salience_half_life_months)  # fmt: skip
            concerned = _task_indices(scenario, event.tasks)
            concerns[i, concerned] = 1.0
            strikes += [(i, d, exposure) for d, exposure in _struck(house, event, concerned)]
        elif isinstance(event, Election):
            layout.put("events", i, subject=house.leader_index(event.leader), value=event.reelection_share)
        elif isinstance(event, NewLeader):
            layout.put("events", i, subject=house.leader_index(event.leader), value=event.support,
                       flag=float(event.support is not None))  # fmt: skip
        elif isinstance(event, Recut):
            target = house.division_index(event.division) if event.division else -1
            layout.put("events", i, division=target, value=event.share)
            strikes += [(i, d, 1.0) for d in _named(house, event.departments)]
        elif isinstance(event, BudgetCrisis):
            layout.put("events", i, value=event.tightness, need_half_life=event.half_life_months)
        elif isinstance(event, UnitMove):
            unit = scenario.commissioners[units[event.commissioner]]
            place = place_of(scenario, house, unit, str(event.position), event.under, event.division, event.department)
            head = float(place.pop("has_head"))
            layout.put("events", i, subject=units[event.commissioner], flag=head, **place)
        elif isinstance(event, Mandate):
            layout.put("events", i, subject=_task_indices(scenario, (event.task,))[0])
        elif isinstance(event, CouncilDecision):
            layout.put("events", i, value=event.strength)
            concerns[i, _task_indices(scenario, event.tasks)] = 1.0
    layout.add("strikes", len(strikes))
    for j, (i, d, exposure) in enumerate(strikes):
        layout.put("strikes", j, event=i, department=d, exposure=exposure)


def _named(house: House, names: tuple[str, ...]) -> list[int]:
    """Return the departments that hold the functions named, each once."""
    return sorted({house.department_index(name) for name in names})


def _struck(house: House, event: Shock, tasks: list[int]) -> list[tuple[int, float | Unknown]]:
    """Return the departments a shock strikes with their exposure: the largest over the tasks, or 1 for those named."""
    if isinstance(event.departments, tuple):
        return [(d, 1.0) for d in _named(house, event.departments)]
    if event.departments == "none":
        return []
    if event.departments == "all" or not tasks:
        return [(d, 1.0) for d in range(len(house.departments))]

    def exposure(d: int) -> float | Unknown:
        values = [house.departments[d].exposure[k] for k in tasks]
        return max(values, key=lambda value: value.middle if isinstance(value, Unknown) else value)

    return [(d, exposure(d)) for d in range(len(house.departments))]


def fill_scratch(layout: Layout, scenario: Scenario, house: House, rules: int) -> None:
    """Add the ledger, the governance cells and the switches."""
    payers = len(house.departments) + len(scenario.commissioners) + len(house.leaders) + len(scenario.civil_society)
    layout.add("ledger", (payers, len(ACTIVITIES)))
    layout.add("scratch", (len(house.departments), 2))
    layout.add("governance", 12)
    layout.add("switches", rules)[:] = np.ones(rules, np.int64)
