"""Runs of one scenario, many times, in chunks on all processors: in memory, or handed to the store as they come."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np

from qsim.engine.own_files import Given, with_own
from qsim.engine.prepare import Prepared, RunOutput, prepare
from qsim.engine.result import Result, joined
from qsim.engine.rows import REPLICATIONS, rows_of
from qsim.engine.seeds import LARGEST_REPLICATE, check_rows, whole_number
from qsim.engine.warm import warm_up
from qsim.files.messages import InputError
from qsim.measures.catalogue import OUTCOMES
from qsim.runs.facts import fitted
from qsim.runs.runner import RunError, failure_text, noted_interruption, run_pieces, worker_count, workers_of
from qsim.scenario.loading import as_scenario
from qsim.scenario.schema import Scenario

if TYPE_CHECKING:
    import pandas as pd


CHUNK = 32
"""Runs that a worker does at once; results do not depend on it."""

KEPT = 1000
"""Runs whose months are kept in memory, for figures and summaries; the tables on disk hold all."""

Row = tuple[int, int]
Progress = Callable[[int], None]
"""Called with the number of runs done since the last call."""

EVENTS = "events"
"""The table of the calendar, which does not depend on what is run."""


class Tables(Protocol):
    """What takes tables frame by frame: a store writes them."""

    def append(self, table: str, frame: pd.DataFrame) -> None:
        """Take more rows of a table."""


def simulate(
    scenario: Scenario | str | Path,
    replications: int = REPLICATIONS,
    seed: int = 1,
    replicates: Sequence[int] | None = None,
    workers: int | None = None,
    progress: Callable[[int, int], None] | None = None,
    fixed: bool = False,
    rules: Given | Sequence[Given] | None = None,
) -> Result:
    """Run a scenario ``replications`` times, or the named ``replicates``; each five lie in a setting of what nobody knows.

    With ``fixed`` parameters keep their values, and each run draws what the scenario leaves open for itself.
    ``scenario`` may be the name of one, or the path of its file. ``workers`` is the number of threads (all processors by
    default); ``progress`` is called with runs done and all. ``rules`` are own ones: a file, several, or what one declares.
    Raise ValueError without a replicate or for less than one worker, InputError for a wrong scenario, RunError if a run
    fails.
    """
    chosen = (
        range(whole_number(replications, "replications", LARGEST_REPLICATE + 1)) if replicates is None else replicates
    )
    if not isinstance(chosen, Collection) or isinstance(chosen, str):
        raise TypeError(f"replicates is a list of whole numbers, not {chosen!r}")
    if len(set(chosen)) < len(chosen):
        twice = next(one for one in chosen if list(chosen).count(one) > 1)
        raise ValueError(f"replicate {twice} is there twice")
    done = 0

    def told(count: int) -> None:
        nonlocal done
        done += count
        if progress is not None:
            progress(done, len(chosen))

    for replicate in chosen:
        whole_number(replicate, "replicate", LARGEST_REPLICATE)
    prepared = prepare(with_own(as_scenario(scenario), rules), not fixed)
    return run_rows(prepared, rows_of(chosen, not fixed), seed, workers, told, kept=len(chosen))


def run_rows(
    prepared: Prepared,
    rows: Sequence[Row],
    seed: int = 1,
    workers: int | None = None,
    progress: Progress | None = None,
    store: Tables | None = None,
    chunk: int = CHUNK,
    observe: Callable[[RunOutput], None] | None = None,
    kept: int | None = None,
) -> Result:
    """Run rows (replicate, setting) on a pool of threads and return them in order, whatever threads and chunks.

    With a ``store`` the months of each chunk go there at once, so that memory does not grow with the number of runs;
    the result has those of the first ``kept`` (:data:`KEPT`). ``observe`` is called with what each chunk gave, in order.
    Raise RunError for the first chunk that fails; nothing else is started then, nor after Ctrl-C. Raise TypeError or
    ValueError for a seed, replicate or setting that is none.
    """
    check_rows(seed, rows)
    warm_up()
    (prepared,) = fitted([prepared], seed, workers)
    kept = KEPT if kept is None else kept
    outcomes = np.empty((len(rows), len(OUTCOMES)))
    parts: list[RunOutput] = []
    sums: list[np.ndarray] = []
    done = 0
    chunks = [rows[i : i + chunk] for i in range(0, len(rows), chunk)]
    with noted_interruption() as check_interruption, workers_of(min(worker_count(workers), len(chunks))) as pool:
        for own, future in run_pieces(pool, lambda own: prepared.run(seed, own), chunks):
            part = _output(own, future)
            check_interruption()
            outcomes[done : done + len(own)] = part.outcomes
            if store is not None:
                _append_months(store, prepared, own, part)
            if done < kept:
                parts.append(part)
            sums = [total + more for total, more in zip(sums, part[3:], strict=True)] if sums else list(part[3:])
            done += len(own)
            if observe is not None:
                observe(part)
            if progress is not None:
                progress(len(own))
    months, tasks = (np.concatenate([part[place] for part in parts])[:kept] for place in (0, 1))
    return Result(prepared, seed, tuple(rows), RunOutput(months, tasks, outcomes, *sums))


def _output(rows: Sequence[Row], future: Future[RunOutput]) -> RunOutput:
    """Return what some rows gave; tell an error in a run from an error of whoever takes them."""
    try:
        return future.result()
    except (InputError, OSError):
        raise
    except Exception as error:
        first, last = rows[0][0], rows[-1][0]
        raise RunError(f"runs {first} to {last} failed: {failure_text(error)}") from error


def joined_results(results: Sequence[Result]) -> Result:
    """Return the results of consecutive rows of one scenario as one."""
    whole = joined([result.output for result in results])
    months, tasks = whole.series[:KEPT], whole.series_tasks[:KEPT]
    rows = tuple(row for result in results for row in result.rows)
    output = whole._replace(series=months, series_tasks=tasks)
    return Result(results[0].prepared, results[0].seed, rows, output)


def _append_months(store: Tables, prepared: Prepared, rows: Sequence[Row], part: RunOutput) -> None:
    from qsim.engine import frames

    replicates = [replicate for replicate, _ in rows]
    store.append("series", frames.series_frame(prepared, replicates, part.series))
    store.append("series_tasks", frames.tasks_frame(prepared, replicates, part.series_tasks))


def store_tables(store: Tables, result: Result) -> None:
    """Write the tables of a result that are small: one row a run, department or payer, and the calendar.

    ``series`` and ``series_tasks`` were written chunk by chunk by :func:`run_rows`.
    """
    for name in ("runs", "departments", "divisions", "ledger"):
        frame = getattr(result, name)
        if "scenario" not in frame:
            frame = frame.assign(scenario=result.scenario.id)[["scenario", *frame.columns]]
        store.append(name, frame)
    store.append(EVENTS, events_frame(result))


def events_frame(result: Result) -> pd.DataFrame:
    """Return the calendar of a scenario: ``scenario, month, kind, label_de, label_en, certain``, one row a mark."""
    import pandas as pd

    marks = result.calendar
    return pd.DataFrame(
        {
            "scenario": pd.Series([result.scenario.id] * len(marks), dtype="str"),
            "month": pd.to_datetime([f"{mark.month}-01" for mark in marks]),
            "kind": pd.Series([mark.kind for mark in marks], dtype="str"),
            "label_de": pd.Series([mark.label.de for mark in marks], dtype="str"),
            "label_en": pd.Series([mark.label.en for mark in marks], dtype="str"),
            "certain": pd.Series([mark.certain for mark in marks], dtype=bool),
        }
    )
