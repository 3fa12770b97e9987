"""The numbers of a page: gains of departments, and what is shown of a scenario."""

from __future__ import annotations

import numpy as np
import pytest

from qsim.comparison.record import department_gains, shown_of
from qsim.comparison.worlds import TwinWorlds, prepare_twins
from qsim.engine.prepare import prepare
from qsim.runs.execution import run_rows


@pytest.fixture
def worlds(short):
    scenarios = [short(), short("small", "commissioners[integration].funding[0].posts=4")]
    made = TwinWorlds(prepare_twins(scenarios), 1, 2, True)
    made.extend(4, workers=1)
    return made


def test_gains_are_the_paired_differences_of_settings(worlds):
    ids = [department.id for department in worlds.twins[0].house.departments]
    gains = department_gains(worlds, 1, 0)
    assert gains
    for gain in gains:
        apart = (worlds.practice[1] - worlds.practice[0])[:, ids.index(gain.department), 0]
        assert gain.difference == pytest.approx(apart.mean())
        assert (gain.low, gain.high) == pytest.approx(tuple(np.quantile(apart, (0.1, 0.9))))
        assert gain.levels[1] - gain.levels[0] == pytest.approx(gain.difference)
        assert gain.sure == bool(gain.low > 0 or gain.high < 0)


def test_the_largest_change_stands_first(worlds):
    sizes = [abs(gain.difference) for gain in department_gains(worlds, 1, 0)]
    assert sizes == sorted(sizes, reverse=True)


def test_a_department_that_seldom_stands_is_left_out(worlds):
    whole = department_gains(worlds, 1, 0)
    at = [department.id for department in worlds.twins[0].house.departments].index(whole[0].department)
    worlds.practice[0][:2, at] = np.nan
    assert whole[0].department in [gain.department for gain in department_gains(worlds, 1, 0)]
    worlds.practice[0][:3, at] = np.nan
    assert whole[0].department not in [gain.department for gain in department_gains(worlds, 1, 0)]


def test_one_setting_has_no_range(worlds):
    worlds.practice = [practice[:1] for practice in worlds.practice]
    gains = department_gains(worlds, 1, 0)
    assert gains
    assert all(np.isnan(gain.low) and np.isnan(gain.high) and not gain.sure for gain in gains)


def test_a_task_is_the_same_wherever_a_scenario_names_it(short):
    scenario = short("one_unit")
    turned = scenario.model_copy(update={"id": "turned", "tasks": scenario.tasks[::-1]})
    worlds = TwinWorlds(prepare_twins([scenario, turned]), 1, 1, True)
    worlds.extend(2, workers=1)
    for task in range(2):
        gains = department_gains(worlds, 1, task)
        assert gains
        assert [gain.difference for gain in gains] == pytest.approx([0.0] * len(gains), abs=1e-12)
    worlds.twins = (worlds.twins[0], prepare_twins([scenario, short("small")])[1])
    assert department_gains(worlds, 1, 1) == []


@pytest.fixture
def result(short):
    return run_rows(prepare(short("one_unit")), [(run, run) for run in range(5)], 1, workers=1)


def test_curves_are_the_mean_and_the_range_of_the_runs(result):
    curve = np.array(shown_of(result)["curves"]["joint_practice"])
    of_month = result.series.groupby("month")["joint_practice"]
    assert curve.shape == (30, 3)
    for place, expected in enumerate((of_month.quantile(0.1), of_month.mean(), of_month.quantile(0.9))):
        assert curve[:, place] == pytest.approx(expected.to_numpy())


def test_departments_and_hours_are_those_of_the_tables(result):
    found = shown_of(result)
    row = result.departments.query("department == 'youth' and task == 'integration'").sort_values("month")
    assert found["departments"]["youth.integration"]["practice"] == pytest.approx(row["practice"].iloc[-1])
    assert found["departments"]["youth.integration"]["constraint_time"] == pytest.approx(row["constraint_time"].mean())
    assert sum(found["hours"].values()) == pytest.approx(result.ledger["hours"].sum())


def test_constraints_are_weighted_by_the_unmet_need(result):
    held = np.sum(list(shown_of(result)["constraints"].values()), axis=0)
    assert held == pytest.approx(result.series.groupby("month")["need_gap"].mean().clip(lower=0).to_numpy())


def test_what_is_missing_everywhere_is_missing(result):
    low, middle, high = shown_of(result)["ranges"]["practice_after_funding_60"]
    assert np.isnan([low, middle, high]).all()
