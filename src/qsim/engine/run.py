"""The compiled run: all months of one world, measured."""

from __future__ import annotations

import numpy as np

from qsim.engine.measuring import measure_month
from qsim.mechanisms.month import month_rules
from qsim.world.compiling import entry
from qsim.world.handle import handle
from qsim.world.records import World


@entry
def simulate_months(
    world: World, months: int, series: np.ndarray, tasks: np.ndarray, sums: np.ndarray, squares: np.ndarray,
    ledger: np.ndarray,
) -> None:  # fmt: skip
    """Run and measure all months of a world from its start on.

    ``series`` (months, SERIES) and ``tasks`` (months, tasks, TASK_SERIES) are written; to ``sums`` (months, departments,
    tasks, DEPARTMENT_MEASURES), ``squares`` (months, departments, tasks) and ``ledger`` (payers, activities) is added.
    """
    state = handle(world)
    start = int(state.key[0].start)
    for m in range(months):
        month_rules(state, start + m, 0, 13)
        measure_month(state, start + m, series[m], tasks[m], sums[m], squares[m])
        ledger += state.ledger


@entry
def measure(world: World, month: int, row: np.ndarray, rows: np.ndarray, sums: np.ndarray, squares: np.ndarray) -> None:
    """Measure one month of a world, from Python: see :func:`~qsim.engine.measuring.measure_month`."""
    measure_month(handle(world), month, row, rows, sums, squares)
