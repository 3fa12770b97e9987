"""The compiled run: all months of some worlds, one after another in one memory, measured."""

from __future__ import annotations

from typing import Any

import numpy as np

from qsim.measures.measuring import measure_month
from qsim.mechanisms.month import MONTH, month_rules
from qsim.world.blueprint import Start
from qsim.world.compiling import assembly
from qsim.world.initial import begin
from qsim.world.records import World, reference, spread


@assembly
def _advance(
    world: Any, memory: np.ndarray, template: np.ndarray, places: np.ndarray, words: np.ndarray,
    month: int, months: int, first: int, last: int,
    series: np.ndarray, tasks: np.ndarray, sums: np.ndarray, squares: np.ndarray, ledger: np.ndarray,
) -> None:  # fmt: skip
    """Run the rules ``first`` to ``last - 1`` in each of some months, for each run in ``words`` (runs, places).

    A run begins with the ``template`` and its words, or, where there is no template, as the world is. As many months are
    measured as ``series`` has. This is the only function through which Python reaches the rules: the whole month is
    compiled once, and other threads run while it does.
    """
    for run in range(words.shape[0]):
        if template.size > 0:
            begin(world, memory, template, places, words[run])
        for m in range(months):
            month_rules(world, month + m, first, last)
            if m < series.shape[1]:
                measure_month(world, month + m, series[run, m], tasks[run, m], sums[m], squares[m])
                ledger += world.ledger


def simulate_months(
    start: Start, months: int, series: np.ndarray, tasks: np.ndarray, sums: np.ndarray, squares: np.ndarray,
    ledger: np.ndarray,
) -> World:  # fmt: skip
    """Run and measure all months of some runs from their start on; return the world as the last of them leaves it.

    ``series`` (runs, months, SERIES) and ``tasks`` (runs, months, tasks, TASK_SERIES) are written; to ``sums`` (months,
    departments, tasks, DEPARTMENT_MEASURES), ``squares`` (months, departments, tasks) and ``ledger`` (payers, activities)
    is added.
    """
    plan = start.plan
    memory = plan.memory.copy()
    world = spread(memory, plan.template)
    _advance(reference(world), memory, plan.memory, plan.places, start.words, plan.scenario.start, months, 0, len(MONTH),
             series, tasks, sums, squares, ledger)  # fmt: skip
    return world


def run_rules(world: World, month: int, first: int, last: int) -> None:
    """Run the rules with positions ``first`` to ``last - 1`` of one month of a world; the whole month is 0 to ``len(MONTH)``."""
    _advance(reference(world), *_GOING_ON, month, 1, first, last, *_NOTHING)


def run_months(world: World, months: int) -> None:
    """Run the first months of a world from its start on, without measuring."""
    _advance(reference(world), *_GOING_ON, int(world.key["start"][0]), months, 0, len(MONTH), *_NOTHING)


def measure(world: World, month: int, row: np.ndarray, rows: np.ndarray, sums: np.ndarray, squares: np.ndarray) -> None:
    """Measure one month of a world as it is: see :func:`~qsim.measures.measuring.measure_month`."""
    ledger = np.zeros_like(world.ledger)
    none = len(MONTH) + 1
    _advance(reference(world), *_GOING_ON, month, 1, none, none, row[None, None], rows[None, None], sums[None],
             squares[None], ledger)  # fmt: skip


_NO_WORDS = np.empty(0, np.uint64)
_GOING_ON = (_NO_WORDS, _NO_WORDS, np.empty(0, np.int64), np.empty((1, 0), np.uint64))
_NOTHING = (np.empty((1, 0, 0)), np.empty((1, 0, 0, 0)), np.empty((0, 0, 0, 0)), np.empty((0, 0, 0)), np.empty((0, 0)))
