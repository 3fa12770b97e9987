"""What one would learn from knowing one of the assumptions that are possible only together, from the points that were run.

Knowing a parameter tells something of the others, too, as settings are possible together: no index can be had by moving one
alone. What can be had is the share of the variance that one expects to lose by knowing it, Var(E[y | x]) / Var(y), which holds
for dependent inputs. The settings are put in classes of equal size by their values of x, and the means of the classes
compared: the correlation ratio of given data (Plischke, Borgonovo and Smith 2013), here without what classes differ by when
settings are shuffled. Points of one setting have all its parameters in common, and settings that chains of the search went
through one after another most of them: what is resampled and shuffled are families of such settings.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.cluster import hierarchy
from scipy.spatial import distance

from qsim.engine.settings import moved_parameters, parameter_rows
from qsim.runs.readings import Array
from qsim.runs.unit_cube import LEAST_NUMBER, RESAMPLES, Places, random_orders, resampled
from qsim.sensitivity.indices import CONFIDENCE, Estimate

RELATED = 0.7
"""Settings nearer to each other than this share of the usual distance have more than half of what they vary in in common."""


@dataclass(frozen=True)
class Assumptions:
    """Parameters that settings move, by key, and what one would learn from each.

    ``settings`` (settings, parameters) are their values, ``families`` the number of families of those that were run,
    ``share`` (parameters, outcomes) shares of the variance between points. Above its ``floors`` (outcomes,) stands no
    parameter at all in 95 of 100 shuffles.
    """

    keys: tuple[str, ...]
    settings: Array
    families: int
    share: Estimate
    floors: Array


def assumptions_of(rows: np.ndarray, settings: Sequence[float], outcomes: Array, seed: int) -> Assumptions:
    """Return what one would learn from each parameter that differs between settings, in the order of the rules.

    ``rows`` (settings,) are records of parameters, ``settings`` the numbers of those at the points; see :func:`learned`.
    """
    keys, values = moved_parameters(rows)
    families = families_of(moved_parameters(parameter_rows(True))[1])
    places = np.array(settings, dtype=np.int64)
    share, floors = learned(values, families, places, outcomes, seed)
    return Assumptions(keys, values, len(np.unique(families[places])), share, floors)


def families_of(values: Array) -> Places:
    """Return the family of each setting, for values (settings, parameters): groups of settings near to each other on average."""
    apart = distance.pdist((values - values.mean(axis=0)) / values.std(axis=0))
    tree = hierarchy.linkage(apart, "average")
    return np.asarray(hierarchy.fcluster(tree, RELATED * float(np.median(apart)), "distance"), dtype=np.int64)


def learned(
    values: Array, families: Places, settings: Places, outcomes: Array, seed: int, resamples: int = RESAMPLES
) -> tuple[Estimate, Array]:
    """Return shares (parameters, outcomes) with bootstrap intervals, and the noise floor of each outcome.

    ``values`` (settings, parameters) and ``families`` (settings,) are those of all settings, ``settings`` (points,) the numbers
    of those at the points, ``outcomes`` (points, outcomes) what was found there. All is NaN with fewer than eight families,
    and for an outcome that is constant.
    """
    known = np.isfinite(outcomes).all(axis=1)
    used, own = np.unique(settings[known], return_inverse=True)
    family = np.unique(families[used], return_inverse=True)[1]
    number = int(family.max(initial=-1)) + 1
    share, floors = np.full((3, values.shape[1], outcomes.shape[1]), np.nan), np.full(outcomes.shape[1], np.nan)
    if number < LEAST_NUMBER:
        return Estimate(*share), floors
    classes = classes_of(values[used], number)
    once = np.ones((len(used), 1))
    drawn = [np.bincount(places, minlength=number) for places in resampled(number, resamples, seed).T]
    often = np.stack(drawn, axis=1)[family].astype(np.float64)
    shuffles = _shuffles(family, random_orders(number, resamples, seed))
    for place, outcome in enumerate(outcomes[known].T):
        if np.ptp(outcome) <= 1e-12 * np.abs(outcome).max():
            continue
        outcome = (outcome - outcome.mean()) / outcome.std()  # as sums of squares are exact near one
        means, squares = (np.bincount(own, part) / np.bincount(own) for part in (outcome, outcome**2))
        plain = class_shares(classes, once, means[:, None], squares[:, None])
        shuffled = class_shares(classes, once, means[shuffles], squares[shuffles])
        chance = shuffled.mean(axis=1, keepdims=True)
        rest = 1.0 - chance * (squares.mean() - means.mean() ** 2) / means.var()  # so that what explains all still does
        value = (plain - chance) / rest
        again = (class_shares(classes, often, means[:, None], squares[:, None]) - chance) / rest
        ends = np.quantile(again, (0.5 - CONFIDENCE / 2, 0.5 + CONFIDENCE / 2), axis=1)
        share[:, :, place] = value[:, 0], *(value[:, 0] + ends - plain[:, 0])  # of resamples, ``plain`` is the truth
        floors[place] = np.quantile(((shuffled - chance) / rest).max(axis=0), CONFIDENCE)
    return Estimate(*share), floors


def _shuffles(family: Places, orders: Places) -> Places:
    """Return, for each order of the families, the setting that stands in place of each: (settings, orders).

    The members of a family take those of another, again from the first where these are fewer.
    """
    sizes, members = np.bincount(family), np.argsort(family, kind="stable")
    starts = np.cumsum(sizes) - sizes
    within = np.empty_like(members)
    within[members] = np.arange(len(members)) - starts[family[members]]
    other = orders.T[family]
    return np.asarray(members[starts[other] + within[:, None] % sizes[other]])


def classes_of(values: Array, number: int) -> Array:
    """Return in which class each setting lies, ones and zeros (parameters, classes, settings), for values (settings, parameters).

    There are as many classes as the fourth root of the ``number`` of families, which is what Plischke et al. take up to a
    thousand.
    """
    classes = int(np.ceil(number**0.25))
    ranks = np.argsort(np.argsort(values, axis=0, kind="stable"), axis=0)
    places = ((ranks + 1) * classes - 1) // len(values)
    return np.asarray(places.T[:, None, :] == np.arange(classes)[None, :, None], dtype=np.float64)


def class_shares(classes: Array, often: Array, means: Array, squares: Array) -> Array:
    """Return the share of the variance between the classes of each parameter (parameters, samples).

    ``means`` and ``squares`` (settings, samples or 1) are the mean and the mean square of an outcome in a setting, ``often``
    (settings, samples or 1) says how often it is in a sample.
    """
    sums, counts = classes @ (often * means), classes @ often
    whole, size = (often * means).sum(axis=0), often.sum(axis=0)
    between = np.divide(sums**2, counts, out=np.zeros_like(sums), where=counts > 0).sum(axis=1) - whole**2 / size
    return np.asarray(between / ((often * squares).sum(axis=0) - whole**2 / size))
