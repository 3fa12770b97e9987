"""Screening against functions whose effects are known, and the choice of what matters."""

import numpy as np
import pytest
from functions import linear, sobol_g

from qsim.sensitivity.designs import trajectories
from qsim.sensitivity.screening import most_important, screened


def effects(function, dimensions, number=20, seed=1):
    ways = trajectories(dimensions, number, seed)
    found = np.asarray(function(ways.reshape(-1, dimensions))).reshape(number, dimensions + 1, -1)
    return screened(ways, found, seed)


def test_effects_of_a_linear_function_are_its_weights():
    found = effects(linear, 4)
    assert found.effect[:, 0] == pytest.approx([1, 2, 3, 4])
    assert found.signed[:, 0] == pytest.approx([1, 2, 3, 4])
    assert found.spread[:, 0] == pytest.approx(np.zeros(4), abs=1e-9)
    assert found.half[:, 0] == pytest.approx(np.zeros(4), abs=1e-9)


def test_an_effect_against_the_direction_has_its_sign_and_an_interaction_its_spread():
    found = effects(lambda x: -3 * x[:, 0] + x[:, 1] * x[:, 2], 3, number=60)
    assert found.signed[0, 0] == pytest.approx(-3)
    assert found.effect[0, 0] == pytest.approx(3)
    assert found.spread[0, 0] < 1e-9 < 0.2 < found.spread[1, 0]
    assert found.effect[1, 0] == pytest.approx(0.5, abs=3 * found.half[1, 0])


def test_the_order_of_the_g_function_is_found():
    found = effects(sobol_g, 5, number=60)
    assert most_important(found.effect, 5) == [0, 1, 2, 3, 4]
    assert most_important(found.effect, 2) == [0, 1]


def test_what_matters_at_any_time_is_chosen():
    importance = np.array([[10.0, 0.0], [0.0, 0.1], [5.0, 0.04], [1.0, 0.01]])
    assert most_important(importance, 2) == [0, 1]
    assert most_important(np.array([[np.nan], [1.0]]), 1) == [1]


def test_trajectories_without_a_number_are_left_out():
    ways = trajectories(3, 10, 1)
    values = linear(ways.reshape(-1, 3)).reshape(10, 4, 1)
    values[4, 2] = np.nan
    found = screened(ways, values, 1)
    assert found.used.tolist() == [9]
    assert found.effect[:, 0] == pytest.approx([1, 2, 3])
    values[1:] = np.nan
    assert np.isnan(screened(ways, values, 1).effect).all()
