"""A small house, all its packages by brute force, and advice that is tried on it again and again, each time with other luck."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from importlib import import_module

import numpy as np

from qsim.advice.choosing import Chooser, Effort
from qsim.advice.library import load_library
from qsim.advice.offer import Budget, Ids, Offer, offer_of
from qsim.advice.selection import select
from qsim.advice.table import Table
from qsim.comparison.verdict import PRIMARY
from qsim.engine.prepare import Prepared
from qsim.engine.rows import TWINS
from qsim.runs.execution import Progress, Row
from qsim.runs.facts import tried
from qsim.runs.intervals import Array
from qsim.runs.readings import MEASURES, Reading
from qsim.scenario.loading import load_scenario

SCENARIO, CHANGES = "small", ("months=24", "administration.departments=6")
BUDGET = Budget(10_000, once=60_000)
ONLY = ("working_circle", "joint_project", "checklist_with_veto", "concept_with_departments", "training_few", "release")
RELEVANT = 0.005
"""The smallest relevant difference here, where two years in a small house are too short for that of pages."""

SEEDS = 3
"""So many times five twins are run in each setting."""

FIRST, BATCH, ALPHA = 24, 8, 0.05


@dataclass(frozen=True)
class Truth:
    """All packages of an offer with the goal in many worlds of each setting (packages, settings, worlds)."""

    offer: Offer
    packages: tuple[Ids, ...]
    values: Array

    @property
    def means(self) -> Array:
        """The true level of each package (packages,)."""
        return np.asarray(self.values.mean(axis=(1, 2)))


def offered(changes: Sequence[str] = CHANGES, only: Sequence[str] = ONLY) -> Offer:
    """Return what may be done in the small house."""
    return offer_of(load_scenario(SCENARIO, changes), load_library(), BUDGET, only)


def brute_force(offer: Offer, seeds: int = SEEDS, workers: int | None = None) -> Truth:
    """Run all packages that can be afforded in all settings, with five twins for each of so many seeds."""
    rows = offer.choice.every()
    assert rows is not None
    packages = tuple(package.ids for package in offer.choice.packages(rows))
    values = []
    for ids in packages:
        prepared = Prepared(offer.applied(ids), plausible=True)
        own = [tried(prepared, [Reading(PRIMARY)], seed, workers)[..., 0] for seed in range(1, seeds + 1)]
        values.append(np.concatenate(own, axis=1))
    return Truth(offer, packages, np.stack(values))


class Drawn(Table):
    """A table that holds runs of brute force: settings in another order each time, with other luck of their own."""

    def __init__(self, truth: Truth, repetition: int) -> None:
        draw = np.random.default_rng([repetition, 17])  # noqa: TID251  # a draw of no run
        self.offer, self.truth, self.runs = truth.offer, truth, 0
        settings, worlds = truth.values.shape[1:]
        self.order = draw.permutation(settings)
        self.luck = np.stack([draw.permutation(worlds) for _ in range(settings)])
        self.places = {ids: place for place, ids in enumerate(truth.packages)}
        self.taken: set[tuple[Ids, Row]] = set()

    @property
    def settings(self) -> int:
        """How many settings there are."""
        return len(self.order)

    def outcome(
        self, name: str, packages: Sequence[Ids], rows: Sequence[Row], progress: Progress = lambda done: None
    ) -> Array:
        """Return the goal of packages in worlds (packages, rows)."""
        self.taken.update((ids, row) for ids in packages for row in rows)
        self.runs = len(self.taken)
        turns = [divmod(setting, self.settings) for _, setting in rows]
        worlds = [turn * TWINS + replicate % TWINS for (replicate, _), (turn, _) in zip(rows, turns, strict=True)]
        places = [place for _, place in turns]
        luck = self.luck[places, np.array(worlds) % self.luck.shape[1]]
        own = np.array([self.places[ids] for ids in packages])[:, None]
        return np.asarray(self.truth.values[own, self.order[places], luck])


@dataclass(frozen=True)
class Tried:
    """How often advice was right, shares of the repetitions: the package to take is ``within`` the smallest relevant difference.

    ``kept``: the best is in the group; ``alike``: all in the group are within it; ``lost`` is what the package to take lacks to
    the best, mean and largest; ``runs`` the mean of runs.
    """

    name: str
    within: float
    kept: float
    alike: float
    lost: float
    lost_most: float
    size: float
    runs: float


def tried_out(truth: Truth, name: str, effort: Effort, relevant: float = RELEVANT, repetitions: int = 100) -> Tried:
    """Return how often choosing is right with so much effort."""
    means = dict(zip(truth.packages, truth.means, strict=True))
    best = max(means.values())
    lost, kept, alike, size, runs = [], [], [], [], []
    for repetition in range(repetitions):
        table = Drawn(truth, repetition)
        chosen = Chooser(table, MEASURES[PRIMARY], relevant, effort, _silent).chosen()
        group = [means[chosen.packages[place]] for place in chosen.found.group]
        lost.append(best - means[chosen.shown[0]])
        kept.append(max(group) == best)
        alike.append(min(group) > best - relevant)
        size.append(len(group))
        runs.append(table.runs)
    return _tried(name, relevant, lost, kept, alike, size, runs)


def selection_tried(
    truth: Truth, name: str, forgone: float, relevant: float = RELEVANT, repetitions: int = 100
) -> Tried:
    """Return how often the sequential tests alone are right, which take the highest mean; one observation at a time."""
    lost, kept, alike, size, runs = [], [], [], [], []
    best = truth.means.max()
    for repetition in range(repetitions):
        table = Drawn(truth, repetition)

        def observe(alive: Sequence[int], first: int, count: int, table: Drawn = table) -> Array:
            return table.outcome(PRIMARY, [truth.packages[place] for place in alive], table.columns(first, count))

        found = select(len(truth.packages), observe, relevant, alpha=ALPHA, first=FIRST, batch=1, settings=table.settings,
                       forgone=forgone)  # fmt: skip
        group = truth.means[list(found.group)]
        lost.append(float(best - group[0]))
        kept.append(bool(group.max() == best))
        alike.append(bool(group.min() > best - relevant))
        size.append(len(group))
        runs.append(table.runs)
    return _tried(name, relevant, lost, kept, alike, size, runs)


def library_tried(truth: Truth, name: str, relevant: float = RELEVANT, repetitions: int = 100) -> Tried:
    """Return how often procedure KN of the library sim-tools is right on the same observations; raise ImportError without it."""
    kn = import_module("sim_tools.ovs.indifference_zone").KN
    lost, kept, runs = [], [], []
    best = truth.means.max()
    for repetition in range(repetitions):
        model = _Model(truth, repetition)
        left = kn(model, len(truth.packages), relevant, alpha=ALPHA, n_0=FIRST).solve()
        lost.append(float(best - truth.means[int(left[0])]))
        kept.append(lost[-1] == 0)
        runs.append(sum(model.taken) - 1)  # after its last look it takes one more
    within = [one < relevant for one in lost]
    return _tried(name, relevant, lost, kept, within, [1.0], runs)


class _Model:
    """Hands the library one observation of one package at a time."""

    def __init__(self, truth: Truth, repetition: int) -> None:
        self.truth, self.table, self.taken = truth, Drawn(truth, repetition), [0] * len(truth.packages)

    def register_observer(self, observer: object) -> None:
        self.observer = observer

    def simulate(self, design: int) -> None:
        rows = self.table.columns(self.taken[design], 1)
        self.taken[design] += 1
        value = float(self.table.outcome(PRIMARY, [self.truth.packages[design]], rows)[0, 0])
        self.observer.feedback(self, design, value)  # type: ignore[attr-defined]  # the library's, which need not be there


def _tried(
    name: str, relevant: float, lost: Sequence[float], kept: Sequence[bool], alike: Sequence[bool], size: Sequence[float],
    runs: Sequence[float],
) -> Tried:  # fmt: skip
    within = np.mean(np.array(lost) < relevant)
    shares = float(within), float(np.mean(kept)), float(np.mean(alike))
    return Tried(name, *shares, float(np.mean(lost)), float(np.max(lost)), float(np.mean(size)), float(np.mean(runs)))


def _silent(runs: int, name: str) -> nullcontext[Progress]:
    return nullcontext(lambda done: None)


SEARCH = replace(Effort(), few=10, looks=16, proposals=10)
"""As if the packages were too many: some of them are proposed."""
