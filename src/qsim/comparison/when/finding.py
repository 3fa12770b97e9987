"""Finds boxes in cases, one after another, and checks each on a third of the cases that it has never seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy import stats

from qsim.comparison.when.boxes import Box, Limit, Quality, quality
from qsim.comparison.when.cases import Cases
from qsim.comparison.when.choosing import CHANCE, DENSITY, choice, pruned
from qsim.comparison.when.peeling import ALPHA, LEAST_MASS, Step, paste, peel, plain_peels
from qsim.runs.resampling import shuffled

LEAST_CASES = 60
"""Fewer cases than this make no box that could be checked."""

LEAST_WANTED = 10
MOST_BOXES = 3
HELD_OUT = 3
"""One case in three is held out."""


@dataclass(frozen=True)
class FoundBox:
    """A box that passed its check.

    ``chances`` are the quasi-p-values of its limits by the place of the factor; ``trained`` and ``checked`` are what it
    achieves among the cases it was found in and among those held out, ``chance`` how likely so many wanted cases among
    the latter are for a box that says nothing. ``steps`` is the way it was found, ``step`` the place chosen on it.
    """

    box: Box
    chances: Mapping[int, float]
    trained: Quality
    checked: Quality
    chance: float
    steps: tuple[Step, ...]
    step: int


@dataclass(frozen=True)
class Discovery:
    """The boxes of an outcome, in the order they were found, each among the cases that earlier ones leave.

    ``share`` is the share of all cases that are wanted; ``steps`` the first way, also where no box passed; ``covered`` the
    share of the held-out wanted cases that lie in some box.
    """

    cases: Cases
    boxes: tuple[FoundBox, ...]
    share: float
    steps: tuple[Step, ...]
    covered: float


def discover(
    cases: Cases,
    seed: int = 1,
    density: float = DENSITY,
    alpha: float = ALPHA,
    least_mass: float = LEAST_MASS,
    most: int = MOST_BOXES,
    most_limits: int | None = None,
) -> Discovery:
    """Return the boxes in which the outcome holds in most cases, of so many limits at most; none if nothing passes.

    Raise ValueError, with the numbers, for too few cases or too few wanted or unwanted ones among them.
    """
    wanted = int(cases.wanted.sum())
    if len(cases) < LEAST_CASES:
        raise ValueError(f"{len(cases)} cases are too few; a box takes {LEAST_CASES} or more")
    if min(wanted, len(cases) - wanted) < LEAST_WANTED:
        raise ValueError(
            f"the outcome holds in {wanted} of {len(cases)} cases; it takes {LEAST_WANTED} or more on either side"
        )
    unused = held_out_places(len(cases), seed)
    held_out, train = cases.some(unused), cases.some(np.delete(np.arange(len(cases)), unused))
    left, unseen = train, held_out
    boxes: list[FoundBox] = []
    first: tuple[Step, ...] = ()
    while len(boxes) < most:
        ways = peel if most_limits is None else plain_peels
        steps = tuple(ways(left, alpha, least_mass * len(train) / len(left)))
        first = first or steps
        one = _checked(steps, left, unseen, density, alpha, most_limits)
        if one is None:
            break
        boxes.append(one)
        left, unseen = left.some(~one.box.holds(left)), unseen.some(~one.box.holds(unseen))
        if min(int(left.wanted.sum()), len(left)) < LEAST_WANTED or not unseen.wanted.any():
            break
    inside = np.any([one.box.holds(held_out) for one in boxes], axis=0) if boxes else np.zeros(len(held_out), bool)
    covered = float(inside[held_out.wanted].mean()) if held_out.wanted.any() else float("nan")
    return Discovery(cases, tuple(boxes), wanted / len(cases), first, covered)


def held_out_places(number: int, seed: int) -> np.ndarray:
    """Return the places of the cases, of so many, that are held out: one in three, drawn by address."""
    return np.sort(shuffled(number, seed)[::HELD_OUT])


def _checked(
    steps: tuple[Step, ...], train: Cases, unseen: Cases, density: float, alpha: float, most_limits: int | None
) -> FoundBox | None:
    """Return the box chosen from the way, or None if no limit stays or it fails among the cases not seen."""
    chosen = choice(steps, train, density, most_limits)
    if chosen is None:
        return None
    box, chances = pruned(paste(chosen.box, train, alpha), train)
    box = _free_of_idle_limits(box, train)
    chances = {one: chance for one, chance in chances.items() if one in box.limits}
    checked = quality(box, unseen)
    if not box.limits or not checked.inside:
        return None
    whole = float(unseen.wanted.mean())
    chance = float(stats.binom.sf(checked.found - 1, checked.inside, whole))
    if chance > CHANCE:
        return None
    return FoundBox(box, chances, quality(box, train), checked, chance, steps, chosen.step)


def _free_of_idle_limits(box: Box, cases: Cases) -> Box:
    """Return the box without ends of intervals beyond which there is no case at all."""
    limits = {}
    for place, limit in box.limits.items():
        values = cases.values[:, place]
        if limit.levels is not None:
            limits[place] = limit
            continue
        low = limit.low if values.min() < limit.low else -np.inf
        high = limit.high if values.max() > limit.high else np.inf
        if np.isfinite(low) or np.isfinite(high):
            limits[place] = Limit(low, high)
    return Box(limits)
