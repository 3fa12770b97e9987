"""What is the best that can be done within a budget? Searches packages, tells the best apart, and says what money buys.

All packages are run in the worlds of one table. Where few are affordable all are compared, else those that a search proposes;
it looks at settings from the other end of the table, so that what promises much by luck alone gains nothing by it later. In
the search a measure has to bring at least a tenth of the smallest relevant difference, so packages hold nothing that brings
nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import nullcontext
from dataclasses import dataclass

import numpy as np

from qsim.advice.advice import Advice, Curve
from qsim.advice.describing import Describer
from qsim.advice.library import Library, load_library
from qsim.advice.offer import Budget, Ids, Offer, offer_of
from qsim.advice.packages import Choice, Rows
from qsim.advice.proposals import Look, proposed
from qsim.advice.selection import Selection, select
from qsim.advice.table import Table
from qsim.advice.tradeoff import NOTHING, STEP, TIMES, tradeoff
from qsim.comparison.report import Stage
from qsim.comparison.verdict import PRIMARY
from qsim.engine.rows import REPLICATIONS, rows_of
from qsim.files.messages import InputError, suggestion
from qsim.measures.catalogue import OUTCOMES, Measure
from qsim.runs.execution import Progress, Row
from qsim.runs.intervals import Array
from qsim.runs.standards import Standards
from qsim.scenario.loading import as_scenario
from qsim.scenario.schema import Scenario
from qsim.scenario.values import month_text

FIRST = 24
"""Worlds of each package before any is judged."""


@dataclass(frozen=True)
class Effort:
    """How much is run.

    ``few``: up to so many packages are all compared; of more, ``proposals`` are, after ``looks`` in ``look_settings`` worlds
    each; for each other budget ``side_proposals`` after ``side_looks`` in ``side_settings``. ``most``: runs of the comparison
    at most; ``shown``: packages that are told of, in ``runs`` worlds each, whole settings; ``side``: worlds of single measures
    and of the curve.
    """

    few: int = 100
    looks: int = 200
    look_settings: int = 12
    proposals: int = 60
    side_looks: int = 80
    side_settings: int = 8
    side_proposals: int = 5
    most: int = 6000
    shown: int = 5
    runs: int = REPLICATIONS
    side: int = 48


def advise(
    scenario: Scenario | str,
    budget: Budget,
    library: Library | None = None,
    *,
    only: Collection[str] | None = None,
    without: Collection[str] = (),
    goal: str = PRIMARY,
    start: int | None = None,
    standards: Standards | None = None,
    seed: int = 1,
    workers: int | None = None,
    effort: Effort | None = None,
    stage: Stage = lambda runs, name: nullcontext(lambda done: None),
) -> Advice:
    """Return the best packages that a budget affords in a scenario; results do not depend on the number of ``workers``.

    Raise InputError for what cannot be asked (see :func:`~qsim.advice.offer.offer_of`), for a budget that affords nothing, an
    unknown goal, and observed facts that contradict the model; RunError for a run that fails.
    """
    measure = goal_of(goal)
    offer = offer_of(as_scenario(scenario), library or load_library(), budget, only, without, start)
    offer.choice  # noqa: B018  # refuses a budget that affords nothing, before any run
    table = Table(offer, seed, workers)
    relevant = (standards or Standards()).smallest_relevant(measure, table.base)
    if not relevant > 0:
        raise InputError.about(
            "", f"{goal} cannot be a goal; no smallest relevant difference is declared for it", "--goal"
        )
    return _Advising(offer, table, measure, relevant, effort or Effort(), stage).advice(seed)


def goal_of(name: str) -> Measure:
    """Return the outcome of a name; raise InputError for what is none, or of which neither more nor less is better."""
    known = {measure.name: measure for measure in OUTCOMES}
    if name not in known:
        raise InputError.about("", f'there is no outcome "{name}"{suggestion(name, known)}', "--goal")
    if known[name].higher_is_better is None:
        raise InputError.about("", f"{name} cannot be a goal; neither more nor less of it is better", "--goal")
    return known[name]


class _Advising:
    """Goes the way from an offer to advice."""

    def __init__(
        self, offer: Offer, table: Table, measure: Measure, relevant: float, effort: Effort, stage: Stage
    ) -> None:
        self.offer, self.table, self.measure, self.relevant = offer, table, measure, relevant
        self.effort, self.stage = effort, stage
        self.describe = Describer(offer, table, measure)

    def advice(self, seed: int) -> Advice:
        effort, choice = self.effort, self.offer.choice
        self._check_goal()
        every = choice.every(effort.few)
        packages = _ids(choice, every) if every is not None else self._searched(choice)
        with self.stage(effort.most, "comparing packages") as progress:
            found = self._selected(packages, progress)
        shown = self._shown(packages, found)
        self._run([(), *shown], rows_of(range(effort.runs)), "running the best")
        singles, side = [*self.offer.singles], self.table.columns(0, effort.side)
        self._run([(), *singles], side, "running single measures")
        alone = [self.describe(ids, side) for ids in singles]
        dear = [one for one in alone if one.per_10000 > 0]
        return Advice(
            scenario=self.offer.scenario,
            library=self.offer.library,
            base=self.table.base,
            measure=self.measure,
            goal=self.measure.name,
            relevant=self.relevant,
            budget=self.offer.budget,
            start=month_text(self.offer.start),
            nothing=self.describe((), rows_of(range(effort.runs))),
            best=self.describe.robust(shown, effort.runs),
            group=len(found.group),
            stopped=found.stopped,
            affordable=None if every is None else len(every),
            compared=len(packages),
            curve=self._curve([*packages, *singles]),
            most_effect=tuple(sorted(alone, key=lambda one: -one.effect.mean)[: effort.shown]),
            most_per_euro=tuple(sorted(dear, key=lambda one: -one.per_10000)[: effort.shown]),
            left_out=self.offer.left_out,
            runs=self.table.runs,
            seed=seed,
        )

    def _check_goal(self) -> None:
        """Raise InputError if doing nothing lacks the goal in some world."""
        if not np.isfinite(self._gains([()], self.table.columns(0, self.effort.side))).all():
            text = f"{self.measure.name} cannot be a goal; some runs of {self.offer.scenario.id} lack it"
            raise InputError.about("", text, "--goal")

    def _gains(self, packages: Sequence[Ids], rows: Sequence[Row], progress: Progress = lambda done: None) -> Array:
        """Return the goal of packages in worlds (packages, rows), more is better; raise InputError where a run lacks it."""
        return self.describe.sign * self.table.outcome(self.measure.name, packages, rows, progress)

    def _run(self, packages: Sequence[Ids], rows: Sequence[Row], name: str) -> None:
        with self.stage(self.table.missing(packages, rows), name) as progress:
            self.table.numbers(packages, rows, progress)

    def _searched(self, choice: Choice) -> list[Ids]:
        """Return packages worth a comparison, and doing nothing."""
        effort = self.effort
        with self.stage(effort.looks * effort.look_settings, "searching for packages") as progress:
            look = self._look(choice, effort.look_settings, progress)
            rows = proposed(choice, look, looks=effort.looks, most=effort.proposals)
        return [*dict.fromkeys([(), *_ids(choice, rows)])]

    def _look(self, choice: Choice, settings: int, progress: Progress) -> Look:
        """Return what looks at packages: the goal, less a tenth of the smallest relevant difference for each measure."""
        worlds = self.table.last_columns(settings)

        def look(rows: Rows) -> Array:
            gains = self._gains(_ids(choice, rows), worlds, progress)
            return np.asarray(gains - NOTHING * self.relevant * rows.sum(axis=1, keepdims=True))

        return look

    def _selected(self, packages: Sequence[Ids], progress: Progress) -> Selection:
        def observe(alive: Sequence[int], first: int, count: int) -> Array:
            return self._gains([packages[place] for place in alive], self.table.columns(first, count), progress)

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

    def _curve(self, packages: Sequence[Ids]) -> Curve:
        """Return the best package of each budget from none to four."""
        budget, effort = self.offer.budget, self.effort
        limit = max(TIMES * budget.euro, STEP)
        others = sorted({0.0, budget.euro / 4, budget.euro / 2, 2 * budget.euro, limit} - {budget.euro})
        most = len(others) * effort.side_looks * effort.side_settings
        with self.stage(most, "looking at other budgets") as progress:
            more = [ids for euro in others for ids in self._beside(euro, progress)]
            within = [ids for ids in dict.fromkeys([(), *packages, *more]) if self._least(ids) <= limit]
            steps = self._rising(within, FIRST, progress)
            on_it = self._rising(steps, effort.side, progress)
        worlds = self.table.columns(0, effort.side)
        gains = self._gains(on_it, worlds)
        costs = [self._least(ids) for ids in on_it]
        found = tradeoff(gains - gains[0], np.array(costs), budget.euro, self.relevant)
        return Curve(
            tuple(self.describe(ids, worlds) for ids in on_it), tuple(costs), found.steps, found.enough, found.limit
        )

    def _beside(self, euro: float, progress: Progress) -> list[Ids]:
        """Return the packages that promise most with other money."""
        try:
            choice = self.offer.choice_of(euro)
        except ValueError:
            return []
        effort, every = self.effort, choice.every(self.effort.side_looks)
        look = self._look(choice, effort.side_settings, progress)
        if every is None:
            return _ids(choice, proposed(choice, look, looks=effort.side_looks, at_once=20, most=effort.side_proposals))
        order = np.argsort(-look(every).mean(axis=1), kind="stable")
        return _ids(choice, every[order[: effort.side_proposals]])

    def _rising(self, packages: Sequence[Ids], worlds: int, progress: Progress) -> list[Ids]:
        """Return doing nothing and then, by cost, the packages that bring half a relevant difference more than any cheaper."""
        gains = self._gains(packages, self.table.columns(0, worlds), progress).mean(axis=1)
        order = sorted(range(len(packages)), key=lambda place: (self._least(packages[place]), -gains[place]))
        best, kept = gains[packages.index(())], list[Ids]([()])
        for place in order:
            if gains[place] > best + self.relevant / 2:
                best = gains[place]
                kept.append(packages[place])
        return kept

    def _least(self, ids: Ids) -> float:
        a_year, once, _ = self.offer.costs_of(ids)
        return self.offer.budget.least(a_year, once)


def _ids(choice: Choice, rows: Rows) -> list[Ids]:
    return [package.ids for package in choice.packages(rows)]
