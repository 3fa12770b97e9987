"""Recognition: the house takes a unit as seriously as it is equipped and as leaders share responsibility."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reference.agents import Commissioner
from reference.maths import share

if TYPE_CHECKING:
    from reference.model import ReferenceModel


def recognition(model: ReferenceModel) -> None:
    for unit in model.units:
        equipped = min(1.0, unit.hours / unit.hours_needed) if unit.hours_needed > 0.0 else 0.0
        moved = equipped * responsibility(model, unit) - unit.recognition
        unit.recognition = share(unit.recognition + model.parameters["recognition.rate"] * moved)


def responsibility(model: ReferenceModel, unit: Commissioner) -> float:
    """Return how far the leader above and the heads of divisions share responsibility for the unit's tasks."""
    p = model.parameters
    weights = conducts = 0.0
    for k in range(len(model.tasks)):
        if not unit.handles(k):
            continue
        for leader in model.leaders:
            above = leader.index == unit.leader
            if not above and leader.index < 2:
                continue
            conduct = leader.co_responsibility * (0.5 + 0.5 * leader.support[k].support)
            conduct *= 1.0 - p["recognition.transparency_weight"] * (1.0 - leader.transparency)
            if above:
                conduct *= 1.0 - p["recognition.knowledge_weight"] * (1.0 - leader.knowledge)
            weight = 2.0 if above else 1.0
            weights += weight
            conducts += weight * conduct
    least = p["recognition.least_shared"]
    return least + (1.0 - least) * conducts / max(weights, 1.0)
