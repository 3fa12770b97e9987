"""The meetings of a format in a month: what is exchanged, worked out and settled, and what lasts."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from reference.agents import Format
from reference.maths import positive, share
from reference.rules.attendance import Present, come, volunteer

if TYPE_CHECKING:
    from reference.model import ReferenceModel


def meet(model: ReferenceModel, format: Format) -> None:
    present = [come(model, format, member) for member in format.members]
    volunteer(model, format)
    attendance = sum(one.member.attendance for one in present)
    if attendance == 0.0:
        return
    sent = sum(one.sent for one in present)
    quality = format.quality * format.served * (1.0 - model.parameters["formats.sent_weight"] * sent / attendance)
    candour = math.exp(-model.parameters["formats.rank_silence"]) if format.rank == 2 else 1.0
    for k in format.tasks:
        work_out(model, format, k, present, quality, candour)
    strengthen(model, format, quality)
    improved = model.parameters["formats.quality_learning"] * model.administration.evaluation
    improved *= format.meetings * model.administration.lessons
    format.quality = share(format.quality + improved * (1.0 - format.quality))


def knowledge_met(model: ReferenceModel, format: Format, present: list[Present]) -> float:
    """Return the highest knowledge that members meet: of outsiders, of each other, of the owner, of groups."""
    attendance = sum(one.member.attendance for one in present)
    met = [format.source_knowledge, sum(one.member.attendance * one.known for one in present) / attendance]
    if format.owner_kind == 1 and model.units[format.owner].filled > 0.0:
        met.append(model.units[format.owner].knowledge)
    if format.owner_kind == 2:
        met.append(model.leaders[format.owner].knowledge)
    met += [group.expertise * min(2.0 * group.engagement, 1.0) for group in format.groups if group.present == 1.0]
    return max(met)


def procedures_shown(format: Format, present: list[Present], met: float) -> float:
    """Return the know-how that those at work show each other: members who talk, or whoever drafts and decides."""
    by_members = sum(one.member.attendance * one.able for one in present) / sum(
        one.member.attendance for one in present
    )
    return max(format.meet * by_members, format.draft * met, format.decide * met)


def work_out(
    model: ReferenceModel, format: Format, k: int, present: list[Present], quality: float, candour: float
) -> None:
    """Exchange, learn, work out and decide for one task."""
    p, task = model.parameters, model.tasks[k]
    attendance = sum(one.member.attendance for one in present)
    openness = sum(one.member.attendance * one.view for one in present) / attendance
    heads = sum(one.by_head for one in present) / len(present) if format.rank != 0 else 0.0
    met = knowledge_met(model, format, present)
    if format.rank != 1:
        task.issues += p["formats.issues"] * format.meetings * quality * candour * max(format.decide, format.draft)
    settled = share(format.decide * quality * heads) * share(task.issues)
    task.issues *= 1.0 - share(format.decide * quality * heads)
    talk = 1.0 / (1.0 + positive(attendance - 1.0) / p["formats.talk_size"])
    undivided = 1.0 - format.meet + format.meet * talk
    staffed = format.owner_kind == 1 and model.units[format.owner].filled > 0.0
    for one in present:
        stance = one.member.department.stances[k]
        dose = one.member.attendance * format.duration * format.meetings * quality * candour * undivided
        taken = dose * (format.learn + 0.5 * format.draft * (1.0 - format.learn))
        stance.exchange += taken
        if staffed and one.member.attendance > 0.5:
            stance.reached = float(model.month)
        stance.source += taken * met
        stance.process_source += taken * procedures_shown(format, present, met)
        stance.peer_hours += dose * format.meet
        stance.peer_openness += dose * format.meet * openness
        stance.drafted = share(stance.drafted + 0.1 * format.draft * format.meetings * one.member.attendance)
        stance.decided = share(stance.decided + p["formats.decision_effect"] * settled)


def strengthen(model: ReferenceModel, format: Format, quality: float) -> None:
    """Strengthen the ties between those who met, and familiarity with the unit that owns the format."""
    attendance = {member.department.index: member.attendance for member in format.members}
    for member in format.members:
        gain = share(model.parameters["formats.tie_gain"] * format.meetings * quality * member.attendance)
        for tie in member.department.ties:
            other = attendance.get(tie.department.index, 0.0)
            tie.strength += gain * max(format.tie, format.meet) * other * (1.0 - tie.strength)
            tie.agreed += gain * format.tie * other * (1.0 - tie.agreed)
        if format.owner_kind == 1 and model.units[format.owner].filled > 0.0:
            relation = member.department.relations[format.owner]
            seen = max(format.meet, format.tie, format.learn, format.draft, format.decide)
            relation.familiarity += seen * gain * (1.0 - relation.familiarity)
