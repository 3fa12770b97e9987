"""From contrasts to outcomes: the interval over settings, who agrees, and each of the outcomes, where the truth is known."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from qsim.claims.outcomes import (
    Trial,
    contrast_trial,
    interval_outcome,
    is_settled,
    on_both_scales,
    share_trial,
    wilson,
)
from qsim.runs.intervals import share_of_settings


def drawn(mean, apart, luck, settings=100, seed=3):
    """Return a contrast (1, settings, twins): settings so far apart about a mean, twins by luck about their setting."""
    draw = np.random.default_rng(seed)
    return (mean + apart * draw.normal(size=(settings, 1)) + luck * draw.normal(size=(settings, 5)))[None]


@pytest.mark.parametrize(
    ("low", "high", "direction", "equivalence", "non_inferiority"),
    [
        (0.11, 0.3, "expected", "opposite", "expected"),
        (0.1, 0.3, "unresolved", "unresolved", "expected"),
        (0.05, 0.15, "unresolved", "unresolved", "expected"),
        (0.01, 0.1, "negligible", "expected", "expected"),
        (-0.1, 0.1, "negligible", "expected", "unresolved"),
        (-0.2, 0.05, "unresolved", "unresolved", "unresolved"),
        (-0.2, -0.1, "unresolved", "unresolved", "unresolved"),
        (-0.3, -0.11, "opposite", "opposite", "opposite"),
        (-0.3, 0.3, "unresolved", "unresolved", "unresolved"),
        (math.nan, math.nan, "unresolved", "unresolved", "unresolved"),
    ],
)
def test_the_interval_decides(low, high, direction, equivalence, non_inferiority):
    assert interval_outcome(low, high, 0.1, "direction") == direction
    assert interval_outcome(low, high, 0.1, "equivalence") == equivalence
    assert interval_outcome(low, high, 0.1, "non_inferiority") == non_inferiority


def test_the_interval_is_that_of_students_t_over_settings():
    values = np.array([[0.3, 0.5], [0.1, 0.6], [0.4, 0.2]])
    trial = contrast_trial(values[None], 0.001)
    means = values.mean(axis=1)
    low, high = stats.t.interval(0.95, 2, means.mean(), stats.sem(means))
    assert (trial.effect, trial.low, trial.high, trial.settings) == pytest.approx((0.35, low, high, 3))
    assert trial.outcome == "expected"
    assert trial.chance == pytest.approx(stats.ttest_1samp(means, 0.001, alternative="greater").pvalue)


def test_of_several_contrasts_the_smallest_counts_with_a_wider_interval():
    values = np.array([[0.9, 1.0, 1.1, 1.0], [0.1, 0.3, 0.2, 0.3]])[:, :, None]
    trial = contrast_trial(values, 0.01)
    alone = contrast_trial(values[1:], 0.01)
    low, high = stats.t.interval(1 - 0.05 / 2, 3, values[1].mean(), stats.sem(values[1, :, 0]))
    assert (trial.effect, trial.low, trial.high) == pytest.approx((0.225, low, high))
    assert trial.low < alone.low < alone.high < trial.high
    assert trial.chance == pytest.approx(2 * alone.chance)
    assert (trial.weakest, alone.weakest) == (1, 0)


@pytest.mark.parametrize(
    ("mean", "apart", "test", "outcome"),
    [
        (0.10, 0.05, "direction", "expected"),
        (0.10, 0.25, "direction", "unresolved"),  # the mean is clear, and 34 of 100 settings say the opposite
        (-0.10, 0.05, "direction", "opposite"),
        (-0.10, 0.25, "direction", "unresolved"),
        (0.00, 0.005, "direction", "negligible"),
        (0.00, 0.05, "equivalence", "unresolved"),  # the mean is none, and most settings differ
        (0.00, 0.005, "equivalence", "expected"),
        (0.10, 0.05, "equivalence", "opposite"),
        (0.10, 0.25, "equivalence", "unresolved"),
        (0.00, 0.005, "non_inferiority", "expected"),
        (0.10, 0.05, "non_inferiority", "expected"),
        (-0.10, 0.05, "non_inferiority", "opposite"),
        (0.02, 0.1, "non_inferiority", "unresolved"),
    ],
)
def test_the_mean_and_three_of_four_settings_must_say_it(mean, apart, test, outcome):
    trial = contrast_trial(drawn(mean, apart, 0.01, settings=400), 0.0125, test)
    assert trial.outcome == outcome


def test_at_most_one_of_twenty_tests_passes_whose_truth_is_the_bound():
    trials = [contrast_trial(drawn(0.0125, 0.03, 0.03, 40, seed), 0.0125) for seed in range(300)]
    assert 0 < np.mean([trial.outcome == "expected" for trial in trials]) <= 0.05


def test_settings_that_only_luck_puts_on_the_other_side_agree():
    """All settings are alike; a plain count of their means, which luck moves, would not reach 75 of 100."""
    contrast = drawn(0.03, 0.0, 0.15)
    assert (contrast[0].mean(axis=1) > 0).mean() < 0.75
    trial = contrast_trial(contrast, 0.001)
    assert trial.agree == share_of_settings(contrast[0]) > 0.9
    assert trial.outcome == "expected"


def test_who_agrees_is_told_by_what_is_expected():
    contrast = drawn(0.0, 0.02, 0.001, settings=400)
    own = contrast[0].mean(axis=1)
    for test, agreeing in (("direction", own > 0), ("non_inferiority", own > -0.01), ("equivalence", abs(own) < 0.01)):
        assert contrast_trial(contrast, 0.01, test).agree == pytest.approx(agreeing.mean(), abs=0.01)


@given(st.floats(-1, 1), st.floats(0, 0.5), st.floats(0.001, 0.3), st.integers(0, 1000))
def test_to_turn_a_contrast_round_turns_the_outcome(mean, apart, relevant, seed):
    draw = np.random.default_rng(seed)
    contrast = (mean + apart * draw.normal(size=(20, 1)) + 0.05 * draw.normal(size=(20, 5)))[None]
    turned = {"expected": "opposite", "opposite": "expected"}
    one, other = contrast_trial(contrast, relevant), contrast_trial(-contrast, relevant)
    assert other.outcome == turned.get(one.outcome, one.outcome)
    assert (other.effect, other.low) == pytest.approx((-one.effect, -one.high))
    equal, as_equal = (contrast_trial(sign * contrast, relevant, "equivalence").outcome for sign in (1, -1))
    assert equal == as_equal
    assert (one.outcome == "expected") <= (contrast_trial(contrast, relevant, "non_inferiority").outcome == "expected")


def test_worlds_and_settings_without_the_outcome_are_left_out():
    nothing = [math.nan, math.nan]
    trial = contrast_trial(np.array([[[0.2, math.nan], nothing, [0.3, 0.4], [0.25, 0.2]]]), 0.01)
    assert trial.settings == 3
    assert trial.effect == pytest.approx(np.mean([0.2, 0.35, 0.225]))
    assert contrast_trial(np.array([[[0.2, 0.2], nothing]]), 0.01).outcome == "unresolved"
    some = np.array([[[0.2, 0.2], [0.3, 0.2]], [[0.1, 0.1], nothing]])
    assert contrast_trial(some, 0.01).outcome == "unresolved"


def test_twins_that_never_differ_are_decided():
    nothing = contrast_trial(np.zeros((1, 8, 5)), 0.01)
    assert (nothing.outcome, nothing.low, nothing.high, nothing.chance) == ("negligible", 0, 0, 1)
    same = contrast_trial(np.zeros((1, 8, 5)), 0.01, "equivalence")
    assert (same.outcome, same.agree, same.chance) == ("expected", 1, 0)


def test_the_chance_of_an_equivalence_is_that_of_the_nearer_bound():
    values = np.array([0.02, 0.03, 0.04, 0.05])
    trial = contrast_trial(values[None, :, None], 0.1, "equivalence")
    assert trial.outcome == "expected"
    assert trial.chance == pytest.approx(stats.ttest_1samp(values, 0.1, alternative="less").pvalue)


@pytest.mark.parametrize(
    ("many", "in_share", "outcome"),
    [
        (50, (0.05, 0.95), "expected"),
        (100, (0.8, 1.0), "expected"),
        (0, (0.0, 0.1), "expected"),
        (100, (0.05, 0.9), "opposite"),
        (20, (0.8, 1.0), "opposite"),
        (80, (0.8, 1.0), "unresolved"),
    ],
)
def test_the_share_of_runs(many, in_share, outcome):
    values = np.random.default_rng(3).permutation(np.array([1.0] * many + [0.0] * (100 - many))).reshape(50, 2)
    trial = share_trial(values, 0.5, in_share)
    assert trial.outcome == outcome
    assert trial.effect == many / 100
    assert 0 <= trial.low <= trial.effect <= trial.high <= 1
    assert (trial.chance < 0.025) == (outcome == "expected")
    assert trial.settings == 50


def test_runs_that_are_alike_in_a_setting_count_as_one():
    alike = np.repeat(np.array([1.0, 0.0] * 10), 5).reshape(20, 5)
    mixed = np.tile([1.0, 0.0, 1.0, 0.0, 0.0], (20, 1))
    assert (share_trial(alike, 0.5, (0.1, 0.9)).low, share_trial(alike, 0.5, (0.1, 0.9)).high) == wilson(0.5, 20)
    assert (share_trial(mixed, 0.5, (0.1, 0.9)).low, share_trial(mixed, 0.5, (0.1, 0.9)).high) == wilson(0.4, 100)
    every = share_trial(np.ones((20, 5)), 0.5, (0.1, 0.9))
    assert (every.low, every.high) == (pytest.approx(wilson(1.0, 20)[0]), 1.0)


def test_the_interval_of_a_share_is_wilsons():
    known = stats.binomtest(30, 100).proportion_ci(0.95, method="wilson")
    assert wilson(0.3, 100) == pytest.approx((known.low, known.high))


def test_a_share_of_runs_that_are_missing():
    values = np.array([[math.nan, math.nan], [1.0, math.nan]])
    assert share_trial(values, 0.5, (0.1, 0.9)).outcome == "unresolved"
    assert share_trial(np.array([[1.0, math.nan], [0.0, 0.0]]), 0.5, (0.1, 0.9)).effect == pytest.approx(1 / 3)


def test_one_outcome_only_if_both_scales_say_so():
    yes, no, open_ = (Trial(outcome, 0.1, 0.0, 0.2, 0.9, 20) for outcome in ("expected", "negligible", "unresolved"))
    assert on_both_scales({"absolute": yes, "log_odds": yes}).outcome == "expected"
    assert on_both_scales({"absolute": yes, "log_odds": no}).outcome == "depends_on_scale"
    assert on_both_scales({"absolute": open_, "log_odds": yes}).outcome == "depends_on_scale"
    assert on_both_scales({"absolute": open_, "log_odds": open_}).outcome == "unresolved"
    assert on_both_scales({"absolute": yes}) is yes
    assert is_settled(on_both_scales({"absolute": yes, "log_odds": no}))
    assert not is_settled(on_both_scales({"absolute": open_, "log_odds": yes}))
    assert not is_settled(open_)
