"""How long each rule of the month takes: repeated inside compiled code on states that the world really reaches.

A call into compiled code costs more than most rules do in a month, and a rule that runs twice on the same state finds
its hours spent. So the states before a rule are kept for some months of a run; one call puts one after the other back and
runs the rule on it, and the time of the same call without the rule is taken away.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from qsim.engine.prepare import Prepared
from qsim.engine.rows import rows_of
from qsim.engine.run import run_rules
from qsim.measures.catalogue import DEPARTMENT_MEASURES, SERIES, TASK_SERIES
from qsim.measures.measuring import measure_month
from qsim.measures.outcomes import run_outcomes
from qsim.mechanisms.month import MONTH, NAMES, month_rules
from qsim.world.compiling import entry
from qsim.world.records import World, gathered, reference

ROUNDS = 25
"""How often everything is timed; the fastest round counts, as whatever else the machine does can only slow it down.

The clock is the processor's time for this thread, for the same reason.
"""

REPLICATES = 2
"""Runs that are timed, one after another."""

STEPS = (1, 5, 7, 11)
"""Distances of the months that are timed: none shares a factor with a year, so all calendar months have their turn."""

MOST_MONTHS = 24
MOST_MEMORY = 2**27
"""Bytes of all states that are kept, as far as the longest distance allows."""

NOTHING = (1, 1, False)
START = (0, 0, False)
MEASURING = (1, 1, True)

Work = Callable[[], object]
Part = tuple[int, int, bool]
"""A part of the month: the first rule, the one after the last, and whether the month is measured."""


@dataclass(frozen=True)
class Profile:
    """Where the time of a run goes, in seconds of the processor, in one thread."""

    months: int
    start: float
    """A month's beginning: all flows are set to zero."""
    rules: dict[str, float]
    """A month, by the name of the rule, in the order of the month; zero for what is switched off."""
    measuring: float
    """A month."""
    building: float
    """A run: copying and drawing the world."""
    outcomes: float
    """A run: its outcomes from its months."""
    run: float
    """A run alone, timed as a whole."""

    @property
    def month(self) -> float:
        """A month: its beginning, all rules, measuring."""
        return self.start + sum(self.rules.values()) + self.measuring

    @property
    def parts(self) -> float:
        """A run as the sum of its parts: building a world, all months, outcomes."""
        return self.building + self.months * self.month + self.outcomes


@entry
def _repeat(
    world: Any, block: np.ndarray, states: np.ndarray, months: np.ndarray, first: int, last: int, measuring: bool,
    row: np.ndarray, rows: np.ndarray, sums: np.ndarray, squares: np.ndarray, ledger: np.ndarray,
) -> None:  # fmt: skip
    """Put a world into each of some states and run the rules ``first`` to ``last - 1`` there, or measure it."""
    for i in range(months.size):
        block[:] = states[i]
        month_rules(world, months[i], first, last)
        if measuring:
            measure_month(world, months[i], row, rows, sums, squares)
            ledger += world.ledger


def profile_run(prepared: Prepared, seed: int = 1, rounds: int = ROUNDS) -> Profile:
    """Return where the time of a run goes, a mean over the first :data:`REPLICATES` replicates."""
    seconds = np.mean([_seconds(prepared, seed, replicate, rounds) for replicate in range(REPLICATES)], axis=0)
    building, outcomes, run, start, *rules, measuring = map(float, np.maximum(seconds, 0.0))
    rules[0] = max(rules[0] - start, 0.0)  # flows are set to zero together with the first rule
    by_name = dict(zip(NAMES, rules, strict=True))
    return Profile(prepared.scenario.months, start, by_name, measuring, building, outcomes, run)


def _seconds(prepared: Prepared, seed: int, replicate: int, rounds: int) -> np.ndarray:
    """Return the seconds of building, outcomes, a whole run, and of the parts of a month: its start, rules, measuring."""
    rows = rows_of([replicate])
    series = prepared.run(seed, rows).series
    world = prepared.blueprint.world(seed, *rows[0])
    months, states = _states(world, prepared.scenario.months)
    repeated = _repeated(world, months)
    works: list[Work] = [
        lambda: prepared.blueprint.world(seed, *rows[0]),
        lambda: run_outcomes(series, prepared.first_shock),
        lambda: prepared.run(seed, rows),
    ]
    count = len(works)
    parts = [(0, START), *((i, (i, i + 1, False)) for i in range(len(MONTH))), (len(MONTH), MEASURING)]
    for before, part in parts:
        nothing = partial(repeated, states[before], NOTHING)
        repeat = partial(repeated, states[before], part)
        works += [nothing, nothing, repeat]  # the first fills the processor's cache, so that the others find the same
    seconds = np.array(fastest(works, rounds))
    _, nothings, withs = seconds[count:].reshape(-1, 3).T
    return np.concatenate([seconds[:count], (withs - nothings) / months.size])


def _repeated(world: World, months: np.ndarray) -> Callable[[np.ndarray, Part], None]:
    """Return what runs a part of the month once on each of the states (months, words) of a world."""
    memory, own = gathered(world)
    handle = reference(own)
    departments, tasks = world.stances.shape
    out = (
        np.empty(len(SERIES)),
        np.empty((tasks, len(TASK_SERIES))),
        np.zeros((departments, tasks, len(DEPARTMENT_MEASURES))),
        np.zeros((departments, tasks)),
        np.zeros_like(world.ledger),
    )
    return lambda states, part: _repeat(handle, memory, states, months, *part, *out)


def _states(world: World, length: int) -> tuple[np.ndarray, np.ndarray]:
    """Return some months (months,) of a run and the states (rules + 1, months, words) before each rule and at their end."""
    memory, own = gathered(world)
    chosen = months_timed(length, (len(MONTH) + 1) * memory.nbytes)
    start = int(world.key["start"][0])
    states = np.empty((len(MONTH) + 1, len(chosen), memory.size), np.uint64)
    for month in range(chosen[-1] + 1):
        if month in chosen:
            for rule in range(len(MONTH)):
                states[rule, chosen.index(month)] = memory
                run_rules(own, start + month, rule, rule + 1)
            states[-1, chosen.index(month)] = memory
        else:
            run_rules(own, start + month, 0, len(MONTH))
    return start + np.array(chosen), states


def months_timed(length: int, memory: int) -> range:
    """Return which months of a run of ``length`` are timed, from 0 on, if each takes ``memory`` (bytes)."""
    most = min(MOST_MONTHS, max(MOST_MEMORY // memory, 1))
    return range(0, length, next((step for step in STEPS if length <= step * most), STEPS[-1]))


def fastest(works: Sequence[Work], rounds: int) -> list[float]:
    """Return the processor seconds of the fastest of some rounds of each piece of work; they take turns, once to warm up."""
    for work in works:
        work()
    best = [math.inf] * len(works)
    for _ in range(rounds):
        for i, work in enumerate(works):
            start = time.thread_time()
            work()
            best[i] = min(best[i], time.thread_time() - start)
    return best
