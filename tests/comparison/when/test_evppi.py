"""What knowing an unknown is worth, and the regression on one factor that it is read from."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from open_tables import open_table, uniform_table
from qsim.comparison.when.evppi import Everything, effect_chance, evppi, foretold, others_mean
from qsim.runs.designs import Variable
from qsim.scenario.labels import Label


def pair(effect, draw, luck=0.3, worlds=2):
    """Return the levels of a scenario at zero and one ahead of it by ``effect`` (settings,), with luck of their own."""
    noise = draw.normal(0, luck, (2, len(effect), worlds))
    return noise + np.stack([np.zeros_like(effect), effect])[:, :, None]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("threshold", [0.3, 0.6, 0.8])
def test_it_is_the_closed_form_where_the_difference_is_linear(seed, threshold):
    """With D = x - t and x uniform, E[max(D, 0)] - max(E[D], 0) = (1 - t)^2 / 2 - max(1/2 - t, 0)."""
    table, draw = uniform_table(seed, 3000, 3)
    found = evppi(table, pair(table.values[:, 0] - threshold, draw))
    truth = (1 - threshold) ** 2 / 2 - max(0.5 - threshold, 0.0)
    assert found.value[0] == pytest.approx(truth, abs=0.012)
    assert found.low[0] - 0.003 < truth < found.high[0] + 0.003
    assert found.valuable == (0,)
    assert found.best == int(threshold < 0.5)


def test_nothing_is_worth_knowing_where_the_choice_stays_the_same():
    table, draw = uniform_table(1, 800, 2)
    found = evppi(table, pair(2.0 + table.values[:, 0], draw))
    assert found.value.tolist() == found.low.tolist() == found.high.tolist() == [0.0, 0.0]
    assert found.valuable == ()
    assert found.moving == (0,)
    share = (1 / 12) / (1 / 12 + 2 * 0.3**2 / 2)
    assert found.explained[0] == pytest.approx(share, abs=0.05)
    assert found.explained[1] < 0.01
    assert found.everything == Everything(0.0, 0.0)


@pytest.mark.parametrize("seed", range(3))
def test_of_many_factors_that_say_nothing_hardly_any_seems_worth_something(seed):
    table, draw = uniform_table(seed, 600, 170)
    found = evppi(table, pair(np.zeros(600), draw, luck=1.0))
    assert np.mean(found.low > 0.0) < 0.1
    assert len(found.valuable) <= 1
    assert abs(found.value.mean()) < 0.03


def test_a_choice_among_levels_is_worth_what_its_levels_decide():
    draw = np.random.default_rng(5)
    places = draw.integers(0, 3, (1500, 1)).astype(float)
    effect = np.array([-0.2, -0.1, 0.6])[places[:, 0].astype(int)]
    found = evppi(open_table(places, levels=(0,)), pair(effect, draw))
    assert found.value[0] == pytest.approx(0.6 / 3 - 0.3 / 3, abs=0.03)


def test_of_three_scenarios_the_best_of_each_value_is_chosen():
    """With levels 1/2, x and 1 - x the better of the last two is worth 3/4 on average, 1/4 more than any one of them."""
    table, draw = uniform_table(2, 2000, 1)
    x = table.values[:, 0]
    levels = np.stack([np.full(2000, 0.5), x, 1 - x])[:, :, None] + draw.normal(0, 0.1, (3, 2000, 2))
    found = evppi(table, levels)
    assert found.value[0] == pytest.approx(0.25, abs=0.01)
    assert found.everything.least - 0.005 < 0.25 < found.everything.most + 0.005


@pytest.mark.parametrize("luck", [0.1, 0.5])
def test_the_value_of_knowing_everything_lies_between_its_ends(luck):
    table, draw = uniform_table(4, 4000, 2)
    found = evppi(table, pair(table.values[:, 0] + table.values[:, 1] - 1.0, draw, luck))
    assert found.everything.least < 1 / 6 + 0.01
    assert found.everything.most > 1 / 6 - 0.01
    assert found.everything.least <= found.everything.most


def test_with_one_world_luck_is_not_told_from_knowledge():
    table, draw = uniform_table(1, 60, 1)
    assert evppi(table, pair(table.values[:, 0], draw, worlds=1)).everything is None


def test_settings_without_the_outcome_do_not_count():
    table, draw = uniform_table(1, 200, 2)
    levels = pair(table.values[:, 0] - 0.5, draw)
    levels[0, :50, 0] = np.nan
    found = evppi(table, levels)
    assert found.settings == 150
    assert found.value.tolist() == evppi(table.some(np.arange(50, 200)), levels[:, 50:]).value.tolist()


def test_too_few_settings_or_scenarios_are_refused():
    table, draw = uniform_table(1, 20, 1)
    with pytest.raises(ValueError, match="20 settings are too few"):
        evppi(table, pair(table.values[:, 0], draw))
    with pytest.raises(ValueError, match="two scenarios"):
        evppi(table, pair(table.values[:, 0], draw)[:1])


def test_without_factors_only_everything_has_a_worth():
    draw = np.random.default_rng(1)
    found = evppi(open_table(np.empty((50, 0))), pair(np.zeros(50), draw))
    assert (found.value.size, found.moving, found.valuable) == (0, (), ())
    assert found.everything.most > 0.0


NUMBER = Variable("x", Label(de="x", en="x"))
CHOICE = Variable("c", Label(de="c", en="c"), levels=("a", "b", "c"))


@given(st.integers(0, 1000))
def test_a_setting_is_foretold_from_all_others(seed):
    draw = np.random.default_rng(seed)
    x, y = draw.random(30), draw.normal(size=(30, 2))
    found = foretold(NUMBER, x, y)
    for left_out in (0, 17):
        others = np.arange(30) != left_out
        for column in range(2):
            fit = np.polynomial.Polynomial.fit(x[others], y[others, column], 3)
            assert found[left_out, column] == pytest.approx(fit(x[left_out]), abs=1e-8)


def test_a_level_is_foretold_by_the_mean_of_the_others_of_its_level():
    places, y = np.array([0.0, 0, 0, 2, 2, 2]), np.arange(6.0)[:, None]
    assert foretold(CHOICE, places, y)[:, 0] == pytest.approx([1.5, 1.0, 0.5, 4.5, 4.0, 3.5])


def test_few_values_take_a_polynomial_that_they_carry():
    x, y = np.repeat([24.0, 60.0], 10), np.arange(20.0)[:, None]
    assert foretold(NUMBER, x, y)[0, 0] == pytest.approx(np.arange(1, 10).mean())


def test_the_mean_of_the_others_leaves_oneself_out():
    assert others_mean(np.array([[1.0], [2.0], [6.0]]))[:, 0].tolist() == [4.0, 3.5, 1.5]


def test_chances_of_noise_are_uniform_and_those_of_an_effect_are_small():
    draw = np.random.default_rng(3)
    noise = [effect_chance(NUMBER, draw.random(200), draw.normal(size=(200, 1))) for _ in range(200)]
    assert stats.kstest(noise, "uniform").pvalue > 0.01
    x = draw.random(200)
    assert effect_chance(NUMBER, x, (3 * x + draw.normal(size=200))[:, None]) < 0.001


@pytest.mark.parametrize(
    ("outcomes", "chance"), [(np.zeros((50, 1)), 1.0), (np.linspace(0, 1, 50)[:, None], 0.0)], ids=["nothing", "exact"]
)
def test_what_never_differs_is_not_moved_and_what_follows_exactly_is(outcomes, chance):
    assert effect_chance(NUMBER, np.linspace(0, 1, 50), outcomes) == pytest.approx(chance, abs=1e-12)


def test_a_factor_of_one_value_moves_nothing():
    assert effect_chance(NUMBER, np.ones(20), np.arange(20.0)[:, None]) == 1.0
