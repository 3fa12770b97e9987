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


def ranked(model: ReferenceModel, unit: Commissioner) -> list[tuple[float, Department, int]]:
    """Return the candidates (rank, department, task), the highest rank first."""
    candidates = []
    for k in [k for k in range(len(model.tasks)) if unit.handles(k)]:
        for department in model.departments:
            if department.stances[k].relevance < CONCERNED:
                continue
            ask(model, unit, department, k)
            stance = department.stances[k]
            seen = perceived_need(model, unit, stance, k)
            luck = -math.log(-math.log(model.uniform("outreach.order", luck_slot(model, unit, department, k))))
            candidates.append((math.log(max(seen, 1e-6)) + luck + 1000.0 * stance.pending, department, k))
    return sorted(candidates, key=lambda candidate: -candidate[0])


def ask(model: ReferenceModel, unit: Commissioner, department: Department, k: int) -> None:
    """Let the department ask for the unit, if it was not reached yet this month."""
    stance = department.stances[k]
    inexperienced = (1.0 - department.relations[unit.index].familiarity) * (1.0 - stance.chain_knowledge)
    inexperienced *= (1.0 - 0.5 * (stance.knowledge + stance.process_knowledge)) * (1.0 - stance.practice)
    wish = math.sqrt(stance.openness * (1.0 - inexperienced))
    asks = model.parameters["outreach.pull"] * stance.relevance * wish
    drawn = model.uniform("outreach.request", pair(department.slot, model.tasks[k].slot))
    if stance.reached < model.month and drawn < share(asks):
        stance.pending = 1.0


def perceived_need(model: ReferenceModel, unit: Commissioner, stance: Stance, k: int) -> float:
    if unit.policy == 1:
        return stance.relevance
    if unit.policy == 2:
        return 1.0
    sharp = unit.noticed * share(unit.overview + 0.3 * model.administration.lessons)
    waited = min((model.month - stance.reached) / 12.0, 2.0)
    gap = stance.relevance * positive(stance.need - stance.practice) * (1.0 + waited)
    return sharp * gap + (1.0 - sharp) * model.tasks[k].mean_gap


def visit(model: ReferenceModel, unit: Commissioner, candidates: list[tuple[float, Department, int]]) -> int:
    """Spend the hours of the month on candidates; return how many contacts count."""
    p = model.parameters
    head_hours = min(p["outreach.head_share"], unit.filled) * p["workload.hours_per_post"] * unit.has_head
    head_hours = min(head_hours, unit.hours - unit.spent)
    available = unit.hours - head_hours - unit.spent
    touched = 0
    for rank, department, k in candidates:
        requested = rank > 500.0
        stance, relation = department.stances[k], department.relations[unit.index]
        left = 1.0 - p["outreach.shortened_familiarity"] * relation.familiarity
        left *= 1.0 - p["outreach.shortened_agreed"] * relation.agreed
        way = way_from(model, unit, department)
        detour = (way.levels - 1) * 2.0 * model.administration.hierarchy * way.busy * left
        hours = p["outreach.contact_hours"]
        if not requested:
            hours = hours * (1.0 + p["outreach.level_hours"] * detour) + p["outreach.search_hours"]
        unit.hours_needed += hours if requested else 0.25 * hours
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
        touched += contact(model, unit, department, k, Negotiation(requested, settled, by_head > 0.0))
    return touched


class Negotiation(NamedTuple):
    """Whether a contact was asked for, which part of the conflict was settled, and whether the unit's head helped."""

    requested: bool
    settled: float
    by_head: bool


def contact(
    model: ReferenceModel, unit: Commissioner, department: Department, k: int, negotiation: Negotiation
) -> bool:
    """Try a contact; return whether it counts."""
    p = model.parameters
    stance, relation = department.stances[k], department.relations[unit.index]
    hours = p["outreach.department_hours"]
    if department.spent + hours > department.task_hours:
        return False
    likely = chance(model, unit, stance, negotiation)
    if stance.reached == model.month and rivals(model, unit) > 0:
        stance.friction = share(stance.friction + 1.0 - unit.coordination)
        likely *= unit.coordination
    if model.uniform("outreach.success", luck_slot(model, unit, department, k)) >= likely:
        department.pay(0.25 * hours, "contact")
        return False
    department.pay(hours, "contact")
    stance.outreach += hours
    stance.source += hours * unit.knowledge
    stance.process_source += 0.5 * hours * unit.knowledge * p["learning.process_source"]
    stance.reached = float(model.month)
    stance.pending = 0.0
    relation.familiarity += p["outreach.familiarity_gain"] * (1.0 - relation.familiarity)
    return True


def chance(model: ReferenceModel, unit: Commissioner, stance: Stance, negotiation: Negotiation) -> float:
    """Return the chance that a contact succeeds."""
    p, settled = model.parameters, negotiation.settled
    left = (1.0 - stance.openness) * (1.0 - p["outreach.backing_weight"] * stance.backing)
    left *= 1.0 - p["outreach.mediation_weight"] * unit.mediation * settled
    if negotiation.by_head:
        left *= 1.0 - p["outreach.settling"]
    willing = 1.0 if negotiation.requested else 1.0 - left
    blocked = stance.blocking * (0.5 if negotiation.by_head else 1.0)
    likely = willing * (0.4 + 0.6 * stance.time) * (0.5 + 0.5 * unit.recognition)
    return likely * (1.0 - blocked) * (0.6 + 0.4 * settled)
