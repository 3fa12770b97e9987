"""Who comes to a meeting, and what knowledge can be met there: a part of rule 7, formats.

Voluntary attendance is sigma((o + .3 T + y (quality - .5) - .55) / .06); of those who would not come, orders bring a share,
more with backing. Who was sent against the own will lowers what a meeting gives to all (report 4: Delegierung). Members and
leaders pay the hours they sit there, volunteers theirs.
"""

from __future__ import annotations

from typing import Any

from qsim.world.compiling import compiled
from qsim.world.flows import hours_left, hours_left_of_leader, pay_by_department, pay_by_group, pay_by_leader
from qsim.world.hierarchy import FIRST_HEAD
from qsim.world.kinds import HEADS, MEETING, OF_LEADER, OF_UNIT, STAFF, VOLUNTEERING
from qsim.world.maths import TINY, at_least_once, logistic
from qsim.world.parameters import Coefficient
from qsim.world.records import World

OUTSPOKEN = Coefficient(2.0, "ratio", "volunteers who are half engaged bring all they know; assumption")


@compiled
def attend(world: World, f: int) -> Any:
    """Let members come and pay.

    Return mean attendance, openness, knowledge and know-how met, presence of heads, and engagement of those present.
    """
    p = world.parameters[0]
    entry = world.formats[f]
    present = 0.0
    sent = 0.0
    openness = 0.0
    knowledge = 0.0
    process = 0.0
    heads = 0.0
    count = world.member_first[f + 1] - world.member_first[f]
    for m in range(world.member_first[f], world.member_first[f + 1]):
        member = world.members[m]
        d = member.department
        department = world.departments[d]
        wish, ordered, view, known, able, attention = _wish(world, f, d)
        hours = entry.duration * entry.meetings
        possible = hours_left(department.task_hours, department.spent) / hours if hours > 0.0 else 1.0
        member.attendance = min(
            wish if entry.rank != HEADS else at_least_once(attention, p.leadership_occasions), possible
        )
        pay_by_department(world, d, member.attendance * hours, MEETING)
        if entry.voluntary == 0.0 and entry.rank != HEADS:
            for k in range(world.tasks.size):
                world.stances[d, k].ordered = max(world.stances[d, k].ordered, world.format_tasks[f, k] * ordered)
        if entry.rank != STAFF:
            leader = FIRST_HEAD + department.division
            sits = attention * hours / max(count, 1)
            pay_by_leader(world, leader, min(sits, hours_left_of_leader(world, leader)), MEETING)
        present += member.attendance
        if entry.rank != HEADS:
            sent += member.attendance * ordered * (1.0 - view) / max(wish, TINY)
        openness += member.attendance * view
        knowledge += member.attendance * known
        process += member.attendance * able
        heads += at_least_once(attention, p.leadership_occasions)
    for g in range(world.groups.size):
        group = world.groups[g]
        if world.format_groups[f, g] * group.present > 0.0:
            free = max(group.volunteer_hours * group.engagement - group.spent, 0.0)
            asked = world.parameters[0].formats_volunteer_meeting * entry.meetings
            group.asked += asked
            pay_by_group(world, g, min(asked, free), VOLUNTEERING)
    if present > 0.0:
        openness /= present
        knowledge /= present
        process /= present
    engaged = 1.0 - p.formats_sent_weight * sent / max(present, TINY)
    heads = heads / count if count > 0 and entry.rank != STAFF else 0.0
    return present / max(count, 1), openness, knowledge, process, heads, engaged


@compiled
def _wish(world: World, f: int, d: int) -> Any:
    """Return attendance wished or ordered, the ordered part, openness, knowledge, know-how, and the head's attention."""
    p = world.parameters[0]
    entry = world.formats[f]
    count = 0.0
    view = 0.0
    time = 0.0
    known = 0.0
    able = 0.0
    backing = 0.0
    attention = 0.0
    for k in range(world.tasks.size):
        if world.format_tasks[f, k] > 0.0:
            stance = world.stances[d, k]
            count += 1.0
            view += stance.openness
            time += stance.time
            known += stance.knowledge
            able += stance.process_knowledge
            backing = max(backing, stance.backing)
            attention = max(attention, world.support[FIRST_HEAD + world.departments[d].division, k].attention)
    useful = p.formats_usefulness * (entry.quality * entry.served - p.formats_middling)
    wish = logistic(
        (view / count + p.formats_time_weight * time / count + useful - p.formats_attendance_middle)
        / p.formats_attendance_spread
    )
    complying = 1.0 - (1.0 - p.formats_compliance) * (1.0 - backing)
    ordered = 0.0 if entry.voluntary > 0.0 else (1.0 - wish) * complying
    return wish + ordered, ordered, view / count, known / count, able / count, attention


@compiled
def source_met(world: World, f: int, knowledge: float) -> float:
    """Return the knowledge that can be met in a format: the best of outside, owner, civil society and the members."""
    entry = world.formats[f]
    source = max(entry.source_knowledge, knowledge)
    if entry.owner_kind == OF_UNIT and world.units[entry.owner].filled > 0.0:
        source = max(source, world.units[entry.owner].knowledge)
    if entry.owner_kind == OF_LEADER:
        source = max(source, world.leaders[entry.owner].knowledge)
    for g in range(world.groups.size):
        group = world.groups[g]
        if world.format_groups[f, g] * group.present > 0.0:
            source = max(source, group.expertise * min(OUTSPOKEN * group.engagement, 1.0))
    return source


@compiled
def attendance_of(world: World, f: int, d: int) -> float:
    """Return the attendance of department d in format f (0 if no member); members are in order of departments."""
    low = world.member_first[f]
    high = world.member_first[f + 1]
    while low < high:
        middle = (low + high) // 2
        if world.members[middle].department < d:
            low = middle + 1
        else:
            high = middle
    if low < world.member_first[f + 1] and world.members[low].department == d:
        return world.members[low].attendance
    return 0.0
