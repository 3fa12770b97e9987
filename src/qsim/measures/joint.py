"""Joint practice: cases run through chains of departments, and a chain is as good as its links and channels.

J = sum over chains of weight x (mean of p^-2 along the chain)^(-1/2) x product of channel qualities: a case passes every
channel, and what is lost in one no other makes up for. The quality of the channel from one step to the next is
1 - (1 - official)(1 - tie)(1 - agreed)(1 - chain knowledge), with the official channel 1 / (1 + y H (levels - 1) busy), which
jams where the offices it crosses have more to do (report, introduction: no department can complete the task alone; 3.3:
Gesamtprozess; 3.1: crises).
"""

from __future__ import annotations

import math

from qsim.world.compiling import compiled
from qsim.world.hierarchy import busy_between_departments, levels_between_departments
from qsim.world.parameters import Coefficient
from qsim.world.records import World

LEAST = Coefficient(
    0.005, "share", "practice below this counts as this in a chain, which one step would stop otherwise; assumption"
)


@compiled
def channel_quality(world: World, i: int, k: int) -> float:
    """Return the quality (share) of the channel from link i to the next link of its chain, for task k."""
    link = world.links[i]
    a = link.department
    b = world.links[i + 1].department
    levels = levels_between_departments(world.departments[a], world.departments[b])
    friction = world.parameters[0].practice_channel_friction * world.administration[0].hierarchy
    official = 1.0 / (1.0 + friction * (levels - 1.0) * busy_between_departments(world, a, b))
    missing = 1.0 - official
    if link.tie >= 0:
        tie = world.ties[link.tie]
        missing *= (1.0 - tie.strength) * (1.0 - tie.agreed)
    known = 0.5 * (world.stances[a, k].chain_knowledge + world.stances[b, k].chain_knowledge)
    return 1.0 - missing * (1.0 - known)


@compiled
def joint_practice(world: World, k: int) -> float:
    """Return the joint practice (share) of task k; 0 if it has no chain."""
    total = 0.0
    weights = 0.0
    for c in range(world.chains.size):
        chain = world.chains[c]
        if chain.task == k:
            power = 0.0
            channels = 1.0
            for i in range(chain.first, chain.first + chain.length):
                practice = world.stances[world.links[i].department, k].practice
                seen = max(practice, LEAST)
                power += 1.0 / (seen * seen)
                if i + 1 < chain.first + chain.length:
                    channels *= channel_quality(world, i, k)
            links = math.sqrt(chain.length / power)
            weight = chain.weight / chain.copies
            total += weight * links * channels
            weights += weight
    return total / weights if weights > 0.0 else 0.0
