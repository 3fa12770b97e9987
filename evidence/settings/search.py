"""The search: waves under a limit that sinks to nothing, then long chains that spread evenly over all that is possible.

What a setting lacks is how far the numbers of all patterns are beyond their bounds, in all. A wave of chains moves under a limit:
a step draws some coordinates anew, or moves some of them, and is taken if the setting lacks no more than the limit. Such
steps are symmetric, so they keep the even distribution over all settings under the limit. The limit of the next wave is the
median of this one; the worse half goes on from the better one (subset simulation: Au and Beck 2001; it is history matching
in waves, with the ruled-out part left by chains instead of emulators). Once the limit is zero all chains are possible
settings, and go on until they have forgotten where they came from. Small moves go along differences of other chains (ter
Braak 2006), which know where there is room.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from evidence.settings.patterns import PATTERNS
from evidence.settings.space import NAMES, record_of, values_of
from evidence.settings.worlds import Luck, Trial
from qsim.runs.readings import Array
from qsim.runs.unit_cube import design_uniforms

DRAWN_ANEW = 0.3
"""Share of the steps that draw coordinates anew; the others move them along a difference of two chains."""
ANEW, ALONG = (4, 8, 16), (16, 32, 64)
"""How many coordinates either kind of step moves, each number as likely as the others."""
STEP = 0.5
"""How far it moves along that difference: far where settings differ, little where the patterns leave no room."""


@dataclass
class Chain:
    """Where a chain is, what it lacks, and what its steps came to.

    ``rejected`` counts by pattern at which a step was refused.
    """

    point: Array
    missing: float
    steps: int = 0
    taken: int = 0
    rejected: dict[str, int] = field(default_factory=dict)


def lacks(point: Array, luck: Luck, limit: float = np.inf) -> tuple[float, str]:
    """Return what a setting lacks, and the pattern at which that came to be more than the limit: no more is looked at then."""
    trial = Trial(record_of(values_of(point)), luck)
    total = 0.0
    for name, pattern in PATTERNS.items():
        total += pattern.missing(pattern.numbers(trial))
        if total > limit:
            return total, name
    return total, ""


def proposed(point: Array, others: Array, uniforms: Array) -> Array:
    """Return a point one step away from another, by uniform draws (4 + 2 parameters,).

    ``others`` (chains, parameters) are where chains were when the round began.
    """
    anew = uniforms[0] < DRAWN_ANEW
    sizes = ANEW if anew else ALONG
    size = sizes[int(uniforms[1] * len(sizes))]
    order, draws = uniforms[4:].reshape(2, -1)
    moved = np.argsort(order)[:size]
    result = point.copy()
    if anew:
        result[moved] = draws[moved]
    else:
        one, two = others[(uniforms[2:4] * len(others)).astype(int)]
        around = np.abs(point[moved] + STEP * (one - two)[moved])
        result[moved] = np.where(around > 1.0, 2.0 - around, around)
    return result


def walked(chain: Chain, others: Array, limit: float, luck: Luck, steps: int, seed: int, name: str) -> Chain:
    """Return a chain after some steps, each taken if the setting there lacks no more than the limit.

    Draws are those of a seed and a name.
    """
    result = Chain(chain.point, chain.missing)
    for number in range(steps):
        point = proposed(result.point, others, design_uniforms(seed, f"{name} {number}", 4 + 2 * len(NAMES)))
        missing, at = lacks(point, luck, limit)
        result.steps += 1
        if missing <= limit:
            result.point, result.missing, result.taken = point, missing, result.taken + 1
        else:
            result.rejected[at] = result.rejected.get(at, 0) + 1
    return result


def next_wave(chains: Sequence[Chain]) -> tuple[float, list[Chain]]:
    """Return the limit of the next wave and its chains: those within it, each as often as the others or once more."""
    limit = float(np.median([chain.missing for chain in chains]))
    within = [chain for chain in chains if chain.missing <= limit]
    return limit, [within[place % len(within)] for place in range(len(chains))]
