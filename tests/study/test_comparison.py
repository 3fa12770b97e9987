"""Comparisons in twin worlds: what is shared, what is counted, and what identical scenarios say."""

import math

import numpy as np
import pandas as pd
import pytest

from qsim.engine.measures import OUTCOMES
from qsim.scenario.messages import InputError
from qsim.study.comparison import compare, compare_results, prepare_twins, store_comparison, twin_rows
from qsim.study.execution import run_rows
from qsim.study.manifest import make_manifest
from qsim.study.store import Store

FEW = {"settings": 6, "replications": 2}


def row(comparison, name):
    return next(row for row in comparison.rows if row.measure.name == name)


def test_worlds_are_settings_with_luck_of_their_own():
    assert twin_rows(2, 3) == [(0, 0), (1, 0), (2, 0), (3, 1), (4, 1), (5, 1)]
    assert twin_rows(9, 3, plausible=False) == [(0, 0), (1, 1), (2, 2)]


@pytest.mark.parametrize("numbers", [(0, 5), (5, 0)])
def test_nothing_to_run_is_an_error(numbers):
    with pytest.raises(ValueError, match="at least one"):
        twin_rows(*numbers)


def test_one_scenario_is_no_comparison(short):
    with pytest.raises(ValueError, match="two scenarios"):
        compare([short()])


def test_a_scenario_against_itself_is_equal(short):
    (found,) = compare([short(), short()], **FEW)
    assert (found.verdict, found.better) == ("equal", -1)
    assert [scenario.id for scenario in found.scenarios] == ["small", "small_2"]
    for outcome in found.rows:
        assert (outcome.difference, outcome.low, outcome.high) == (0.0, 0.0, 0.0)
        assert outcome.share_worlds == outcome.share_settings == 0.5
    assert found.variance_saved == math.inf


def test_a_post_beats_none_and_the_order_only_turns_the_sign(short):
    pair = [short("no_unit"), short("one_unit")]
    (forth,) = compare(pair, **FEW)
    (back,) = compare(pair[::-1], **FEW)
    one, other = row(forth, "joint_practice"), row(back, "joint_practice")
    assert one.difference > 0
    assert (one.difference, one.low, one.high) == pytest.approx((-other.difference, -other.high, -other.low))
    assert one.share_settings == 1 - other.share_settings
    assert (forth.verdict, forth.better) == (back.verdict, {0: 1, 1: 0, -1: -1}[back.better])
    assert one.levels == other.levels[::-1]
    assert forth.variance_saved > 1


def test_the_numbers_are_those_of_the_runs(short):
    twins = prepare_twins([short("no_unit"), short("one_unit")])
    results = [run_rows(twin, twin_rows(6, 2)) for twin in twins]
    (found,) = compare_results(results, 6)
    apart = results[1].runs["practice"] - results[0].runs["practice"]
    assert row(found, "practice").difference == pytest.approx(apart.mean(), rel=1e-12)
    assert row(found, "practice").share_worlds == ((apart > 0) + 0.5 * (apart == 0)).mean()
    means = apart.groupby(results[0].runs["setting"]).mean()
    assert row(found, "practice").share_settings == (means > 0).mean()


def test_settings_vary_the_parameters_of_rules_and_twins_share_them(short):
    one, other = prepare_twins([short("no_unit"), short("one_unit")])
    drawn = [
        [twin.blueprint.world(1, r, s).parameters["practice_up"][0] for r, s in twin_rows(5, 2)]
        for twin in (one, other)
    ]
    assert drawn[0] == drawn[1]
    assert len(set(drawn[0])) == 5
    fixed = prepare_twins([short(), short()], plausible=False)[0]
    assert len({fixed.blueprint.world(1, r, r).parameters["practice_up"][0] for r in range(5)}) == 1


def test_fixed_parameters_leave_settings_out(short):
    (found,) = compare([short("no_unit"), short("one_unit")], replications=8, plausible=False)
    assert (found.settings, found.replications) == (1, 8)
    assert math.isnan(row(found, "practice").share_settings)
    assert row(found, "practice").low < row(found, "practice").difference < row(found, "practice").high


def test_one_world_is_undecided(short):
    (found,) = compare([short("no_unit"), short("one_unit")], settings=1, replications=1)
    assert (found.verdict, found.better) == ("undecided", -1)


def test_each_other_scenario_is_compared_with_the_first(short):
    found = compare([short(), short("no_unit"), short("one_unit")], **FEW)
    assert [[scenario.id for scenario in pair.scenarios] for pair in found] == [
        ["small", "no_unit"],
        ["small", "one_unit"],
    ]


def test_more_worlds_change_none(short):
    pair = prepare_twins([short("no_unit"), short("one_unit")])
    few, more = (run_rows(pair[1], twin_rows(settings, 2)).runs for settings in (3, 6))
    pd.testing.assert_frame_equal(few, more.iloc[:6])


def test_what_no_run_has_is_left_out(short):
    (found,) = compare([short("no_unit"), short("no_unit")], **FEW)
    names = [outcome.measure.name for outcome in found.rows]
    assert "practice_after_funding_24" not in names
    assert "joint_practice" in names
    assert set(names) < {measure.name for measure in OUTCOMES}


def test_wrong_parameters_are_refused_before_anything_runs(short):
    with pytest.raises(InputError, match='no rule is called "lerning"'):
        compare([short(), short("small", "parameters.lerning.forgetting=0.01")])


def test_the_table_says_what_the_comparison_says(short, tmp_path):
    found = compare([short("no_unit"), short("one_unit")], **FEW)
    with Store(tmp_path, make_manifest("compare", found[0].scenarios, seed=1, replications=2, settings=6)) as store:
        store_comparison(store, found)
    table = pd.read_parquet(tmp_path / "comparison.parquet").set_index("outcome")
    assert table.loc["joint_practice", "verdict"] == found[0].verdict
    assert np.isclose(table.loc["practice", "difference"], row(found[0], "practice").difference)
    assert (table["second"] == "one_unit").all()
