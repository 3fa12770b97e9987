"""The time of a study, from its plan to its files: over that of its runs, with one worker over two, and what is serial of it."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any
from unittest.mock import patch

from benchmarks.study_file import POINTS, write_experiment
from benchmarks.timing import Finding, paired_ratio
from qsim.engine.run import simulate_months
from qsim.runs.execution import run_rows
from qsim.sweep.factors import Worlds
from qsim.sweep.loading import load_experiment
from qsim.sweep.plan import Plan, study_manifest
from qsim.sweep.running import run_plan

REPLICATIONS = 250
PAIRS = 15
SCALING_PAIRS = 9
SERIAL_REPLICATIONS = 1024
SERIAL_ROUNDS = 3
PART_ROWS = 256
"""Runs of a part in a study of more than 16,384 runs; smaller studies have smaller parts, so that all workers have some."""


def findings() -> list[Finding]:
    """Return the ratios: a study over its runs alone, both with all processors; and one worker over two."""
    with tempfile.TemporaryDirectory(prefix="qsim-study-") as folder:
        return [
            study_over_simulate(Path(folder), REPLICATIONS, PAIRS),
            two_workers_over_one(Path(folder), REPLICATIONS, SCALING_PAIRS),
            serial_share(Path(folder), SERIAL_REPLICATIONS, SERIAL_ROUNDS),
        ]


def study_over_simulate(folder: Path, replications: int, pairs: int) -> Finding:
    """Return the time of a study over that of the same runs of the same scenarios, made ready before."""
    experiment = load_experiment(write_experiment(folder, "large", replications))
    plan = Plan(experiment)
    manifest = study_manifest(plan)
    worlds = Worlds(experiment.bases, experiment.factors)
    cells = [worlds.prepared(0, codes) for codes in experiment.design.codes(0, POINTS).tolist()]
    rows = [(replicate, replicate) for replicate in range(replications)]
    made = iter(range(1_000_000))

    def study() -> None:
        run_plan(plan, folder / f"out{next(made)}", manifest)

    def simulate() -> None:
        for prepared in cells:
            run_rows(prepared, rows, experiment.content.seed)

    return Finding("study_over_simulate", paired_ratio(study, simulate, pairs), 1.2, "ratio")


def two_workers_over_one(folder: Path, replications: int, pairs: int) -> Finding:
    """Return how many times as many runs of a study two workers do in the same time, files and all."""
    plan = Plan(load_experiment(write_experiment(folder, "large", replications)))
    manifest = study_manifest(plan)
    made = iter(range(1_000_000))

    def with_workers(workers: int) -> None:
        run_plan(plan, folder / f"workers{next(made)}", manifest, workers)

    ratio = paired_ratio(lambda: with_workers(1), lambda: with_workers(2), pairs)
    unit = "ratio" if (os.cpu_count() or 1) > 1 else "ratio on one processor"
    return Finding("study_two_workers_over_one", ratio, 1.8, unit, "at least")


def serial_share(folder: Path, replications: int, rounds: int) -> Finding:
    """Return the share of a study's processor time outside the compiled months, during which other threads run on.

    That is more than what holds the interpreter's lock, as NumPy and the writer of tables let it go, too. The median of
    some rounds.
    """
    plan = Plan(load_experiment(write_experiment(folder, "small", replications)), PART_ROWS)
    made = iter(range(1_000_000))

    def share() -> float:
        inside: list[float] = []
        with patch("qsim.engine.prepare.simulate_months", timed(simulate_months, inside)):
            start = time.process_time()
            run_plan(plan, folder / f"serial{next(made)}", study_manifest(plan))
            return 1.0 - sum(inside) / (time.process_time() - start)

    share()  # reads compiled code
    return Finding("study_serial_share", median(share() for _ in range(rounds)), 0.03, "of processor time")


def timed(work: Callable[..., Any], seconds: list[float]) -> Callable[..., Any]:
    """Return a function with the processor seconds that each call takes in its thread noted down."""

    def run(*arguments: Any) -> Any:
        start = time.thread_time()
        result = work(*arguments)
        seconds.append(time.thread_time() - start)
        return result

    return run
