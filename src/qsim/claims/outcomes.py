"""From twin worlds in many settings to the outcome of a test: the smallest contrast, its interval, and who agrees."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import numpy as np
from scipy import stats

from qsim.claims.schema import TestKind
from qsim.runs.intervals import CONFIDENCE, setting_levels, share_of_settings
from qsim.runs.readings import Array
from qsim.runs.to_json import Hidden, Real

Outcome = Literal["expected", "negligible", "opposite", "depends_on_scale", "unresolved", "not_applicable"]

AGREE = 0.75
"""The share of settings that must agree with an outcome as expected, or opposite."""

LEAST_SETTINGS = 2


@dataclass(frozen=True)
class Trial:
    """What a test shows in one variant of the model.

    ``effect`` is the smallest contrast, for an existence the share of runs, with its 95 % interval over ``settings``; ``agree``
    is the share of settings that agree with what is expected. ``scales`` has what it shows on each, if it is tested on two; the
    other numbers are then those of the first. ``chance`` is the probability of so large an effect if there were none beyond
    the smallest relevant difference; ``weakest`` is the index of the smallest contrast.
    """

    outcome: Outcome
    effect: Real
    low: Real
    high: Real
    agree: Real
    settings: int
    scales: dict[str, Trial] = field(default_factory=dict)
    chance: Hidden[float] = 1.0
    weakest: Hidden[int] = 0


def trial_numbers(trial: Trial) -> dict[str, Any]:
    """Return what tables have of a trial."""
    return {name: getattr(trial, name) for name in ("outcome", "effect", "low", "high", "agree", "settings")}


def unknown(outcome: Outcome, settings: int = 0) -> Trial:
    """Return a trial without numbers."""
    return Trial(outcome, math.nan, math.nan, math.nan, math.nan, settings)


NOT_APPLICABLE = unknown("not_applicable")
"""Where a variant of the model says nothing on a test."""


def contrast_trial(contrasts: Array, relevant: float, test: TestKind = "direction") -> Trial:
    """Return what contrasts (contrasts, settings, twins) show; NaN marks worlds in which an outcome is missing.

    A contrast has one mean a setting, over its twins. The effect is the contrast with the smallest mean over settings; its
    interval is that of Student's t over settings, with the error divided by the number of contrasts (Bonferroni).
    """
    means = np.stack([setting_levels(one) for one in contrasts])
    counts = np.isfinite(means).sum(axis=1)
    if counts.min() < LEAST_SETTINGS:
        return unknown("unresolved", int(counts.min()))
    weakest = int(np.argmin(np.nanmean(means, axis=1)))
    values = means[weakest][np.isfinite(means[weakest])]
    mean, error = float(values.mean()), float(values.std(ddof=1)) / math.sqrt(values.size)
    half = float(stats.t.isf((1 - CONFIDENCE) / 2 / len(contrasts), values.size - 1)) * error
    low, high = mean - half, mean + half
    outcome = interval_outcome(low, high, relevant, test)
    agree, against = agreement(contrasts[weakest], relevant, test, mean)
    if (outcome == "expected" and agree < AGREE) or (outcome == "opposite" and against < AGREE):
        outcome = "unresolved"
    if test == "equivalence":
        chance = max(_above(mean + relevant, error, values.size), _above(relevant - mean, error, values.size))
    else:
        chance = min(1.0, len(contrasts) * _above(mean - bound(relevant, test), error, values.size))
    return Trial(outcome, mean, low, high, agree, int(values.size), chance=chance, weakest=weakest)


def bound(relevant: float, test: TestKind) -> float:
    """Return what the smallest contrast of a test is expected above: its relevant difference, or the negative of it."""
    return -relevant if test == "non_inferiority" else relevant


def interval_outcome(low: float, high: float, relevant: float, test: TestKind) -> Outcome:
    """Return the outcome of a test as the interval of its smallest contrast has it, whatever settings agree."""
    within = -relevant <= low and high <= relevant
    if test == "equivalence":
        return "expected" if within else "opposite" if low > relevant or high < -relevant else "unresolved"
    if low > bound(relevant, test):
        return "expected"
    if high < -relevant:
        return "opposite"
    return "negligible" if within and test != "non_inferiority" else "unresolved"


def agreement(contrast: Array, relevant: float, test: TestKind, mean: float) -> tuple[float, float]:
    """Return the shares of settings, freed of chance, that agree with what is expected, and with the opposite.

    By their own difference above zero and below it; for a non-inferiority above and below the negative of the relevant
    difference; for an equivalence within it, and beyond it on the side of the ``mean``.
    """
    if test == "equivalence":
        above, below = share_of_settings(contrast, relevant), 1.0 - share_of_settings(contrast, -relevant)
        return max(1.0 - above - below, 0.0), above if mean > 0 else below
    above = share_of_settings(contrast, -relevant if test == "non_inferiority" else 0.0)
    return above, 1.0 - above


def on_both_scales(trials: dict[str, Trial]) -> Trial:
    """Return what a test shows by its trials on each scale, of which the first is told: one outcome only if all say so."""
    first, *others = trials.values()
    if not others:
        return first
    same = all(one.outcome == first.outcome for one in others)
    chance = max(one.chance for one in trials.values())
    return replace(first, outcome=first.outcome if same else "depends_on_scale", scales=trials, chance=chance)


def is_settled(trial: Trial) -> bool:
    """Return whether a trial says something on each of its scales."""
    return all(one.outcome != "unresolved" for one in trial.scales.values() or (trial,))


def share_trial(values: Array, above: float, in_share: tuple[float, float]) -> Trial:
    """Return what the share of runs (settings, twins) above a value shows, expected inside a range.

    Its interval is Wilson's for as many independent runs as say the same: runs of one setting are alike, so that there are
    fewer than were done, at least as many as settings (Kish 1965).
    """
    reached = np.where(np.isfinite(values), values > above, np.nan)
    shares = setting_levels(reached)
    shares, runs = shares[np.isfinite(shares)], int(np.isfinite(reached).sum())
    if shares.size < LEAST_SETTINGS:
        return unknown("unresolved", shares.size)
    share, spread = float(np.nanmean(reached)), float(shares.var(ddof=1)) / shares.size
    alone = share * (1.0 - share)
    number = (
        round(float(np.clip(alone / spread, shares.size, runs))) if spread > 0 else runs if alone > 0 else shares.size
    )
    low, high = wilson(share, number)
    outcome: Outcome = "unresolved"
    if in_share[0] <= low and high <= in_share[1]:
        outcome = "expected"
    elif high < in_share[0] or low > in_share[1]:
        outcome = "opposite"
    many = round(share * number)
    too_few = float(stats.binom.sf(many - 1, number, in_share[0])) if in_share[0] > 0.0 else 0.0
    too_many = float(stats.binom.cdf(many, number, in_share[1])) if in_share[1] < 1.0 else 0.0
    return Trial(outcome, share, low, high, math.nan, shares.size, chance=max(too_few, too_many))


def wilson(share: float, number: float) -> tuple[float, float]:
    """Return Wilson's interval of a share among so many; it ends at 0 and 1 where all are alike."""
    z = float(stats.norm.isf((1 - CONFIDENCE) / 2))
    middle = (share + z**2 / (2 * number)) / (1 + z**2 / number)
    half = z / (1 + z**2 / number) * math.sqrt(share * (1 - share) / number + z**2 / (4 * number**2))
    return (0.0 if share == 0.0 else middle - half), (1.0 if share == 1.0 else middle + half)


def _above(distance: float, error: float, size: int) -> float:
    """Return the chance of a mean so far above a bound, or farther, if the bound were the truth."""
    if error == 0.0:
        return 0.0 if distance > 0 else 1.0
    return float(stats.t.sf(distance / error, size - 1))
