"""The best rule by which to decide again: one plan where what is seen meets one condition or two, and else another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Any

import numpy as np

from qsim.advice.advice import Condition, Rule
from qsim.advice.offer import Ids
from qsim.runs.intervals import CONFIDENCE, Array, bootstrap_interval

QUANTILES = (0.25, 0.5, 0.75)
"""Of what is seen, where a condition parts."""

LEAST_WORLDS = 8
"""On each side of a rule, to make it from."""

LEARN, CHECK = slice(0, None, 2), slice(1, None, 2)
"""The worlds from which rules are made, and those in which they are judged."""

Worlds = np.ndarray[Any, np.dtype[np.bool_]]


def best_rule(gains: Array, seen: Array, names: Sequence[str], plans: Sequence[Ids], relevant: float) -> Rule | None:
    """Return the rule that gains most in every other world, with what it gains in the rest against the best single plan there.

    ``gains`` (plans, worlds), ``seen`` (worlds, names). All rules of one condition and of two that hold together are tried. Two
    fit whatever they are made from better than one; so that of two is returned only where, in the rest of the worlds, it gains
    more than the ``relevant`` difference over that of one, and its interval lies above zero. Its gain is then, a little, that
    of the luckier of two.
    """
    known = np.isfinite(seen).all(axis=1)
    gains, seen = gains[:, known], seen[known]
    conditions = {Condition(name, float(threshold), above): (seen[:, place] > threshold) == above
                  for place, name in enumerate(names) for threshold in np.unique(np.quantile(seen[:, place], QUANTILES))
                  for above in (True, False)} if len(seen) else {}  # fmt: skip
    one = _best(gains, (((first,), there) for first, there in conditions.items() if first.above))
    two = _best(gains, ((pair, conditions[pair[0]] & conditions[pair[1]]) for pair in combinations(conditions, 2)))
    if one is None:
        return None
    fixed = gains[gains[:, LEARN].mean(axis=1).argmax()]
    if two is not None:
        more, low, _ = _apart(_under(two, gains), _under(one, gains))
        one = two if more > relevant and low > 0 else one
    held, _, chosen = one
    return Rule(held, plans[chosen[0]], plans[chosen[1]], *_apart(_under(one, gains), fixed))


Made = tuple[tuple[Condition, ...], Worlds, tuple[int, int]]
"""Conditions, the worlds in which they hold, and the places of the plans that follow there and elsewhere."""


def _best(gains: Array, candidates: Iterable[tuple[tuple[Condition, ...], Worlds]]) -> Made | None:
    """Return the rule that gains most in the worlds to learn from; None where none has enough of them on both sides."""
    best, found = -np.inf, None
    for conditions, there in candidates:
        sides = [gains[:, LEARN][:, side] for side in (there[LEARN], ~there[LEARN])]
        if min(side.shape[1] for side in sides) < LEAST_WORLDS:
            continue
        made = conditions, there, (int(sides[0].mean(axis=1).argmax()), int(sides[1].mean(axis=1).argmax()))
        value = float(_under(made, gains)[LEARN].mean())
        if made[2][0] != made[2][1] and value > best:
            best, found = value, made
    return found


def _under(made: Made, gains: Array) -> Array:
    """Return what a rule gains in each world (worlds,)."""
    _, there, (then, otherwise) = made
    return np.asarray(np.where(there, gains[then], gains[otherwise]))


def _apart(one: Array, other: Array) -> tuple[float, float, float]:
    """Return by how much one gains more than the other in the worlds to judge in, with the interval."""
    apart = (one - other)[CHECK]
    low, high = bootstrap_interval(apart, CONFIDENCE)
    return float(apart.mean()), low, high
