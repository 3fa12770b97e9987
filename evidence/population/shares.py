"""What a population adds up to: shares of municipalities with Wilson intervals, and the levels at which shares are met."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from scipy import stats

from evidence.population.population import GRADED, LEVELS, READINGS, SELF_REPORT
from qsim.runs.intervals import CONFIDENCE

Array = np.ndarray[Any, np.dtype[np.float64]]


class Estimate(NamedTuple):
    """A number with its 95 % interval; NaN where there is none."""

    value: float
    low: float
    high: float


def share_of(true: int, number: int) -> Estimate:
    """Return the share ``true / number`` with its Wilson interval; raise ValueError unless 0 <= true <= number, 0 < number."""
    if not 0 <= true <= number or number == 0:
        raise ValueError(f"{true} of {number} is no share")
    low, high = stats.binomtest(true, number).proportion_ci(CONFIDENCE, "wilson")
    return Estimate(true / number, float(low), float(high))


def share_reaching(values: Array, level: float) -> Estimate:
    """Return the share of values (n,) that are at a level or above."""
    return share_of(int((values >= level).sum()), len(values))


def level_reached(values: Array, share: float) -> Estimate:
    """Return the level that this share of values (n,) reaches, with the interval between order statistics.

    The interval supposes nothing of how the values are distributed. Where fewer than this share are above zero nothing
    is such a level, and all is NaN.
    """
    ordered = np.sort(values)
    number, below = len(ordered), 1.0 - share
    if (ordered > 0.0).mean() < share:
        return Estimate(math.nan, math.nan, math.nan)
    tail = (1.0 - CONFIDENCE) / 2.0
    low = max(int(stats.binom.ppf(tail, number, below)) - 1, 0)
    high = min(int(stats.binom.ppf(1.0 - tail, number, below)), number - 1)
    return Estimate(float(np.quantile(ordered, below)), float(ordered[low]), float(ordered[high]))


class Graded(NamedTuple):
    """Of something that has a level: the share of municipalities at each of LEVELS, and the level of the self-report."""

    name: str
    shares: tuple[Estimate, ...]
    level: Estimate


class Reading(NamedTuple):
    """A reading of the self-report: who would say yes, and the means of what is behind the yes and behind the no.

    ``behind`` and ``without`` hold considered, done, jointly done; NaN where nobody says yes, or everybody.
    """

    name: str
    share: Estimate
    behind: tuple[float, float, float]
    without: tuple[float, float, float]


def graded(population: pd.DataFrame) -> list[Graded]:
    """Return the shares and levels of each of GRADED."""
    found = []
    for name in GRADED:
        values = population[name].to_numpy(np.float64)
        shares = tuple(share_reaching(values, level) for level in LEVELS)
        found.append(Graded(name, shares, level_reached(values, SELF_REPORT)))
    return found


def readings(population: pd.DataFrame) -> list[Reading]:
    """Return each of READINGS with its share."""
    found = []
    for name in READINGS:
        yes = population[name].to_numpy(bool)
        share = share_of(int(yes.sum()), len(yes))
        found.append(Reading(name, share, _means(population[yes]), _means(population[~yes])))
    return found


def _means(population: pd.DataFrame) -> tuple[float, float, float]:
    if population.empty:
        return math.nan, math.nan, math.nan
    first, second, third = (float(population[name].mean()) for name in ("considered", "practice", "joint_practice"))
    return first, second, third


def records(population: pd.DataFrame) -> dict[str, Any]:
    """Return what :func:`graded` and :func:`readings` say as plain objects; what is missing is None."""
    return {
        "municipalities": len(population),
        "self_report": SELF_REPORT,
        "levels": [
            {
                "measure": entry.name,
                "shares": [
                    {"level": level, **_estimate(share)} for level, share in zip(LEVELS, entry.shares, strict=True)
                ],
                "level_of_self_report": _estimate(entry.level),
            }
            for entry in graded(population)
        ],
        "readings": [
            {
                "reading": entry.name,
                **_estimate(entry.share),
                "behind_yes": _behind(entry.behind),
                "behind_no": _behind(entry.without),
            }
            for entry in readings(population)
        ],
    }


def _estimate(found: Estimate) -> dict[str, float | None]:
    return dict(zip(("value", "low", "high"), _known(found), strict=True))


def _behind(means: Sequence[float]) -> dict[str, float | None]:
    return dict(zip(("considered", "practice", "joint_practice"), _known(means), strict=True))


def _known(values: Sequence[float]) -> list[float | None]:
    return [None if math.isnan(value) else value for value in values]
