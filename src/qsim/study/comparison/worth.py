"""The expected value of knowing an unknown before choosing: how much better one would choose, one unknown at a time.

E_x[max_k E[Y_k | x]] - max_k E[Y_k] over scenarios k, in the unit of the outcome Y (Raiffa and Schlaifer 1961): the
expected value of partial perfect information. E[Y_k | x] is a regression on x alone over one set of runs (Strong, Oakley
and Brennan 2014). Their plug-in estimate has an upward bias: the largest of fitted means is larger than the largest mean,
even where x says nothing. So each setting is decided by the regression on all others, and what it is worth is read from
what happened there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.polynomial import legendre
from scipy import stats

from qsim.study.comparison.drawn import Drawn
from qsim.study.comparison.paired import Array, interval
from qsim.study.discovery.cases import Factor

DEGREE = 3
"""The degree of the polynomial by which an outcome follows a number."""

CHANCE = 0.05
"""A factor counts as moving the difference if so large an effect by chance is less likely, over all factors together."""

LEAST_SETTINGS = 30


class Everything(NamedTuple):
    """The value of knowing all of a setting, but not luck.

    ``least`` is what choosing by one world brings in another one of the same setting, ``most`` what choosing and judging
    in the same worlds seems to bring; the value lies between.
    """

    least: float
    most: float


@dataclass(frozen=True)
class Worth:
    """What each factor is worth knowing, arrays (factors,), in the outcome's unit.

    ``value`` has the 95 % interval ``low`` to ``high``; ``explained`` is the share of the variance of the differences to
    the best scenario that a factor foretells in settings not seen, ``chance`` how likely its effect is by chance.
    ``best`` is the scenario that is best on average, ``settings`` how many were used.
    """

    factors: tuple[Factor, ...]
    best: int
    value: Array
    low: Array
    high: Array
    explained: Array
    chance: Array
    everything: Everything | None
    settings: int

    @property
    def moving(self) -> tuple[int, ...]:
        """The factors that move the differences beyond chance, the one that explains most first."""
        found = np.flatnonzero(self.chance <= CHANCE / max(len(self.factors), 1))
        return tuple(sorted(map(int, found), key=lambda place: -float(self.explained[place])))

    @property
    def worthwhile(self) -> tuple[int, ...]:
        """The factors that move the differences and whose value is above zero beyond chance, the largest first."""
        found = [place for place in self.moving if self.low[place] > 0.0]
        return tuple(sorted(found, key=lambda place: -float(self.value[place])))


def worth(table: Drawn, levels: Array) -> Worth:
    """Return what each factor of a table is worth knowing, from what scenarios achieve (scenarios, settings, worlds).

    More is better. Settings in which a scenario has no outcome do not count. Raise ValueError for fewer than two
    scenarios or fewer than 30 settings.
    """
    known = np.isfinite(levels).all(axis=(0, 2))
    if len(levels) < 2:
        raise ValueError("the value of knowing is that of choosing between two scenarios or more")
    if known.sum() < LEAST_SETTINGS:
        raise ValueError(f"{known.sum()} settings are too few; the value of knowing takes {LEAST_SETTINGS} or more")
    means = levels[:, known].mean(axis=2).T
    best = int(np.argmax(means.mean(axis=0)))
    apart = np.delete(means, best, axis=1) - means[:, [best]]
    uninformed = _others_mean(means).argmax(axis=1)
    columns = [
        _one(factor, table.values[known, place], means, apart, uninformed) for place, factor in enumerate(table.factors)
    ]
    value, low, high, explained, chance = np.array(columns, dtype=np.float64).reshape(-1, 5).T
    return Worth(
        table.factors, best, value, low, high, explained, chance, _everything(levels[:, known]), int(known.sum())
    )


def _one(
    factor: Factor, values: Array, means: Array, apart: Array, uninformed: np.ndarray
) -> tuple[float, float, float, float, float]:
    """Return value, its interval, the explained share and its chance for one factor."""
    foretold = _foretold(factor, values, means)
    rows = np.arange(len(means))
    gains = means[rows, foretold.argmax(axis=1)] - means[rows, uninformed]
    low, high = interval(gains)
    left = apart - _foretold(factor, values, apart)
    spread = float(((apart - _others_mean(apart)) ** 2).sum())
    explained = 1.0 - float((left**2).sum()) / spread if spread > 0.0 else 0.0
    return float(gains.mean()), low, high, explained, _chance(factor, values, apart)


def _foretold(factor: Factor, values: Array, outcomes: Array) -> Array:
    """Return what a regression on one factor foretells (settings, outcomes) for each setting from all others.

    By the identity of the left-out residual, r_i / (1 - h_i), with the leverage h_i, one regression does for all.
    """
    basis = _basis(factor, values)
    leverage = np.minimum((basis**2).sum(axis=1, keepdims=True), 1.0 - 1e-9)
    residual = outcomes - basis @ (basis.T @ outcomes)
    return np.asarray(outcomes - residual / (1.0 - leverage))


def _others_mean(outcomes: Array) -> Array:
    """Return for each setting the mean of all others (settings, outcomes)."""
    count = len(outcomes)
    return np.asarray((outcomes.sum(axis=0) - outcomes) / (count - 1))


def _basis(factor: Factor, values: Array) -> Array:
    """Return orthonormal columns (settings, columns): a constant and a polynomial of a number, or one column a level."""
    different = np.unique(values)
    if factor.categorical:
        design = (values[:, None] == different).astype(np.float64)
    else:
        middle, half = 0.5 * (different[0] + different[-1]), 0.5 * (different[-1] - different[0])
        scaled = (values - middle) / (half or 1.0)
        design = legendre.legvander(scaled, min(DEGREE, len(different) - 1))
    return np.asarray(np.linalg.qr(design)[0])


def _chance(factor: Factor, values: Array, apart: Array) -> float:
    """Return the p-value of the F-test that no difference depends on the factor, the smallest times their number."""
    basis = _basis(factor, values)
    more, rest = basis.shape[1] - 1, len(values) - basis.shape[1]
    if more < 1 or rest < 1:
        return 1.0
    whole = ((apart - apart.mean(axis=0)) ** 2).sum(axis=0)
    left = ((apart - basis @ (basis.T @ apart)) ** 2).sum(axis=0)
    some = left > 0.0
    if not some.any():
        return 0.0 if (whole > 0.0).any() else 1.0
    ratio = ((whole - left)[some] / more) / (left[some] / rest)
    return float(min(1.0, stats.f.sf(ratio, more, rest).min() * apart.shape[1]))


def _everything(levels: Array) -> Everything | None:
    """Return the value of knowing a setting, from levels (scenarios, settings, worlds); None with one world in each."""
    worlds = levels.shape[2]
    if worlds < 2:
        return None
    means = levels.mean(axis=2)
    most = float(means.max(axis=0).mean() - means.mean(axis=1).max())
    gains = []
    for world in range(worlds):
        others = np.delete(levels, world, axis=2).mean(axis=2)
        uninformed = int(means.mean(axis=1).argmax())
        judged = levels[:, :, world]
        chosen = np.take_along_axis(judged, others.argmax(axis=0)[None, :], axis=0)[0]
        gains.append(float((chosen - judged[uninformed]).mean()))
    return Everything(max(float(np.mean(gains)), 0.0), most)
