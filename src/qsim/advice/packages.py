"""Packages: sets of measures that a budget affords and that may stand side by side.

What is limited has names of the caller's choice (euros a year, euros once, posts). A package fits if what it costs at most is
within each limit; what is not limited may cost anything. Sets are rows of booleans (packages, options), in the order of the
options.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from qsim.files.messages import suggestion
from qsim.runs.intervals import Array

Rows = np.ndarray[Any, np.dtype[np.bool_]]

ROUNDING = 1e-9
"""Relative; what costs as much as there is fits, whatever the order of sums."""


@dataclass(frozen=True)
class Option:
    """What may be in a package: its ``cost`` by names of what may be limited, each at least and at most.

    ``needs``: ids of those that must be in the package, too; ``not_beside``: of those that must not, whoever says so.
    """

    id: str
    cost: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    needs: Collection[str] = ()
    not_beside: Collection[str] = ()


@dataclass(frozen=True)
class Package:
    """A set of options by their ids, in their order, with its ``cost``, at least and at most.

    ``maximal``: no other option is affordable beside it; the budget has nothing left for more.
    """

    ids: tuple[str, ...]
    cost: Mapping[str, tuple[float, float]]
    maximal: bool


class Choice:
    """The options that may be in a package at all, and which sets of them are one.

    ``only`` and ``without`` name what packages may hold only, and must not. Raise ValueError, in words for the user, for what is
    negative, unknown or contradictory, and if no option is affordable.
    """

    def __init__(
        self,
        options: Sequence[Option],
        budget: Mapping[str, float],
        only: Collection[str] | None = None,
        without: Collection[str] = (),
    ) -> None:
        _check(options, budget, only, without)
        self.budget = dict(budget)
        self.limits = np.array(list(budget.values()), dtype=np.float64)
        allowed = {one.id for one in options if one.id not in without and (only is None or one.id in only)}
        whole = {one.id: one for one in options}
        closed = {name: _closure(name, whole) for name in allowed}
        able = [one for one in options if one.id in allowed and closed[one.id] <= allowed]
        self._prepare(able, closed)
        within = self.allowed(self.closure)
        if not within.any():
            raise ValueError(self._too_little(able))
        self._prepare([one for one, fits in zip(able, within, strict=True) if fits], closed)

    def _prepare(self, options: Sequence[Option], closed: Mapping[str, frozenset[str]]) -> None:
        """Set the arrays: cost at most (options, limits), and who needs and excludes whom (options, options)."""
        self.options = tuple(options)
        self.cost = np.array([[one.cost.get(name, (0.0, 0.0))[1] for name in self.budget] for one in options])
        self.cost = self.cost.reshape(len(options), len(self.budget))
        square = (len(options), len(options))
        excludes = np.array([other.id in one.not_beside for one in options for other in options], dtype=bool).reshape(
            square
        )
        self.excludes = excludes | excludes.T
        self.closure = np.array(
            [other.id in closed[one.id] for one in options for other in options], dtype=bool
        ).reshape(square)

    def allowed(self, rows: Rows) -> Rows:
        """Return which sets (n, options) are packages (n,)."""
        sets = rows.astype(np.float64)
        fits = (sets @ self.cost <= self.limits * (1 + ROUNDING)).all(axis=1)
        apart = ~(rows & (sets @ self.excludes > 0)).any(axis=1)
        complete = ~(~rows & (sets @ self.closure > 0)).any(axis=1)
        return np.asarray(fits & apart & complete)

    def every(self, most: int = 2000) -> Rows | None:
        """Return all packages, the empty one first, smaller ones before larger ones; None if there are more than ``most``."""
        rows = np.zeros((1, len(self.options)), dtype=bool)
        for place in np.argsort(self.closure.sum(axis=1), kind="stable"):  # what is needed stands before what needs it
            more = rows.copy()
            more[:, place] = True
            rows = np.concatenate([rows, more[self.allowed(more)]])
            if len(rows) > most:
                return None
        return rows[np.lexsort((*(~rows[:, ::-1]).T, rows.sum(axis=1)))]

    def maximal(self, rows: Rows) -> Rows:
        """Return to which packages (n,) no option can be added, with all that it needs."""
        result = np.ones(len(rows), dtype=bool)
        for needed in self.closure:
            larger = rows | needed
            result &= ~((larger != rows).any(axis=1) & self.allowed(larger))
        return result

    def packages(self, rows: Rows) -> tuple[Package, ...]:
        """Return the packages of rows, by their ids, with what they cost."""
        names = dict.fromkeys([*self.budget, *(name for one in self.options for name in one.cost)])
        result = []
        for row, full in zip(rows, self.maximal(rows), strict=True):
            own = [one for one, there in zip(self.options, row, strict=True) if there]
            cost = {name: _summed([one.cost.get(name, (0.0, 0.0)) for one in own]) for name in names}
            result.append(Package(tuple(one.id for one in own), cost, bool(full)))
        return tuple(result)

    def rows(self, packages: Iterable[Collection[str]]) -> Rows:
        """Return the rows of packages by their ids, those that hold nothing else than options."""
        places = {one.id: place for place, one in enumerate(self.options)}
        found = [ids for ids in packages if all(name in places for name in ids)]
        rows = np.zeros((len(found), len(places)), dtype=bool)
        for row, ids in zip(rows, found, strict=True):
            row[[places[name] for name in ids]] = True
        return rows

    def _too_little(self, options: Sequence[Option]) -> str:
        """Return in words that nothing can be afforded, and what the cheapest costs, with what it needs."""
        if not options:
            return "there is nothing left to choose from"
        costs = self.closure.astype(np.float64) @ self.cost
        over = np.where(costs > self.limits, costs, 0.0)
        cheapest = min(range(len(options)), key=lambda place: (tuple(over[place]), options[place].id))
        told = self._money(costs[cheapest])
        return f"{self._money(self.limits)} affords nothing; the cheapest, {options[cheapest].id}, costs {told}"

    def _money(self, amounts: Array) -> str:
        return ", ".join(f"{name} {amount:.12g}" for name, amount in zip(self.budget, amounts, strict=True))


def _summed(costs: Sequence[tuple[float, float]]) -> tuple[float, float]:
    return sum(low for low, _ in costs), sum(high for _, high in costs)


def _closure(name: str, options: Mapping[str, Option]) -> frozenset[str]:
    """Return an option with all that it needs, and what those need."""
    found, waiting = {name}, [name]
    while waiting:
        new = set(options[waiting.pop()].needs) - found
        found |= new
        waiting += sorted(new)
    return frozenset(found)


def _check(
    options: Sequence[Option], budget: Mapping[str, float], only: Collection[str] | None, without: Collection[str]
) -> None:
    """Raise ValueError for the first thing that cannot be meant."""
    known = {one.id: one for one in options}
    for name, amount in budget.items():
        if not 0 <= amount < np.inf:
            raise ValueError(f"{name} is {amount:.12g}; expected a number from 0 on")
    for one in options:
        for name, (low, high) in one.cost.items():
            if not 0 <= low <= high < np.inf:
                raise ValueError(
                    f"{one.id} costs {low:.12g} to {high:.12g} {name}; expected numbers from 0 on, low first"
                )
    for name in (*(only or ()), *without, *(name for one in options for name in (*one.needs, *one.not_beside))):
        if name not in known:
            raise ValueError(f'there is no measure "{name}"{suggestion(name, known)}')
    for one in options:
        needed = _closure(one.id, known)
        for name in sorted(needed - {one.id}):
            if one.id in _closure(name, known):
                raise ValueError(f"{one.id} and {name} need each other")
        for name in sorted(needed):
            for other in sorted(needed & set(known[name].not_beside)):
                raise ValueError(f"{one.id} is in no package; it takes {name} and {other}, which exclude each other")
    for name in only or ():
        if name in without:
            raise ValueError(f"{name} is asked for and left out")
        for needed_name in sorted(_closure(name, known) - set(only or ())):
            raise ValueError(f"{name} needs {needed_name}, which is not among those asked for")
