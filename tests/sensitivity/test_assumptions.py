"""What one would learn from parameters that are possible only together: known shares, SALib, and what does nothing."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from SALib.analyze.delta import sobol_first

from qsim.sensitivity import assumptions
from qsim.sensitivity.assumptions import class_shares, classes_of, families_of


def learned(values, settings, outcomes, seed, resamples):
    """Return what settings tell that have nothing in common."""
    return assumptions.learned(values, np.arange(len(values)), settings, outcomes, seed, resamples)


SETTINGS = 400
EACH = 5
"""Points in each setting."""


def points_of(number=SETTINGS, each=EACH):
    return np.repeat(np.arange(number), each)


def study(seed, parameters=20, number=SETTINGS, each=EACH, resamples=200):
    """Two uniform parameters that act, others that do nothing, a factor that is not of the setting, and luck."""
    draw = np.random.default_rng(seed)
    values, settings = draw.random((number, parameters)), points_of(number, each)
    factor, luck = draw.random(len(settings)), draw.normal(0.0, 0.2, len(settings))
    outcome = (2.0 * values[:, 0] + values[:, 1])[settings] + factor + luck
    return learned(values, settings, outcome[:, None], seed, resamples)


def lost(classes):
    """Return which share of the variance of a uniform number its classes keep."""
    return 1.0 - 1.0 / classes**2


KNOWN = np.array([4.0, 1.0, 0.0]) / (4.0 + 1.0 + 1.0 + 12 * 0.2**2) * lost(5)


def test_shares_are_those_of_salib_but_for_what_classes_differ_by_by_chance():
    draw = np.random.default_rng(2)
    values = draw.random((426, 2))
    outcome = np.sin(6 * values[:, 0]) + draw.normal(0.0, 0.4, 426)
    classes = classes_of(values, 426)
    plain = class_shares(classes, np.ones((426, 1)), outcome[:, None], outcome[:, None] ** 2)[:, 0]
    salib = [sobol_first(outcome, column, np.linspace(0, 426, classes.shape[1] + 1)) for column in values.T]
    assert plain == pytest.approx(np.array(salib))
    found, _ = learned(values, np.arange(426), outcome[:, None], 1, 500)
    unbiased = plain - (1 - plain) * (classes.shape[1] - 1) / (426 - classes.shape[1])  # epsilon squared, Kelley 1935
    assert found.value[:, 0] == pytest.approx(unbiased, abs=0.002)


def test_known_shares_are_found_and_their_intervals_cover():
    found = [study(seed, 3)[0] for seed in range(40)]
    values = np.array([one.value[:, 0] for one in found])
    assert values.mean(axis=0) == pytest.approx(KNOWN, abs=0.01)
    covered = np.array([(one.low[:3, 0] <= KNOWN) & (one.high[:3, 0] >= KNOWN) for one in found])
    assert (covered.mean(axis=0) > 0.85).all()


def test_the_noise_floor_holds_what_does_nothing_and_nothing_else():
    found = [study(seed) for seed in range(40)]
    assert np.mean([(share.value[2:, 0] > floors[0]).any() for share, floors in found]) < 0.15
    assert all((share.value[:2, 0] > floors[0]).all() for share, floors in found)


def test_a_parameter_that_does_nothing_tells_what_it_has_in_common_with_one_that_acts():
    draw = np.random.default_rng(3)
    acts, other = draw.multivariate_normal([0, 0], [[1.0, 0.8], [0.8, 1.0]], 4000).T
    share, floors = learned(np.stack([acts, other], axis=1), np.arange(4000), acts[:, None], 1, 50)
    assert share.value[1, 0] / share.value[0, 0] == pytest.approx(0.8**2, abs=0.03)
    assert (share.value[:, 0] > floors[0]).all()


def test_a_parameter_that_acts_both_ways_is_found():
    values = np.random.default_rng(4).random((SETTINGS, 2))
    share, floors = learned(values, points_of(), np.abs(values[:, 0] - 0.5)[points_of(), None], 1, 100)
    assert share.value[0, 0] > 0.8
    assert share.value[1, 0] < floors[0]


def test_more_points_in_the_same_settings_are_no_more_settings():
    draw = np.random.default_rng(5)
    values, outcome = draw.random((60, 4)), draw.random((60, 1))
    once = learned(values, points_of(60, 1), outcome, 1, 50)
    often = learned(values, points_of(60, 7), outcome[points_of(60, 7)], 1, 50)
    for one, other in zip((*once[0], once[1]), (*often[0], often[1]), strict=True):
        assert one == pytest.approx(other)


def chained(seed, redrawn, parameters=60, chains=40, rounds=10):
    """Return settings that chains went through, which draw a share of their parameters anew from round to round."""
    draw = np.random.default_rng(seed)
    result = [draw.random((chains, parameters))]
    for _ in range(rounds - 1):
        anew = draw.random((chains, parameters)) < redrawn
        result.append(np.where(anew, draw.random((chains, parameters)), result[-1]))
    return np.concatenate(result)


def told(values, families, seed):
    """Return which of the parameters that do nothing stand above the floor where ten others act."""
    outcome = values[:, :10] @ np.random.default_rng(seed + 99).normal(0.0, 1.0, 10)
    share, floors = assumptions.learned(values[:, 10:], families, np.arange(len(values)), outcome[:, None], seed, 100)
    return share.value[:, 0] > floors[0]


@pytest.mark.parametrize("redrawn", [0.05, 0.2])
def test_the_floor_holds_for_settings_that_are_related(redrawn):
    studies = [(chained(seed, redrawn), seed) for seed in range(15)]
    above = np.array([told(values, families_of(values), seed) for values, seed in studies])
    alone = np.array([told(values, np.arange(len(values)), seed) for values, seed in studies])
    assert above.mean() < 0.01 < 0.1 < alone.mean()
    assert above.any(axis=1).mean() < 0.4


def test_settings_of_a_chain_are_one_family_and_those_that_have_nothing_in_common_are_none():
    families = families_of(chained(1, 0.02))
    assert (families.reshape(10, 40) == families[:40]).all()
    assert len(np.unique(families)) == 40
    assert len(np.unique(families_of(np.random.default_rng(9).random((200, 150))))) == 200


@given(st.integers(8, 60), st.integers(1, 3), st.integers(0, 2**32 - 1))
def test_neither_units_nor_the_order_of_points_and_settings_matter(number, each, seed):
    draw = np.random.default_rng(seed)
    values, settings = draw.random((number, 3)), points_of(number, each)
    outcome = draw.normal(size=(len(settings), 1)) + values[settings, :1]
    share, floors = learned(values, settings, outcome, 1, 20)
    order = draw.permutation(len(settings))
    moved, moved_floors = learned(np.exp(values), settings[order], 1e4 - 3.0 * outcome[order], 1, 20)
    assert moved.value == pytest.approx(share.value, abs=1e-6)
    assert moved_floors == pytest.approx(floors, abs=1e-6)
    assert (share.value <= 1.0 + 1e-9).all()
    places = draw.permutation(number)
    found = draw.normal(size=(number, 1))
    once = np.ones((number, 1))
    shares = [
        class_shares(classes_of(v, number), once, y, y**2)
        for v, y in ((values, found), (values[places], found[places]))
    ]
    assert shares[0] == pytest.approx(shares[1])


def test_what_cannot_be_told_is_no_number():
    values = np.random.default_rng(6).random((20, 2))
    share, floors = learned(values, points_of(20), np.full((100, 1), 0.1), 1, 10)
    assert np.isnan(share.value).all()
    assert np.isnan(floors).all()
    few, _ = learned(values, points_of(7), np.random.default_rng(7).random((35, 1)), 1, 10)
    assert np.isnan(few.value).all()


def test_points_without_a_number_are_left_out():
    draw = np.random.default_rng(8)
    values, outcome = draw.random((30, 2)), draw.random((60, 2))
    settings = points_of(30, 2)
    some = np.ones(60, bool)
    some[[4, 5, 11]] = False
    kept = learned(values, settings[some], outcome[some], 1, 10)
    outcome[~some, 1] = np.nan
    found = learned(values, settings, outcome, 1, 10)
    assert (found[0].value == kept[0].value).all()
    assert (found[1] == kept[1]).all()
