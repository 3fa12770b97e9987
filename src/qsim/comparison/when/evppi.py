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

from qsim.comparison.when.drawn import Drawn
from qsim.runs.designs import Variable
from qsim.runs.intervals import Array, interval

DEGREE = 3
"""The degree of the polynomial by which an outcome follows a number."""

ALMOST_ONE = 1.0 - 1e-9


def foretold(factor: Variable, values: Array, outcomes: Array) -> Array:
    """Return what the regression on a factor (settings,) foretells of outcomes (settings, outcomes), each from the others.

    The residual of a setting that the regression has not seen is r / (1 - h), with its leverage h (Allen 1974), so that
    one regression does for all.
    """
    basis = _basis(factor, values)
    leverage = np.minimum((basis**2).sum(axis=1, keepdims=True), ALMOST_ONE)
    residual = outcomes - basis @ (basis.T @ outcomes)
    return np.asarray(outcomes - residual / (1.0 - leverage))


def others_mean(outcomes: Array) -> Array:
    """Return for each setting the mean over all others (settings, outcomes)."""
    return np.asarray((outcomes.sum(axis=0) - outcomes) / (len(outcomes) - 1))


def effect_chance(factor: Variable, values: Array, outcomes: Array) -> float:
    """Return the p-value of the F-test that no outcome (settings, outcomes) depends on a factor (settings,).

    Of several outcomes it is the smallest one, times their number.
    """
    basis = _basis(factor, values)
    more, rest = basis.shape[1] - 1, len(values) - basis.shape[1]
    if more < 1 or rest < 1:
        return 1.0
    whole = ((outcomes - outcomes.mean(axis=0)) ** 2).sum(axis=0)
    left = ((outcomes - basis @ (basis.T @ outcomes)) ** 2).sum(axis=0)
    moved = whole > 0.0
    if not moved.any():
        return 1.0
    ratio = np.divide(whole - left, left, out=np.full(len(left), np.inf), where=left > 0.0)[moved] * rest / more
    return float(min(1.0, stats.f.sf(ratio, more, rest).min() * outcomes.shape[1]))


def _basis(factor: Variable, values: Array) -> Array:
    """Return orthonormal columns (settings, columns): a constant and a polynomial of a number, or one column a level."""
    different = np.unique(values)
    if factor.categorical:
        design = (values[:, None] == different).astype(np.float64)
    else:
        middle, half = 0.5 * (different[0] + different[-1]), 0.5 * (different[-1] - different[0])
        design = legendre.legvander((values - middle) / (half or 1.0), min(DEGREE, len(different) - 1))
    return np.asarray(np.linalg.qr(design)[0])


CHANCE = 0.05
"""A factor moves the difference if so large an effect by chance is less likely, over all factors together."""

LEAST_SETTINGS = 30


class Everything(NamedTuple):
    """The value of knowing all of a setting, though not of its worlds, lies between two numbers.

    ``least`` is what choosing by one world brings in another one of the same setting; ``most`` what choosing and judging
    in the same worlds seems to bring, which takes stochastic variability for knowledge.
    """

    least: float
    most: float


@dataclass(frozen=True)
class Evppi:
    """The expected value of partial perfect information on each factor, arrays (factors,), in the outcome's unit.

    ``value`` has the 95 % interval ``low`` to ``high``; ``explained`` is the share of the variance of the differences from
    the best scenario that a factor foretells in settings not seen, ``chance`` how likely its effect is by chance.
    ``best`` is the scenario that is best on average, ``settings`` how many were used. ``everything`` is None with one
    world a setting.
    """

    factors: tuple[Variable, ...]
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
        result = np.flatnonzero(self.chance <= CHANCE / max(len(self.factors), 1))
        return tuple(sorted(map(int, result), key=lambda place: -float(self.explained[place])))

    @property
    def valuable(self) -> tuple[int, ...]:
        """The factors that move the differences and whose value is above zero beyond chance, the largest first."""
        result = [place for place in self.moving if self.low[place] > 0.0]
        return tuple(sorted(result, key=lambda place: -float(self.value[place])))


def evppi(table: Drawn, levels: Array) -> Evppi:
    """Return the EVPPI of each factor of a table, from what scenarios achieve (scenarios, settings, worlds).

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
    columns = [_one(factor, table.values[known, place], means, apart) for place, factor in enumerate(table.factors)]
    value, low, high, explained, chance = np.array(columns, dtype=np.float64).reshape(-1, 5).T
    everything = _everything(levels[:, known])
    return Evppi(table.factors, best, value, low, high, explained, chance, everything, int(known.sum()))


def _one(factor: Variable, values: Array, means: Array, apart: Array) -> tuple[float, float, float, float, float]:
    """Return value, its interval, the explained share and its chance for one factor."""
    rows = np.arange(len(means))
    informed = means[rows, foretold(factor, values, means).argmax(axis=1)]
    gains = informed - means[rows, others_mean(means).argmax(axis=1)]
    low, high = interval(gains)
    left = float(((apart - foretold(factor, values, apart)) ** 2).sum())
    spread = float(((apart - others_mean(apart)) ** 2).sum())
    explained = 1.0 - left / spread if spread > 0.0 else 0.0
    return float(gains.mean()), low, high, explained, effect_chance(factor, values, apart)


def _everything(levels: Array) -> Everything | None:
    """Return the value of knowing a setting, from levels (scenarios, settings, worlds); None with one world in each."""
    worlds = levels.shape[2]
    if worlds < 2:
        return None
    means = levels.mean(axis=2)
    best = int(means.mean(axis=1).argmax())
    gains = []
    for world in range(worlds):
        chosen = np.delete(levels, world, axis=2).mean(axis=2).argmax(axis=0)
        judged = levels[:, :, world]
        gains.append(float((np.take_along_axis(judged, chosen[None, :], axis=0)[0] - judged[best]).mean()))
    most = float((means.max(axis=0) - means[best]).mean())
    return Everything(max(float(np.mean(gains)), 0.0), most)
