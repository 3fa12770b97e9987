"""The binding constraint: what holds a department's practice back this month.

What binds is what would raise p* most if there were a little more of it: share_x = x^(z - 1) / sum y^(z - 1) for x in
M, K, T, the slopes of p* over their sum. The largest binds, unless it is below .4 (several at once: the three are about
equally short) or practice is still more than .05 below what its inputs carry (still adjusting). Willingness is split into own
openness, backing and binding by the gain in M if each were 1.
"""

from __future__ import annotations

from typing import Any

from qsim.mechanisms.practice import LEAST, motivation
from qsim.world.compiling import compiled
from qsim.world.parameters import Coefficient

ADJUSTED = Coefficient(0.05, "share", "practice this near to what its inputs carry is built up; assumption")
LEAST_GAIN = 1.0e-12
"""Gains that add up to less are none."""
BINDING = Coefficient(
    0.4, "share", "an input with less of the slopes does not bind alone: a little above a third; assumption"
)
MOTIVATION, KNOWLEDGE, TIME, JOINT, ADJUSTING = range(5)
"""Places in :data:`~qsim.measures.catalogue.CONSTRAINTS`."""


@compiled
def binding_constraint(stance: Any, complementarity: float) -> int:
    """Return the place in :data:`~qsim.measures.catalogue.CONSTRAINTS` of what binds."""
    if stance.target - stance.practice > ADJUSTED:
        return ADJUSTING
    slope = complementarity - 1.0
    m = max(stance.motivation, LEAST) ** slope
    k = max(stance.ability, LEAST) ** slope
    t = max(stance.time, LEAST) ** slope
    largest = max(m, k, t)
    if largest < BINDING * (m + k + t):
        return JOINT
    if largest == m:
        return MOTIVATION
    return KNOWLEDGE if largest == k else TIME


@compiled
def willingness_split(stance: Any, p: Any) -> Any:
    """Return the shares (sum 1) by which openness, backing and binding would raise willingness if each were 1.

    They are 0 where none would raise it.
    """
    now = motivation(stance, stance.openness, stance.backing, stance.binding, p)
    openness = motivation(stance, 1.0, stance.backing, stance.binding, p) - now
    backing = motivation(stance, stance.openness, 1.0, stance.binding, p) - now
    binding = motivation(stance, stance.openness, stance.backing, 1.0, p) - now
    total = openness + backing + binding
    if total < LEAST_GAIN:
        return 0.0, 0.0, 0.0
    return openness / total, backing / total, binding / total
