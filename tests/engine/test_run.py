"""The compiled run: its months, its measures and its sums."""

import numpy as np
import pytest

from qsim.engine.prepare import prepare
from qsim.engine.run import measure, simulate_months
from qsim.measures.catalogue import DEPARTMENT_MEASURES, SERIES, TASK_SERIES
from qsim.runs.execution import simulate
from worlds import city, run_months, world_of


def test_a_run_is_its_months_by_hand():
    result = simulate(city(), replicates=[3])
    world = world_of(city(), 3)
    row, rows = np.empty(len(SERIES)), np.empty((1, len(TASK_SERIES)))
    hours = np.zeros_like(world.ledger)
    start = city().start
    for m in range(24):
        run_months(world, 1, start + m)
        measure(world, start + m, row, rows, np.zeros((10, 1, len(DEPARTMENT_MEASURES))), np.zeros((10, 1)))
        hours += world.ledger
        assert np.array_equal(row, result.output.series[0, m], equal_nan=True), m
        assert np.array_equal(rows, result.output.series_tasks[0, m], equal_nan=True), m
    assert hours == pytest.approx(result.output.ledger)


def test_measuring_changes_nothing_but_the_memory_of_formats():
    world = world_of(city())
    run_months(world, 3)
    before = world.stances.copy(), world.departments.copy(), world.ledger.copy()
    measure(world, city().start + 2, np.empty(len(SERIES)), np.empty((1, len(TASK_SERIES))),
            np.zeros((10, 1, len(DEPARTMENT_MEASURES))), np.zeros((10, 1)))  # fmt: skip
    assert before[0].tobytes() == world.stances.tobytes()
    assert before[1].tobytes() == world.departments.tobytes()
    assert np.array_equal(before[2], world.ledger)


def test_sums_are_added_to():
    (start,) = prepare(city()).blueprint.starts(1, [(0, 0), (1, 1)])
    shapes = (
        (2, 24, len(SERIES)),
        (2, 24, 1, len(TASK_SERIES)),
        (24, 10, 1, len(DEPARTMENT_MEASURES)),
        (24, 10, 1),
        start.plan.template.ledger.shape,
    )
    arrays = [np.full(shape, 7.0) for shape in shapes]
    simulate_months(start, 24, *arrays)
    alone = simulate(city(), replicates=[0, 1], fixed=True).output
    assert np.array_equal(arrays[0], alone.series, equal_nan=True)
    assert arrays[2] == pytest.approx(alone.departments_sum + 7.0)
    assert arrays[4] == pytest.approx(alone.ledger + 7.0)


def test_a_run_may_be_one_month():
    result = simulate(city(months=1), 3)
    assert result.output.series.shape[1] == 1
    assert np.isfinite(result.runs["practice"]).all()
