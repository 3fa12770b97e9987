"""Who looks after a format, and pays for it: a part of rules 6, outreach, and 7, formats.

A unit does so within its own budget (``coordination.py``), for its own formats and for those of its tasks that fall to others:
that have no owner, or are part of routine and their owner is not there. A leader gives what attention reaches, a group what
volunteers have. Where nobody is in charge the members take turns, each as far as willing and free, sqrt(o T); and what is part
of routine they keep up at least in part (report 3.1: nach Auslaufen weitergeführt; summary: kein Ersatz für reguläre
Arbeitsstrukturen). There are no hours from nobody.
"""

from __future__ import annotations

import math

from qsim.world.compiling import compiled
from qsim.world.flows import (
    hours_left,
    hours_left_of_leader,
    pay_by_department,
    pay_by_group,
    pay_by_leader,
)
from qsim.world.kinds import COORDINATION, OF_GROUP, OF_LEADER, OF_NOBODY, OF_UNIT
from qsim.world.maths import WEEKS_A_MONTH, at_least_once, share
from qsim.world.records import World


@compiled
def owner_is_there(world: World, f: int, month: int) -> bool:
    """Return whether format f has an owner who is there: a staffed unit, a leader, or a group while it lasts."""
    entry = world.formats[f]
    if entry.owner_kind == OF_UNIT:
        return world.units[entry.owner].filled > 0.0
    if entry.owner_kind == OF_GROUP:
        group = world.groups[entry.owner]
        return group.start <= month < group.end
    return entry.owner_kind == OF_LEADER


@compiled
def falls_to_others(world: World, f: int, month: int) -> bool:
    """Return whether others look after format f: it has no owner, or is part of routine and its owner is not there."""
    entry = world.formats[f]
    return entry.owner_kind == OF_NOBODY or (entry.embedded > 0.0 and not owner_is_there(world, f, month))


@compiled
def looked_after_by(world: World, f: int, month: int) -> int:
    """Return the unit that looks after format f, as its owner or in charge of a task of a format that falls to others.

    It is -1 if none does.
    """
    entry = world.formats[f]
    if entry.owner_kind == OF_UNIT and owner_is_there(world, f, month):
        return entry.owner
    if falls_to_others(world, f, month):
        for u in range(world.units.size):
            for k in range(world.tasks.size):
                if world.units[u].filled * world.duties[u, k] * world.format_tasks[f, k] > 0.0:
                    return u
    return -1


@compiled
def serve(world: World, f: int, month: int) -> None:
    """Set how well a format is looked after, where a unit has not already done so; whoever looks after it pays."""
    entry = world.formats[f]
    needed = entry.coordination * WEEKS_A_MONTH / entry.interval
    by_unit = looked_after_by(world, f, month) >= 0
    if not by_unit:
        entry.served = _by_owner(world, f, needed) if owner_is_there(world, f, month) else 0.0
    alone = falls_to_others(world, f, month) and not by_unit
    least = max(entry.embedded * world.parameters[0].formats_embedded_service - entry.served, 0.0)
    if alone or least > 0.0:
        entry.served = share(entry.served + _by_members(world, f, needed, alone, least))


@compiled
def _by_owner(world: World, f: int, needed: float) -> float:
    """Let a leader or a group look after a format, and pay; return the share of what it needs."""
    entry = world.formats[f]
    if entry.owner_kind == OF_LEADER:
        attention = 0.0
        for k in range(world.tasks.size):
            attention = max(attention, world.format_tasks[f, k] * world.support[entry.owner, k].attention)
        present = at_least_once(attention, world.parameters[0].leadership_occasions)
        hours = min(present * needed, hours_left_of_leader(world, entry.owner))
        pay_by_leader(world, entry.owner, hours, COORDINATION)
        return hours / needed if needed > 0.0 else present
    group = world.groups[entry.owner]
    hours = min(needed, hours_left(group.volunteer_hours * group.engagement, group.spent))
    group.asked += needed
    pay_by_group(world, entry.owner, hours, COORDINATION)
    return hours / needed if needed > 0.0 else 1.0


@compiled
def _by_members(world: World, f: int, needed: float, alone: bool, least: float) -> float:
    """Let the members look after a format in turn, as far as they are willing if alone, and at least some share.

    Return the share of what it needs that they give and pay.
    """
    if needed == 0.0:
        return 1.0 if alone else least
    part = needed / max(world.member_first[f + 1] - world.member_first[f], 1)
    given = 0.0
    for m in range(world.member_first[f], world.member_first[f + 1]):
        d = world.members[m].department
        department = world.departments[d]
        wanted = least
        for k in range(world.tasks.size):
            if alone and world.format_tasks[f, k] > 0.0:
                stance = world.stances[d, k]
                wanted = max(wanted, math.sqrt(stance.openness * stance.time))
        hours = min(wanted * part, hours_left(department.task_hours, department.spent))
        pay_by_department(world, d, hours, COORDINATION)
        given += hours
    return given / needed
