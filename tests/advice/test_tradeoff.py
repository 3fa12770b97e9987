"""The curve of best packages by cost, and where more money brings nothing more."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qsim.advice.tradeoff import tradeoff

COSTS = np.array([0.0, 12_000.0, 12_000.0, 30_000.0, 35_000.0, 70_000.0, 200_000.0])
MEANS = np.array([0.0, 2.0, 1.0, 1.5, 4.0, 4.05, 9.0])


def effects(means, spread=0.2, settings=40, seed=0):
    own = np.random.default_rng(seed).standard_normal((len(means), settings))
    own -= own.mean(axis=1, keepdims=True)
    own[0] = 0.0
    return np.asarray(means)[:, None] + spread * own


def test_the_curve_holds_who_has_more_effect_than_all_that_cost_less():
    found = tradeoff(effects(MEANS), COSTS, 25_000, relevant=1.0)
    assert [point.place for point in found.points] == [0, 1, 4, 5]
    assert [point.cost for point in found.points] == [0.0, 12_000.0, 35_000.0, 70_000.0]
    assert [point.effect for point in found.points] == pytest.approx([0.0, 2.0, 4.0, 4.05])
    assert all(point.low <= point.effect <= point.high for point in found.points)
    assert found.limit == 100_000


def test_a_step_brings_more_as_long_as_another_package_comes_into_reach():
    found = tradeoff(effects(MEANS), COSTS, 25_000, relevant=1.0)
    told = [(one.begin, one.end, round(one.gain, 2), one.more) for one in found.steps]
    assert told == [
        (0.0, 2_000.0, 0.0, False),
        (2_000.0, 12_000.0, 2.0, True),
        (12_000.0, 25_000.0, 0.0, False),
        (25_000.0, 35_000.0, 2.0, True),
        (35_000.0, 60_000.0, 0.0, False),
        (60_000.0, 70_000.0, 0.05, False),
        (70_000.0, 100_000.0, 0.0, False),
    ]
    assert found.enough == 35_000


def test_what_cannot_be_told_from_nothing_is_nothing():
    """The same gain of 2, once with an interval that holds a tenth of the smallest relevant difference."""
    sure = tradeoff(effects([0.0, 2.0]), np.array([0.0, 5_000.0]), 10_000, relevant=1.0)
    unsure = tradeoff(effects([0.0, 2.0], spread=10.0), np.array([0.0, 5_000.0]), 10_000, relevant=1.0)
    assert (sure.enough, unsure.enough) == (5_000.0, 0.0)
    assert unsure.steps[0].low < 0.1 < unsure.steps[0].high
    large = tradeoff(effects([0.0, 2.0]), np.array([0.0, 5_000.0]), 10_000, relevant=25.0)
    assert large.enough == 0.0


def test_gains_are_those_of_common_settings():
    """Far apart over settings and always 1 apart from each other: the gain is certain. Settings of one alone do not count."""
    luck = np.random.default_rng(1).normal(0.0, 9.0, 30)
    table = np.stack([np.zeros(30), luck + 50.0, luck + 51.0])
    table[2, 20:] = np.nan
    table[1, 20:] = 40.0
    found = tradeoff(table, np.array([0.0, 1_000.0, 15_000.0]), 10_000, relevant=1.0)
    step = next(one for one in found.steps if one.begin == 5_000.0)
    assert (step.gain, step.low, step.high) == pytest.approx((1.0, 1.0, 1.0))
    assert step.more


def test_without_a_package_for_nothing_the_curve_begins_with_the_cheapest():
    found = tradeoff(effects([0.5, 3.0]), np.array([4_000.0, 9_000.0]), 0.0, relevant=1.0)
    assert found.points[0].cost == found.steps[0].begin == 4_000
    assert found.limit == 10_000


@given(st.integers(0, 5_000), st.integers(2, 30))
def test_the_curve_rises_and_steps_follow_each_other(seed, count):
    draw = np.random.default_rng(seed)
    costs = np.r_[0.0, np.round(draw.uniform(0, 90_000, count), -3)]
    table = effects(np.r_[0.0, draw.normal(2.0, 2.0, count)], seed=seed)
    found = tradeoff(table, costs, 20_000, relevant=1.0)
    assert (np.diff([point.cost for point in found.points]) > 0).all()
    assert (np.diff([point.effect for point in found.points]) > 0).all()
    assert [one.end for one in found.steps[:-1]] == [one.begin for one in found.steps[1:]]
    assert (found.steps[0].begin, found.steps[-1].end) == (0.0, 80_000.0)
    affordable = table[costs <= found.points[-1].cost].mean(axis=1)
    assert found.points[-1].effect == pytest.approx(affordable.max())
    assert not any(one.more for one in found.steps if one.begin >= found.enough)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"costs": np.zeros(3)}, "one cost, of each package"),
        ({"effects": np.full((2, 5), np.nan)}, "two settings or more"),
        ({"budget": -1.0}, "from 0 on"),
        ({"relevant": 0.0}, "above 0"),
        ({"costs": np.array([50_000.0, 60_000.0])}, "no package costs 40000 or less"),
    ],
)
def test_what_cannot_be_meant_is_told(wrong, message):
    asked = {"effects": effects([0.0, 1.0]), "costs": np.zeros(2), "budget": 10_000.0, "relevant": 1.0, **wrong}
    with pytest.raises(ValueError, match=message):
        tradeoff(**asked)
