"""The gains of departments against the practice that the twin worlds hold."""

import numpy as np
import pytest

from qsim.comparison.gains import department_gains
from qsim.comparison.worlds import TwinWorlds, prepare_twins


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
