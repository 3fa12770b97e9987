"""From contrasts to outcomes: intervals as they are, and each of the four outcomes."""

import math

import numpy as np
import pytest
from scipy import stats

from qsim.claims.outcomes import (
    contrast_trial,
    interval_outcome,
    settings_outcomes,
    share_trial,
)


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


def test_the_interval_is_that_of_students_t():
    values = np.array([0.3, 0.5, 0.1, 0.6, 0.4, 0.2])
    trial = contrast_trial(values[None], 0.01)
    low, high = stats.t.interval(0.95, 5, values.mean(), stats.sem(values))
    assert (trial.effect, trial.low, trial.high) == pytest.approx((0.35, low, high))
    assert trial.runs == 6
    assert trial.outcome == "expected"
    assert trial.chance == pytest.approx(stats.ttest_1samp(values, 0.01, alternative="greater").pvalue)


def test_of_several_contrasts_the_smallest_counts_with_a_wider_interval():
    values = np.array([[0.9, 1.0, 1.1, 1.0], [0.1, 0.3, 0.2, 0.3]])
    trial = contrast_trial(values, 0.01)
    alone = contrast_trial(values[1:], 0.01)
    low, high = stats.t.interval(1 - 0.05 / 2, 3, values[1].mean(), stats.sem(values[1]))
    assert (trial.effect, trial.low, trial.high) == pytest.approx((0.225, low, high))
    assert trial.low < alone.low < alone.high < trial.high
    assert trial.chance == pytest.approx(2 * alone.chance)
    assert (trial.weakest, alone.weakest) == (1, 0)


def test_runs_without_the_outcome_are_left_out():
    trial = contrast_trial(np.array([[0.2, math.nan, 0.3, 0.25]]), 0.01)
    assert trial.runs == 3
    assert trial.effect == pytest.approx(0.25)
    assert contrast_trial(np.array([[0.2, math.nan, math.nan]]), 0.01).outcome == "unresolved"
    assert contrast_trial(np.array([[0.2, 0.3, 0.2], [0.1, math.nan, math.nan]]), 0.01).outcome == "unresolved"


def test_twins_that_never_differ_are_decided():
    nothing = contrast_trial(np.zeros((1, 8)), 0.01)
    assert (nothing.outcome, nothing.low, nothing.high, nothing.chance) == ("negligible", 0, 0, 1)
    same = contrast_trial(np.zeros((1, 8)), 0.01, "equivalence")
    assert (same.outcome, same.chance) == ("expected", 0)


def test_no_worse_is_less_than_better():
    values = np.array([[0.0, -0.001, 0.002, 0.001]])
    better, no_worse = contrast_trial(values, 0.01), contrast_trial(values, 0.01, "non_inferiority")
    assert (better.outcome, no_worse.outcome) == ("negligible", "expected")
    assert no_worse.chance == pytest.approx(stats.ttest_1samp(values[0], -0.01, alternative="greater").pvalue)
    assert contrast_trial(values - 0.02, 0.01, "non_inferiority").outcome == "opposite"


def test_the_chance_of_an_equivalence_is_that_of_the_nearer_bound():
    values = np.array([0.02, 0.03, 0.04, 0.05])
    trial = contrast_trial(values[None], 0.1, "equivalence")
    assert trial.outcome == "expected"
    assert trial.chance == pytest.approx(stats.ttest_1samp(values, 0.1, alternative="less").pvalue)


@pytest.mark.parametrize(
    ("many", "in_share", "outcome"),
    [
        (50, (0.05, 0.95), "expected"),
        (100, (0.8, 1.0), "expected"),
        (0, (0.0, 0.1), "expected"),
        (100, (0.05, 0.95), "opposite"),
        (20, (0.8, 1.0), "opposite"),
        (80, (0.8, 1.0), "unresolved"),
    ],
)
def test_the_share_of_runs(many, in_share, outcome):
    values = np.array([1.0] * many + [0.0] * (100 - many))
    trial = share_trial(values, 0.5, in_share)
    assert trial.outcome == outcome
    assert trial.effect == many / 100
    assert 0 <= trial.low <= trial.effect <= trial.high <= 1
    assert (trial.chance < 0.025) == (outcome == "expected")


def test_a_share_of_runs_that_are_missing():
    assert share_trial(np.array([math.nan, math.nan, 1.0]), 0.5, (0.1, 0.9)).outcome == "unresolved"


def test_settings_are_counted_by_their_mean_effects():
    effects = np.array([0.3, 0.1, 0.05, -0.2, -0.1, math.nan])
    assert settings_outcomes(effects, 0.1) == {"expected": 0.2, "negligible": 0.6, "opposite": 0.2}
    assert settings_outcomes(effects, 0.1, "equivalence") == {"expected": 0.6, "negligible": 0.0, "opposite": 0.4}
    assert all(math.isnan(share) for share in settings_outcomes(np.array([math.nan]), 0.1).values())
