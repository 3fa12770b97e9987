"""Contrasts on scales: what is equal in odds is not equal in points, and chance is told apart on each scale alike."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit, logit

from qsim.claims.evaluation import values_trial
from qsim.claims.scales import LEAST, SCALES, contrast_on, relevant_on
from qsim.claims.terms import ABSOLUTE, LOG, LOG_ODDS, scales_of
from qsim.runs.intervals import setting_levels
from trial_claims import claim

INTERACTION = {"a": 1, "b": -1, "c": -1, "d": 1}
TEST = claim(INTERACTION, test="difference_of_differences", measure="practice")


def worlds(levels, settings=40, spread=0.02):
    """Return values (settings, twins) about these levels of four worlds, with the same luck in each."""
    draw = np.random.default_rng(7)
    setting, luck = draw.normal(0, 0.1, (settings, 1)), draw.normal(0, spread, (settings, 5))
    return {name: expit(logit(level) + setting + luck) for name, level in zip("abcd", levels, strict=True)}


@pytest.mark.parametrize(
    ("test", "measure", "names"),
    [
        ("difference_of_differences", "practice", ["absolute", "log_odds"]),
        ("difference_of_differences", "practice_after_funding_24", ["absolute", "log_odds"]),
        ("difference_of_differences", "hours_units", ["log"]),
        ("difference_of_differences", "posts_filled", ["log"]),
        ("difference_of_differences", "workload", ["log"]),
        ("difference_of_differences", "support", ["absolute"]),
        ("difference_of_differences", "shock_depth", ["absolute"]),
        ("equivalence", "practice", ["absolute", "log_odds"]),
        ("direction", "practice", ["absolute"]),
        ("direction", "hours_units", ["absolute"]),
    ],
)
def test_which_tests_are_on_which_scales(test, measure, names):
    one = claim(INTERACTION, test=test, measure=measure)
    assert list(scales_of(one)) == names


def test_an_equivalence_of_two_worlds_is_no_interaction():
    assert scales_of(claim({"a": 1, "b": -1}, test="equivalence", measure="practice")) == (ABSOLUTE,)


@given(st.lists(st.floats(0.05, 0.9), min_size=3, max_size=3), st.floats(-3, 3))
def test_equal_log_odds_never_are_an_interaction_on_their_scale(levels, effect):
    """Whatever the levels: where both differences are the same in log odds, that scale shows none."""
    low, other, _ = levels
    values = {name: np.full((4, 5), level) for name, level in
              zip("abcd", (expit(logit(low) + effect), low, expit(logit(other) + effect), other), strict=True)}  # fmt: skip
    inside = all(LEAST < level.flat[0] < 1 - LEAST for level in values.values())
    if inside:
        assert contrast_on(LOG_ODDS, values, INTERACTION) == pytest.approx(np.zeros((4, 5)), abs=1e-9)


def test_an_interaction_in_points_with_equal_log_odds_depends_on_the_scale():
    trial = values_trial(TEST, worlds([expit(logit(0.5) + 1), 0.5, expit(logit(0.05) + 1), 0.05]), 0.0125)
    assert {name: one.outcome for name, one in trial.scales.items()} == {
        "absolute": "expected",
        "log_odds": "negligible",
    }
    assert trial.outcome == "depends_on_scale"
    assert (trial.effect, trial.low) == (trial.scales["absolute"].effect, trial.scales["absolute"].low)


def test_an_interaction_in_log_odds_with_equal_points_depends_on_the_scale():
    trial = values_trial(TEST, worlds([0.13, 0.03, 0.55, 0.45], spread=0.01), 0.0125)
    assert trial.scales["log_odds"].outcome == "expected"
    assert trial.scales["absolute"].outcome in ("negligible", "unresolved")
    assert trial.outcome == "depends_on_scale"


@pytest.mark.parametrize(
    ("levels", "outcome"),
    [
        ((0.8, 0.4, 0.42, 0.4), "expected"),
        ((0.42, 0.4, 0.8, 0.4), "opposite"),
        ((0.5, 0.4, 0.5, 0.4), "negligible"),
    ],
)
def test_what_both_scales_say_is_the_outcome(levels, outcome):
    trial = values_trial(TEST, worlds(levels), 0.0125)
    assert trial.outcome == outcome
    assert [one.outcome for one in trial.scales.values()] == [outcome] * 2


def test_ratios_are_told_from_differences():
    hours = claim(INTERACTION, test="difference_of_differences", measure="hours_units", relevant=0.05)
    base = np.exp(np.random.default_rng(7).normal(0, 0.1, (40, 5)))
    alike = {name: level * base for name, level in zip("abcd", (400.0, 200.0, 40.0, 20.0), strict=True)}
    assert values_trial(hours, alike, math.log(1.05)).outcome == "negligible"
    more = {**alike, "a": 1.3 * alike["a"]}
    trial = values_trial(hours, more, math.log(1.05))
    assert (trial.outcome, trial.effect) == ("expected", pytest.approx(math.log(1.3)))
    assert trial.scales == {}


@pytest.mark.parametrize("scale", [ABSOLUTE, LOG, LOG_ODDS])
def test_a_setting_has_the_contrast_of_its_means(scale):
    values = dict(zip("abcd", np.random.default_rng(7).uniform(0.1, 0.9, (4, 6, 5)), strict=True))
    found = setting_levels(contrast_on(scale, values, INTERACTION))
    placed = {name: SCALES[scale].of(one.mean(axis=1)) for name, one in values.items()}
    assert found == pytest.approx(placed["a"] - placed["b"] - placed["c"] + placed["d"])


def test_twins_differ_as_much_as_the_scale_is_steep():
    values = {"a": 0.1 + np.linspace(-0.001, 0.001, 5)[None], "b": np.full((1, 5), 0.1)}
    found = contrast_on(LOG_ODDS, values, {"a": 1, "b": -1})
    assert found[0] == pytest.approx(np.linspace(-0.001, 0.001, 5) / (0.1 * 0.9))
    assert contrast_on(ABSOLUTE, values, {"a": 1, "b": -1})[0] == pytest.approx(np.linspace(-0.001, 0.001, 5))


def test_shares_at_their_ends_are_kept_off_them():
    ends = {"a": np.ones((3, 5)), "b": np.zeros((3, 5))}
    assert contrast_on(LOG_ODDS, ends, {"a": 1, "b": -1}) == pytest.approx(np.full((3, 5), 2 * logit(0.995)))


@pytest.mark.parametrize("scale", [ABSOLUTE, LOG, LOG_ODDS])
def test_what_is_missing_in_one_world_is_missing_in_its_twins(scale):
    values = {
        "a": np.array([[0.2, math.nan, 0.4], [0.3, 0.3, 0.3]]),
        "b": np.array([[0.1, 0.1, math.nan], [0.1, 0.1, 0.1]]),
    }
    found = contrast_on(scale, values, {"a": 1, "b": -1})
    assert np.isfinite(found).tolist() == [[True, False, False], [True, True, True]]
    alone = {name: one[:1, :1] for name, one in values.items()}
    assert found[0, 0] == pytest.approx(contrast_on(scale, alone, {"a": 1, "b": -1})[0, 0])


def test_nothing_has_no_ratio_so_a_test_with_it_is_unresolved_and_not_about_the_other_settings():
    hours = claim(INTERACTION, test="difference_of_differences", measure="hours_units", relevant=0.05)
    values = {name: np.full((20, 5), level) for name, level in zip("abcd", (400.0, 200.0, 40.0, 40.0), strict=True)}
    assert values_trial(hours, values, math.log(1.05)).outcome == "expected"
    values["d"][7] = 0.0
    assert values_trial(hours, values, math.log(1.05)).outcome == "unresolved"


def test_the_relevant_difference_of_log_odds_is_that_of_the_mean_of_the_levels():
    values = {name: np.full((2, 5), level) for name, level in zip("abcd", (0.5, 0.3, 0.3, 0.1), strict=True)}
    assert relevant_on(LOG_ODDS, 0.0125, values, INTERACTION) == pytest.approx(0.0125 / (0.3 * 0.7))
    assert relevant_on(ABSOLUTE, 0.0125, values, INTERACTION) == 0.0125
    thrice = {"a": 2, "b": -1, "c": -1}
    assert relevant_on(LOG_ODDS, 0.0125, values, thrice) == pytest.approx(0.0125 / (0.4 * 0.6))
    nothing = {name: np.full((2, 5), math.nan) for name in "abcd"}
    assert values_trial(TEST, nothing, 0.0125).outcome == "unresolved"
