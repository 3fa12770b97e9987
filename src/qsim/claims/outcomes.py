"""From twin worlds to the outcome of a test: the smallest contrast, its interval, and which of four things it shows."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from scipy import stats

from qsim.claims.schema import TestKind
from qsim.runs.intervals import CONFIDENCE
from qsim.runs.readings import Array
from qsim.runs.to_json import Hidden, Real

Outcome = Literal["expected", "negligible", "opposite", "unresolved", "not_applicable"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)

LEAST_RUNS = 2


@dataclass(frozen=True)
class Trial:
    """What a test shows in one variant of the model.

    ``effect`` is the smallest contrast, for an existence the share of runs, with its 95 % interval; ``chance`` is the
    probability of so large an effect if there were none beyond the smallest relevant difference; ``weakest`` is the
    index of the smallest contrast.
    """

    outcome: Outcome
    effect: Real
    low: Real
    high: Real
    runs: int
    chance: Hidden[float] = 1.0
    weakest: Hidden[int] = 0


def trial_numbers(trial: Trial) -> dict[str, str | float]:
    """Return what tables have of a trial."""
    return {name: getattr(trial, name) for name in ("outcome", "effect", "low", "high", "runs")}


NOT_APPLICABLE = Trial("not_applicable", math.nan, math.nan, math.nan, 0)
"""Where a variant of the model says nothing on a test."""


def contrast_trial(contrasts: Array, relevant: float, test: TestKind = "direction") -> Trial:
    """Return what contrasts (contrasts, runs) show; NaN marks runs in which an outcome is missing.

    The effect is the contrast with the smallest mean. Its interval is that of Student's t over twin runs, with the error
    divided by the number of contrasts (Bonferroni).
    """
    counts = np.isfinite(contrasts).sum(axis=1)
    if counts.min() < LEAST_RUNS:
        return Trial("unresolved", math.nan, math.nan, math.nan, int(counts.min()))
    weakest = int(np.argmin([row[np.isfinite(row)].mean() for row in contrasts]))
    values = contrasts[weakest][np.isfinite(contrasts[weakest])]
    mean, error = float(values.mean()), float(values.std(ddof=1)) / math.sqrt(values.size)
    tail = (1 - CONFIDENCE) / 2 / len(contrasts)
    half = float(stats.t.isf(tail, values.size - 1)) * error
    low, high = mean - half, mean + half
    if test == "equivalence":
        chance = max(_above(mean + relevant, error, values.size), _above(relevant - mean, error, values.size))
    else:
        above = mean - bound(relevant, test)
        chance = min(1.0, len(contrasts) * _above(above, error, values.size))
    return Trial(interval_outcome(low, high, relevant, test), mean, low, high, int(values.size), chance, weakest)


def bound(relevant: float, test: TestKind) -> float:
    """Return what the smallest contrast of a test is expected above: its relevant difference, or the negative of it."""
    return -relevant if test == "non_inferiority" else relevant


def interval_outcome(low: float, high: float, relevant: float, test: TestKind) -> Outcome:
    """Return the outcome of a test from the interval of its smallest contrast."""
    within = -relevant <= low and high <= relevant
    if test == "equivalence":
        return "expected" if within else "opposite" if low > relevant or high < -relevant else "unresolved"
    if low > bound(relevant, test):
        return "expected"
    if high < -relevant:
        return "opposite"
    return "negligible" if within and test != "non_inferiority" else "unresolved"


def share_trial(values: Array, above: float, in_share: tuple[float, float]) -> Trial:
    """Return what the share of runs above a value shows, with its Wilson interval; expected inside a range."""
    known = values[np.isfinite(values)]
    if known.size < LEAST_RUNS:
        return Trial("unresolved", math.nan, math.nan, math.nan, int(known.size))
    many = int((known > above).sum())
    result = stats.binomtest(many, known.size).proportion_ci(CONFIDENCE, method="wilson")
    low, high = float(result.low), float(result.high)
    low, high = (0.0 if many == 0 else low), (1.0 if many == known.size else high)
    outcome: Outcome = "unresolved"
    if in_share[0] <= low and high <= in_share[1]:
        outcome = "expected"
    elif high < in_share[0] or low > in_share[1]:
        outcome = "opposite"
    chance = 0.0
    if in_share[0] > 0.0:
        chance = float(stats.binomtest(many, known.size, in_share[0], alternative="greater").pvalue)
    if in_share[1] < 1.0:
        chance = max(chance, float(stats.binomtest(many, known.size, in_share[1], alternative="less").pvalue))
    return Trial(outcome, many / known.size, low, high, int(known.size), chance)


def settings_outcomes(effects: Array, relevant: float, test: TestKind = "direction") -> dict[str, float]:
    """Return the shares of settings by the outcome of their mean effects (settings,); NaN where none is known."""
    known = [interval_outcome(effect, effect, relevant, test) for effect in effects[np.isfinite(effects)]]
    shares: tuple[Outcome, ...] = ("expected", "negligible", "opposite")
    return {name: known.count(name) / len(known) if known else math.nan for name in shares}


def _above(distance: float, error: float, size: int) -> float:
    """Return the chance of a mean so far above a bound, or farther, if the bound were the truth."""
    if error == 0.0:
        return 0.0 if distance > 0 else 1.0
    return float(stats.t.sf(distance / error, size - 1))
