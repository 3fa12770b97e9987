"""The ranking of scenarios: who is best how often, and what is lost otherwise."""

import numpy as np
import pytest

from qsim.study.comparison.ranking import ranking

LEVELS = [np.array([0.1, 0.2, 0.3, 0.4]), np.array([0.3, 0.1, 0.4, 0.5]), np.array([0.1, 0.0, 0.0, 0.5])]


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
    assert all(rank.regret_high >= 0 for rank in ranking(LEVELS))


def test_less_can_be_better():
    assert [rank.index for rank in ranking(LEVELS, higher_is_better=False)] == [2, 0, 1]


def test_settings_with_something_missing_do_not_count():
    holes = [LEVELS[0].copy(), *LEVELS[1:]]
    holes[0][0] = np.nan
    assert {rank.index: rank.best for rank in ranking(holes)} == pytest.approx({0: 1 / 3, 1: 0.5, 2: 1 / 6})
    with pytest.raises(ValueError, match="no setting"):
        ranking([np.full(3, np.nan), np.ones(3)])
