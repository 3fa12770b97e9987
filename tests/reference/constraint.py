"""What binds a department, and which part of its willingness is missing most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reference.agents import Stance
from reference.rules.practice import willingness

if TYPE_CHECKING:
    from reference.model import ReferenceModel


def binding_constraint(model: ReferenceModel, stance: Stance) -> str:
    """Return what limits practice: motivation, knowledge, time, joint (no single one), or adjusting (nothing yet)."""
    if stance.target - stance.practice > 0.05:
        return "adjusting"
    exponent = model.parameters["practice.complementarity"] - 1.0  # of the slope of the target by an input
    inputs = {"motivation": stance.motivation, "knowledge": stance.ability, "time": stance.time}
    weights = {name: max(value, 0.02) ** exponent for name, value in inputs.items()}
    if max(weights.values()) < 0.4 * sum(weights.values()):
        return "joint"
    return max(weights, key=lambda name: weights[name])


def missing_willingness(model: ReferenceModel, stance: Stance) -> dict[str, float]:
    """Return the shares of openness, backing and binding in what willingness would gain if one of them were full."""
    o, backing, binding = stance.openness, stance.backing, stance.binding
    now = willingness(model, stance, o, backing, binding)
    gains = {
        "openness": willingness(model, stance, 1.0, backing, binding) - now,
        "backing": willingness(model, stance, o, 1.0, binding) - now,
        "binding": willingness(model, stance, o, backing, 1.0) - now,
    }
    whole = sum(gains.values())
    return {name: gain / whole if whole >= 1e-12 else 0.0 for name, gain in gains.items()}
