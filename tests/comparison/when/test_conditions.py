"""Conditions use the worlds that a comparison has run, add the others once, and say beforehand how many."""

import pytest

from qsim.comparison.comparing import compare_worlds
from qsim.comparison.pair import PRIMARY
from qsim.comparison.when.conditions import all_conditions, planned_runs
from qsim.comparison.worlds import TwinWorlds, prepare_twins
from qsim.runs.setting_means import share_of_settings
from qsim.runs.standards import Standards
from qsim.scenario.loading import load_scenario

SETTINGS = 64


def compared(scenarios, settings=8, replications=3, plausible=True):
    worlds = TwinWorlds(prepare_twins(scenarios, plausible), 5, replications, plausible)
    return compare_worlds(worlds, settings, 0, Standards())


def first_conditions(found, **options):
    """Return the conditions of the first pair."""
    return all_conditions(found, **options)[0]


@pytest.fixture
def three(short):
    return compared([short("one_unit"), short("no_unit"), short("two_units")])


def test_the_runs_to_come_are_told_and_counted(three):
    counted = []
    first_conditions(three, workers=1, progress=counted.append, settings=SETTINGS)
    assert sum(counted) == planned_runs(three, settings=SETTINGS) == (SETTINGS - 8) * 2 * 3
    assert planned_runs(three, settings=5) == 0


def test_each_pair_is_told_as_it_is_alone(three, short):
    alone = [compared([short("one_unit"), short(name)]) for name in ("no_unit", "two_units")]
    for second, (found, pair) in enumerate(zip(all_conditions(three, settings=SETTINGS), alone, strict=True), start=1):
        assert found.second == second
        assert repr(found.record()) == repr(first_conditions(pair, settings=SETTINGS).record())


def test_it_does_not_matter_how_far_the_comparison_was_run(short):
    pair = [short("one_unit"), short("no_unit")]
    few, more = (first_conditions(compared(pair, settings), settings=SETTINGS) for settings in (4, 20))
    records = [{name: value for name, value in found.record().items() if "share" not in name} for found in (few, more)]
    assert repr(records[0]) == repr(records[1])


def test_further_worlds_go_on_where_the_comparison_stopped(short):
    pair = [short("one_unit"), short("two_units")]
    found = first_conditions(compared(pair, 4), settings=SETTINGS)
    whole = compared(pair, SETTINGS)
    apart = (whole.worlds.outcome(1, PRIMARY) - whole.worlds.outcome(0, PRIMARY))[:, :2]
    gains = apart if found.flip.winner == 1 else -apart
    assert found.flip.wins == (gains.mean(axis=1) > 0).sum()


def test_shares_are_counted_as_in_the_verdict(short):
    whole = compared([short("one_unit"), short("two_units")], 20)
    found = first_conditions(whole, settings=SETTINGS)
    share = whole.pairs[0].primary.share_settings
    assert found.share == pytest.approx(share if found.flip.winner == 1 else 1 - share)
    apart = whole.worlds.outcome(1, PRIMARY) - whole.worlds.outcome(0, PRIMARY)
    gains = apart if found.flip.winner == 1 else -apart
    assert found.share_relevant == share_of_settings(gains, whole.pairs[0].smallest_relevant) < found.share


def test_it_is_the_other_one_whose_conditions_are_told(short):
    forth = compared([short("no_unit"), short("one_unit")], 20)
    back = compared([short("one_unit"), short("no_unit")], 20)
    assert (forth.pairs[0].better, back.pairs[0].better) == (1, 0)
    found = [first_conditions(one, settings=SETTINGS) for one in (forth, back)]
    assert [one.flip.winner for one in found] == [0, 1]
    assert found[0].share == pytest.approx(found[1].share)


def test_identical_scenarios_never_flip(short):
    found = first_conditions(compared([short("one_unit"), short("one_unit")]), settings=SETTINGS)
    assert (found.flip.state, found.flip.winner, found.flip.wins) == ("never", 1, 0)
    assert (found.worth.moving, found.worth.worthwhile, found.worth.value.any()) == ((), (), False)


def test_where_parameters_are_fixed_the_scenarios_alone_leave_things_open():
    pair = compared([load_scenario("schwerin"), load_scenario("schwerin_staff_unit")], plausible=False)
    found = first_conditions(pair, settings=SETTINGS)
    assert found.drawn.factors
    assert not any(factor.id.startswith("parameters.") for factor in found.drawn.factors)
    assert found.worth.everything is None


def test_the_record_holds_what_moves_and_nothing_else(three):
    found = first_conditions(three, settings=SETTINGS)
    record = found.record()
    assert set(record["worth"]["factors"]) == {found.worth.factors[place].id for place in found.worth.moving}
    assert (record["state"], record["share"]) == (found.flip.state, found.share)
