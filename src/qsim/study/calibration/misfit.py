"""How far a point is from what the report and public figures say: by claims that are not held out, and weak targets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from qsim.study.calibration.space import placed
from qsim.study.claims.evaluation import readings_of, relevant_difference
from qsim.study.claims.loading import LoadedClaim
from qsim.study.claims.readings import Array, Reading
from qsim.study.claims.runs import Runs, Wanted, world_key
from qsim.study.claims.statements import is_held_out
from qsim.study.claims.variants import AS_IT_IS

CLEAR = 1.25
"""Multiple of the smallest relevant difference at which a test needs no more."""


def calibrating(claims: Sequence[LoadedClaim]) -> list[LoadedClaim]:
    """Return the claims that calibration may look at: contrasts whose tested statement is not held out."""
    return [c for c in claims if not is_held_out(c.claim.statements[0]) and c.claim.exists is None]


def effects_at(
    claims: Sequence[LoadedClaim], point: Mapping[str, float], replicates: int, seed: int, workers: int
) -> Array:
    """Return the effect (claims,) of each test at a point, in multiples of its smallest relevant difference.

    The effect is the smallest contrast by mean over twin runs; for an equivalence the largest absolute one.
    """
    moved = [LoadedClaim(c.claim, {n: placed(s, point) for n, s in c.worlds.items()}, c.place) for c in claims]
    worlds, readings = readings_of(moved)
    with Runs(worlds, readings, seed, workers) as runs:
        runs.fill([Wanted(key, AS_IT_IS, replicates) for key in worlds])
        return np.array([_effect(loaded, runs, replicates) for loaded in moved])


def shortfalls(effects: Array, equivalence: Array) -> Array:
    """Return how much each test (claims,) lacks, 0 (clearly as expected) to 1 (opposite beyond the relevant difference).

    ``effects`` as :func:`effects_at` gives them; ``equivalence`` marks tests that expect no relevant difference.
    """
    missing = np.where(equivalence, effects - (2.0 - CLEAR), CLEAR - effects)
    return np.clip(missing / (1.0 + CLEAR), 0.0, 1.0)


def passed(effects: Array, equivalence: Array) -> Array:
    """Return which tests (claims,) come out as expected by their mean."""
    return np.where(equivalence, effects <= 1.0, effects > 1.0)


def _effect(loaded: LoadedClaim, runs: Runs, replicates: int) -> float:
    claim = loaded.claim
    reading = Reading(claim.measure, claim.at)
    values = {n: runs.values(Wanted(world_key(s), AS_IT_IS, replicates), reading) for n, s in loaded.worlds.items()}
    means = [np.nanmean(sum(weight * values[name] for name, weight in contrast.items())) for contrast in claim.expected]
    effect = max(np.abs(means)) if claim.test == "equivalence" else min(means)
    return float(effect / relevant_difference(loaded))
