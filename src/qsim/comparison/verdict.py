"""The five verdicts of a comparison, and the rules by which one of them is given."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from qsim.measures.catalogue import Measure
from qsim.runs.standards import Standards

Verdict = Literal["clearly", "probably", "equal", "undecided", "trade_off"]
"""Clearly better, probably better, practically equal, undecided, or better at the cost of something else."""


@dataclass(frozen=True)
class OutcomeComparison:
    """What one outcome says about two scenarios: levels, and the difference, second minus first, with its interval.

    The shares count the twin worlds and the plausible settings in which the second has more of it; no difference counts
    half. ``smallest_relevant`` is the difference, in the outcome's unit, below which nobody would notice.
    """

    measure: Measure
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
