"""Tells of a package what its runs say: effect, hours, bottlenecks, and how it does setting by setting; and what it costs."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from qsim.advice.advice import Advised, Effect, Robustness
from qsim.advice.offer import Ids, Offer
from qsim.advice.table import PAYERS, PLACE, Table
from qsim.comparison.ranking import regrets, shares_of_best
from qsim.engine.rows import TWINS, rows_of
from qsim.measures.catalogue import CONSTRAINTS, Measure
from qsim.runs.execution import Row
from qsim.runs.intervals import Array, paired

EURO = 10_000.0
"""For so many euros a year an effect is told."""

LEAST_SHARE = 0.005
"""A bottleneck whose share of the unmet need falls by less is not widened."""

SETTLING = "adjusting"
"""What holds back only because practice is still on its way to what it can be; no measure widens it."""

OFTEN = 0.9


class Describer:
    """Tells of packages of an offer from their runs in a table; the goal is a measure of which more or less is better."""

    def __init__(self, offer: Offer, table: Table, measure: Measure) -> None:
        self.offer, self.table, self.measure = offer, table, measure
        self.sign = -1.0 if measure.higher_is_better is False else 1.0

    def __call__(self, ids: Ids, rows: Sequence[Row]) -> Advised:
        """Return what is known of a package from these worlds, against doing nothing in the same."""
        own, nothing = self.table.numbers([ids, ()], rows)
        effect = effect_of(self.sign * (own - nothing)[:, PLACE[self.measure.name]], rows)
        a_year, once, posts = self.offer.costs_of(ids)
        mean = self.offer.mean_a_year(ids)
        bottlenecks = _bottlenecks(own, nothing)
        widens = min((name for name in bottlenecks if name != SETTLING), key=lambda name: bottlenecks[name])
        levers = self.offer.levers(ids)
        affordable = self.offer.affords(ids)
        return Advised(
            ids=ids,
            affordable=affordable,
            maximal=affordable and self._maximal(ids),
            a_year=a_year,
            once=once,
            posts=posts,
            mean_a_year=mean,
            level=float(own[:, PLACE[self.measure.name]].mean()),
            effect=effect,
            per_10000=effect.mean / mean.high * EURO if mean.high > 0 else math.nan,
            hours={payer: float((own - nothing)[:, PLACE[f"hours_a_year_{payer}"]].mean()) for payer in PAYERS},
            bottlenecks=bottlenecks,
            widens=widens if bottlenecks[widens] <= -LEAST_SHARE else None,
            decided_by={who: tuple(one.id for one in levers if one.decided_by == who)
                        for who in dict.fromkeys(one.decided_by for one in levers)},
            needs={one.id: one.needs for one in levers if one.needs},
        )  # fmt: skip

    def robust(self, packages: Sequence[Ids], runs: int) -> tuple[Advised, ...]:
        """Return what is known of packages from so many runs of each, with how they do setting by setting."""
        rows = rows_of(range(runs))
        among = [*dict.fromkeys([(), *packages])]
        levels = self.sign * self.table.outcome(self.measure.name, among, rows)
        regret = regrets(levels.reshape(len(among), -1, TWINS))
        best = shares_of_best(regret)
        places = [among.index(ids) for ids in packages]
        return tuple(
            replace(
                self(ids, rows),
                robustness=Robustness(float(best[place]), float(np.quantile(own, OFTEN)), float(own.max())),
            )
            for ids, place in zip(packages, places, strict=True)
            for own in [regret[:, place]]
        )

    def _maximal(self, ids: Ids) -> bool:
        choice = self.offer.choice
        row = np.array([[one.id in ids for one in choice.options]])
        return bool(choice.maximal(row)[0])


def effect_of(apart: Array, rows: Sequence[Row]) -> Effect:
    """Return the effect that differences in worlds (rows,) show, settings counting alike."""
    settings = np.array([setting for _, setting in rows])
    order = np.argsort(settings, kind="stable")
    groups = np.split(apart[order], np.unique(settings[order], return_index=True)[1][1:])
    told = paired(np.array([[group.mean()] for group in groups]))
    return Effect(told.difference, told.low, told.high, len(groups), len(rows))


def _bottlenecks(own: Array, nothing: Array) -> dict[str, float]:
    """Return by how much the share of the unmet need that each constraint leaves changes, from numbers of runs."""
    columns = [PLACE[f"unmet_{kind}"] for kind in CONSTRAINTS]
    ours, theirs = (numbers[:, columns].sum(axis=0) for numbers in (own, nothing))
    with np.errstate(invalid="ignore", divide="ignore"):
        shares = ours / ours.sum() - theirs / theirs.sum()
    return dict(zip(CONSTRAINTS, np.nan_to_num(shares).tolist(), strict=True))
