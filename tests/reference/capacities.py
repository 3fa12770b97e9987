"""Two capacities for transformation: many forms of governance, and leadership that many share."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reference.model import ReferenceModel


def evenness(amounts: list[float]) -> float:
    """Return how evenly amounts are spread: 0 if all is in one place, 1 if the same is everywhere."""
    whole = sum(amounts)
    if whole <= 0.0 or len(amounts) < 2:
        return 0.0
    parts = [amount / whole for amount in amounts if amount > 0.0]
    return -sum(part * math.log(part) for part in parts) / math.log(len(amounts))


def governance(model: ReferenceModel) -> float:
    """Fade the twelve cells by a month, add the hours of members, and return how evenly they are filled."""
    for i in range(12):
        model.governance[i] *= 1.0 - 1.0 / 12.0
    for format in model.formats:
        cell = format.rank + (3 if format.groups else 0) + (6 if format.interval <= 13.0 else 0)
        for member in format.members:
            model.governance[cell] += member.attendance * format.duration * format.meetings
    return evenness(model.governance)


def leadership(model: ReferenceModel, k: int) -> float:
    """Return the mean attention of supporting leaders to a task, times how evenly they share it."""
    drive = [max(leader.support[k].support, 0.0) * leader.support[k].attention for leader in model.leaders]
    return sum(drive) / len(drive) * evenness(drive)
