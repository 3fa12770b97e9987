"""Finds boxes in cases, one after another, and checks each on a third of the cases that it has never seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy import stats

from qsim.comparison.when.boxes import Box, Cases, Quality, quality, told_limit, without_idle_limits
from qsim.comparison.when.peeling import (
    ALPHA,
    CHANCE,
    DENSITY,
    LEAST_MASS,
    Step,
    choice,
    paste,
    peel,
    plain_peels,
    pruned,
)
from qsim.comparison.when.study import Question
from qsim.runs.unit_cube import shuffled
from qsim.scenario.values import month_text

LEAST_CASES = 60
"""Fewer cases than this make no box that could be checked."""

LEAST_WANTED = 10
MOST_BOXES = 3
HELD_OUT = 3
"""One case in three is held out."""


@dataclass(frozen=True)
class CheckedBox:
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
    boxes: tuple[CheckedBox, ...]
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
    boxes: list[CheckedBox] = []
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
) -> CheckedBox | None:
    """Return the box chosen from the way, or None if no limit stays or it fails among the cases not seen."""
    chosen = choice(steps, train, density, most_limits)
    if chosen is None:
        return None
    box, chances = pruned(paste(chosen.box, train, alpha), train)
    box = without_idle_limits(box, train)
    chances = {one: chance for one, chance in chances.items() if one in box.limits}
    checked = quality(box, unseen)
    if not box.limits or not checked.cases:
        return None
    whole = float(unseen.wanted.mean())
    chance = float(stats.binom.sf(checked.wanted - 1, checked.cases, whole))
    if chance > CHANCE:
        return None
    return CheckedBox(box, chances, quality(box, train), checked, chance, steps, chosen.step)


def record(result: Discovery, question: Question, left_out: int) -> dict[str, Any]:
    """Return the question, the boxes with what they achieve, and the way to the first."""
    return {
        "outcome": question.outcome,
        "above" if question.above else "below": question.threshold,
        "scenario": question.scenario,
        "against": question.against,
        "cases": len(result.cases),
        "left_out": left_out,
        "share": result.share,
        "covered": result.covered,
        "boxes": [_box(one, result) for one in result.boxes],
    }


def tradeoff_frame(result: Discovery) -> pd.DataFrame:
    """Return the boxes on the way, of each search: coverage, density, mass and number of limits."""
    ways = [one.steps for one in result.boxes] or [result.steps]
    rows = [
        {"box": number, "step": place, **step.quality._asdict(), "limits": len(step.box.limits),
         "chosen": bool(result.boxes) and place == result.boxes[number].step}
        for number, steps in enumerate(ways)
        for place, step in enumerate(steps)
    ]  # fmt: skip
    return pd.DataFrame(rows)


def boxes_frame(result: Discovery) -> pd.DataFrame:
    """Return one row a box and limit."""
    columns = ("box", "factor", "low", "high", "levels", "chance")
    rows = []
    for number, one in enumerate(result.boxes):
        for entry in _limits(one, result):
            levels = None if entry["levels"] is None else "|".join(entry["levels"])
            row = {"box": number, "factor": entry["factor"], "low": one_of(entry, "above", "least"),
                   "high": one_of(entry, "below", "most"), "levels": levels, "chance": entry["chance"]}  # fmt: skip
            rows.append(row)
    return pd.DataFrame(rows, columns=list(columns)).astype({"low": "float64", "high": "float64", "chance": "float64"})


def one_of(entry: dict[str, Any], *names: str) -> float | None:
    """Return the first of some entries that is a number."""
    return next((entry[name] for name in names if isinstance(entry[name], (int, float))), None)


def _box(one: CheckedBox, result: Discovery) -> dict[str, Any]:
    return {
        "limits": _limits(one, result),
        "trained": one.trained._asdict(),
        "checked": one.checked._asdict(),
        "chance": one.chance,
    }


def _limits(one: CheckedBox, result: Discovery) -> list[dict[str, Any]]:
    return [{**limit_record(one.box, place, result), "chance": one.chances[place]} for place in sorted(one.box.limits)]


def limit_record(box: Box, place: int, result: Discovery) -> dict[str, Any]:
    """Return a limit as it is told: ``least`` and ``most`` belong to the box, ``above`` and ``below`` lie between."""
    factor, limit = result.cases.factors[place], box.limits[place]
    if limit.levels is not None:
        levels = [factor.levels[level] for level in sorted(limit.levels)]
        return {"factor": factor.id, **dict.fromkeys(("least", "most", "above", "below")), "levels": levels}
    told = told_limit(box, place, result.cases)._asdict()
    if factor.months:
        told = {name: None if value is None else month_text(value) for name, value in told.items()}
    return {"factor": factor.id, **told, "levels": None}
