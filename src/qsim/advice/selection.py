"""The best of some alternatives, as a group that cannot be told apart, by sequential tests in pairs on common random numbers.

Nothing here knows what an alternative is: a function gives the next observations of those that are still in, all of them in the
same settings and with the same luck. After each batch every pair is looked at (Kim and Nelson 2001, ACM Transactions on Modeling
and Computer Simulation 11(3), procedure KN with c = 1). With d_r(i, l) the observation r of i less that of l and mu(i, l) its
mean, delta the smallest relevant difference, and what may be ``forgone`` (0, usually),

    w_r(i, l) = sum over the first r observations of d(i, l) + r (delta - forgone) / 2,       lambda = (delta + forgone) / 2,
    H_r(i, l) = max(0, h^2 S^2(i, l) / (2 lambda) - lambda r / 2):

- w < -H: i is **out**: it is worse than l (mu(i, l) < forgone),
- w >= H: i is **not worse** than l by delta (mu(i, l) > -delta), and l cannot put it out any more,
- else more is to be seen. Whatever is the case, H is zero at last, and every pair is decided.

It ends with one left, with a group in which each is not worse than each other by delta, or when no more may be observed.

*The constants.* Let mu(i, l) >= forgone. Then w drifts upwards by at least lambda. A Brownian motion with this drift and variance
sigma^2 leaves the triangle |x| < a - lambda r / 2 on the wrong side with a probability of at most exp(-a lambda / sigma^2) / 2,
whenever it is looked at (Fabian 1974, Annals of Statistics 2(1); Jennison, Johnstone and Turnbull 1982). With
a = h^2 S^2 / (2 lambda), h^2 = 2 eta (n_0 - 1) and S^2 the variance of n_0 normal differences, which is independent of their sum,
this is exp(-eta chi^2) / 2 with n_0 - 1 degrees of freedom, in the mean (1 + 2 eta)^(-(n_0 - 1) / 2) / 2. It is to be
beta = alpha / (k - 1) for each of the k - 1 pairs with the best, so eta = ((2 beta)^(-2 / (n_0 - 1)) - 1) / 2. The other mistake,
that l is taken for not worse though mu(l, best) <= -delta, has the same bound, and both cannot happen to one pair: where the best
would leave for l, l had been taken for not worse before. So, whatever the means are, with a probability of at least 1 - alpha
the best is in the group and each of the group is within delta of it, if nothing may be forgone.

With ``forgone`` = delta both tests are one, and this is procedure KN itself, which needs a quarter of the observations where
means are alike: one is left, the best if no other is within delta of it; equals are put out by chance.

*Where differences are not normal*, n_0 of them may have seen too little. S^2 is therefore that of all observations so far where
this is larger. It only widens the triangle, costs a fifth more observations, and keeps the promise for lognormal differences.

*Settings that run out.* With ``settings`` observation n is one of setting n modulo ``settings``; after the last they start again
with other luck, for which ``observe`` cares. The tests are about the mean over these settings, whose sum after each pass holds no
chance but luck, so they are more careful than they need to be. Intervals are those of means of settings, and hold for other
settings of the same kind, too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import numpy as np
from scipy.special import stdtrit

from qsim.measures.outcomes import mean_of_known
from qsim.runs.intervals import Array

Ending = Literal["best", "group", "budget"]
Observe = Callable[[Sequence[int], int, int], Array]
"""(alternatives still in, first observation, how many) -> observations (alternatives, how many), more is better.

The columns of all alternatives lie in the same settings and have the same luck, whoever else is in.
"""


class Exit(NamedTuple):
    """An alternative that is out: its ``place`` among all, ``by`` whom it is beaten most, and ``after`` how many observations."""

    place: int
    by: int
    after: int


@dataclass(frozen=True)
class Selection:
    """What was seen of k alternatives; arrays are (k,) in their order, in the unit of the observations.

    ``group``: who cannot be told apart at the top, the highest mean first. ``stopped``: ``best``: one is left; ``group``: with
    a confidence of 1 - alpha the best is in the group, and each of it is within delta of the best; ``budget``: the best
    is in the group, and more observations would make it smaller or tell that all are within delta. ``out``: the others, the
    first to leave first. ``order``: all, the group by mean, then the others by what they lack to the best.

    ``observations`` were taken of each, and ``means`` are over their settings. ``differences`` are to the highest mean in the
    group, in the settings that both have, with Student's interval ``low`` to ``high`` for each by itself. ``best_share``: in
    which share of its settings an alternative is the best of those observed there (equals share it); ``regret_90`` and
    ``regret_largest``: by how much it is worse than the best in nine of ten of its settings at most, and in the worst. These
    three describe, they decide nothing, and hold the luck of single settings.
    """

    stopped: Ending
    group: tuple[int, ...]
    out: tuple[Exit, ...]
    order: tuple[int, ...]
    observations: np.ndarray[Any, np.dtype[np.int64]]
    means: Array
    differences: Array
    low: Array
    high: Array
    best_share: Array
    regret_90: Array
    regret_largest: Array


def select(
    alternatives: int,
    observe: Observe,
    delta: float,
    *,
    alpha: float = 0.05,
    first: int = 24,
    batch: int = 8,
    most: int | None = None,
    settings: int | None = None,
    forgone: float = 0.0,
    watch: Callable[[Sequence[int], int], None] | None = None,
) -> Selection:
    """Return which of the alternatives are the best, by the procedure above.

    ``delta`` > 0 is the smallest relevant difference, ``alpha`` in (0, 0.5) the greatest probability of a mistake. ``first`` >= 2
    observations of each are taken before anybody is judged, then ``batch`` of each that is left, ``most`` in all. There are
    as many different ``settings``, endlessly many if None; ``forgone`` is from 0 to ``delta``. ``watch`` is told after each batch
    who is left, and how many observations each of them has. Raise ValueError for other values, for ``most`` below what is needed
    at first, and for observations of another shape or that are missing.
    """
    _check(alternatives, delta, alpha, first, batch, most, settings, forgone)
    alive = np.arange(alternatives)
    seen = np.empty((alternatives, 0))
    spread = np.zeros((alternatives, alternatives))
    decided = np.eye(alternatives, dtype=bool)
    out: list[Exit] = []
    left = np.inf if most is None else most
    count = first
    while True:
        taken = seen.shape[1]
        seen = np.hstack([seen, np.full((alternatives, count), np.nan)])
        seen[alive, taken:] = _observed(observe, alive, taken, count)
        left -= count * len(alive)
        own = seen[alive]
        spread = np.maximum(spread, _variances(own))
        walk, bound = _walk(own, spread, delta, forgone, _eta(alternatives, alpha, first) * (first - 1))
        beaten = ~decided & (walk < -bound)
        decided |= walk >= bound
        leaves = beaten.any(axis=1)
        by = np.where(beaten, walk, np.inf).argmin(axis=1)
        out += [Exit(int(alive[i]), int(alive[by[i]]), seen.shape[1]) for i in np.flatnonzero(leaves)]
        alive, spread, decided = alive[~leaves], spread[~leaves][:, ~leaves], decided[~leaves][:, ~leaves]
        if watch is not None:
            watch(alive.tolist(), seen.shape[1])
        count = int(min(batch, left // len(alive)))
        if decided.all() or not count:
            stopped: Ending = "budget" if not decided.all() else "best" if len(alive) == 1 else "group"
            return _summed_up(seen, alive, out, stopped, alpha, settings)


def _check(
    alternatives: int, delta: float, alpha: float, first: int, batch: int, most: int | None, settings: int | None,
    forgone: float,
) -> None:  # fmt: skip
    if alternatives < 1:
        raise ValueError("there is nothing to choose from")
    if not 0 < delta < np.inf:
        raise ValueError(f"the smallest relevant difference is {delta}; expected a number above 0")
    if not 0 < alpha < 0.5:
        raise ValueError(f"the probability of a mistake is {alpha}; expected a number above 0 and below 0.5")
    if not 0 <= forgone <= delta:
        raise ValueError(f"what may be forgone is {forgone}; expected a number from 0 to {delta}")
    if first < 2 or batch < 1 or (settings is not None and settings < 2):
        raise ValueError("expected at least two observations at first, one in a batch, and two settings")
    if most is not None and most < alternatives * first:
        raise ValueError(
            f"{most} observations are too few; {alternatives} alternatives need {alternatives * first} at first"
        )


def _observed(observe: Observe, alive: np.ndarray, first: int, count: int) -> Array:
    found = np.asarray(observe(alive.tolist(), first, count), np.float64)
    if found.shape != (len(alive), count) or not np.isfinite(found).all():
        raise ValueError(f"observations must be finite numbers, {len(alive)} alternatives by {count}")
    return found


def _variances(seen: Array) -> Array:
    """Return the variances of the differences of all pairs (k, k), from their observations (k, n)."""
    result = np.zeros((len(seen), len(seen)))
    for i, own in enumerate(seen[:-1]):
        result[i, i + 1 :] = (own - seen[i + 1 :]).var(axis=1, ddof=1)
    return result + result.T


def _eta(alternatives: int, alpha: float, first: int) -> float:
    beta = alpha / max(alternatives - 1, 1)
    return float(((2 * beta) ** (-2 / (first - 1)) - 1) / 2)


def _walk(seen: Array, spread: Array, delta: float, forgone: float, half_square: float) -> tuple[Array, Array]:
    """Return w and H of all pairs (k, k); ``half_square`` is h^2 / 2."""
    sums, taken, drift = seen.sum(axis=1), seen.shape[1], (delta + forgone) / 2
    walk = sums[:, None] - sums + taken * (delta - forgone) / 2
    return walk, np.maximum(half_square * spread / drift - drift * taken / 2, 0.0)


def _summed_up(
    seen: Array, alive: np.ndarray, out: list[Exit], stopped: Ending, alpha: float,
    settings: int | None,
) -> Selection:  # fmt: skip
    levels = _by_setting(seen, settings)
    known = np.isfinite(levels)
    means = mean_of_known(levels, known)
    group = sorted(alive.tolist(), key=lambda index: (-means[index], index))
    apart = _by_setting(seen - seen[group[0]], settings)
    differences = mean_of_known(apart, known)
    number = known.sum(axis=1)
    error = np.sqrt(np.where(known, (apart - differences[:, None]) ** 2, 0.0).sum(axis=1) / (number - 1) / number)
    half = stdtrit(number - 1, 1 - alpha / 2) * error
    top = np.where(known, levels, -np.inf).max(axis=0)
    first = levels == top
    regret = [top[there] - own[there] for own, there in zip(levels, known, strict=True)]
    others = sorted((one.place for one in out), key=lambda index: (-differences[index], index))
    return Selection(
        stopped, tuple(group), tuple(out), (*group, *others),
        observations=np.isfinite(seen).sum(axis=1),
        means=means,
        differences=differences,
        low=differences - half,
        high=differences + half,
        best_share=(first / first.sum(axis=0)).sum(axis=1) / number,
        regret_90=np.array([np.quantile(own, 0.9) for own in regret]),
        regret_largest=np.array([own.max() for own in regret]),
    )  # fmt: skip


def _by_setting(seen: Array, settings: int | None) -> Array:
    """Return the means of settings (k, settings seen) of observations (k, n) that go round them; NaN where there is none."""
    if settings is None or seen.shape[1] <= settings:
        return seen
    rounds = -(-seen.shape[1] // settings)
    whole = np.full((len(seen), rounds * settings), np.nan)
    whole[:, : seen.shape[1]] = seen
    whole = whole.reshape(len(seen), rounds, settings)
    return mean_of_known(whole, np.isfinite(whole))
