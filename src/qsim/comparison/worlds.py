"""Twin worlds: the same runs of several scenarios, in ever more settings of what nobody knows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

import numpy as np

from qsim.engine.prepare import Prepared, RunOutput, prepare
from qsim.engine.result import Result
from qsim.engine.rows import rows_of
from qsim.measures import columns
from qsim.measures.outcomes import YEAR
from qsim.runs.execution import Progress, Row, Tables, joined_results, run_rows
from qsim.runs.facts import fitted
from qsim.runs.intervals import Array
from qsim.scenario.schema import Scenario

PRACTICE = columns.DEPARTMENT_PRACTICE
STANDS = slice(columns.DEPARTMENT_CONSTRAINT_MOTIVATION, None)


def twin_rows(settings: int, replications: int, plausible: bool = True, first: int = 0) -> list[Row]:
    """Return replicate and setting of the worlds from setting ``first`` on; no two worlds share their draws.

    Where settings are not varied each world draws what its scenario leaves open for itself: a setting of one world.
    """
    if settings < 1 or replications < 1:
        raise ValueError("at least one replication and one setting are needed")
    if not plausible:
        return rows_of(range(first, settings), plausible=False)
    return [(setting * replications + i, setting) for setting in range(first, settings) for i in range(replications)]


def prepare_twins(scenarios: Sequence[Scenario], plausible: bool = True) -> list[Prepared]:
    """Return the scenarios made ready, no two with the same id: a second ``city`` becomes ``city_2``."""
    if len(scenarios) < 2:
        raise ValueError("a comparison needs two scenarios or more")
    given = {scenario.id for scenario in scenarios}
    prepared: list[Prepared] = []
    for scenario in scenarios:
        taken = {other.scenario.id for other in prepared}
        if scenario.id in taken:
            name = next(name for n in count(2) if (name := f"{scenario.id}_{n}") not in taken | given)
            scenario = scenario.model_copy(update={"id": name})
        prepared.append(prepare(scenario, plausible=plausible))
    return prepared


class TwinWorlds:
    """The runs of several scenarios in the same settings, which grow by :meth:`extend`.

    ``results`` holds one result a scenario, ``practice`` for each what its departments do in the last twelve months,
    mean over the worlds of a setting (settings, departments, tasks), NaN where a department does not stand. Raise
    ValueError for less than one replication.
    """

    def __init__(self, twins: Sequence[Prepared], seed: int, replications: int, plausible: bool) -> None:
        if replications < 1:
            raise ValueError("at least one replication is needed")
        self.twins = tuple(twins)
        self.seed = seed
        self.replications = replications if plausible else 1
        self.plausible = plausible
        self.settings = 0
        self.results: list[Result] = []
        self.practice: list[Array] = []

    def extend(
        self,
        settings: int,
        workers: int | None = None,
        progress: Progress | None = None,
        store: Tables | None = None,
    ) -> None:
        """Run all scenarios in further settings, up to so many in all; raise RunError for the first chunk that fails."""
        if not self.settings:
            self.twins = tuple(fitted(self.twins, self.seed, workers))
        more: list[Result] = []
        for place, twin in enumerate(self.twins):
            practice: list[Array] = []
            chunk = self.replications

            def observe(part: RunOutput, result: list[Array] = practice) -> None:
                result.append(_practice(part))

            rows = self.rows_of(place, settings)
            more.append(run_rows(twin, rows, self.seed, workers, progress, store, chunk, observe))
            self.practice[place : place + 1] = [np.concatenate([*self.practice[place : place + 1], np.stack(practice)])]
        self.results = [joined_results(pair) for pair in zip(self.results, more, strict=True)] if self.results else more
        self.settings = settings

    def rows_of(self, place: int, settings: int) -> list[Row]:
        """Return replicate and setting of what is run next of a scenario, up to so many settings: twins have the same."""
        return twin_rows(settings, self.replications, self.plausible, self.settings)

    def outcome(self, place: int, name: str) -> Array:
        """Return an outcome of a scenario as (settings, replications)."""
        values = self.results[place].runs[name].to_numpy(dtype=np.float64)
        return values.reshape(self.settings, self.replications)


def _practice(part: RunOutput) -> Array:
    """Return the mean practice of departments (departments, tasks) over the last twelve months of some runs."""
    sums = part.departments_sum[-YEAR:].sum(axis=0)
    runs = sums[..., STANDS].sum(axis=-1)
    return np.asarray(np.divide(sums[..., PRACTICE], runs, out=np.full(runs.shape, np.nan), where=runs > 0.0))
