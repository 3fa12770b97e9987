"""Intervals and shares of twin differences, and what is luck in the means of settings."""

import math
import tracemalloc

import numpy as np
import pytest
from scipy import stats

from qsim.runs.intervals import (
    bootstrap_interval,
    chance_share,
    independent,
    interval,
    paired,
    setting_levels,
    share_of_settings,
    steadied,
    told_apart,
    variance_saved,
    without_variability,
)


def test_identical_worlds_differ_by_nothing():
    assert paired(np.zeros((5, 4))) == (0.0, 0.0, 0.0, 0.5, 0.5)


def test_one_world_has_no_interval():
    found = paired(np.array([[0.3]]))
    assert found.difference == 0.3
    assert math.isnan(found.low)
    assert math.isnan(found.high)


def test_nothing_known_is_missing():
    assert all(math.isnan(value) for value in paired(np.full((3, 2), np.nan)))


def test_values_that_are_all_the_same_have_no_spread():
    assert bootstrap_interval(np.full(20, 0.3)) == (0.3, 0.3)
    assert bootstrap_interval(np.zeros(7)) == (0.0, 0.0)


def test_many_normal_values_have_the_interval_of_student():
    values = stats.norm.ppf((np.arange(400) + 0.5) / 400)
    assert bootstrap_interval(values) == pytest.approx(interval(values), rel=0.08)


def test_a_higher_confidence_is_wider():
    values = np.linspace(-0.1, 0.5, 30) ** 2
    low, high = bootstrap_interval(values, 0.95)
    lower, higher = bootstrap_interval(values, 0.99)
    assert lower < low < values.mean() < high < higher


def test_many_values_take_little_memory_and_have_the_same_interval(monkeypatch):
    values = np.linspace(-0.1, 0.5, 3000) ** 2
    whole = bootstrap_interval(values)
    monkeypatch.setattr("qsim.runs.intervals.AT_ONCE", 300_000)
    tracemalloc.start()
    assert bootstrap_interval(values) == whole
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


def test_the_order_of_scenarios_only_turns_the_sign():
    values = np.linspace(-0.1, 0.5, 30) ** 2
    low, high = bootstrap_interval(values)
    assert bootstrap_interval(-values) == pytest.approx((-high, -low))


def test_few_worlds_that_differ_have_an_interval_that_ends():
    values = np.zeros(40)
    values[7] = 0.2
    low, high = bootstrap_interval(values)
    assert math.isfinite(low)
    assert math.isfinite(high)
    assert low < values.mean() < high


def test_few_worlds_that_differ_by_unlike_amounts_have_an_interval_of_their_size():
    values = np.zeros(50)
    values[:5] = (1e-6, 0.2, 0.1, 0.3, 0.15)
    low, high = bootstrap_interval(values, 0.99)
    assert -0.1 < low < values.mean() < high < 0.3


@pytest.mark.parametrize("shape", [0.5, 2.0])
def test_a_skewed_mean_is_covered_on_both_sides(shape):
    generator = np.random.default_rng(3)
    studies = generator.gamma(shape, 1.0, (200, 60))
    found = [bootstrap_interval(values) for values in studies]
    below, above = np.mean([low > shape for low, _ in found]), np.mean([high < shape for _, high in found])
    assert below <= 0.05
    assert above <= 0.06


def test_missing_worlds_do_not_move_their_setting():
    whole = np.array([[0.1, 0.1], [0.3, 0.3], [0.2, 0.2]])
    holes = whole.copy()
    holes[0, 1] = np.nan
    assert paired(holes)[:3] == paired(whole)[:3]
    holes[0] = np.nan
    assert paired(holes).difference == pytest.approx(0.25)


def test_worlds_are_counted_one_by_one():
    found = paired(np.array([[0.3, -0.1], [0.2, -0.4], [0.0, 0.0]]))
    assert found.share_worlds == pytest.approx((2 + 0.5 * 2) / 6)


def test_settings_without_luck_are_counted():
    means = np.array([0.3, -0.1, 0.0, 0.2])
    assert share_of_settings(np.tile(means[:, None], 3)) == pytest.approx((1 + 0 + 0.5 + 1) / 4)
    assert share_of_settings(means[:, None]) == pytest.approx((1 + 0 + 0.5 + 1) / 4)
    assert share_of_settings(means[:, None], above=0.1) == pytest.approx(0.5)
    assert math.isnan(share_of_settings(np.full((3, 2), np.nan)))


@pytest.mark.parametrize(("middle", "ignorance"), [(0.1, 0.1), (0.05, 0.2), (0.1, 0.02)])
def test_the_share_of_settings_is_that_without_luck(middle, ignorance):
    """A plain count is drawn towards one half by luck; freed of luck the share is about right, and settings agree."""
    generator = np.random.default_rng(5)
    truth = float(stats.norm.cdf(middle / ignorance))
    effects = generator.normal(middle, ignorance, (60, 200, 1))
    worlds = effects + generator.normal(0.0, 0.4, (60, 200, 5))
    freed = np.mean([share_of_settings(study) for study in worlds])
    counted = np.mean(worlds.mean(axis=2) > 0)
    assert abs(freed - truth) < 0.02
    assert counted < truth - 0.02


@pytest.mark.parametrize(("sign", "share"), [(1, 1.0), (-1, 0.0)])
def test_where_all_worlds_lie_on_one_side_all_settings_do(sign, share):
    worlds = sign * np.random.default_rng(5).uniform(0.01, 0.2, (20, 5))
    assert share_of_settings(worlds) == share
    assert 0 < share_of_settings(worlds, above=sign * 0.1) < 1


def test_luck_alone_says_how_sure_the_sign_is():
    generator = np.random.default_rng(5)
    alike = generator.normal(0.0, 0.1, (400, 100, 5))
    shares = np.array([share_of_settings(study) for study in alike])
    assert 0.4 < shares.mean() < 0.6
    assert shares.min() >= 0.0
    assert shares.max() <= 1.0


def test_the_two_level_interval_covers_what_it_says():
    """Of 400 studies with ignorance and luck, some 380 hold the truth; the interval over worlds alone holds far fewer."""
    generator = np.random.default_rng(7)
    studies, settings, replicates = 400, 12, 4
    ignorance = generator.normal(0.2, 0.10, (studies, settings, 1))
    worlds = ignorance + generator.normal(0.0, 0.05, (studies, settings, replicates))
    held = [found.low <= 0.2 <= found.high for found in map(paired, worlds)]
    assert 0.92 <= np.mean(held) <= 0.98
    naive = [low <= 0.2 <= high for low, high in map(interval, worlds.reshape(studies, -1))]
    assert np.mean(naive) < 0.80


def test_twins_save_the_variance_they_share():
    shared = np.linspace(0, 1, 50)
    own = np.tile([-0.01, 0.01], 25)
    saved = variance_saved(shared, shared + 0.1 + own)
    assert saved == pytest.approx(float((2 * shared.var() + own.var()) / own.var()), rel=0.05)
    assert variance_saved(shared, shared) == math.inf
    assert variance_saved(np.ones(5), np.zeros(5)) == 1.0
    assert math.isnan(variance_saved(np.ones(1), np.zeros(1)))
    assert variance_saved(shared, -shared) == pytest.approx(0.5)


def test_one_world_a_setting_tells_nothing_of_luck():
    values = np.linspace(-1.0, 1.0, 9)[:, None]
    assert told_apart(values, values[:, 0]) is None


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
    found = told_apart(values, setting_levels(values))
    assert (found.kept[:160] == 1.0).all()
    assert (found.kept[160:] < 1.0).all()
    assert (without_variability(values)[:160] == 0.0).all()
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
    found = told_apart(values, setting_levels(values))
    assert found.noise[0] == pytest.approx(4 * np.median(found.noise[1:]), rel=0.5)


def test_how_much_of_the_spread_is_chance():
    draws = np.random.default_rng(1)
    settings, worlds = draws.normal(0.0, 2.0, (4000, 1)), draws.normal(0.0, 1.0, (4000, 5))
    assert chance_share(settings + worlds) == pytest.approx(0.2, abs=0.03)
    assert chance_share(worlds) == pytest.approx(1.0, abs=0.05)
    assert chance_share(np.repeat(settings, 5, axis=1)) == pytest.approx(0.0)
    for unknown in (worlds[:1], worlds[:, :1], np.full((3, 5), 0.5), np.full((3, 5), np.nan)):
        assert np.isnan(chance_share(unknown))
    missing = settings + worlds
    missing[::3, 2:] = np.nan
    assert chance_share(missing) == pytest.approx(0.2, abs=0.05)


def test_runs_of_a_setting_are_independent_only_together():
    values = np.arange(12.0)
    assert independent(values, plausible=False) is values
    assert independent(values, plausible=True).tolist() == [2.0, 7.0, 10.5]
