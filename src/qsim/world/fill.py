"""Filling a layout from a scenario: each function writes the records of one kind of object."""

from __future__ import annotations

import math

from qsim.scenario.house import House
from qsim.scenario.schema import Scenario
from qsim.scenario.structure import POSITIONS, TASK_KINDS, Commissioner
from qsim.scenario.values import Unknown
from qsim.world.draws import stable_slot, wide_slot
from qsim.world.hierarchy import DEPUTY, FIRST_HEAD, MAYOR
from qsim.world.initial import NEVER
from qsim.world.kinds import AFTERWARDS, IN_DEPARTMENT, IN_DIVISION, IN_HOUSE, POLICIES
from qsim.world.layout import Layout

STAFF_A_DEPARTMENT = 30.0
"""Office posts of a department where the scenario does not say; assumption, about B-S29 and B-S30 of the catalogue."""
FOREVER = math.inf


def fill_administration(layout: Layout, scenario: Scenario, house: House) -> None:
    """Write the administration, its tasks and its departments with their stances."""
    a = scenario.administration
    staff = STAFF_A_DEPARTMENT * len(house.departments) if a.staff is None else a.staff
    layout.add("administration", 1)
    layout.put("administration", 0, hierarchy=a.hierarchy, culture=a.communication_culture, closed_share=a.closed_share,
               workload=a.workload, vacancy=a.vacancy_share, turnover=a.turnover_per_year, staff=staff,
               personnel_openness=a.personnel_openness, evaluation=a.evaluation, reflection=a.reflection,
               knowledge_management=a.knowledge_management, base_tightness=a.budget_tightness,
               mayor_since=NEVER)  # fmt: skip
    layout.add("tasks", len(scenario.tasks))
    for k, task in enumerate(scenario.tasks):
        first = task.kind not in [other.kind for other in scenario.tasks[:k]]
        slot = 1 + TASK_KINDS.index(task.kind) if first and task.kind != "other" else stable_slot(task.id)
        layout.put("tasks", k, slot=slot, kind=TASK_KINDS.index(task.kind), base_need=task.need,
                   base_salience=task.salience, mandate=float(task.mandate), knowledge=task.knowledge,
                   process_knowledge=task.process_knowledge, practice=task.practice)  # fmt: skip
    layout.add("departments", len(house.departments))
    layout.add("stances", (len(house.departments), len(scenario.tasks)))
    for d, department in enumerate(house.departments):
        layout.put("departments", d, slot=department.slot, division=department.division, breadth=department.breadth,
                   staff=department.staff_weight, load_factor=department.workload_factor,
                   base_demand=department.workload)  # fmt: skip
        for k in range(len(scenario.tasks)):
            layout.put("stances", (d, k), relevance=department.relevance[k], contact=department.contact[k],
                       exposure=department.exposure[k])  # fmt: skip


def fill_leaders(layout: Layout, scenario: Scenario, house: House) -> None:
    """Write the mayor, the deputy and the heads of divisions; what the scenario leaves open is drawn later."""
    defaults = {"mayor": (96, 0.6, 1.0), "deputy": (96, 0.6, 0.5), "head": (math.inf, 0.7, 0.0)}
    layout.add("leaders", len(house.leaders))
    layout.add("support", (len(house.leaders), len(scenario.tasks)))
    for i, leader in enumerate(house.leaders):
        entry = leader.entry
        term, reelection, authority = defaults[leader.kind]
        layout.put("leaders", i, slot=leader.slot, division=leader.division, base_demands=entry.demands,
                   knowledge=entry.knowledge,
                   authority=authority if entry.authority is None else entry.authority,
                   co_responsibility=0.4 if entry.co_responsibility is None else entry.co_responsibility,
                   transparency=0.5 if entry.transparency is None else entry.transparency,
                   term=term if entry.term_months is None else entry.term_months,
                   reelection=reelection if entry.reelection_share is None else entry.reelection_share,
                   next_election=FOREVER if entry.next_election is None else entry.next_election)  # fmt: skip
        for k in range(len(scenario.tasks)):
            layout.put("support", (i, k), support=entry.support)


def place_of(scenario: Scenario, house: House, commissioner: Commissioner, position: str, under: str | None,
             division: str | None, department: str | None) -> dict[str, int]:  # fmt: skip
    """Return the place of a unit in the tree: level, leader, division, department and whether it has a head.

    A line unit without a division stands in that of the most relevant department; a section without a department in it.
    """
    tasks = [k for k, task in enumerate(scenario.tasks) if task.id in commissioner.tasks]

    def relevance(d: int) -> tuple[float, int]:
        values = [house.departments[d].relevance[k] for k in tasks]
        middles = [value.middle if isinstance(value, Unknown) else value for value in values]
        return sum(middles), -house.departments[d].slot

    most = max(range(len(house.departments)), key=relevance)
    at = house.department_index(department) if department else most
    home = house.division_index(division) if division else house.departments[at].division
    if position == "section":
        home = house.departments[at].division
        return {"level": IN_DEPARTMENT, "leader": FIRST_HEAD + home, "division": home, "department": at, "has_head": 0}
    if position == "line_unit":
        return {"level": IN_DIVISION, "leader": FIRST_HEAD + home, "division": home, "department": -1, "has_head": 0}
    above = house.leader_index(under) if under else (DEPUTY if position == "deputy_mayor" else MAYOR)
    head = int(position == "staff_unit_with_head")
    if above >= FIRST_HEAD:
        home = above - FIRST_HEAD
        return {"level": IN_DIVISION, "leader": above, "division": home, "department": -1, "has_head": head}
    return {"level": IN_HOUSE, "leader": above, "division": -1, "department": -1, "has_head": head}


def fill_units(layout: Layout, scenario: Scenario, house: House) -> None:
    """Write the commissioners' units, their funding phases and their posts."""
    units = scenario.commissioners
    layout.add("units", len(units))
    layout.add("relations", (len(house.departments), len(units)))
    duties = layout.add("duties", (len(units), len(scenario.tasks)))
    phases = layout.add("phases", sum(len(unit.funding) for unit in units))
    rooms: list[tuple[int, int, int, int]] = []
    n = 0
    for u, unit in enumerate(units):
        assert unit.position in POSITIONS
        place = place_of(scenario, house, unit, str(unit.position), unit.under, unit.division, unit.department)
        layout.put("units", u, slot=stable_slot(unit.id), policy=POLICIES.index(str(unit.outreach)),
                   mediation=unit.mediation, handover=unit.handover, coordination=unit.coordination,
                   newcomer_knowledge=unit.knowledge, base_overview=unit.overview, recognition=unit.recognition,
                   **place)  # fmt: skip
        for k, task in enumerate(scenario.tasks):
            duties[u, k] = float(task.id in unit.tasks)
        for i, phase in enumerate(unit.funding):
            slot = wide_slot(f"{unit.id}/{i}")
            layout.put("phases", n, slot=slot, unit=u, after=AFTERWARDS.index(phase.after),
                       posts=phase.posts, start=phase.start, own_share=phase.own_share,
                       duration=FOREVER if phase.kind == "permanent" else phase.duration_months)  # fmt: skip
            most = phase.posts.largest if isinstance(phase.posts, Unknown) else phase.posts
            rooms += [(u, n, i, rank) for rank in range(math.ceil(most))]
            n += 1
    assert n == len(phases)
    layout.add("posts", len(rooms))
    for j, (u, phase_index, i, rank) in enumerate(rooms):
        slot = wide_slot(f"{units[u].id}/{i}/{rank}")
        layout.put("posts", j, slot=slot, unit=u, phase=phase_index, rank=rank)
