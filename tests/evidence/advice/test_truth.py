"""How often advice is right: a small version, and that what is wrong is counted as wrong."""

from dataclasses import replace

import numpy as np
import pytest

from evidence.advice.__main__ import page
from evidence.advice.truth import ONLY, RELEVANT, Drawn, brute_force, offered, selection_tried, tried_out
from qsim.advice.choosing import Effort


@pytest.fixture(scope="module")
def truth():
    """Four packages of two measures in a house that is run for four months."""
    offer = offered(("months=4", "administration.departments=4"), ONLY[:2])
    return brute_force(offer, seeds=1)


def made_up(truth, apart, spread):
    """The same packages with levels that are so far apart, and a spread of their own over settings."""
    draw = np.random.default_rng(1)
    values = apart * np.arange(4)[:, None, None] + spread * draw.standard_normal((4, 433, 5))
    return replace(truth, values=values)


def test_all_packages_are_run_in_all_settings(truth):
    assert truth.packages == ((), ("working_circle",), ("joint_project",), ("working_circle", "joint_project"))
    assert truth.values.shape == (4, 433, 5)
    assert np.isfinite(truth.values).all()


def test_advice_is_right_with_a_tenth_of_the_runs(truth):
    relevant = float(truth.means.max() - np.sort(truth.means)[-2]) / 2
    found = tried_out(truth, "all", Effort(), relevant, repetitions=20)
    assert found.within >= 0.95
    assert found.kept >= 0.95
    assert found.lost == pytest.approx((1 - found.within) * found.lost_most, abs=relevant)
    assert found.runs < truth.values.size / 10


def test_repetitions_differ_and_packages_meet_the_same_luck(truth):
    one, other, again = Drawn(truth, 1), Drawn(truth, 2), Drawn(truth, 1)
    rows = one.columns(0, 30)
    seen = [table.outcome("joint_practice", truth.packages, rows) for table in (one, other, again)]
    assert np.array_equal(seen[0], seen[2])
    assert not np.array_equal(seen[0], seen[1])
    assert one.runs == 120
    places = [(one.order[place], one.luck[place, 0]) for place in range(30)]
    assert seen[0][2].tolist() == [truth.values[2, setting, world] for setting, world in places]


def test_what_is_wrong_is_counted(truth):
    """Nothing is relevant here, so the cheapest is taken, which is the worst."""
    values = made_up(truth, RELEVANT / 10, 1e-6)
    found = tried_out(values, "all", Effort(), RELEVANT, repetitions=3)
    assert (found.within, found.size) == (1.0, 4.0)
    assert found.lost == pytest.approx(3 * RELEVANT / 10, rel=1e-3)
    clear = made_up(truth, 2 * RELEVANT, 1e-6)
    assert tried_out(clear, "all", Effort(), RELEVANT, repetitions=3).size == 1.0
    assert selection_tried(clear, "tests", 0.0, RELEVANT, repetitions=3).within == 1.0


def test_few_looks_are_seen_to_be_wrong(truth):
    noisy = made_up(truth, RELEVANT, 20 * RELEVANT)
    found = tried_out(noisy, "budget", Effort(most=96), RELEVANT, repetitions=20)
    assert found.within < 1.0 or found.size > 1.5


def test_the_page_says_how_often(truth):
    text = page(truth, repetitions=2)
    assert "all packages compared" in text
    assert "4 packages can be" in " ".join(text.split())
    assert "sim-tools" in text
    assert "{" not in text
