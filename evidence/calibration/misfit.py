"""How far a point is from what the report and public figures say: by claims that are not held out, and weak targets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from evidence.calibration.space import placed
from qsim.claims.evaluation import readings_of, relevant_difference
from qsim.claims.held_out import is_held_out
from qsim.claims.loading import LoadedClaim
from qsim.claims.runs import Runs, Wanted, world_key
from qsim.claims.scales import contrast_on
from qsim.claims.terms import scales_of, terms_of
from qsim.claims.variants import AS_IT_IS
from qsim.runs.readings import Array

CLEAR = 1.25
"""Multiple of the smallest relevant difference at which a test needs no more."""


def calibrating(claims: Sequence[LoadedClaim]) -> list[LoadedClaim]:
    """Return the claims that calibration may look at: those whose tested statement is not held out."""
    return [c for c in claims if not is_held_out(c.claim.statements[0])]


def bounded_above(claims: Sequence[LoadedClaim]) -> Array:
    """Return which tests (claims,) expect an effect of at most 1: equivalences, and what may exist in few runs only."""
    return np.array([c.claim.test == "equivalence" or (c.claim.exists is not None and c.claim.exists.in_share[1] < 1)
                     for c in claims])  # fmt: skip


def effects_at(
    claims: Sequence[LoadedClaim], point: Mapping[str, float], replicates: int, seed: int, workers: int
) -> Array:
    """Return the effect (claims,) of each test at a point, in multiples of its smallest relevant difference.

    The effect is the smallest contrast by mean over twin runs; for an equivalence the largest absolute one; for an existence
    what the share of runs asked for reaches, in multiples of the level asked for.
    """
    moved = [LoadedClaim(c.claim, {n: placed(s, point) for n, s in c.worlds.items()}, c.place) for c in claims]
    worlds, readings = readings_of(moved)
    with Runs(worlds, readings, seed, workers, plausible=False) as runs:
        runs.fill([Wanted(key, AS_IT_IS, replicates) for key in worlds])
        return np.array([_effect(loaded, runs, replicates) for loaded in moved])


def shortfalls(effects: Array, bounded: Array) -> Array:
    """Return how much each test (claims,) lacks, 0 (clearly as expected) to 1 (opposite beyond the relevant difference).

    ``effects`` as :func:`effects_at` gives them, ``bounded`` as :func:`bounded_above` does.
    """
    missing = np.where(bounded, effects - (2.0 - CLEAR), CLEAR - effects)
    return np.clip(missing / (1.0 + CLEAR), 0.0, 1.0)


def passed(effects: Array, bounded: Array) -> Array:
    """Return which tests (claims,) come out as expected by their mean."""
    return np.where(bounded, effects <= 1.0, effects > 1.0)


def _effect(loaded: LoadedClaim, runs: Runs, replicates: int) -> float:
    claim, terms = loaded.claim, terms_of(loaded.claim)
    keys = {name: world_key(scenario) for name, scenario in loaded.worlds.items()}
    values = {
        text: runs.values(Wanted(keys[term.world], AS_IT_IS, replicates), term.reading) for text, term in terms.items()
    }
    if claim.exists is not None:
        low, high = claim.exists.in_share
        reached = np.nanquantile(values[claim.exists.world], 1.0 - (low if high >= 1.0 else high))
        return float(reached / claim.exists.above)
    means = [np.nanmean(contrast_on(scales_of(claim)[0], values, weights)) for weights in claim.expected]
    effect = max(np.abs(means)) if claim.test == "equivalence" else min(means)
    return float(effect / relevant_difference(loaded))
