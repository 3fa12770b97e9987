"""Outreach: a unit does what is always to do, serves its formats, then who asks for it, then whom it looks for."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from reference.agents import Commissioner, Department, Stance
from reference.draws import pair
from reference.maths import CONCERNED, WEEKS_A_MONTH, positive, share
from reference.offices import way_from
from reference.rules.service import caretaker

if TYPE_CHECKING:
    from reference.model import ReferenceModel


def outreach(model: ReferenceModel) -> None:
    for unit in model.units:
        begin_month(model, unit)
        coordinate(model, unit)
        if unit.filled > 0.0:
            candidates = ranked(model, unit)
            touched = visit(model, unit, candidates)
            gained = share(model.parameters["outreach.overview_gain"] * touched / max(len(candidates), 1))
            unit.overview += gained * (1.0 - unit.overview)
        unit.workload = unit.hours_needed / unit.hours if unit.hours > 0.0 else 0.0


def begin_month(model: ReferenceModel, unit: Commissioner) -> None:
    p = model.parameters
    unit.spent = 0.0
    unit.hours_needed = 0.0
    unit.hours = unit.filled * p["workload.hours_per_post"] * (1.0 - p["outreach.office_share"])
    for department in model.departments:
        relation = department.relations[unit.index]
        relation.familiarity *= 1.0 - p["outreach.familiarity_loss"]
        if unit.filled > 0.0 and unit.level >= 2 and department.division == unit.division:
            relation.familiarity += p["outreach.everyday"] * (1.0 - relation.familiarity)
    unit.overview *= 1.0 - p["outreach.overview_loss"]


def coordinate(model: ReferenceModel, unit: Commissioner) -> None:
    own = [format for format in model.formats if caretaker(model, format) is unit]
    papers = hours_of_papers(model, unit)
    reading = read(papers, model.parameters["outreach.reading_share"] * unit.hours)
    unit.noticed = reading / papers if papers > 0.0 else 1.0
    unit.pay(reading, "coordination")
    needed = 0.0
    for format in own:
        due = WEEKS_A_MONTH / format.interval if format.runs(model.month) else 0.0
        needed += due * format.coordination
    free = unit.hours - unit.spent
    available = model.parameters["outreach.coordination_cap"] * free
    part = min(1.0, available / needed) if needed > 0.0 else 1.0
    for format in own:
        format.served = part if free > 0.0 else 0.0
    overlap = rivals(model, unit) * unit.coordination * model.parameters["outreach.overlap_hours"]
    unit.hours_needed += papers + needed + overlap
    unit.pay(part * needed if free > 0.0 else 0.0, "coordination")
    unit.pay(min(overlap, positive(unit.hours - unit.spent)), "coordination")


def read(papers: float, most: float) -> float:
    """Return the hours of reading: falling returns, and an end."""
    if most == 0.0:
        return 0.0
    return most * (1.0 - math.exp(-papers / most))


def hours_of_papers(model: ReferenceModel, unit: Commissioner) -> float:
    """Return the hours that the papers of all departments concerned would take; units that share a task share them."""
    if unit.hours <= 0.0:
        return 0.0
    tasks = [k for k in range(len(model.tasks)) if unit.handles(k)]
    concerned = [d for d in model.departments if any(d.stances[k].relevance >= CONCERNED for k in tasks)]
    shorter = model.parameters["outreach.shortened_familiarity"]
    number = sum(1.0 - shorter * department.relations[unit.index].familiarity for department in concerned)
    return model.parameters["outreach.base_hours"] * number / (1.0 + unit.coordination * rivals(model, unit))


def rivals(model: ReferenceModel, unit: Commissioner) -> int:
    """Count the other staffed units that handle a task this unit handles."""
    tasks = [k for k in range(len(model.tasks)) if unit.handles(k)]
    others = [other for other in model.units if other is not unit and other.filled > 0.0]
    return sum(any(other.handles(k) for k in tasks) for other in others)


def luck_slot(model: ReferenceModel, unit: Commissioner, department: Department, k: int) -> int:
    return pair(department.slot, (8191 * unit.slot + model.tasks[k].slot) % 65521)


class Candidate(NamedTuple):
    """A department that could be visited for a task, and whether the unit was asked to or noticed an occasion."""

    rank: float
    department: Department
    task: int
    asked: bool
    noticed: bool


def ranked(model: ReferenceModel, unit: Commissioner) -> list[Candidate]:
    """Return the candidates, the highest rank first."""
    candidates = []
    for k in [k for k in range(len(model.tasks)) if unit.handles(k)]:
        for department in model.departments:
            stance = department.stances[k]
            if stance.relevance < CONCERNED:
                continue
            occasion = occasion_for(model, department, k)
            asked = occasion and asks(model, unit, department, k)
            slot = luck_slot(model, unit, department, k)
            noticed = occasion and not asked and model.uniform("outreach.notice", slot) < sight(model, unit)
            luck = -math.log(-math.log(model.uniform("outreach.order", slot)))
            seen = 1.0 if noticed else perceived_need(model, unit, stance, k)
            rank = luck + (1000.0 if asked else math.log(max(seen, 1e-6)))
            candidates.append(Candidate(rank, department, k, asked, noticed))
    return sorted(candidates, key=lambda candidate: -candidate.rank)


def occasion_for(model: ReferenceModel, department: Department, k: int) -> bool:
    """Tell whether an occasion has come up that no unit has used yet."""
    stance = department.stances[k]
    drawn = model.uniform("outreach.occasion", pair(department.slot, model.tasks[k].slot))
    return stance.reached < model.month and drawn < share(model.parameters["outreach.occasions"] * stance.relevance)


def asks(model: ReferenceModel, unit: Commissioner, department: Department, k: int) -> bool:
    """Tell whether the department asks at an occasion, this unit or one before."""
    stance = department.stances[k]
    inexperienced = (1.0 - department.relations[unit.index].familiarity) * (1.0 - stance.chain_knowledge)
    inexperienced *= (1.0 - 0.5 * (stance.knowledge + stance.process_knowledge)) * (1.0 - stance.practice)
    wish = model.parameters["outreach.pull"] * math.sqrt(stance.openness * (1.0 - inexperienced))
    if model.uniform("outreach.request", pair(department.slot, model.tasks[k].slot)) < share(wish):
        stance.asked = 1.0
    return stance.asked == 1.0


def sight(model: ReferenceModel, unit: Commissioner) -> float:
    """Return how far the unit sees into the house."""
    return unit.noticed * share(unit.overview + 0.3 * model.administration.lessons)


def perceived_need(model: ReferenceModel, unit: Commissioner, stance: Stance, k: int) -> float:
    if unit.policy == 1:
        return stance.relevance
    if unit.policy == 2:
        return 1.0
    sharp = sight(model, unit)
    waited = min((model.month - stance.reached) / 12.0, 2.0)
    gap = stance.relevance * positive(stance.need - stance.practice) * (1.0 + waited)
    return sharp * gap + (1.0 - sharp) * model.tasks[k].mean_gap


def visit(model: ReferenceModel, unit: Commissioner, candidates: list[Candidate]) -> int:
    """Spend the hours of the month on candidates; return how many contacts count."""
    p = model.parameters
    head_hours = min(p["outreach.head_share"], unit.filled) * p["workload.hours_per_post"] * unit.has_head
    head_hours = min(head_hours, unit.hours - unit.spent)
    available = unit.hours - head_hours - unit.spent
    touched = 0
    for candidate in candidates:
        department, k = candidate.department, candidate.task
        stance, relation = department.stances[k], department.relations[unit.index]
        left = 1.0 - p["outreach.shortened_familiarity"] * relation.familiarity
        left *= 1.0 - p["outreach.shortened_agreed"] * relation.agreed
        way = way_from(model, unit, department)
        detour = (way.levels - 1) * 2.0 * model.administration.hierarchy * way.busy * left
        hours = p["outreach.contact_hours"]
        prepared = 0.0
        if candidate.asked:
            left = positive(department.task_hours - department.spent - p["outreach.department_hours"])
            prepared = min(p["outreach.prepared"] * hours, left)
            hours -= prepared
        else:
            hours = hours * (1.0 + p["outreach.level_hours"] * detour) + p["outreach.search_hours"]
        unit.hours_needed += hours if candidate.asked else p["outreach.left_undone"] * hours
        if available < hours:
            continue
        conflict = p["outreach.conflict_hours"] * (1.0 - stance.openness) ** 2
        conflict *= (1.0 - 0.7 * unit.mediation) * (1.0 - p["outreach.settling"] * stance.backing)
        by_head = min(conflict, head_hours)
        by_unit = min(conflict - by_head, positive(available - hours))
        available -= hours + by_unit
        head_hours -= by_head
        unit.pay(hours, "contact")
        unit.pay(by_head + by_unit, "negotiation")
        settled = (by_head + by_unit) / conflict if conflict > 0.0 else 1.0
        touched += contact(model, unit, candidate, Negotiation(prepared, settled, by_head > 0.0))
    return touched


class Negotiation(NamedTuple):
    """The hours the department prepared, which part of the conflict was settled, and whether the unit's head helped."""

    prepared: float
    settled: float
    by_head: bool


def contact(model: ReferenceModel, unit: Commissioner, candidate: Candidate, negotiation: Negotiation) -> bool:
    """Try a contact; return whether it counts."""
    p = model.parameters
    department, k = candidate.department, candidate.task
    stance, relation = department.stances[k], department.relations[unit.index]
    hours = p["outreach.department_hours"]
    if department.spent + hours > department.task_hours:
        return False
    likely = chance(model, unit, candidate, negotiation)
    if stance.reached == model.month and rivals(model, unit) > 0:
        stance.friction = share(stance.friction + 1.0 - unit.coordination)
        likely *= unit.coordination
    if model.uniform("outreach.success", luck_slot(model, unit, department, k)) >= likely:
        department.pay(negotiation.prepared + 0.25 * hours, "contact")
        return False
    given = hours + negotiation.prepared
    department.pay(given, "contact")
    stance.outreach += given
    if candidate.asked or candidate.noticed:
        stance.cases += given
        weighed = p["learning.moment"] * given
        stance.process_source += weighed * p["learning.process_source"] * unit.knowledge
        stance.source += weighed * unit.knowledge
    else:
        stance.source += given * unit.knowledge
    stance.reached = float(model.month)
    relation.familiarity += p["outreach.familiarity_gain"] * (1.0 - relation.familiarity)
    return True


def chance(model: ReferenceModel, unit: Commissioner, candidate: Candidate, negotiation: Negotiation) -> float:
    """Return the chance that a contact succeeds."""
    p, settled = model.parameters, negotiation.settled
    stance = candidate.department.stances[candidate.task]
    left = (1.0 - stance.openness) * (1.0 - p["outreach.backing_weight"] * stance.backing)
    left *= 1.0 - p["outreach.mediation_weight"] * unit.mediation * settled
    if negotiation.by_head:
        left *= 1.0 - p["outreach.settling"]
    willing = 1.0 if candidate.asked else 1.0 - left
    blocked = stance.blocking * (0.5 if negotiation.by_head else 1.0)
    time = 1.0 if candidate.asked or candidate.noticed else 0.4 + 0.6 * stance.time
    known = p["outreach.unrecognised"] + (1.0 - p["outreach.unrecognised"]) * unit.recognition
    likely = willing * time * known
    return likely * (1.0 - blocked) * (0.6 + 0.4 * settled)
