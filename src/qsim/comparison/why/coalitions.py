"""Which coalitions of changes the shares are computed from, in which setting: all of them, or those of random orders.

A coalition is written as a number whose bit i says whether group i is in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import factorial

import numpy as np

from qsim.runs.resampling import Places, random_orders
from qsim.runs.variability import Array

EXACT = 6
"""Groups up to which all coalitions are run, 64 of them."""

DRAWS = 2
"""Random orders of the groups in each setting beyond that; each is also taken backwards."""


@dataclass(frozen=True)
class Design:
    """The coalitions of ``groups`` groups that are run in each of ``settings`` settings.

    ``orders`` (settings, draws, 2, groups) holds the orders in which groups join, each beside its reverse; None where all
    coalitions are run.
    """

    groups: int
    settings: int
    orders: Places | None

    @property
    def everyone(self) -> int:
        """The coalition of all groups."""
        return (1 << self.groups) - 1

    def wanted(self) -> dict[int, list[int]]:
        """Return the settings in which each coalition is run, in order."""
        if self.orders is None:
            return {coalition: list(range(self.settings)) for coalition in range(self.everyone + 1)}
        found: dict[int, set[int]] = {0: set(), self.everyone: set()}
        for setting, orders in enumerate(self.orders.reshape(self.settings, -1, self.groups)):
            for coalition in {coalition for order in orders for coalition in joining(order)}:
                found.setdefault(coalition, set()).add(setting)
        return {coalition: sorted(settings) for coalition, settings in sorted(found.items())}


def design(groups: int, settings: int, seed: int) -> Design:
    """Return the coalitions that are run for so many groups."""
    if groups <= EXACT:
        return Design(groups, settings, None)
    forward = random_orders(groups, settings * DRAWS, seed).reshape(settings, DRAWS, 1, groups)
    return Design(groups, settings, np.concatenate([forward, forward[..., ::-1]], axis=2))


def joining(order: Sequence[int] | Places) -> list[int]:
    """Return the coalitions from none to all as the groups join in an order.

    >>> joining([1, 0])
    [0, 2, 3]
    """
    found = [0]
    for group in order:
        found.append(found[-1] | 1 << int(group))
    return found


def exact_shares(values: Array) -> Array:
    """Return the Shapley value of each group (groups, settings) from those of all coalitions (2 ** groups, settings).

    φ_i = Σ_S |S|! (n − |S| − 1)! / n! · (v(S ∪ {i}) − v(S)), over all coalitions S without i (Shapley 1953, A value for
    n-person games).
    """
    groups = len(values).bit_length() - 1
    shares = np.zeros((groups, values.shape[1]))
    for coalition in range(len(values)):
        size = coalition.bit_count()
        for group in range(groups):
            if not coalition >> group & 1:
                weight = factorial(size) * factorial(groups - size - 1) / factorial(groups)
                shares[group] += weight * (values[coalition | 1 << group] - values[coalition])
    return shares


def sampled_shares(values: dict[int, Array], orders: Places) -> Array:
    """Return what each group adds where it joins (draws, groups, settings), mean of an order and its reverse.

    ``values`` holds those of each coalition (settings,), ``orders`` is as in :class:`Design`. Its mean over orders is the
    Shapley value (Castro et al. 2009, Computers & Operations Research 36); an order and its reverse err in opposite
    directions where groups help or hinder each other (Mitchell et al. 2022, Journal of Machine Learning Research 23).
    """
    settings, draws, _, groups = orders.shape
    shares = np.zeros((draws, groups, settings))
    for setting, draw, way in np.ndindex(settings, draws, 2):
        order = orders[setting, draw, way]
        reached = [values[coalition][setting] for coalition in joining(order)]
        shares[draw, order, setting] += 0.5 * np.diff(reached)
    return shares
