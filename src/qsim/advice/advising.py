"""What is the best that can be done within a budget? Chooses packages, and says what they bring and what money buys."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import nullcontext

import numpy as np

from qsim.advice.advice import Advice, Curve
from qsim.advice.again import decided_again
from qsim.advice.choosing import FIRST, Chooser, Effort
from qsim.advice.describing import Describer
from qsim.advice.helping import best_alone
from qsim.advice.library import Library, load_library
from qsim.advice.offer import Budget, Ids, offer_of
from qsim.advice.table import Table
from qsim.advice.tradeoff import STEP, TIMES, tradeoff
from qsim.comparison.report import Stage
from qsim.comparison.verdict import PRIMARY
from qsim.engine.rows import rows_of
from qsim.files.messages import InputError, suggestion
from qsim.measures.catalogue import OUTCOMES, Measure
from qsim.runs.execution import Progress, Row
from qsim.runs.standards import Standards
from qsim.scenario.loading import as_scenario
from qsim.scenario.schema import Scenario
from qsim.scenario.values import month_text


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
    return _Advising(table, measure, relevant, effort or Effort(), stage).advice(seed)


def goal_of(name: str) -> Measure:
    """Return the outcome of a name; raise InputError for what is none, or of which neither more nor less is better."""
    known = {measure.name: measure for measure in OUTCOMES}
    if name not in known:
        raise InputError.about("", f'there is no outcome "{name}"{suggestion(name, known)}', "--goal")
    if known[name].higher_is_better is None:
        raise InputError.about("", f"{name} cannot be a goal; neither more nor less of it is better", "--goal")
    return known[name]


class _Advising:
    """Goes the way from a table to advice."""

    def __init__(self, table: Table, measure: Measure, relevant: float, effort: Effort, stage: Stage) -> None:
        self.offer, self.table, self.measure, self.relevant = table.offer, table, measure, relevant
        self.effort, self.stage = effort, stage
        self.chooser = Chooser(table, measure, relevant, effort, stage)
        self.describe = Describer(self.offer, table, measure)

    def advice(self, seed: int) -> Advice:
        effort, side, whole = self.effort, self.table.columns(0, self.effort.side), rows_of(range(self.effort.runs))
        self.chooser.gains([()], side)  # a goal that runs lack is refused before others are run
        chosen = self.chooser.chosen()
        self._run([(), *chosen.shown], whole, "running the best")
        singles = [*self.offer.singles]
        self._run([(), *singles], side, "running single measures")
        alone = [self.describe(ids, side) for ids in singles]
        most_effect, most_per_euro = best_alone(alone, effort.alone)
        return Advice(
            scenario=self.offer.scenario,
            library=self.offer.library,
            base=self.table.base,
            measure=self.measure,
            goal=self.measure.name,
            relevant=self.relevant,
            budget=self.offer.budget,
            start=month_text(self.offer.start),
            nothing=self.describe((), whole),
            best=self.describe.robust(chosen.shown, effort.runs),
            group=len(chosen.found.group),
            stopped=chosen.found.stopped,
            affordable=chosen.affordable,
            compared=len(chosen.packages),
            curve=self._curve([*chosen.packages, *singles]),
            most_effect=most_effect,
            most_per_euro=most_per_euro,
            again=decided_again(self.table, chosen.shown[0], self.measure, self.relevant, effort, self.stage),
            left_out=self.offer.left_out,
            runs=self.table.runs,
            seed=seed,
        )

    def _run(self, packages: Sequence[Ids], rows: Sequence[Row], name: str) -> None:
        with self.stage(self.table.missing(packages, rows), name) as progress:
            self.table.numbers(packages, rows, progress)

    def _curve(self, packages: Sequence[Ids]) -> Curve:
        """Return the best package of each budget from none to four."""
        budget, effort = self.offer.budget, self.effort
        limit = max(TIMES * budget.euro, STEP)
        others = sorted({0.0, budget.euro / 4, budget.euro / 2, 2 * budget.euro, limit} - {budget.euro})
        most = len(others) * (effort.side_looks * effort.look_settings + effort.side_proposals * FIRST)
        with self.stage(most, "looking at other budgets") as progress:
            more = [ids for euro in reversed(others) for ids in self.chooser.beside(euro, progress)]
            within = [ids for ids in dict.fromkeys([(), *packages, *more]) if self._least(ids) <= limit]
            steps = self._rising(within, FIRST, progress)
            on_it = self._rising(steps, effort.side, progress)
        worlds = self.table.columns(0, effort.side)
        gains = self.chooser.gains(on_it, worlds)
        costs = [self._least(ids) for ids in on_it]
        found = tradeoff(gains - gains[0], np.array(costs), budget.euro, self.relevant)
        return Curve(
            tuple(self.describe(ids, worlds) for ids in on_it), tuple(costs), found.steps, found.enough, found.limit
        )

    def _rising(self, packages: Sequence[Ids], worlds: int, progress: Progress) -> list[Ids]:
        """Return doing nothing and then, by cost, the packages that bring half a relevant difference more than any cheaper."""
        gains = self.chooser.gains(packages, self.table.columns(0, worlds), progress).mean(axis=1)
        order = sorted(range(len(packages)), key=lambda place: (self._least(packages[place]), -gains[place]))
        best, kept = gains[packages.index(())], list[Ids]([()])
        for place in order:
            if gains[place] > best + self.relevant / 2:
                best = gains[place]
                kept.append(packages[place])
        return kept

    def _least(self, ids: Ids) -> float:
        return self.offer.budget.least(*self.offer.costs_of(ids))
