"""The search: waves under a limit that sinks to nothing, then long chains that spread evenly over all that is possible.

What a setting lacks is how far the numbers of all patterns are beyond their bounds, in all. A wave of chains moves under a limit:
a step draws some coordinates anew, or moves them a little, and is taken if the setting lacks no more than the limit. Such
steps are symmetric, so they keep the even distribution over all settings under the limit. The limit of the next wave is the
median of this one; the worse half goes on from the better one (subset simulation: Au and Beck 2001; it is history matching
in waves, with the ruled-out part left by chains instead of emulators). Once the limit is zero all chains are possible
settings, and go on until they have forgotten where they came from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy.special import ndtri

from evidence.settings.patterns import PATTERNS
from evidence.settings.space import NAMES, record_of, values_of
from evidence.settings.worlds import Trial
from qsim.runs.readings import Array
from qsim.runs.unit_cube import design_uniforms

BLOCKS = (4, 8, 16, 32, 64)
"""How many coordinates a step moves, each as likely as the others."""
ANEW = 0.5
"""Share of the steps that draw coordinates anew; the others move them by a normal step, reflected at the ends."""
STEP = 0.1
"""Standard deviation of a small step, as a share of the range."""
LUCK = 1
"""The seed of the worlds."""


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


def lacks(point: Array, limit: float = np.inf, luck: int = LUCK) -> tuple[float, str]:
    """Return what a setting lacks, and the pattern at which that came to be more than the limit: no more is looked at then."""
    trial = Trial(record_of(values_of(point)), luck)
    total = 0.0
    for name, pattern in PATTERNS.items():
        total += pattern.missing(pattern.numbers(trial))
        if total > limit:
            return total, name
    return total, ""


def looked_at(point: Array, luck: int) -> dict[str, Any]:
    """Return a point with what it lacks of each pattern."""
    trial = Trial(record_of(values_of(point)), luck)
    return {"point": point.tolist(), "missing": {n: p.missing(p.numbers(trial)) for n, p in PATTERNS.items()}}


def proposed(point: Array, uniforms: Array) -> Array:
    """Return a point one step away, by uniform draws (2 + 2 parameters,)."""
    size = BLOCKS[int(uniforms[0] * len(BLOCKS))]
    order, draws = uniforms[2:].reshape(2, -1)
    moved = np.argsort(order)[:size]
    result = point.copy()
    if uniforms[1] < ANEW:
        result[moved] = draws[moved]
    else:
        around = np.abs(point[moved] + STEP * ndtri(draws[moved]))
        result[moved] = np.where(around > 1.0, 2.0 - around, around)
    return result


def step(chain: Chain, limit: float, uniforms: Array) -> None:
    """Move a chain by one step, if the setting there lacks no more than the limit."""
    point = proposed(chain.point, uniforms)
    missing, at = lacks(point, limit)
    chain.steps += 1
    if missing <= limit:
        chain.point, chain.missing, chain.taken = point, missing, chain.taken + 1
    else:
        chain.rejected[at] = chain.rejected.get(at, 0) + 1


def walked(chain: Chain, limit: float, steps: int, seed: int, name: str) -> Chain:
    """Return a chain after some steps, whose draws are those of a seed and a name."""
    result = Chain(chain.point, chain.missing)
    for number in range(steps):
        step(result, limit, design_uniforms(seed, f"{name} {number}", 2 + 2 * len(NAMES)))
    return result


def next_wave(chains: Sequence[Chain]) -> tuple[float, list[Chain]]:
    """Return the limit of the next wave and its chains: those within it, each as often as the others or once more."""
    limit = float(np.median([chain.missing for chain in chains]))
    within = [chain for chain in chains if chain.missing <= limit]
    return limit, [within[place % len(within)] for place in range(len(chains))]
