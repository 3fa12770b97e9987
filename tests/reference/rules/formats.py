"""Formats: groups, boards, networks, trainings, checks and projects are looked after, relieve, check and meet."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from reference.agents import CivilSociety, Format
from reference.maths import WEEKS_A_MONTH, positive, present, remaining, share
from reference.rules.meetings import meet
from reference.rules.service import caretaker, owner_present, ownerless
from reference.together import together

if TYPE_CHECKING:
    from reference.model import ReferenceModel


def formats(model: ReferenceModel) -> None:
    fade(model)
    for format in model.formats:
        format.meetings = 0.0
        if not format.runs(model.month):
            continue
        look_after(model, format)
        fall_due(model, format)
        relieve(format)
        check(model, format)
        if format.meetings > 0.0:
            meet(model, format)


def fade(model: ReferenceModel) -> None:
    p = model.parameters
    for department in model.departments:
        department.relief = 0.0
        department.released = 0.0
        for tie in department.ties:
            tie.strength += p["formats.tie_loss"] * (tie.origin - tie.strength)
            tie.agreed *= 1.0 - p["formats.tie_loss"]
    for group in model.groups:
        group.spent = 0.0
        group.asked = 0.0
        group.present = 1.0 if group.start <= model.month < group.end else 0.0
    for k, task in enumerate(model.tasks):
        load = sum(department.stances[k].weight * department.shock for department in model.departments)
        task.issues *= 1.0 - (1.0 if load > p["formats.crisis_load"] else p["formats.expiry"])


def look_after(model: ReferenceModel, format: Format) -> None:
    """Settle how far the format is served, and let whoever serves it pay; a unit has done so in outreach."""
    needed = format.coordination * WEEKS_A_MONTH / format.interval
    unit = caretaker(model, format)
    if unit is None:
        format.served = 0.0
        if format.owner_kind == 2:
            format.served = by_leader(model, format, needed)
        elif format.owner_kind == 3 and owner_present(model, format):
            format.served = by_group(model.groups[format.owner], needed)
    alone = unit is None and ownerless(model, format)
    least = positive(model.parameters["formats.embedded_service"] - format.served) if format.embedded else 0.0
    if alone or least > 0.0:
        format.served = share(format.served + by_members(format, needed, alone, least))


def by_leader(model: ReferenceModel, format: Format, needed: float) -> float:
    leader = model.leaders[format.owner]
    there = present(model, max(leader.support[k].attention for k in format.tasks))
    paid = min(there * needed, positive(model.parameters["workload.hours_per_post"] - leader.paid))
    leader.pay(paid, "coordination")
    return paid / needed if needed > 0.0 else there


def by_group(group: CivilSociety, needed: float) -> float:
    paid = min(needed, remaining(group.volunteer_hours * group.engagement - group.spent))
    group.asked += needed
    group.pay(paid, "coordination")
    return paid / needed if needed > 0.0 else 1.0


def by_members(format: Format, needed: float, alone: bool, least: float) -> float:
    """Let the members take turns; return which part of the coordination they pay."""
    if needed == 0.0:
        return 1.0 if alone else least
    total = 0.0
    for member in format.members:
        department = member.department
        wishes = [math.sqrt(department.stances[k].openness * department.stances[k].time) for k in format.tasks]
        wanted = max([least, *wishes]) if alone else least
        paid = min(wanted * needed / len(format.members), remaining(department.task_hours - department.spent))
        department.pay(paid, "coordination")
        total += paid
    return total / needed


def fall_due(model: ReferenceModel, format: Format) -> None:
    format.due += 1.0 if int(format.start) == model.month else WEEKS_A_MONTH / format.interval
    format.meetings = float(int(format.due))
    format.due -= format.meetings
    if format.served == 0.0:
        format.meetings = 0.0


def relieve(format: Format) -> None:
    if format.relieve_posts == 0.0 and format.release_posts == 0.0:
        return
    staff = max(sum(member.department.staff for member in format.members), 1.0)
    for member in format.members:
        if format.served > 0.0:
            member.department.relief += format.relieve_posts / staff
        member.department.released += min(format.release_posts / staff, 0.3)


def check(model: ReferenceModel, format: Format) -> None:
    if format.check == 0.0:
        return
    force = 1.0
    if format.owner_kind == 1 and not format.embedded:
        comment = model.parameters["formats.comment_force"]
        force = comment + (1.0 - comment) * model.units[format.owner].has_head
    for member in format.members:
        department = member.department
        for k in format.tasks:
            stance = department.stances[k]
            passed = share(format.check * format.served * (0.5 + 0.5 * format.quality) * force)
            stance.gate = together(stance.gate, passed)
            hours = 0.5 * format.duration * passed * stance.relevance
            department.pay(min(hours, positive(department.hours - sum(department.ledger.values()))), "check")
