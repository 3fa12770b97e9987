"""Chooses packages: searches for them where too many are affordable, and tells the best apart.

All packages are run in the worlds of one table. Where few are affordable all are compared, else those that a search proposes;
it looks at settings from the other end of the table, so that what promises much by luck alone gains nothing by it later. In
the search a measure has to bring at least a tenth of the smallest relevant difference, so packages hold nothing that brings
nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from qsim.advice.offer import Ids
from qsim.advice.packages import Choice, Rows
from qsim.advice.proposals import Look, proposed
from qsim.advice.selection import Selection, select
from qsim.advice.table import Table
from qsim.advice.tradeoff import NOTHING
from qsim.comparison.report import Stage
from qsim.engine.rows import REPLICATIONS
from qsim.files.messages import InputError
from qsim.measures.catalogue import Measure
from qsim.runs.execution import Progress, Row
from qsim.runs.intervals import Array

FIRST = 24
"""Worlds of each package before any is judged."""

STEPS = 4
"""As many times the looks of another budget are at what the search begins with, where nothing was looked at before."""


@dataclass(frozen=True)
class Effort:
    """How much is run.

    ``few``: up to so many packages are all compared; of more, ``proposals`` are, after ``looks`` in ``look_settings`` worlds
    each. Each other budget has ``side_proposals`` to compare, after ``side_looks`` at packages of its own, and what was seen of
    others before. ``most``: runs of the comparison at most; ``shown``: packages that are told of, in ``runs`` worlds each, whole
    settings, and ``alone`` single measures; ``side``: worlds of these and of the curve.
    """

    few: int = 100
    looks: int = 120
    look_settings: int = 10
    proposals: int = 40
    side_looks: int = 12
    side_proposals: int = 5
    most: int = 6000
    shown: int = 4
    alone: int = 5
    runs: int = REPLICATIONS
    side: int = 40


@dataclass(frozen=True)
class Chosen:
    """The packages that were compared, what was found of them, and who is ``shown``: first the one to take.

    ``affordable``: how many packages there are, None where they were not counted.
    """

    packages: tuple[Ids, ...]
    found: Selection
    shown: tuple[Ids, ...]
    affordable: int | None


class Chooser:
    """Chooses packages of a table by a goal, of which ``relevant`` > 0 is the smallest relevant difference."""

    def __init__(self, table: Table, measure: Measure, relevant: float, effort: Effort, stage: Stage) -> None:
        self.offer, self.table, self.measure, self.relevant = table.offer, table, measure, relevant
        self.effort, self.stage = effort, stage
        self.sign = -1.0 if measure.higher_is_better is False else 1.0
        self.looked: list[Ids] = []
        """Packages that were looked at; the table remembers what was seen of them."""

    def chosen(self) -> Chosen:
        """Return the packages that the budget affords and that are best; raise InputError where a run lacks the goal."""
        choice = self.offer.choice
        every = choice.every(self.effort.few)
        packages = self._searched(choice) if every is None else ids_of(choice, every)
        with self.stage(self.effort.most, "comparing packages") as progress:
            found = self._selected(packages, progress)
        return Chosen(
            tuple(packages), found, tuple(self._shown(packages, found)), None if every is None else len(every)
        )

    def gains(self, packages: Sequence[Ids], rows: Sequence[Row], progress: Progress = lambda done: None) -> Array:
        """Return the goal of packages in worlds (packages, rows), more is better; raise InputError where a run lacks it."""
        found = self.sign * self.table.outcome(self.measure.name, packages, rows, progress)
        if not np.isfinite(found).all():
            text = f"{self.measure.name} cannot be a goal; some runs of {self.offer.scenario.id} lack it"
            raise InputError.about("", text, "--goal")
        return found

    def beside(self, euro: float, progress: Progress) -> list[Ids]:
        """Return the packages that promise most with other money."""
        try:
            choice = self.offer.choice_of(euro)
        except ValueError:
            return []
        effort, known = self.effort, choice.rows(self.looked)
        looks = effort.side_looks + (len(known) or effort.side_looks * STEPS)
        rows = proposed(choice, self._look(choice, progress), looks=looks, at_once=effort.side_looks // 2,
                        most=effort.side_proposals, known=known)  # fmt: skip
        return ids_of(choice, rows)

    def _searched(self, choice: Choice) -> list[Ids]:
        """Return packages worth a comparison, and doing nothing."""
        effort = self.effort
        with self.stage(effort.looks * effort.look_settings, "searching for packages") as progress:
            rows = proposed(choice, self._look(choice, progress), looks=effort.looks, most=effort.proposals)
        return [*dict.fromkeys([(), *ids_of(choice, rows)])]

    def _look(self, choice: Choice, progress: Progress) -> Look:
        """Return what looks at packages: the goal, less a tenth of the smallest relevant difference for each measure."""
        worlds = self.table.last_columns(self.effort.look_settings)

        def look(rows: Rows) -> Array:
            packages = ids_of(choice, rows)
            self.looked = [*dict.fromkeys([*self.looked, *packages])]
            gains = self.gains(packages, worlds, progress)
            return np.asarray(gains - NOTHING * self.relevant * rows.sum(axis=1, keepdims=True))

        return look

    def _selected(self, packages: Sequence[Ids], progress: Progress) -> Selection:
        def observe(alive: Sequence[int], first: int, count: int) -> Array:
            return self.gains([packages[place] for place in alive], self.table.columns(first, count), progress)

        return select(len(packages), observe, self.relevant, first=FIRST, most=max(self.effort.most, FIRST * len(packages)),
                      settings=self.table.settings)  # fmt: skip

    def _shown(self, packages: Sequence[Ids], found: Selection) -> list[Ids]:
        """Return the packages that are told of: the cheapest that is as good as the best, then those with the highest means."""
        alike = [place for place in found.group if found.stopped != "budget" or found.low[place] > -self.relevant]

        def price(place: int) -> tuple[float, float, int, int]:
            a_year, once, _ = self.offer.costs_of(packages[place])
            return a_year.high, once.high, len(packages[place]), found.group.index(place)

        cheapest = min(alike or found.group[:1], key=price)
        places = dict.fromkeys([cheapest, *found.group])
        return [packages[place] for place in places][: self.effort.shown]


def ids_of(choice: Choice, rows: Rows) -> list[Ids]:
    """Return the ids of packages that are rows of a choice."""
    return [package.ids for package in choice.packages(rows)]
