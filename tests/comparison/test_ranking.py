"""The ranking of scenarios: who is best how often, and what is lost otherwise."""

import numpy as np
import pytest

from qsim.comparison.ranking import ranking

LEVELS = [
    level[:, None]
    for level in (np.array([0.1, 0.2, 0.3, 0.4]), np.array([0.3, 0.1, 0.4, 0.5]), np.array([0.1, 0.0, 0.0, 0.5]))
]


def test_the_best_on_average_stands_first():
    ranks = ranking(LEVELS)
    assert [rank.index for rank in ranks] == [1, 0, 2]
    assert [rank.level for rank in ranks] == pytest.approx([0.325, 0.25, 0.15])


def test_a_shared_first_place_is_shared_out():
    best = {rank.index: rank.best for rank in ranking(LEVELS)}
    assert best == pytest.approx({0: 0.25, 1: 0.625, 2: 0.125})
    assert sum(best.values()) == pytest.approx(1.0)


def test_regret_is_against_the_best_of_each_setting():
    regret = {rank.index: rank.regret for rank in ranking(LEVELS)}
    assert regret == pytest.approx({0: (0.2 + 0 + 0.1 + 0.1) / 4, 1: 0.1 / 4, 2: (0.2 + 0.2 + 0.4 + 0) / 4})
    high = {rank.index: rank.regret_high for rank in ranking(LEVELS)}
    assert high == pytest.approx(
        {0: np.quantile([0.2, 0, 0.1, 0.1], 0.9), 1: 0.07, 2: np.quantile([0.2, 0.2, 0.4, 0], 0.9)}
    )


def test_less_can_be_better():
    assert [rank.index for rank in ranking(LEVELS, higher_is_better=False)] == [2, 0, 1]


def test_settings_with_something_missing_do_not_count():
    holes = [LEVELS[0].copy(), *LEVELS[1:]]
    holes[0][0] = np.nan
    assert {rank.index: rank.best for rank in ranking(holes)} == pytest.approx({0: 1 / 3, 1: 0.5, 2: 1 / 6})
    with pytest.raises(ValueError, match="no setting"):
        ranking([np.full((3, 1), np.nan), np.ones((3, 1))])


def test_luck_makes_nobody_the_best_and_costs_no_regret():
    """Three scenarios that differ by 0.02 everywhere, and luck that is larger: the first is always the best."""
    generator = np.random.default_rng(4)
    levels = [0.3 - 0.02 * place + generator.normal(0.0, 0.05, (300, 5)) for place in range(3)]
    counted = np.stack([level.mean(axis=1) for level in levels]).argmax(axis=0)
    top, *others = ranking(levels)
    assert (counted == 0).mean() < 0.75
    assert top.index == 0
    assert top.best > 0.95
    assert top.regret < 0.002
    assert [rank.regret for rank in others] == pytest.approx([0.02, 0.04], abs=0.008)


def test_what_settings_decide_stays():
    """Two scenarios of which each is better in half of the settings, by much more than luck."""
    generator = np.random.default_rng(4)
    side = np.where(np.arange(200) % 2, 0.1, -0.1)[:, None]
    levels = [0.3 + side + generator.normal(0.0, 0.02, (200, 3)), 0.3 - side + generator.normal(0.0, 0.02, (200, 3))]
    assert [rank.best for rank in ranking(levels)] == pytest.approx([0.5, 0.5])
    assert [rank.regret for rank in ranking(levels)] == pytest.approx([0.1, 0.1], abs=0.01)


def test_scenarios_that_are_the_same_in_a_setting_share_its_first_place():
    generator = np.random.default_rng(4)
    better = np.repeat([0.0, 0.1], [80, 20])[:, None]
    levels = [np.full((100, 3), 0.3), 0.3 + better * (1.0 + 0.5 * generator.standard_normal((100, 3)))]
    assert [rank.best for rank in ranking(levels)] == pytest.approx([0.6, 0.4], abs=0.005)
