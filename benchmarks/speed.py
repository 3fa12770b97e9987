"""Ratios of running times: one run against many, a large administration against a small one, two workers against one."""

from __future__ import annotations

import os

from benchmarks.timing import Finding, paired_ratio
from qsim.engine.prepare import Prepared, prepare
from qsim.runs.execution import run_rows
from qsim.scenario.loading import load_scenario

SEED = 1
MANY = 256
SMALL, LARGE = 40, 640
PAIRS = 15


def findings() -> list[Finding]:
    """Return all ratios; runs are timed from building the world to its measures, without tables."""
    small = prepare(load_scenario("large", [f"administration.departments={SMALL}"]))
    large = prepare(load_scenario("large", [f"administration.departments={LARGE}"]))
    return [single_over_many(small), large_over_small(large, small), two_workers_over_one(small)]


def run(prepared: Prepared, runs: int, first: int = 0) -> None:
    """Run some replicates in this thread."""
    prepared.run(SEED, [(replicate, replicate) for replicate in range(first, first + runs)])


def single_over_many(prepared: Prepared) -> Finding:
    """Return the time of a run alone over that of a run among 256; each of 32 runs alone is called for itself."""
    alone = 32

    def one_by_one() -> None:
        for replicate in range(alone):
            run(prepared, 1, replicate)

    ratio = paired_ratio(one_by_one, lambda: run(prepared, MANY), PAIRS) * MANY / alone
    return Finding("single_over_many", ratio, 1.5, "ratio")


def large_over_small(large: Prepared, small: Prepared) -> Finding:
    """Return the time of a department-month at 640 departments over that at 40."""
    few = 4
    many = few * LARGE // SMALL
    ratio = paired_ratio(lambda: run(large, few), lambda: run(small, many), PAIRS)
    return Finding(f"cost_{LARGE}_over_{SMALL}", ratio, 1.3, "ratio")


def two_workers_over_one(prepared: Prepared) -> Finding:
    """Return how many times as many runs two workers do in the same time; with one processor that cannot be 2."""
    rows = [(replicate, replicate) for replicate in range(2 * MANY)]

    def with_workers(workers: int) -> None:
        run_rows(prepared, rows, SEED, workers)

    ratio = paired_ratio(lambda: with_workers(1), lambda: with_workers(2), PAIRS)
    unit = "ratio" if (os.cpu_count() or 1) > 1 else "ratio on one processor"
    return Finding("two_workers_over_one", ratio, 1.8, unit, "at least")
