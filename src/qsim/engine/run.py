"""The compiled run: all months of one world, measured."""

from __future__ import annotations

from typing import Any

import numpy as np

from qsim.measures.measuring import measure_month
from qsim.mechanisms.month import MONTH, month_rules
from qsim.world.compiling import assembly
from qsim.world.records import World, reference


@assembly
def _advance(
    world: Any, month: int, months: int, first: int, last: int, series: np.ndarray, tasks: np.ndarray,
    sums: np.ndarray, squares: np.ndarray, ledger: np.ndarray,
) -> None:  # fmt: skip
    """Run the rules ``first`` to ``last - 1`` in each of some months; measure as many months as ``series`` has rows.

    This is the only function through which Python reaches the rules: the whole month is compiled once.
    """
    for m in range(months):
        month_rules(world, month + m, first, last)
        if m < series.shape[0]:
            measure_month(world, month + m, series[m], tasks[m], sums[m], squares[m])
            ledger += world.ledger


def simulate_months(
    world: World, months: int, series: np.ndarray, tasks: np.ndarray, sums: np.ndarray, squares: np.ndarray,
    ledger: np.ndarray,
) -> None:  # fmt: skip
    """Run and measure all months of a world from its start on.

    ``series`` (months, SERIES) and ``tasks`` (months, tasks, TASK_SERIES) are written; to ``sums`` (months, departments,
    tasks, DEPARTMENT_MEASURES), ``squares`` (months, departments, tasks) and ``ledger`` (payers, activities) is added.
    """
    start = int(world.key["start"][0])
    _advance(reference(world), start, months, 0, len(MONTH), series, tasks, sums, squares, ledger)


def run_rules(world: World, month: int, first: int, last: int) -> None:
    """Run the rules with positions ``first`` to ``last - 1`` of one month of a world; the whole month is 0 to ``len(MONTH)``."""
    _advance(reference(world), month, 1, first, last, *_NOTHING)


def run_months(world: World, months: int) -> None:
    """Run the first months of a world from its start on, without measuring."""
    _advance(reference(world), int(world.key["start"][0]), months, 0, len(MONTH), *_NOTHING)


def measure(world: World, month: int, row: np.ndarray, rows: np.ndarray, sums: np.ndarray, squares: np.ndarray) -> None:
    """Measure one month of a world as it is: see :func:`~qsim.measures.measuring.measure_month`."""
    ledger = np.zeros_like(world.ledger)
    none = len(MONTH) + 1
    _advance(reference(world), month, 1, none, none, row[None], rows[None], sums[None], squares[None], ledger)


_NOTHING = (np.empty((0, 0)), np.empty((0, 0, 0)), np.empty((0, 0, 0, 0)), np.empty((0, 0, 0)), np.empty((0, 0)))
