"""Attendance: how far a member of a format takes part in its meetings of a month, and who pays for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reference.agents import Format, Member
from reference.maths import logistic, positive, present, remaining

if TYPE_CHECKING:
    from reference.model import ReferenceModel


@dataclass
class Present:
    """A member of the format with its mean view, knowledge and know-how over the tasks, and how far its head comes.

    ``sent`` is the part of its attendance that was ordered and is unwilling.
    """

    member: Member
    view: float
    known: float
    able: float
    by_head: float
    sent: float


def come(model: ReferenceModel, format: Format, member: Member) -> Present:
    """Settle the attendance of a member, and let the department and its head pay."""
    p = model.parameters
    department, head = member.department, member.department.head
    stances = [department.stances[k] for k in format.tasks]
    number = len(stances)
    view = sum(stance.openness for stance in stances) / number
    time = sum(stance.time for stance in stances) / number
    known = sum(stance.knowledge for stance in stances) / number
    able = sum(stance.process_knowledge for stance in stances) / number
    backing = max(stance.backing for stance in stances)
    attention = max(head.support[k].attention for k in format.tasks)
    by_head = present(model, attention)
    middle, spread = p["formats.attendance_middle"], p["formats.attendance_spread"]
    useful = p["formats.usefulness"] * (format.quality * format.served - p["formats.middling"])
    wish = logistic((view + p["formats.time_weight"] * time + useful - middle) / spread)
    complied = 1.0 - (1.0 - p["formats.compliance"]) * (1.0 - backing)
    order = 0.0 if format.voluntary else (1.0 - wish) * complied
    hours = format.duration * format.meetings
    free = remaining(department.task_hours - department.spent)
    possible = free / hours if hours > 0.0 else 1.0
    member.attendance = min(by_head if format.rank == 1 else wish + order, possible)
    department.pay(member.attendance * hours, "meeting")
    if not format.voluntary and format.rank != 1:
        for stance in stances:
            stance.ordered = max(stance.ordered, order)
    if format.rank != 0:
        left = positive(p["workload.hours_per_post"] - head.paid)
        head.pay(min(attention * hours / max(len(format.members), 1), left), "meeting")
    sent = 0.0 if format.rank == 1 else member.attendance * order * (1.0 - view) / max(wish + order, 1e-9)
    return Present(member, view, known, able, by_head, sent)


def volunteer(model: ReferenceModel, format: Format) -> None:
    """Let the groups that take part pay."""
    for group in format.groups:
        if group.present == 1.0:
            asked = model.parameters["formats.volunteer_meeting"] * format.meetings
            group.asked += asked
            left = positive(group.volunteer_hours * group.engagement - group.spent)
            group.pay(min(asked, left), "volunteering")
