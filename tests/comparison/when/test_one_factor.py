"""One regression foretells every setting as if it had been left out, and noise is told from an effect."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from qsim.comparison.when.cases import Factor
from qsim.comparison.when.one_factor import effect_chance, foretold, others_mean
from qsim.scenario.values import Label

NUMBER = Factor("x", Label(de="x", en="x"))
CHOICE = Factor("c", Label(de="c", en="c"), ("a", "b", "c"))


@given(st.integers(0, 1000))
def test_a_setting_is_foretold_from_all_others(seed):
    draw = np.random.default_rng(seed)
    x, y = draw.random(30), draw.normal(size=(30, 2))
    found = foretold(NUMBER, x, y)
    for left_out in (0, 17):
        others = np.arange(30) != left_out
        for column in range(2):
            fit = np.polynomial.Polynomial.fit(x[others], y[others, column], 3)
            assert found[left_out, column] == pytest.approx(fit(x[left_out]), abs=1e-8)


def test_a_level_is_foretold_by_the_mean_of_the_others_of_its_level():
    places, y = np.array([0.0, 0, 0, 2, 2, 2]), np.arange(6.0)[:, None]
    assert foretold(CHOICE, places, y)[:, 0] == pytest.approx([1.5, 1.0, 0.5, 4.5, 4.0, 3.5])


def test_few_values_take_a_polynomial_that_they_carry():
    x, y = np.repeat([24.0, 60.0], 10), np.arange(20.0)[:, None]
    assert foretold(NUMBER, x, y)[0, 0] == pytest.approx(np.arange(1, 10).mean())


def test_the_mean_of_the_others_leaves_oneself_out():
    assert others_mean(np.array([[1.0], [2.0], [6.0]]))[:, 0].tolist() == [4.0, 3.5, 1.5]


def test_chances_of_noise_are_uniform_and_those_of_an_effect_are_small():
    draw = np.random.default_rng(3)
    noise = [effect_chance(NUMBER, draw.random(200), draw.normal(size=(200, 1))) for _ in range(200)]
    assert stats.kstest(noise, "uniform").pvalue > 0.01
    x = draw.random(200)
    assert effect_chance(NUMBER, x, (3 * x + draw.normal(size=200))[:, None]) < 0.001


@pytest.mark.parametrize(
    ("outcomes", "chance"), [(np.zeros((50, 1)), 1.0), (np.linspace(0, 1, 50)[:, None], 0.0)], ids=["nothing", "exact"]
)
def test_what_never_differs_is_not_moved_and_what_follows_exactly_is(outcomes, chance):
    assert effect_chance(NUMBER, np.linspace(0, 1, 50), outcomes) == pytest.approx(chance, abs=1e-12)


def test_a_factor_of_one_value_moves_nothing():
    assert effect_chance(NUMBER, np.ones(20), np.arange(20.0)[:, None]) == 1.0
