"""Outcomes of a run, computed by hand for small series."""

import numpy as np
import pytest

from qsim.measures.catalogue import COLUMN, OUTCOMES, SERIES
from qsim.measures.outcomes import run_outcomes

PLACE = {measure.name: i for i, measure in enumerate(OUTCOMES)}


def series(months=60, runs=1, **columns):
    """Series of zeros in which some columns hold these values."""
    out = np.zeros((runs, months, len(SERIES)))
    for name, values in columns.items():
        out[:, :, COLUMN[name]] = values
    return out


def outcome(data, name, shock=None):
    return run_outcomes(data, shock)[:, PLACE[name]]


def test_most_outcomes_are_means_of_the_last_year():
    practice = np.arange(60) / 100
    data = series(practice=practice, joint_practice=practice**2)
    assert outcome(data, "practice") == pytest.approx(practice[48:].mean())
    assert outcome(data, "joint_practice") == pytest.approx((practice[48:] ** 2).mean())


def test_a_short_run_is_averaged_whole():
    assert outcome(series(5, practice=[0.1, 0.2, 0.3, 0.4, 0.5]), "practice") == pytest.approx(0.3)


def test_missing_months_are_left_out_and_a_year_of_them_is_missing():
    gap = np.full(60, 0.5)
    gap[50:] = np.nan
    assert outcome(series(relative_gap=gap), "relative_gap") == pytest.approx(0.5)
    assert np.isnan(outcome(series(relative_gap=np.full(60, np.nan)), "relative_gap")).all()


def test_hours_are_a_year_and_gains_by_hour():
    practice = np.linspace(0.1, 0.4, 60)
    data = series(hours_departments=100.0, hours_units=50.0, practice=practice)
    assert outcome(data, "hours_departments_total") == pytest.approx(1200.0)
    assert outcome(data, "hours_units_total") == pytest.approx(600.0)
    assert outcome(data, "practice_per_1000_hours") == pytest.approx(1000 * 0.3 / 9000)
    assert np.isfinite(outcome(series(), "practice_per_1000_hours")).all()


def funded(months, *spans):
    posts = np.zeros(months)
    for first, last in spans:
        posts[first:last] = 2.0
    return posts


def test_what_remains_after_funding():
    """Month 0 after funding is the last month with a post."""
    practice = np.arange(100) / 100
    data = series(100, posts_funded=funded(100, (0, 30)), practice=practice, knowledge=practice / 2)
    for later in (0, 12, 24, 60):
        assert outcome(data, f"practice_after_funding_{later}") == pytest.approx((29 + later) / 100)
        assert outcome(data, f"knowledge_after_funding_{later}") == pytest.approx((29 + later) / 200)


def test_what_is_not_reached_is_missing():
    data = series(60, posts_funded=funded(60, (0, 30)), practice=0.3)
    assert outcome(data, "practice_after_funding_24") == pytest.approx(0.3)
    assert np.isnan(outcome(data, "practice_after_funding_60")).all()


@pytest.mark.parametrize("posts", [funded(1), funded(1, (0, 1)), funded(60), funded(60, (0, 60)), funded(60, (10, 60))])
def test_without_an_end_of_funding_nothing_is_after_it(posts):
    found = run_outcomes(series(len(posts), posts_funded=posts, practice=0.3), None)
    for name, place in PLACE.items():
        if "after_funding" in name:
            assert np.isnan(found[:, place]).all(), name


def test_every_run_ends_its_own_funding():
    data = series(60, runs=3, practice=np.arange(60) / 100)
    for run, end in enumerate((10, 20, 60)):
        data[run, :, COLUMN["posts_funded"]] = funded(60, (0, end))
    found = outcome(data, "practice_after_funding_12")
    assert found[:2] == pytest.approx([0.21, 0.31])
    assert np.isnan(found[2])


def struck(months=120):
    """Practice of .4 that falls to .2 in month 63, is back in month 70, and rises to .5."""
    practice = np.full(months, 0.4)
    practice[60:63], practice[63:70], practice[70:] = 0.3, 0.2, 0.5
    return practice


def test_shock_depth_recovery_and_new_level():
    data = series(120, practice=struck())
    assert outcome(data, "shock_depth", 60) == pytest.approx(0.2)
    assert outcome(data, "shock_recovery", 60) == pytest.approx(10)
    assert outcome(data, "shock_new_level", 60) == pytest.approx(0.1)


def test_without_recovery_the_months_are_missing():
    practice = struck()
    practice[70:] = 0.3
    data = series(120, practice=practice)
    assert np.isnan(outcome(data, "shock_recovery", 60)).all()
    assert outcome(data, "shock_new_level", 60) == pytest.approx(-0.1)


@pytest.mark.parametrize("shock", [None, 0, 500])
def test_without_a_shock_within_the_run_its_outcomes_are_missing(shock):
    found = run_outcomes(series(120, practice=struck()), shock)
    for name in ("shock_depth", "shock_recovery", "shock_new_level"):
        assert np.isnan(found[:, PLACE[name]]).all()


def test_a_run_too_short_for_the_new_level_has_none():
    data = series(90, practice=struck(90))
    assert np.isnan(outcome(data, "shock_new_level", 60)).all()
    assert outcome(data, "shock_depth", 60) == pytest.approx(0.2)


def test_runs_do_not_touch_each_other():
    many = series(60, runs=4, practice=np.linspace(0, 1, 4)[:, None] * np.ones(60))
    found = run_outcomes(many, None)
    for run in range(4):
        assert np.array_equal(found[run], run_outcomes(many[run : run + 1], None)[0], equal_nan=True)
