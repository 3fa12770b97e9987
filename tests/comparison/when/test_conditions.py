"""When the verdict would be otherwise."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from open_tables import open_table, uniform_table
from qsim.comparison.comparing import compare_worlds
from qsim.comparison.verdict import PRIMARY
from qsim.comparison.when.boxes import told_limit
from qsim.comparison.when.conditions import (
    MOST_LIMITS,
    all_conditions,
    candidates,
    discover_verdict,
    in_steps,
    planned_runs,
)
from qsim.comparison.when.finding import held_out_places
from qsim.comparison.worlds import TwinWorlds, prepare_twins
from qsim.runs.designs import Variable
from qsim.runs.intervals import share_of_settings
from qsim.runs.standards import Standards
from qsim.scenario.labels import Label
from qsim.scenario.loading import load_scenario

SETTINGS = 64
RIVALS = ("one_unit", "no_unit", "two_units")


@cache
def compared(*names, settings=8, plausible=True, months=30):
    """Return the comparison of scenarios, made once."""
    scenarios = [load_scenario(name, (f"months={months}",) if plausible else ()) for name in names]
    worlds = TwinWorlds(prepare_twins(scenarios, plausible), 5, 3, plausible)
    return compare_worlds(worlds, settings, 0, Standards())


@cache
def conditions(*names, **options):
    """Return the conditions of the first pair of a comparison, found once."""
    return all_conditions(compared(*names, **options), settings=SETTINGS)[0]


@pytest.fixture(scope="module")
def told():
    """The conditions of three scenarios, and the runs that were told meanwhile."""
    counted = []
    return all_conditions(compared(*RIVALS), workers=1, progress=counted.append, settings=SETTINGS), counted


def test_the_runs_to_come_are_told_and_counted(told):
    assert sum(told[1]) == planned_runs(compared(*RIVALS), settings=SETTINGS) == (SETTINGS - 8) * 2 * 3
    assert planned_runs(compared(*RIVALS), settings=5) == 0


def test_each_pair_is_told_as_it_is_alone(told):
    for second, found in enumerate(told[0], start=1):
        assert found.second == second
        assert repr(found.record()) == repr(conditions(RIVALS[0], RIVALS[second]).record())


def test_it_does_not_matter_how_far_the_comparison_was_run():
    few, more = (conditions("one_unit", "no_unit", settings=settings) for settings in (8, 20))
    records = [{name: value for name, value in found.record().items() if "share" not in name} for found in (few, more)]
    assert repr(records[0]) == repr(records[1])


def test_further_worlds_go_on_where_the_comparison_stopped():
    found = conditions("one_unit", "two_units")
    whole = compared("one_unit", "two_units", settings=SETTINGS)
    apart = (whole.worlds.outcome(1, PRIMARY) - whole.worlds.outcome(0, PRIMARY))[:, :2]
    gains = apart if found.verdict.winner == 1 else -apart
    assert found.verdict.wins == (gains.mean(axis=1) > 0).sum()


def test_shares_are_counted_as_in_the_verdict():
    whole, found = compared("one_unit", "two_units"), conditions("one_unit", "two_units")
    share = whole.pairs[0].primary.share_settings
    assert found.share == pytest.approx(share if found.verdict.winner == 1 else 1 - share)
    apart = whole.worlds.outcome(1, PRIMARY) - whole.worlds.outcome(0, PRIMARY)
    gains = apart if found.verdict.winner == 1 else -apart
    assert found.share_relevant == share_of_settings(gains, whole.pairs[0].primary.smallest_relevant) < found.share


def test_it_is_the_other_one_whose_conditions_are_told():
    pairs = (("no_unit", "two_units"), ("two_units", "no_unit"))
    assert [compared(*pair, settings=20, months=72).pairs[0].better for pair in pairs] == [1, 0]
    found = [conditions(*pair, settings=20, months=72) for pair in pairs]
    assert [one.verdict.winner for one in found] == [0, 1]
    assert found[0].share == pytest.approx(found[1].share)


def test_identical_scenarios_never_flip():
    found = conditions("one_unit", "one_unit")
    assert (found.verdict.state, found.verdict.winner, found.verdict.wins) == ("never", 1, 0)
    assert (found.evppi.moving, found.evppi.valuable, found.evppi.value.any()) == ((), (), False)


def test_where_parameters_are_fixed_the_scenarios_alone_leave_things_open():
    found = conditions("schwerin", "schwerin_staff_unit", plausible=False)
    assert found.drawn.factors
    assert not any(factor.id.startswith("parameters.") for factor in found.drawn.factors)
    assert found.evppi.everything is None


def test_the_record_holds_what_moves_and_nothing_else(told):
    found = told[0][0]
    record = found.record()
    assert set(record["worth"]["factors"]) == {found.evppi.factors[place].id for place in found.evppi.moving}
    assert (record["state"], record["share"]) == (found.verdict.state, found.share)


NUMBER = Variable("x", Label(de="x", en="x"))


def gains(effect, draw, luck=0.2):
    return effect[:, None] + draw.normal(0, luck, (len(effect), 2))


@pytest.mark.parametrize("seed", range(3))
def test_a_planted_condition_is_found_among_many_factors(seed):
    table, draw = uniform_table(seed, 900, 80)
    inside = (table.values[:, 3] > 0.6) & (table.values[:, 7] < 0.5)
    found = discover_verdict(table, gains(np.where(inside, 0.5, -0.5), draw), 0, seed)
    assert (found.state, found.winner, found.settings) == ("found", 0, 900)
    (one,) = found.discovery.boxes
    assert {found.discovery.cases.factors[place].id for place in one.box.limits} == {"x3", "x7"}
    for place, limit in one.box.limits.items():
        told = told_limit(one.box, place, found.discovery.cases)
        ends = (told.above, 0.6) if math.isfinite(limit.low) else (told.below, 0.5)
        assert ends[0] == pytest.approx(ends[1], abs=0.06)
    assert found.checked.coverage > 0.8
    assert found.checked.inside > 0.8 > 0.2 > found.checked.outside
    assert found.checked.settings == 300
    assert found.wins / found.settings == pytest.approx(0.2, abs=0.05)


def test_what_is_told_of_unseen_settings_is_counted_there():
    table, draw = uniform_table(4, 600, 5)
    effect = gains(np.where(table.values[:, 2] > 0.7, 0.5, -0.5), draw)
    found = discover_verdict(table, effect, 1, 9)
    unseen = found.discovery.cases.some(held_out_places(600, 9))
    inside = np.any([one.box.holds(unseen) for one in found.discovery.boxes], axis=0)
    wins = effect.mean(axis=1)[held_out_places(600, 9)] > 0
    assert found.checked.coverage == pytest.approx(inside[wins].mean())
    assert found.checked.inside == pytest.approx(wins[inside].mean())
    assert found.checked.outside == pytest.approx(wins[~inside].mean())


def test_a_condition_has_few_limits_even_if_it_takes_more():
    table, draw = uniform_table(2, 1500, 6)
    inside = (table.values[:, :5] > 0.2).all(axis=1)
    found = discover_verdict(table, gains(np.where(inside, 0.5, -0.5), draw), 0)
    assert found.state == "found"
    assert all(len(one.box.limits) <= MOST_LIMITS for one in found.discovery.boxes)


@pytest.mark.parametrize("seed", range(4))
def test_noise_has_no_condition(seed):
    table, draw = uniform_table(seed, 300, 30)
    found = discover_verdict(table, draw.normal(-0.2, 1, (300, 2)), 1, seed)
    assert (found.state, found.discovery, found.checked) == ("no_condition", None, None)
    assert found.variability == pytest.approx(1.0, abs=0.2)


@pytest.mark.parametrize(
    ("wins", "state"), [(0, "never"), (5, "rarely"), (195, "nearly_always"), (200, "nearly_always")]
)
def test_refusals_are_states(wins, state):
    table, _ = uniform_table(1, 200, 2)
    effect = np.where(np.arange(200) < wins, 0.5, -0.5)
    found = discover_verdict(table, np.stack([effect, effect], axis=1), 0)
    assert (found.state, found.discovery) == (state, None)
    assert found.wins == wins


def test_equal_is_no_win():
    table, _ = uniform_table(1, 100, 1)
    effect = np.repeat([0.0, 0.01, 0.02, 0.03], 25)
    found = discover_verdict(table, effect[:, None], 1)
    assert found.wins == 75
    assert math.isnan(found.variability)


def test_too_few_settings_and_nothing_open():
    table, draw = uniform_table(1, 40, 2)
    assert discover_verdict(table, draw.normal(size=(40, 2)), 1).state == "too_few_settings"
    assert discover_verdict(open_table(np.empty((100, 0))), draw.normal(size=(100, 2)), 0.1, 1).state == "nothing_open"
    empty = discover_verdict(table, np.full((40, 2), np.nan), 1)
    assert (empty.state, empty.settings) == ("too_few_settings", 0)
    assert empty.wins == 0


def test_luck_is_its_share_of_the_variance():
    draw = np.random.default_rng(8)
    table = open_table(draw.random((4000, 1)))
    found = discover_verdict(table, draw.normal(0, 1, (4000, 1)) + draw.normal(0, 1, (4000, 2)), 1)
    assert found.variability == pytest.approx(1 / 3, abs=0.03)


def test_candidates_are_chosen_without_the_settings_held_out():
    table, draw = uniform_table(6, 300, 20)
    unseen = held_out_places(300, 1)
    means = draw.normal(size=300)
    means[unseen] += 50 * table.values[unseen, 4]
    assert candidates(table, means, 1) == list(range(20))
    assert candidates(table, table.values[:, 4] + 0.1 * means.clip(-2, 2), 1) == [4]


@given(st.integers(0, 500), st.floats(1e-3, 1e3), st.floats(-50, 50))
def test_steps_keep_the_order_and_part_at_round_numbers(seed, width, start):
    values = start + width * np.random.default_rng(seed).random(300)
    steps = in_steps(NUMBER, values)
    order = np.argsort(values, kind="stable")
    assert (np.diff(steps[order]) >= 0).all()
    different = np.unique(steps)
    step = np.diff(different).min()
    assert 13 <= np.ptp(values) / step <= 38.5
    assert np.abs(steps - values).max() <= step * 0.501
    mantissa = float(f"{step:.6e}".split("e")[0])
    assert round(mantissa, 5) in (1.0, 2.0, 5.0, 10.0)


def test_levels_counts_months_and_few_values_are_no_steps():
    values = np.linspace(0, 1, 100)
    label = Label(de="x", en="x")
    for factor in (
        Variable("x", label, levels=("a",)),
        Variable("x", label, whole=True),
        Variable("x", label, months=True),
    ):
        assert in_steps(factor, values) is values
    few = np.repeat([24.0, 36.0, 60.0], 10)
    assert in_steps(NUMBER, few) is few
