"""Rule 6, outreach: a unit spends its hours on the departments that ask for it, then on those it has to look for.

The hours, less the coordination of formats, are a budget. Departments that know, are open and have done it before ask
(proaktive Einbindung, report 3.2) and are served first. Then the unit turns to departments in the order of
ln(perceived need) - ln(-ln U) until the hours are spent. A contact costs hours that grow with the official levels to
cross, shortened by familiarity and agreed channels, and with conflict: hours = x (1 + y (levels - 1) 2H left) +
negotiation. Perceived need is v x need + (1 - v) x mean need, with v the overview, which is harder to keep in a large
house. A contact succeeds with [1 - (1 - o)(1 - phi b+)] (.4 + .6 T)(.5 + .5 a)(1 - b-)(.6 + .4 settled), with the settled
share of the conflict; a head of the unit's own halves b-.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from qsim.world.compiling import compiled
from qsim.world.draws import decision, pair_slot, uniform
from qsim.world.flows import CONTACT, COORDINATION, NEGOTIATION, pay_by_department, pay_by_unit
from qsim.world.hierarchy import levels_to_department
from qsim.world.maths import WEEKS_A_MONTH, share, sift_down
from qsim.world.parameters import Parameter, Rule
from qsim.world.records import World

RULE = Rule(
    "outreach", "Ansprache", "Outreach",
    (
        Parameter("office_share", 0.3, 0.15, 0.5, "share of hours", "Anteil für eigene Verwaltung",
                  "hours for own office work", "assumption", "no source"),
        Parameter("contact_hours", 6.0, 3.0, 12.0, "hours", "Stunden je Kontakt", "hours of a contact",
                  "assumption", "catalogue C iv: 10 to 15 substantial contacts a month and post"),
        Parameter("level_hours", 0.35, 0.1, 0.7, "ratio a level", "Mehraufwand je Hierarchieebene",
                  "extra hours for each level", "assumption", "report 1.1, 3.2: hierarchy and Dienstwege"),
        Parameter("search_hours", 2.0, 0.5, 4.0, "hours", "Suchaufwand ohne Anfrage", "search without a request",
                  "assumption", "no source"),
        Parameter("department_hours", 4.0, 2.0, 8.0, "hours", "Stunden des Amtes je Kontakt",
                  "department's hours of a contact", "assumption", "no source"),
        Parameter("pull", 0.3, 0.0, 0.6, "requests a month", "Anfragen der Ämter", "requests of departments",
                  "report", "3.2 proaktiv einbeziehen; the number is an assumption"),
        Parameter("shortened_familiarity", 0.5, 0.2, 0.8, "share", "Verkürzung durch Vertrautheit",
                  "shortened by familiarity", "assumption", "report 3.2: people know each other"),
        Parameter("shortened_agreed", 0.7, 0.4, 0.9, "share", "Verkürzung durch vereinbarte Wege",
                  "shortened by agreed channels", "report", "3.2 Dienstwege verkürzen; the number is an assumption"),
        Parameter("conflict_hours", 6.0, 2.0, 12.0, "hours", "Aushandlung bei Ablehnung", "negotiation if rejected",
                  "report", "1.1 Deutungskämpfe; the number is an assumption"),
        Parameter("settling", 0.5, 0.2, 0.8, "share", "Konfliktlösung durch Rückhalt", "conflict settled by backing",
                  "assumption", "report 3.2"),
        Parameter("backing_weight", 0.6, 0.3, 0.9, "share", "Wirkung des Rückhalts", "effect of backing",
                  "assumption", "report 3.2"),
        Parameter("head_share", 0.3, 0.1, 0.5, "share of a post", "Zeit der Leitungsstelle für Konflikte",
                  "head's time for conflicts", "report", "1.2, 3.2 Leitungsstelle; the number is an assumption"),
        Parameter("familiarity_gain", 0.12, 0.05, 0.25, "share", "Vertrautheit je Kontakt", "familiarity by contact",
                  "assumption", "no source"),
        Parameter("familiarity_loss", 0.01, 0.003, 0.03, "share a month", "Verlust an Vertrautheit",
                  "familiarity lost", "assumption", "no source"),
        Parameter("overview_gain", 1.0, 0.3, 2.0, "ratio", "Überblick je Runde durch das Haus",
                  "overview by a round through the house", "report", "3.2 Überblick; the number is an assumption"),
        Parameter("overview_loss", 0.04, 0.02, 0.08, "share a month", "Verlust an Überblick", "overview lost",
                  "assumption", "no source"),
        Parameter("coordination_cap", 0.7, 0.5, 0.9, "share of hours", "Höchstanteil für Formate",
                  "most hours for formats", "assumption", "no source"),
        Parameter("overlap_hours", 4.0, 1.0, 8.0, "hours a month", "Abstimmung zwischen Strukturen",
                  "coordination between structures", "report", "4 Doppelstrukturen; the number is an assumption"),
    ),
    reads=("administration.lessons", "tasks.mean_gap", "departments.task_hours", "stances.need", "stances.practice",
           "stances.backing", "stances.time", "stances.blocking", "stances.chain_knowledge", "stances.knowledge",
           "stances.openness", "stances.process_knowledge", "units.filled", "units.has_head", "units.knowledge",
           "units.recognition", "relations.agreed"),
    writes=("stances.outreach", "stances.source", "stances.reached", "stances.pending", "stances.friction",
            "relations.familiarity",
            "units.hours", "units.hours_needed", "units.workload", "units.spent", "units.overview", "formats.served",
            "departments.spent"),
    decisions=("outreach.request", "outreach.order", "outreach.success"),
)  # fmt: skip

REQUEST = decision("outreach.request")
ORDER = decision("outreach.order")
SUCCESS = decision("outreach.success")
REQUESTED = 1000.0
"""Added to the rank of a request, so that requests come before all pushes."""


@compiled
def outreach(world: World, month: int) -> None:
    """Let every staffed unit coordinate its formats, answer requests and turn to departments."""
    for u in range(world.units.size):
        unit = world.units[u]
        unit.spent = 0.0
        unit.hours_needed = 0.0
        p = world.parameters[0]
        unit.hours = unit.filled * p.workload_hours_per_post * (1.0 - p.outreach_office_share)
        for d in range(world.departments.size):
            world.relations[d, u].familiarity *= 1.0 - p.outreach_familiarity_loss
        unit.overview *= 1.0 - p.outreach_overview_loss
        _coordinate(world, u, month)
        if unit.filled > 0.0:
            _visit(world, u, month)
        unit.workload = unit.hours_needed / unit.hours if unit.hours > 0.0 else 0.0


@compiled
def format_is_due(world: World, f: int, month: int) -> float:
    """Return how many meetings of format f come due in a month (it may be a fraction of one)."""
    entry = world.formats[f]
    if not entry.start <= month < entry.end:
        return 0.0
    return WEEKS_A_MONTH / entry.interval


@compiled
def _coordinate(world: World, u: int, month: int) -> None:
    """Pay for the unit's formats and its coordination with rival structures; what is not paid leaves formats unserved."""
    p = world.parameters[0]
    unit = world.units[u]
    needed = 0.0
    for f in range(world.formats.size):
        entry = world.formats[f]
        if entry.owner_kind == 1 and entry.owner == u:
            needed += format_is_due(world, f, month) * entry.coordination
    available = p.outreach_coordination_cap * unit.hours
    served = min(1.0, available / needed) if needed > 0.0 else 1.0
    for f in range(world.formats.size):
        entry = world.formats[f]
        if entry.owner_kind == 1 and entry.owner == u:
            entry.served = served if unit.hours > 0.0 else 0.0
    overlap = rivals(world, u) * unit.coordination * p.outreach_overlap_hours
    unit.hours_needed += needed + overlap
    pay_by_unit(world, u, served * needed if unit.hours > 0.0 else 0.0, COORDINATION)
    pay_by_unit(world, u, min(overlap, max(unit.hours - unit.spent, 0.0)), COORDINATION)


@compiled
def rivals(world: World, u: int) -> float:
    """Return the number of other staffed units that handle a task of unit u."""
    count = 0.0
    for other in range(world.units.size):
        if other != u and world.units[other].filled > 0.0:
            shared = 0.0
            for k in range(world.tasks.size):
                shared = max(shared, world.duties[u, k] * world.duties[other, k])
            count += shared
    return count


@compiled
def _visit(world: World, u: int, month: int) -> None:
    """Rank requests and pushes, then make contacts in this order until the hours are spent."""
    p = world.parameters[0]
    unit = world.units[u]
    tasks = world.tasks.size
    rank = np.empty(world.departments.size * tasks, np.float64)
    place = np.empty(world.departments.size * tasks, np.int64)
    count = 0
    for k in range(tasks):
        if world.duties[u, k] > 0.0:
            for d in range(world.departments.size):
                if world.stances[d, k].relevance >= 0.05:
                    rank[count] = _rank(world, u, d, k, month)
                    place[count] = d * tasks + k
                    count += 1
    for n in range(count // 2 - 1, -1, -1):
        sift_down(rank, place, n, count)
    head_hours = min(p.outreach_head_share, unit.filled) * p.workload_hours_per_post * unit.has_head
    head_hours = min(head_hours, unit.hours - unit.spent)
    available = unit.hours - head_hours - unit.spent
    touched = 0.0
    for left in range(count, 0, -1):  # the next in rank stands on top of the heap
        d = place[0] // tasks
        k = place[0] % tasks
        requested = rank[0] > 0.5 * REQUESTED
        rank[0] = rank[left - 1]
        place[0] = place[left - 1]
        sift_down(rank, place, 0, left - 1)
        hours = channel_hours(world, u, d) + (0.0 if requested else p.outreach_search_hours)
        unit.hours_needed += hours if requested else 0.25 * hours
        if available < hours:
            continue
        conflict = conflict_hours(unit, world.stances[d, k], p)
        by_head = min(conflict, head_hours)
        by_unit = min(conflict - by_head, max(available - hours, 0.0))
        available -= hours + by_unit
        head_hours -= by_head
        pay_by_unit(world, u, hours, CONTACT)
        pay_by_unit(world, u, by_head + by_unit, NEGOTIATION)
        settled = (by_head + by_unit) / conflict if conflict > 0.0 else 1.0
        touched += _contact(world, u, d, k, month, settled, by_head > 0.0)
    seen = share(p.outreach_overview_gain * touched / max(count, 1))
    unit.overview += seen * (1.0 - unit.overview)


@compiled
def _rank(world: World, u: int, d: int, k: int, month: int) -> float:
    """Return the rank of a department for a task: requests first, then by perceived need and luck."""
    p = world.parameters[0]
    unit = world.units[u]
    stance = world.stances[d, k]
    slot = pair_slot(world.departments[d].slot, world.tasks[k].slot)
    experience = 0.2 + 0.8 * min(0.5 * (stance.knowledge + stance.process_knowledge) + stance.practice, 1.0)
    asks = p.outreach_pull * stance.relevance * stance.openness * experience * (0.5 + 0.5 * stance.chain_knowledge + 0.5
                                                                                * world.relations[d, u].familiarity)  # fmt: skip
    if stance.reached < month and uniform(world.key[0], REQUEST, month, slot) < share(asks):
        stance.pending = 1.0
    luck = -math.log(-math.log(uniform(world.key[0], ORDER, month, meeting_slot(world, u, d, k))))
    if unit.policy == 1:
        seen = stance.relevance
    elif unit.policy == 2:
        seen = 1.0
    else:
        sharp = share(unit.overview + 0.3 * world.administration[0].lessons)
        waited = min((month - stance.reached) / 12.0, 2.0)
        gap = stance.relevance * max(stance.need - stance.practice, 0.0) * (1.0 + waited)
        seen = sharp * gap + (1.0 - sharp) * world.tasks[k].mean_gap
    return math.log(max(seen, 1.0e-6)) + luck + REQUESTED * stance.pending


@compiled
def meeting_slot(world: World, u: int, d: int, k: int) -> int:
    """Return the slot of a draw for a unit and a department about a task."""
    partner = (8191 * world.units[u].slot + world.tasks[k].slot) % 65521
    return pair_slot(world.departments[d].slot, partner)


@compiled
def channel_hours(world: World, u: int, d: int) -> float:
    """Return the unit's hours of a contact: more for each official level, fewer by familiarity and agreed channels."""
    p = world.parameters[0]
    relation = world.relations[d, u]
    levels = levels_to_department(world.units[u], world.departments[d], d)
    left = (1.0 - p.outreach_shortened_familiarity * relation.familiarity) * (
        1.0 - p.outreach_shortened_agreed * relation.agreed)  # fmt: skip
    longer = p.outreach_level_hours * (levels - 1.0) * 2.0 * world.administration[0].hierarchy * left
    return p.outreach_contact_hours * (1.0 + longer)


@compiled
def conflict_hours(unit: Any, stance: Any, p: Any) -> float:
    """Return the hours of negotiation a contact takes: with rejection, less with mediation and backing."""
    settled = 1.0 - p.outreach_settling * stance.backing
    return p.outreach_conflict_hours * (1.0 - stance.openness) ** 2 * (1.0 - 0.7 * unit.mediation) * settled


@compiled
def success_chance(world: World, u: int, stance: Any, settled: float, by_head: bool) -> float:
    """Return the chance that a contact succeeds; the unit's head negotiates away half of a blockade."""
    p = world.parameters[0]
    willing = 1.0 - (1.0 - stance.openness) * (1.0 - p.outreach_backing_weight * stance.backing)
    blocked = stance.blocking * (0.5 if by_head else 1.0)
    recognition = 0.5 + 0.5 * world.units[u].recognition
    return willing * (0.4 + 0.6 * stance.time) * recognition * (1.0 - blocked) * (0.6 + 0.4 * settled)


@compiled
def _contact(world: World, u: int, d: int, k: int, month: int, settled: float, by_head: bool) -> float:
    """Make one contact; return 1 if the department took part, else 0."""
    p = world.parameters[0]
    department = world.departments[d]
    stance = world.stances[d, k]
    hours = p.outreach_department_hours
    if department.spent + hours > department.task_hours:
        return 0.0
    if stance.reached == month and rivals(world, u) > 0.0:
        stance.friction = share(stance.friction + 1.0 - world.units[u].coordination)
        pay_by_department(world, d, hours, CONTACT)
        return 0.0
    chance = success_chance(world, u, stance, settled, by_head)
    if uniform(world.key[0], SUCCESS, month, meeting_slot(world, u, d, k)) >= chance:
        pay_by_department(world, d, 0.25 * hours, CONTACT)
        return 0.0
    pay_by_department(world, d, hours, CONTACT)
    stance.outreach += hours
    stance.source += hours * world.units[u].knowledge
    stance.reached = month
    stance.pending = 0.0
    relation = world.relations[d, u]
    relation.familiarity += p.outreach_familiarity_gain * (1.0 - relation.familiarity)
    return 1.0
