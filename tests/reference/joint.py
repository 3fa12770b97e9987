"""Joint practice: how far whole processes carry a task, from department to department."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from reference.agents import Chain, Link
from reference.offices import way_between

if TYPE_CHECKING:
    from reference.model import ReferenceModel


def joint_practice(model: ReferenceModel, k: int) -> float:
    weights = carried = 0.0
    for chain in model.chains:
        if chain.task == k:
            weight = chain.weight / chain.copies
            weights += weight
            carried += weight * links(chain) * channel(model, chain)
    return carried / weights if weights > 0.0 else 0.0


def links(chain: Chain) -> float:
    """Return the mean practice along the process, in which the weakest counts most."""
    inverse = [max(link.department.stances[chain.task].practice, 0.005) ** -2 for link in chain.links]
    return (sum(inverse) / len(inverse)) ** -0.5


def channel(model: ReferenceModel, chain: Chain) -> float:
    """Return the part of the cases that passes all channels, each from a department to the next."""
    steps = zip(chain.links, chain.links[1:], strict=False)
    return math.prod(quality(model, link, after, chain.task) for link, after in steps)


def quality(model: ReferenceModel, link: Link, after: Link, k: int) -> float:
    one, other = link.department, after.department
    way = way_between(model, one, other)
    friction = model.parameters["practice.channel_friction"] * model.administration.hierarchy
    missing = 1.0 - 1.0 / (1.0 + friction * (way.levels - 1) * way.busy)
    if link.tie is not None:
        missing *= (1.0 - link.tie.strength) * (1.0 - link.tie.agreed)
    known = 0.5 * (one.stances[k].chain_knowledge + other.stances[k].chain_knowledge)
    return 1.0 - missing * (1.0 - known)
