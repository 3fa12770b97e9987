"""What twin worlds say about a pair of scenarios: every outcome with its difference, and one of five verdicts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from qsim.comparison.worlds import TwinWorlds
from qsim.measures.catalogue import OUTCOMES, Measure
from qsim.runs.execution import Tables
from qsim.runs.intervals import CONFIDENCE, Array, paired, variance_saved
from qsim.runs.standards import Standards
from qsim.runs.to_json import Hidden
from qsim.scenario.schema import Scenario

Verdict = Literal["clearly", "probably", "equal", "undecided", "trade_off"]
"""Clearly better, probably better, practically equal, undecided, or better at the cost of something else."""


@dataclass(frozen=True)
class OutcomeComparison:
    """What one outcome says about two scenarios: levels, and the difference, second minus first, with its interval.

    The shares count the twin worlds and the plausible settings in which the second has more of it; no difference counts
    half. ``smallest_relevant`` is the difference, in the outcome's unit, below which nobody would notice.
    """

    measure: Hidden[Measure]
    levels: tuple[float, ...]
    difference: float
    low: float
    high: float
    share_worlds: float
    share_settings: float
    smallest_relevant: float

    def gain(self) -> tuple[float, float]:
        """Return the interval of what the second scenario does better; NaN if more of it is neither good nor bad."""
        if self.measure.higher_is_better is None:
            return math.nan, math.nan
        return (self.low, self.high) if self.measure.higher_is_better else (-self.high, -self.low)

    def is_clearly_worse(self, index: int) -> bool:
        """Whether scenario ``index`` (0 or 1) is worse by more than the smallest relevant difference."""
        low, high = self.gain()
        return high < -self.smallest_relevant if index == 1 else low > self.smallest_relevant


def judge(
    primary: OutcomeComparison, others: Sequence[OutcomeComparison], standards: Standards | None = None
) -> tuple[Verdict, int]:
    """Return the verdict on the primary outcome, and the index of the better scenario, -1 if there is none.

    Clearly: the whole interval lies beyond the smallest relevant difference, in at least 90 of 100 settings. Equal: it
    lies within that difference on both sides. Probably: it lies beyond zero, in at least 75 of 100. A trade-off: clearly
    or probably better, but clearly worse in one of ``others``. Else it is undecided, as where intervals are missing.
    Where settings were not varied (their share is NaN) the interval alone decides. ``standards`` may ask for other shares.
    """
    asked = standards or Standards()
    low, high = primary.gain()
    relevant = primary.smallest_relevant
    better = 1 if low > 0 else 0
    least = low if better else -high
    agrees = primary.share_settings if bool(better) == primary.measure.higher_is_better else 1 - primary.share_settings
    if math.isnan(agrees):
        agrees = 1.0
    verdict: Verdict
    if least > relevant and agrees >= asked.clearly:
        verdict = "clearly"
    elif low > -relevant and high < relevant:
        return "equal", -1
    elif least > 0 and agrees >= asked.probably:
        verdict = "probably"
    else:
        return "undecided", -1
    if any(other.is_clearly_worse(better) for other in others):
        return "trade_off", better
    return verdict, better


PRIMARY = "joint_practice"
KEY_OUTCOMES = tuple(measure.name for measure in OUTCOMES if measure.key)
"""What must not get clearly worse where the primary outcome gets better, or the verdict is a trade-off."""

ROUNDING = 1e-12
"""Differences that come from the order of sums; they are none."""

Pair = tuple[int, int]
"""The places of two scenarios; differences are second minus first."""

NUMBERS = ("difference", "low", "high", "share_worlds", "share_settings", "smallest_relevant")


@dataclass(frozen=True)
class Comparison:
    """What twin worlds say about two scenarios; differences are second minus first.

    ``better`` is the index of the better scenario, -1 if there is none; ``outcome`` names the primary one of ``outcomes``.
    ``replications`` counts the twin worlds, ``settings`` the plausible settings they lie in (1 if what nobody knows was
    not varied beyond each world's own draw). ``variance_saved`` is (Var A + Var B) / Var(A - B),
    ``confidence`` that of all intervals.
    """

    scenarios: Hidden[tuple[Scenario, ...]]
    outcome: Hidden[str]
    verdict: Verdict
    better: int
    replications: Hidden[int]
    settings: Hidden[int]
    variance_saved: float
    confidence: float
    outcomes: dict[str, OutcomeComparison]

    @property
    def primary(self) -> OutcomeComparison:
        """What the outcome that decides says; raise KeyError if it is missing."""
        return self.outcomes[self.outcome]


def judge_pair(
    worlds: TwinWorlds, pair: Pair, standards: Standards, confidence: float = CONFIDENCE
) -> tuple[Verdict, int]:
    """Return the verdict on two scenarios, by their places, and which is better: 0 the first of them, 1 the other, -1 none."""
    rows = {
        measure.name: compare_outcome(worlds, pair, measure, standards, confidence)
        for measure in OUTCOMES
        if measure.name in (PRIMARY, *KEY_OUTCOMES)
    }
    return judge(rows[PRIMARY], [rows[name] for name in KEY_OUTCOMES], standards)


def compare_pair(
    worlds: TwinWorlds, pair: Pair, standards: Standards, confidence: float = CONFIDENCE
) -> Comparison:  # fmt: skip
    """Return all that the worlds so far say about two scenarios, by their places."""
    rows = {measure.name: compare_outcome(worlds, pair, measure, standards, confidence) for measure in OUTCOMES}
    first, second = pair
    verdict, better = judge(rows[PRIMARY], [rows[name] for name in KEY_OUTCOMES], standards)
    return Comparison(
        scenarios=(worlds.results[first].scenario, worlds.results[second].scenario),
        outcome=PRIMARY,
        verdict=verdict,
        better=better,
        replications=len(worlds.results[first].rows),
        settings=worlds.settings if worlds.plausible else 1,
        variance_saved=variance_saved(worlds.outcome(first, PRIMARY), worlds.outcome(second, PRIMARY)),
        confidence=confidence,
        outcomes={name: row for name, row in rows.items() if np.isfinite(row.levels).any()},
    )


def compare_outcome(
    worlds: TwinWorlds, pair: Pair, measure: Measure, standards: Standards, confidence: float
) -> OutcomeComparison:
    """Return what one outcome says about two scenarios, by their places."""
    first, second = (worlds.outcome(place, measure.name) for place in pair)
    relevant = standards.smallest_relevant(measure, worlds.twins[0])
    return outcome_of_twins(measure, first, second, relevant, confidence, worlds.plausible)


def outcome_of_twins(
    measure: Measure,
    first: Array,
    second: Array,
    relevant: float,
    confidence: float = CONFIDENCE,
    plausible: bool = True,
) -> OutcomeComparison:
    """Return what the values of an outcome in twin worlds (settings, replicates) say, in two scenarios or versions."""
    apart = second - first
    result = paired(np.where(np.abs(apart) < ROUNDING, 0.0, apart), confidence)
    result = result if plausible else result._replace(share_settings=float("nan"))
    return OutcomeComparison(measure, (_level(first), _level(second)), *result, relevant)


def _level(values: Array) -> float:
    known = values[np.isfinite(values)]
    return float(known.mean()) if known.size else float("nan")


def store_comparison(store: Tables, comparisons: Sequence[Comparison]) -> None:
    """Write the table ``comparison``: one row a pair of scenarios and outcome."""
    for comparison in comparisons:
        rows = [
            {
                "first": comparison.scenarios[0].id,
                "second": comparison.scenarios[1].id,
                "outcome": name,
                "first_level": row.levels[0],
                "second_level": row.levels[1],
                **{number: getattr(row, number) for number in NUMBERS},
                "verdict": comparison.verdict if name == comparison.outcome else "",
            }
            for name, row in comparison.outcomes.items()
        ]
        store.append("comparison", pd.DataFrame(rows))
