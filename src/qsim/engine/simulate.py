"""Running a scenario many times, in memory: from replicates to tidy tables."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from qsim.engine import frames
from qsim.engine.marks import CalendarMark, calendar_marks
from qsim.engine.prepare import Prepared, RunOutput, prepare
from qsim.engine.seeds import check_rows
from qsim.engine.warm import warm_up
from qsim.scenario.schema import Scenario

CHUNK = 32
"""Runs that a worker does at once; results do not depend on it."""

Progress = Callable[[int, int], None]


@dataclass
class Result:
    """The results of many runs of one scenario; the tables are made when they are asked for."""

    prepared: Prepared
    seed: int
    rows: tuple[tuple[int, int], ...]  # replicate and setting of every run
    output: RunOutput

    @property
    def scenario(self) -> Scenario:
        """The scenario that was run."""
        return self.prepared.scenario

    @property
    def replicates(self) -> tuple[int, ...]:
        """The replicates, in order."""
        return tuple(replicate for replicate, _ in self.rows)

    @cached_property
    def runs(self) -> pd.DataFrame:
        """One row a run: scenario, replicate, setting, and the outcomes of :data:`~qsim.measures.catalogue.OUTCOMES`."""
        return frames.runs_frame(self.prepared, self.rows, self.output.outcomes)

    @cached_property
    def series(self) -> pd.DataFrame:
        """One row a run and month: the columns of :data:`~qsim.measures.catalogue.SERIES`, all tasks together."""
        return frames.series_frame(self.prepared, self.replicates, self.output.series)

    @cached_property
    def series_tasks(self) -> pd.DataFrame:
        """One row a run, month and task: the columns of :data:`~qsim.measures.catalogue.TASK_SERIES`."""
        return frames.tasks_frame(self.prepared, self.replicates, self.output.series_tasks)

    @cached_property
    def departments(self) -> pd.DataFrame:
        """One row a department, task and month: means over the runs."""
        return frames.departments_frame(self.prepared, self.output.departments_sum, self.output.departments_square)

    @cached_property
    def divisions(self) -> pd.DataFrame:
        """One row a division, task and month: weighted means over its departments and the runs."""
        return frames.divisions_frame(self.departments)

    @cached_property
    def ledger(self) -> pd.DataFrame:
        """The hours ledger: payer_kind, payer, activity, hours over the whole run, mean over the runs."""
        return frames.ledger_frame(self.prepared, self.output.ledger, len(self.rows))

    @cached_property
    def calendar(self) -> list[CalendarMark]:
        """The dated marks within the run."""
        return calendar_marks(self.scenario)

    @property
    def months(self) -> pd.DatetimeIndex:
        """The months of the run."""
        return frames.month_index(self.prepared)


def simulate(
    scenario: Scenario,
    replications: int = 200,
    seed: int = 1,
    replicates: Sequence[int] | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Result:
    """Run a scenario ``replications`` times, or the named ``replicates``; the unknown is drawn with each replicate.

    ``workers`` is the number of threads (all processors by default); ``progress`` is called with runs done and all.
    Raise ValueError without a replicate, InputError for wrong overrides of parameters.
    """
    chosen = range(replications) if replicates is None else replicates
    return simulate_rows(prepare(scenario), [(r, r) for r in chosen], seed, workers, progress)


def simulate_rows(
    prepared: Prepared,
    rows: Sequence[tuple[int, int]],
    seed: int = 1,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Result:
    """Run the rows (replicate, setting); the result is the same for any number of workers."""
    check_rows(seed, rows)
    parts = []
    done = 0
    for part in chunks_in_order(prepared, rows, seed, workers):
        parts.append(part)
        done += part.series.shape[0]
        if progress is not None:
            progress(done, len(rows))
    return Result(prepared, seed, tuple(rows), joined(parts))


def chunks_in_order(
    prepared: Prepared, rows: Sequence[tuple[int, int]], seed: int, workers: int | None, chunk: int = CHUNK
) -> Iterator[RunOutput]:
    """Yield the outputs of consecutive chunks of rows in order, at most a few chunks ahead of who takes them."""
    warm_up()
    parts = [rows[i : i + chunk] for i in range(0, len(rows), chunk)]
    count = min(workers or os.cpu_count() or 1, len(parts))
    if count <= 1:
        for part in parts:
            yield prepared.run(seed, part)
        return
    with ThreadPoolExecutor(count) as pool:
        waiting: list[Future[RunOutput]] = []
        try:
            for part in parts:
                waiting.append(pool.submit(prepared.run, seed, part))
                if len(waiting) > 2 * count:
                    yield waiting.pop(0).result()
            while waiting:
                yield waiting.pop(0).result()
        finally:
            for future in waiting:
                future.cancel()


def joined(parts: Sequence[RunOutput]) -> RunOutput:
    """Return the outputs of several chunks as one: runs one after another, sums added in order."""
    if len(parts) == 1:
        return parts[0]
    first = [np.concatenate([part[i] for part in parts]) for i in range(3)]
    sums = [np.sum([part[i] for part in parts], axis=0) for i in range(3, 6)]
    return RunOutput(*first, *sums)
