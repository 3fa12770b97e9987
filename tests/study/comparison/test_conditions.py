"""Conditions use the worlds that a comparison has run, add the others once, and say beforehand how many."""

import numpy as np
import pytest

from qsim.scenario.loading import load_scenario
from qsim.study.comparison.comparing import compare_worlds
from qsim.study.comparison.conditions import all_conditions, conditions, planned_runs
from qsim.study.comparison.pair import PRIMARY
from qsim.study.comparison.paired import share_of_settings
from qsim.study.comparison.relevance import Standards
from qsim.study.comparison.worlds import TwinWorlds, prepare_twins

SETTINGS = 64


def compared(scenarios, settings=8, replications=3, plausible=True):
    worlds = TwinWorlds(prepare_twins(scenarios, plausible), 5, replications, plausible)
    return compare_worlds(worlds, settings, 0, Standards())


@pytest.fixture
def three(short):
    return compared([short("one_unit"), short("no_unit"), short("two_units")])


def test_the_runs_to_come_are_told_and_counted(three):
    counted = []
    conditions(three, 1, workers=1, progress=counted.append, settings=SETTINGS)
    assert sum(counted) == planned_runs(three, 1, settings=SETTINGS) == (SETTINGS - 8) * 2 * 2
    assert planned_runs(three, settings=SETTINGS) == (SETTINGS - 8) * 2 * 3
    assert planned_runs(three, 1, settings=5) == 0


def test_all_pairs_together_say_what_each_says_alone(three):
    together = all_conditions(three, settings=SETTINGS)
    for second, found in enumerate(together, start=1):
        alone = conditions(three, second, settings=SETTINGS)
        assert found.second == second
        assert repr(found.record()) == repr(alone.record())
        assert found.drawn.values.tolist() == alone.drawn.values.tolist()


def test_it_does_not_matter_how_far_the_comparison_was_run(short):
    pair = [short("one_unit"), short("no_unit")]
    few, more = (conditions(compared(pair, settings), 1, settings=SETTINGS) for settings in (4, 20))
    assert repr(few.record()) == repr(more.record())


def test_further_worlds_go_on_where_the_comparison_stopped(short):
    pair = [short("one_unit"), short("two_units")]
    found = conditions(compared(pair, 4), 1, settings=SETTINGS)
    whole = compared(pair, SETTINGS)
    apart = (whole.worlds.outcome(1, PRIMARY) - whole.worlds.outcome(0, PRIMARY))[:, :2]
    gains = apart if found.flip.winner == 1 else -apart
    assert found.flip.wins == (gains.mean(axis=1) > 0).sum()
    assert found.flip.share == share_of_settings(gains)
    assert np.isclose(conditions(whole, 1, settings=4).flip.share, share_of_settings(gains))


def test_it_is_the_other_one_whose_conditions_are_told(short):
    forth = compared([short("no_unit"), short("one_unit")], 20)
    back = compared([short("one_unit"), short("no_unit")], 20)
    assert (forth.pairs[0].better, back.pairs[0].better) == (1, 0)
    found = [conditions(one, 1, settings=SETTINGS).flip for one in (forth, back)]
    assert [one.winner for one in found] == [0, 1]
    assert found[0].share == found[1].share


def test_identical_scenarios_never_flip(short):
    found = conditions(compared([short("one_unit"), short("one_unit")]), 1, settings=SETTINGS)
    assert (found.flip.state, found.flip.winner, found.flip.wins) == ("never", 1, 0)
    assert (found.worth.moving, found.worth.worthwhile, found.worth.value.any()) == ((), (), False)


def test_where_parameters_are_fixed_the_scenarios_alone_leave_things_open():
    pair = compared([load_scenario("schwerin"), load_scenario("schwerin_staff_unit")], plausible=False)
    found = conditions(pair, 1, settings=SETTINGS)
    assert found.drawn.factors
    assert not any(factor.id.startswith("parameters.") for factor in found.drawn.factors)
    assert found.worth.everything is None


def test_a_scenario_that_there_is_not_is_an_error(three):
    with pytest.raises(IndexError, match="no scenario 3"):
        conditions(three, 3)
    with pytest.raises(IndexError, match="no scenario 0"):
        conditions(three, 0)


def test_the_record_holds_what_moves_and_nothing_else(three):
    found = conditions(three, 1, settings=SETTINGS)
    record = found.record()
    assert set(record["worth"]["factors"]) == {found.worth.factors[place].id for place in found.worth.moving}
    assert (record["state"], record["share"]) == (found.flip.state, found.flip.share)
