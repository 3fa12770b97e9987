"""What a unit spends before it contacts anybody: papers, formats, other structures; a part of rule 6, outreach.

The papers of the departments concerned would take x (1 - y familiarity) hours each, divided by 1 + coordination x rivals: people
who know each other need fewer words, and units that agree share them. Of its hours H a unit gives them
cap H (1 - exp(-papers / (cap H))): most of them while they are few, never more than the share cap (report 4: below a threshold
work stays symbolic). What it does not read it does not notice, and the larger the house, the less it reads. Formats
get at most a given share of what is left; if that is too little, all are served less. Besides its own, a unit looks after formats
of its tasks that nobody is there for (report, summary: no Ersatz für reguläre Arbeitsstrukturen). Agreeing with rivals costs
hours (report 4).
"""

from __future__ import annotations

import math

from qsim.mechanisms.service import looked_after_by
from qsim.world.compiling import compiled
from qsim.world.flows import pay_by_unit
from qsim.world.kinds import COORDINATION
from qsim.world.maths import CONCERNED, WEEKS_A_MONTH
from qsim.world.records import World


@compiled
def coordinate(world: World, u: int, month: int) -> None:
    """Pay for papers, the formats it looks after and its coordination with rival structures; formats get what is left."""
    p = world.parameters[0]
    unit = world.units[u]
    needed = 0.0
    for f in range(world.formats.size):
        if looked_after_by(world, f, month) == u:
            needed += format_is_due(world, f, month) * world.formats[f].coordination
    papers = papers_of(world, u) if unit.hours > 0.0 else 0.0
    read = hours_of_reading(papers, p.outreach_reading_share * unit.hours)
    unit.noticed = read / papers if papers > 0.0 else 1.0
    unit.hours_needed += papers
    pay_by_unit(world, u, read, COORDINATION)
    available = p.outreach_coordination_cap * (unit.hours - unit.spent)
    served = min(1.0, available / needed) if needed > 0.0 else 1.0
    for f in range(world.formats.size):
        if looked_after_by(world, f, month) == u:
            world.formats[f].served = served if unit.hours > unit.spent else 0.0
    overlap = rivals(world, u) * unit.coordination * p.outreach_overlap_hours
    unit.hours_needed += needed + overlap
    pay_by_unit(world, u, served * needed if unit.hours > unit.spent else 0.0, COORDINATION)
    pay_by_unit(world, u, min(overlap, max(unit.hours - unit.spent, 0.0)), COORDINATION)


@compiled
def hours_of_reading(papers: float, most: float) -> float:
    """Return the hours of reading, nearly all that the papers would take if these are few, and never more than most."""
    return most * (1.0 - math.exp(-papers / most)) if most > 0.0 else 0.0


@compiled
def papers_of(world: World, u: int) -> float:
    """Return the hours a month that it would take a unit to read what the departments concerned write."""
    p = world.parameters[0]
    count = 0.0
    for d in range(world.departments.size):
        concerned = 0.0
        for k in range(world.tasks.size):
            if world.duties[u, k] > 0.0 and world.stances[d, k].relevance >= CONCERNED:
                concerned = 1.0
        count += concerned * (1.0 - p.outreach_shortened_familiarity * world.relations[d, u].familiarity)
    return p.outreach_base_hours * count / (1.0 + world.units[u].coordination * rivals(world, u))


@compiled
def format_is_due(world: World, f: int, month: int) -> float:
    """Return how many meetings of format f come due in a month (it may be a fraction of one)."""
    entry = world.formats[f]
    if not entry.start <= month < entry.end:
        return 0.0
    return WEEKS_A_MONTH / entry.interval


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
