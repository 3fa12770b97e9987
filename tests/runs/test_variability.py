"""The luck of settings against simulated worlds whose truth is known."""

import numpy as np
import pytest

from qsim.runs.setting_means import setting_levels, share_of_settings, without_luck
from qsim.runs.variability import steadied, told_from_luck


def test_one_world_a_setting_tells_nothing_of_luck():
    values = np.linspace(-1.0, 1.0, 9)[:, None]
    assert told_from_luck(values, values[:, 0]) is None


def test_luck_that_is_the_same_everywhere_is_told_by_all_settings():
    values = np.random.default_rng(1).normal(0.0, 2.0, (4000, 3))
    free = np.full(len(values), 2)
    found = steadied(values.var(axis=1, ddof=1), free)
    assert np.ptp(found) / found.mean() < 0.3
    assert found.mean() == pytest.approx(4.0, rel=0.1)


def test_luck_that_differs_is_told_by_each_setting():
    generator = np.random.default_rng(1)
    truth = np.repeat([0.01, 1.0], 500)
    own = (truth[:, None] * generator.standard_normal((1000, 5))).var(axis=1, ddof=1)
    found = steadied(own, np.full(1000, 4))
    assert found[:500].max() < 0.01 * found[500:].mean()


def test_a_setting_without_luck_keeps_its_place():
    generator = np.random.default_rng(2)
    effects = np.repeat([0.0, 0.1], [160, 40])
    values = effects[:, None] + (effects > 0)[:, None] * generator.normal(0.0, 0.05, (200, 5))
    found = told_from_luck(values, setting_levels(values))
    assert (found.kept[:160] == 1.0).all()
    assert (found.kept[160:] < 1.0).all()
    assert (without_luck(values)[:160] == 0.0).all()
    assert share_of_settings(values) == pytest.approx(0.6, abs=0.005)


@pytest.mark.parametrize("worlds", [2, 5])
def test_small_effects_with_little_luck_stay_on_their_side(worlds):
    """The luck of the large ones, taken for that of all, would draw the small ones over to their side."""
    generator = np.random.default_rng(3)
    effects = np.repeat([-0.002, 0.05], [140, 60])[:, None]
    values = effects + 0.5 * np.abs(effects) * generator.standard_normal((200, worlds))
    assert share_of_settings(values) == pytest.approx(0.3, abs=0.03)


def test_a_setting_of_one_world_has_the_luck_of_the_others():
    values = np.random.default_rng(4).normal(0.3, 1.0, (50, 4))
    values[0, 1:] = np.nan
    found = told_from_luck(values, setting_levels(values))
    assert found.noise[0] == pytest.approx(4 * np.median(found.noise[1:]), rel=0.5)
