"""The state at the start of a run: what the scenario leaves open is drawn by address.

Knowledge and practice scatter around the means of the task; own cultures of departments scatter around the culture of
the house, contact with the people concerned makes them more open (report 1.2), some are closed (Ablehnung, report 1.2).
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from qsim.world.compiling import compiled, entry
from qsim.world.draws import decision, normal, normal_quantile, pair_slot, uniform, uniform_pair
from qsim.world.hierarchy import MAYOR
from qsim.world.maths import CONCERNED, TINY, logistic, share
from qsim.world.parameters import Coefficient, Parameter, Rule
from qsim.world.records import World
from qsim.world.ties import draw_ties

RULE = Rule(
    "initial", "Anfangszustand", "Initial state",
    (
        Parameter("knowledge", 0.122, 0.05, 0.35, "share", "Wissen der Ämter zu Beginn",
                  "knowledge of departments at the start", "public figure",
                  "B-E2: 5 to 15 % of the staff attend a course a year; where a scenario says nothing"),
        Parameter("process_knowledge", 0.178, 0.15, 0.5, "share", "Verfahrenswissen der Ämter zu Beginn",
                  "process knowledge of departments at the start", "assumption",
                  "report 3.3: people know their own step of a process; where a scenario says nothing"),
        Parameter("practice", 0.1533, 0.03, 0.2, "share", "Umsetzung zu Beginn", "practice at the start", "assumption",
                  "design of the model, pattern 2: 3 to 20 % with nobody in charge; where a scenario says nothing"),
        Parameter("culture", 0.3792, 0.35, 0.6, "share", "Offenheit der Amtskulturen",
                  "openness of departmental cultures", "public figure",
                  "B-18: high for 22 %, middling for nearly 50 %, low for the rest; where a scenario says nothing"),
        Parameter("workload_spread", 0.1844, 0.05, 0.25, "share of capacity", "Streuung der Auslastung",
                  "spread of workload", "public figure", "catalogue B5: workload about N(.95 to 1.1, .15)"),
        Parameter("knowledge_spread", 0.2375, 0.2, 0.8, "ratio", "Streuung des Wissens", "spread of knowledge",
                  "assumption", "no source"),
        Parameter("culture_spread", 1.196, 0.3, 1.2, "logits", "Streuung der Kulturen", "spread of cultures",
                  "assumption", "no source"),
        Parameter("contact_openness", 0.7091, 0.0, 1.5, "logits", "Öffnung durch Kontakt", "openness by contact",
                  "literature", "Pettigrew and Tropp 2006: contact and prejudice r = -.21; report 1.2"),
        Parameter("closed_openness", 0.0453, 0.02, 0.2, "share", "Offenheit geschlossener Ämter",
                  "openness of closed departments", "report", "1.2 vehemente Ablehnung; the number is an assumption"),
        Parameter("need_spread", 0.1649, 0.0, 0.2, "share", "Streuung des Bedarfs", "spread of need", "assumption",
                  "no source"),
        Parameter("leader_support", -0.07188, -0.2, 0.4, "number", "Mittlere Grundhaltung der Leitungen",
                  "mean disposition of leaders", "assumption", "no source"),
        Parameter("leader_spread", 0.216, 0.2, 0.8, "number", "Streuung der Grundhaltung", "spread of dispositions",
                  "assumption", "no source"),
        Parameter("expectation", 0.2721, 0.2, 0.6, "share of need", "Erwartete Wirkung zu Beginn",
                  "effect expected at the start", "assumption", "no source"),
        Parameter("head_demands", 2.311, 0.5, 3.0, "ratio", "Anforderungen an Dezernatsleitungen",
                  "demands on heads of divisions", "assumption", "no source",
                  divides=True),
        Parameter("mayor_demands", 5.906, 2.0, 10.0, "ratio", "Anforderungen an die Stadtspitze", "demands on the mayor",
                  "assumption", "no source",
                  divides=True),
    ),
    reads=(), writes=(),
    decisions=("initial.workload", "initial.knowledge", "initial.process", "initial.culture", "initial.closed",
               "initial.practice", "initial.demands", "leader.disposition", "leader.knowledge"),
)  # fmt: skip

WORKLOAD = decision("initial.workload")
KNOWLEDGE = decision("initial.knowledge")
PROCESS = decision("initial.process")
CULTURE = decision("initial.culture")
CLOSED = decision("initial.closed")
PRACTICE = decision("initial.practice")
DEMANDS = decision("initial.demands")
DISPOSITION = decision("leader.disposition")
LEADER_DRAWN = decision("leader.knowledge")
MOST_SUPPORT = Coefficient(
    0.99, "signed share", "support beyond this, of either sign, counts as this: nobody is out of reach of what happens"
)
LEAST_WORK = Coefficient(0.3, "share of capacity", "regular work that every department has; assumption")
UNCONCERNED = Coefficient(
    0.6, "ratio", "knowledge and practice of a department that a task does not concern, to their means; assumption"
)
RELEVANCE_WEIGHT = Coefficient(
    0.8, "ratio", "how much more of both a department has that it concerns fully; assumption"
)
CHAIN_SHARE = Coefficient(
    0.5, "ratio", "of knowledge of whole chains to that of procedures at the start; assumption (report 3.3)"
)
MOST_OPEN = Coefficient(0.5, "share of hours", "no department gives more of them to cross-cutting tasks; assumption")
LESSONS_KEPT = Coefficient(0.2, "share", "stock of lessons at the start where knowledge management is full; assumption")
CONTACT_OPENS = Coefficient(
    0.8, "share", "of closed cultures that close contact opens; assumption (Pettigrew and Tropp 2006)"
)
USUAL_CONTACT = Coefficient(
    0.3, "share", "contact at which a culture is neither more open nor more closed than the house; assumption"
)
LEAST_CULTURE = Coefficient(
    0.02, "share", "the most closed and, from 1, the most open culture of a house, as its logit is taken"
)
DEMANDS_SPREAD = Coefficient(0.4, "number", "spread of the logarithm of demands on leaders; assumption")
LEADER_KNOWLEDGE = Coefficient(0.1, "share", "the least that a new leader knows of the tasks; assumption")
LEADER_KNOWLEDGE_RANGE = Coefficient(0.6, "share", "how much more the best informed knows; assumption")
NEVER = -1.0e9
"""A month so long ago that it counts as never."""


@entry
def begin(world: World, memory: np.ndarray, template: np.ndarray, places: np.ndarray, words: np.ndarray) -> None:
    """Begin a run in the ``memory`` (words,) of a world: the ``template``, at some ``places`` the run's own ``words``, drawn."""
    for i in range(memory.size):
        memory[i] = template[i]
    for i in range(places.size):
        memory[places[i]] = words[i]
    initialise(world)


@compiled
def initialise(world: World) -> None:
    """Draw the initial state of a world (a reference) whose fixed fields are set."""
    _start_levels(world)
    _start_departments(world)
    _start_stances(world)
    _start_leaders(world)
    _start_units(world)
    draw_ties(world)


@compiled
def _start_levels(world: World) -> None:
    """Set the mean levels at the start of which the scenario says nothing."""
    p = world.parameters[0]
    administration = world.administration[0]
    administration.culture = _stated(administration.culture, p.initial_culture)
    for k in range(world.tasks.size):
        task = world.tasks[k]
        task.knowledge = _stated(task.knowledge, p.initial_knowledge)
        task.process_knowledge = _stated(task.process_knowledge, p.initial_process_knowledge)
        task.practice = _stated(task.practice, p.initial_practice)


@compiled
def _stated(value: float, otherwise: float) -> float:
    return otherwise if math.isnan(value) else value


@compiled
def _start_departments(world: World) -> None:
    p = world.parameters[0]
    administration = world.administration[0]
    administration.tightness = administration.base_tightness
    weight = 0.0
    for d in range(world.departments.size):
        weight += world.departments[d].staff
    for d in range(world.departments.size):
        department = world.departments[d]
        department.staff = administration.staff * department.staff / weight
        z = normal(world.key[0], WORKLOAD, 0, department.slot)
        stated = not math.isnan(department.base_demand)
        mean = department.base_demand if stated else administration.workload * department.load_factor
        capacity = 1.0 - administration.vacancy
        department.base_demand = max(mean + p.initial_workload_spread * z, LEAST_WORK) * capacity
        department.filled = capacity
        department.workload = department.base_demand / capacity
        department.hours = department.staff * capacity * p.workload_hours_per_post


@compiled
def _start_stances(world: World) -> None:
    p = world.parameters[0]
    administration = world.administration[0]
    for k in range(world.tasks.size):
        task = world.tasks[k]
        task.salience = task.base_salience
        total = 0.0
        for d in range(world.departments.size):
            department = world.departments[d]
            stance = world.stances[d, k]
            slot = pair_slot(department.slot, task.slot)
            spread = p.initial_knowledge_spread
            z, y = uniform_pair(world.key[0], KNOWLEDGE, 0, slot)
            near = UNCONCERNED + RELEVANCE_WEIGHT * stance.relevance
            stance.knowledge = share(task.knowledge * near * (1.0 + spread * normal_quantile(z)))
            stance.chain_knowledge = share(CHAIN_SHARE * task.process_knowledge * (1.0 + spread * normal_quantile(y)))
            z, y = uniform_pair(world.key[0], PROCESS, 0, slot)
            stance.process_knowledge = share(task.process_knowledge * near * (1.0 + spread * normal_quantile(z)))
            stance.base_need = share(task.base_need + p.initial_need_spread * normal_quantile(y))
            stance.need = stance.base_need
            stance.culture = _own_culture(world, stance, slot)
            stance.openness = stance.culture
            z = normal(world.key[0], PRACTICE, 0, slot)
            stance.practice = share(task.practice * near * (1.0 + spread * z))
            stance.considered = stance.practice
            stance.reached = NEVER
            stance.time = 1.0 / (1.0 + department.workload**p.workload_steepness)
            stance.weight = stance.relevance * department.staff if stance.relevance >= CONCERNED else 0.0
            total += stance.weight
        _start_gap(world, k)
        for d in range(world.departments.size):
            world.stances[d, k].weight /= max(total, 1.0e-12)
            task.mean_practice += world.stances[d, k].weight * world.stances[d, k].practice
        task.belief = p.initial_expectation
    for d in range(world.departments.size):
        most = 0.0
        for k in range(world.tasks.size):
            if world.stances[d, k].relevance >= CONCERNED:
                most = max(most, world.stances[d, k].time)
        world.departments[d].task_hours = world.departments[d].hours * min(p.workload_task_time * most, MOST_OPEN)
    administration.lessons = LESSONS_KEPT * administration.knowledge_management


@compiled
def _start_gap(world: World, k: int) -> None:
    """Set the mean gap of the departments concerned, as rule 12 does in every month."""
    gap = 0.0
    number = TINY
    for d in range(world.departments.size):
        stance = world.stances[d, k]
        if stance.relevance >= CONCERNED:
            gap += stance.relevance * max(stance.need - stance.practice, 0.0)
            number += 1.0
    world.tasks[k].mean_gap = gap / number


@compiled
def _own_culture(world: World, stance: Any, slot: int) -> float:
    """Return the openness of a department's own culture towards a task, in (0, 1)."""
    p = world.parameters[0]
    administration = world.administration[0]
    if uniform(world.key[0], CLOSED, 0, slot) < administration.closed_share * (1.0 - CONTACT_OPENS * stance.contact):
        return p.initial_closed_openness
    middle = min(max(administration.culture, LEAST_CULTURE), 1.0 - LEAST_CULTURE)
    z = normal(world.key[0], CULTURE, 0, slot)
    logit = math.log(middle / (1.0 - middle)) + p.initial_contact_openness * (stance.contact - USUAL_CONTACT)
    return logistic(logit + p.initial_culture_spread * z)


@compiled
def draw_disposition(world: World, i: int, k: int, month: int) -> float:
    """Return the leaning of a leader who takes office in a month, towards a task; any number, mostly -1 to 1."""
    p = world.parameters[0]
    z = normal(world.key[0], DISPOSITION, month, pair_slot(world.leaders[i].slot, world.tasks[k].slot))
    return p.initial_leader_support + p.initial_leader_spread * z


@compiled
def leaning(support: float) -> float:
    """Return the disposition of somebody whose support is known, between -1 and 1: support = tanh(disposition)."""
    return math.atanh(min(max(support, -MOST_SUPPORT), MOST_SUPPORT))


@compiled
def _start_leaders(world: World) -> None:
    p = world.parameters[0]
    for i in range(world.leaders.size):
        leader = world.leaders[i]
        if math.isnan(leader.base_demands):
            middle = p.initial_mayor_demands if i == MAYOR else p.initial_head_demands
            leader.base_demands = middle * math.exp(DEMANDS_SPREAD * normal(world.key[0], DEMANDS, 0, leader.slot))
        if math.isnan(leader.knowledge):
            u = uniform(world.key[0], LEADER_DRAWN, 0, leader.slot)
            leader.knowledge = LEADER_KNOWLEDGE + LEADER_KNOWLEDGE_RANGE * u
        leader.workload = leader.base_demands
        for k in range(world.tasks.size):
            support = world.support[i, k]
            known = support.support
            support.disposition = draw_disposition(world, i, k, 0) if math.isnan(known) else leaning(known)
            support.support = math.tanh(support.disposition)


@compiled
def _start_units(world: World) -> None:
    for u in range(world.units.size):
        unit = world.units[u]
        unit.knowledge = unit.newcomer_knowledge
        unit.overview = unit.base_overview
    start = world.key[0].start
    for n in range(world.phases.size):
        phase = world.phases[n]
        phase.end = phase.start + phase.duration
        phase.active = 1.0 if phase.start <= start <= phase.end else 0.0
        world.units[phase.unit].posts += phase.active * phase.posts
    for j in range(world.posts.size):
        post = world.posts[j]
        phase = world.phases[post.phase]
        if phase.start < start <= phase.end:  # posts with a history are filled when the run begins
            post.extent = min(max(phase.posts - post.rank, 0.0), 1.0)
            post.occupied = 1.0 if post.extent > 0.0 else 0.0
            post.tenure = start - phase.start
            world.units[post.unit].filled += post.occupied * post.extent
    for f in range(world.formats.size):
        world.formats[f].served = 1.0
    for g in range(world.groups.size):
        world.groups[g].engagement = world.groups[g].base_engagement
