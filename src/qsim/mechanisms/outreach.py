"""Rule 6, outreach: a unit spends its hours on the departments that ask for it, then on those it has to look for.

The hours are a budget. First the unit reads what the departments concerned write, as far as it gets
(files, drafts and reports pass its desk whatever it does), then come the coordination of formats and contacts. In a department
occasions for a task come up, with probability y relevance in a month, and pass. At one it asks for the unit with probability
pull sqrt(o x), x the part of the way it has gone: familiarity, knowledge, practice (proaktive Einbindung, report 3.2). Unasked,
the unit notices an occasion as far as it sees the house: that is what a large house hides (report 3.2). Who asks comes first,
and takes no search and no official channel; then the unit turns to
departments in the order of ln(perceived need) - ln(-ln U) until the hours are spent. Perceived need is v x need +
(1 - v) x mean need, with v the overview as far as the unit has noticed what is written; both are harder to keep in a large
house; that of an occasion it notices is 1. Units in the line meet the departments
of their division every day. What a contact costs and brings is in ``contact.py``.
"""

from __future__ import annotations

import math

import numpy as np

from qsim.mechanisms.contact import (
    ASKED,
    NOTICED,
    UNNOTICED,
    channel_hours,
    conflict_hours,
    make_contact,
    meeting_slot,
    prepared_hours,
)
from qsim.mechanisms.coordination import coordinate
from qsim.world.compiling import compiled, piece
from qsim.world.draws import decision, pair_slot, uniform
from qsim.world.flows import pay_by_unit
from qsim.world.kinds import AT_RANDOM, BY_RELEVANCE, CONTACT, IN_DIVISION, NEGOTIATION
from qsim.world.maths import CONCERNED, MONTHS_A_YEAR, share, sift_down
from qsim.world.parameters import Coefficient, Parameter, Rule
from qsim.world.records import World

RULE = Rule(
    "outreach", "Ansprache", "Outreach",
    (
        Parameter("office_share", 0.3327, 0.15, 0.5, "share of hours", "Anteil für eigene Verwaltung",
                  "hours for own office work", "assumption", "no source"),
        Parameter("base_hours", 1.652, 0.4, 2.0, "hours a month and department", "Unterlagen je betreutem Amt",
                  "papers of each department", "assumption", "report 4: below a threshold work stays symbolic"),
        Parameter("reading_share", 0.4701, 0.2, 0.5, "share of hours", "Höchstanteil für Unterlagen",
                  "most hours for papers", "assumption", "report 4: below a threshold work stays symbolic", divides=True),
        Parameter("contact_hours", 4.406, 4.0, 11.0, "hours", "Stunden je Kontakt", "hours of a contact",
                  "assumption", "catalogue C iv: 10 to 15 substantial contacts a month and post, of 66 to 113 hours"),
        Parameter("level_hours", 0.4755, 0.1, 0.7, "ratio a level", "Mehraufwand je Hierarchieebene",
                  "extra hours for each level", "assumption", "report 1.1, 3.2: hierarchy and Dienstwege"),
        Parameter("search_hours", 1.896, 0.5, 4.0, "hours", "Suchaufwand ohne Anfrage", "search without a request",
                  "assumption", "no source"),
        Parameter("department_hours", 4.69, 2.0, 8.0, "hours", "Stunden des Amtes je Kontakt",
                  "department's hours of a contact", "assumption", "no source"),
        Parameter("occasions", 0.1333, 0.1, 0.5, "occasions a month", "Anlässe bei voller Betroffenheit",
                  "occasions at full relevance", "assumption", "report 3.2: where and when tasks flow in"),
        Parameter("pull", 0.7128, 0.1, 0.8, "share of occasions", "Anfragen der Ämter", "requests of departments",
                  "report", "3.2 proaktiv einbeziehen; the number is an assumption"),
        Parameter("prepared", 0.2587, 0.1, 0.5, "share of a contact", "Vorarbeit des Amtes, das anfragt",
                  "done by the department that asks", "assumption", "report 3.2: proaktiv einbeziehen"),
        Parameter("shortened_familiarity", 0.774, 0.2, 0.8, "share", "Verkürzung durch Vertrautheit",
                  "shortened by familiarity", "assumption", "report 3.2: people know each other"),
        Parameter("shortened_agreed", 0.7901, 0.4, 0.9, "share", "Verkürzung durch vereinbarte Wege",
                  "shortened by agreed channels", "report", "3.2 Dienstwege verkürzen; the number is an assumption"),
        Parameter("conflict_hours", 10.66, 2.0, 12.0, "hours", "Aushandlung bei Ablehnung", "negotiation if rejected",
                  "report", "1.1 Deutungskämpfe; the number is an assumption"),
        Parameter("settling", 0.7735, 0.2, 0.8, "share", "Konfliktlösung durch Rang", "conflict settled by rank",
                  "assumption", "report 1.2, 3.2"),
        Parameter("mediation_weight", 0.3268, 0.2, 0.8, "share", "Wirkung der Vermittlung", "effect of mediation", "report",
                  "1.1 Aushandlung, 3.2 Vermittlungsfähigkeit; the number is an assumption"),
        Parameter("backing_weight", 0.3243, 0.3, 0.9, "share", "Wirkung des Rückhalts", "effect of backing",
                  "assumption", "report 3.2"),
        Parameter("unrecognised", 0.4577, 0.25, 0.9, "share", "Erfolg ohne Anerkennung",
                  "success without recognition", "assumption", "report 4: Anerkennung und Akzeptanz"),
        Parameter("left_undone", 0.3014, 0.1, 0.5, "share of hours", "Was unaufgefordert zu tun wäre",
                  "needed of what nobody asks for", "assumption", "a unit's work is not all that it could do"),
        Parameter("head_share", 0.3717, 0.1, 0.5, "share of a post", "Zeit der Leitungsstelle für Konflikte",
                  "head's time for conflicts", "report", "1.2, 3.2 Leitungsstelle; the number is an assumption"),
        Parameter("familiarity_gain", 0.08797, 0.05, 0.25, "share", "Vertrautheit je Kontakt", "familiarity by contact",
                  "assumption", "no source"),
        Parameter("everyday", 0.02493, 0.01, 0.06, "share a month", "Vertrautheit im eigenen Dezernat",
                  "familiarity within the own division", "report", "1.2 sozialer Bereich; the number is an assumption"),
        Parameter("familiarity_loss", 0.01383, 0.003, 0.03, "share a month", "Verlust an Vertrautheit",
                  "familiarity lost", "assumption", "no source"),
        Parameter("overview_gain", 1.955, 0.3, 2.0, "ratio", "Überblick je Runde durch das Haus",
                  "overview by a round through the house", "report", "3.2 Überblick; the number is an assumption"),
        Parameter("overview_loss", 0.0629, 0.02, 0.08, "share a month", "Verlust an Überblick", "overview lost",
                  "assumption", "no source"),
        Parameter("coordination_cap", 0.8898, 0.5, 0.9, "share of hours", "Höchstanteil für Formate",
                  "most hours for formats", "assumption", "no source"),
        Parameter("overlap_hours", 3.573, 1.0, 8.0, "hours a month", "Abstimmung zwischen Strukturen",
                  "coordination between structures", "report", "4 Doppelstrukturen; the number is an assumption"),
    ),
    reads=("administration.lessons", "tasks.mean_gap", "departments.shock", "departments.task_hours", "leaders.workload",
           "stances.need", "stances.practice",
           "stances.backing", "stances.time", "stances.blocking", "stances.chain_knowledge", "stances.knowledge",
           "stances.openness", "stances.process_knowledge", "units.filled", "units.has_head", "units.knowledge",
           "units.recognition", "relations.agreed"),
    writes=("units.noticed", "stances.outreach", "stances.source", "stances.process_source", "stances.reached",
            "stances.asked", "stances.cases",
            "stances.friction", "relations.familiarity",
            "units.hours", "units.hours_needed", "units.workload", "units.spent", "units.overview", "formats.served",
            "departments.spent"),
    decisions=("outreach.occasion", "outreach.request", "outreach.notice", "outreach.order", "outreach.success"),
)  # fmt: skip

OCCASION = decision("outreach.occasion")
REQUEST = decision("outreach.request")
NOTICE = decision("outreach.notice")
ORDER = decision("outreach.order")
REQUESTED = Coefficient(1000.0, "number", "added to the rank of a request, so that requests come before all pushes")
LESSONS_SEEN = Coefficient(
    0.3, "share", "of full overview that the lessons of the house stand in for; assumption (report 2.3)"
)
LONGEST_WAIT = Coefficient(2.0, "years", "a department that waits longer is no more urgent; assumption")
LEAST_SEEN = Coefficient(1e-06, "share", "perceived need below this counts as this, as its logarithm is taken")


@piece
def outreach(world: World, month: int) -> None:
    """Let every staffed unit coordinate its formats, answer requests and turn to departments."""
    for u in range(world.units.size):
        unit = world.units[u]
        unit.spent = 0.0
        unit.hours_needed = 0.0
        p = world.parameters[0]
        unit.hours = unit.filled * p.workload_hours_per_post * (1.0 - p.outreach_office_share)
        for d in range(world.departments.size):
            relation = world.relations[d, u]
            relation.familiarity *= 1.0 - p.outreach_familiarity_loss
            if unit.filled > 0.0 and unit.level >= IN_DIVISION and unit.division == world.departments[d].division:
                relation.familiarity += p.outreach_everyday * (1.0 - relation.familiarity)
        unit.overview *= 1.0 - p.outreach_overview_loss
        coordinate(world, u, month)
        if unit.filled > 0.0:
            _visit(world, u, month)
        unit.workload = unit.hours_needed / unit.hours if unit.hours > 0.0 else 0.0


@compiled
def _visit(world: World, u: int, month: int) -> None:
    """Rank requests and pushes, then make contacts in this order until the hours are spent."""
    p = world.parameters[0]
    unit = world.units[u]
    tasks = world.tasks.size
    rank = np.empty(world.departments.size * tasks, np.float64)
    place = np.empty(world.departments.size * tasks, np.int64)
    moments = np.zeros(world.departments.size * tasks, np.int64)
    count = 0
    for k in range(tasks):
        if world.duties[u, k] > 0.0:
            for d in range(world.departments.size):
                if world.stances[d, k].relevance >= CONCERNED:
                    place[count] = d * tasks + k
                    moments[place[count]] = _moment(world, u, d, k, month)
                    rank[count] = _rank(world, u, d, k, month, moments[place[count]])
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
        moment = moments[place[0]]
        rank[0] = rank[left - 1]
        place[0] = place[left - 1]
        sift_down(rank, place, 0, left - 1)
        if moment == ASKED:
            hours = p.outreach_contact_hours - prepared_hours(world, d)
            unit.hours_needed += hours
        else:
            hours = channel_hours(world, u, d) + p.outreach_search_hours
            unit.hours_needed += p.outreach_left_undone * hours
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
        touched += make_contact(world, u, d, k, month, settled, by_head > 0.0, moment)
    seen = share(p.outreach_overview_gain * touched / max(count, 1))
    unit.overview += seen * (1.0 - unit.overview)


@compiled
def _sees(world: World, u: int) -> float:
    """Return how far (share) a unit sees what happens in the house: its overview of what it has noticed."""
    unit = world.units[u]
    return unit.noticed * share(unit.overview + LESSONS_SEEN * world.administration[0].lessons)


@compiled
def _moment(world: World, u: int, d: int, k: int, month: int) -> int:
    """Return whether an occasion for a task comes up in a department, and it asks for the unit, or the unit notices it."""
    p = world.parameters[0]
    stance = world.stances[d, k]
    slot = pair_slot(world.departments[d].slot, world.tasks[k].slot)
    chance = share(p.outreach_occasions * stance.relevance)
    if stance.reached >= month or uniform(world.key[0], OCCASION, month, slot) >= chance:
        return UNNOTICED
    left = (1.0 - world.relations[d, u].familiarity) * (1.0 - stance.chain_knowledge)
    experience = 1.0 - left * (1.0 - 0.5 * (stance.knowledge + stance.process_knowledge)) * (1.0 - stance.practice)
    asks = share(p.outreach_pull * math.sqrt(stance.openness * experience))
    if uniform(world.key[0], REQUEST, month, slot) < asks:
        stance.asked = 1.0
    if stance.asked > 0.0:
        return ASKED
    if uniform(world.key[0], NOTICE, month, meeting_slot(world, u, d, k)) < _sees(world, u):
        return NOTICED
    return UNNOTICED


@compiled
def _rank(world: World, u: int, d: int, k: int, month: int, moment: int) -> float:
    """Return the rank of a department for a task: who asked first, then by perceived need and chance."""
    unit = world.units[u]
    stance = world.stances[d, k]
    chance = -math.log(-math.log(uniform(world.key[0], ORDER, month, meeting_slot(world, u, d, k))))
    if moment == ASKED:
        return REQUESTED + chance
    if unit.policy == AT_RANDOM or moment == NOTICED:
        seen = 1.0
    elif unit.policy == BY_RELEVANCE:
        seen = stance.relevance
    else:
        sharp = _sees(world, u)
        waited = min((month - stance.reached) / MONTHS_A_YEAR, LONGEST_WAIT)
        gap = stance.relevance * max(stance.need - stance.practice, 0.0) * (1.0 + waited)
        seen = sharp * gap + (1.0 - sharp) * world.tasks[k].mean_gap
    return math.log(max(seen, LEAST_SEEN)) + chance
