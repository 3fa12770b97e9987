"""Comparing: when it is enough, who is ranked where, and what a plan holds."""

from __future__ import annotations

import itertools
import json
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qsim.comparison import comparing
from qsim.comparison.comparing import (
    ERROR,
    FIRST,
    ComparisonPlan,
    Look,
    affordable,
    agreed,
    compare,
    compare_worlds,
    confidence_of,
    planned_again,
    planned_looks,
)
from qsim.comparison.ranking import ranking
from qsim.comparison.verdict import compare_pair, store_comparison
from qsim.comparison.worlds import TwinWorlds, prepare_twins, twin_rows
from qsim.engine.rows import REPLICATIONS
from qsim.files.messages import InputError
from qsim.measures.catalogue import OUTCOMES
from qsim.runs.execution import run_rows
from qsim.runs.intervals import share_of_settings
from qsim.runs.manifest import make_manifest
from qsim.runs.standards import Standards
from qsim.runs.store import Store
from qsim.scenario.loading import load_scenario


@given(st.integers(1, 100_000))
def test_looks_double_up_to_what_can_be_paid(most):
    looks = planned_looks(most)
    assert looks[-1] <= most
    assert looks[0] == min(most, FIRST)
    assert all(later == 2 * earlier for earlier, later in itertools.pairwise(looks))
    assert most < FIRST or 2 * looks[-1] > most


@pytest.mark.parametrize("count", [1, 2, 5])
def test_the_error_is_split_over_the_looks(count):
    assert count * (1 - confidence_of(count)) == pytest.approx(ERROR)


@pytest.mark.parametrize(
    ("verdicts", "enough"),
    [
        (["clearly"], False),
        (["clearly", "clearly"], True),
        (["probably", "clearly"], False),
        (["clearly", "probably", "probably"], True),
        (["clearly", "clearly", "probably"], False),
        (["undecided", "undecided"], False),
        (["equal", "equal"], True),
        (["trade_off", "trade_off"], True),
    ],
)
def test_two_looks_in_a_row_must_agree(verdicts, enough):
    assert agreed([Look(FIRST * 2**i, (verdict,), (1,)) for i, verdict in enumerate(verdicts)]) is enough


def looks(*verdicts, better=((0, 1), (0, 1))):
    return [Look(FIRST * 2**i, one, own) for i, (one, own) in enumerate(zip(verdicts, better, strict=True))]


def test_every_pair_must_agree():
    assert not agreed(looks(("clearly", "probably"), ("clearly", "equal")))
    assert not agreed(looks(("clearly", "undecided"), ("clearly", "undecided")))
    assert agreed(looks(("clearly", "equal"), ("clearly", "equal")))


def test_the_same_scenario_must_be_better():
    assert not agreed(looks(("clearly", "probably"), ("clearly", "probably"), better=((0, 1), (0, 0))))


LEVELS = [
    level[:, None]
    for level in (np.array([0.1, 0.2, 0.3, 0.4]), np.array([0.3, 0.1, 0.4, 0.5]), np.array([0.1, 0.0, 0.0, 0.5]))
]


def test_the_best_on_average_stands_first():
    ranks = ranking(LEVELS)
    assert [rank.index for rank in ranks] == [1, 0, 2]
    assert [rank.level for rank in ranks] == pytest.approx([0.325, 0.25, 0.15])


def test_a_shared_first_place_is_shared_out():
    best = {rank.index: rank.best for rank in ranking(LEVELS)}
    assert best == pytest.approx({0: 0.25, 1: 0.625, 2: 0.125})
    assert sum(best.values()) == pytest.approx(1.0)


def test_regret_is_against_the_best_of_each_setting():
    regret = {rank.index: rank.regret for rank in ranking(LEVELS)}
    assert regret == pytest.approx({0: (0.2 + 0 + 0.1 + 0.1) / 4, 1: 0.1 / 4, 2: (0.2 + 0.2 + 0.4 + 0) / 4})
    high = {rank.index: rank.largest_regret for rank in ranking(LEVELS)}
    assert high == pytest.approx({0: 0.2, 1: 0.1, 2: 0.4})


def test_less_can_be_better():
    assert [rank.index for rank in ranking(LEVELS, higher_is_better=False)] == [2, 0, 1]


def test_settings_with_something_missing_do_not_count():
    holes = [LEVELS[0].copy(), *LEVELS[1:]]
    holes[0][0] = np.nan
    assert {rank.index: rank.best for rank in ranking(holes)} == pytest.approx({0: 1 / 3, 1: 0.5, 2: 1 / 6})
    assert ranking([np.full((3, 1), np.nan), np.ones((3, 1))]) == ()


def test_luck_makes_nobody_the_best_and_costs_no_regret():
    """Three scenarios that differ by 0.02 everywhere, and luck that is larger: the first is always the best."""
    generator = np.random.default_rng(4)
    levels = [0.3 - 0.02 * place + generator.normal(0.0, 0.05, (300, 5)) for place in range(3)]
    counted = np.stack([level.mean(axis=1) for level in levels]).argmax(axis=0)
    top, *others = ranking(levels)
    assert (counted == 0).mean() < 0.75
    assert top.index == 0
    assert top.best > 0.95
    assert top.regret < 0.002
    assert [rank.regret for rank in others] == pytest.approx([0.02, 0.04], abs=0.008)


def test_what_settings_decide_stays():
    """Two scenarios of which each is better in half of the settings, by much more than luck."""
    generator = np.random.default_rng(4)
    side = np.where(np.arange(200) % 2, 0.1, -0.1)[:, None]
    levels = [0.3 + side + generator.normal(0.0, 0.02, (200, 3)), 0.3 - side + generator.normal(0.0, 0.02, (200, 3))]
    assert [rank.best for rank in ranking(levels)] == pytest.approx([0.5, 0.5])
    assert [rank.regret for rank in ranking(levels)] == pytest.approx([0.1, 0.1], abs=0.01)


def test_scenarios_that_are_the_same_in_a_setting_share_its_first_place():
    generator = np.random.default_rng(4)
    better = np.repeat([0.0, 0.1], [80, 20])[:, None]
    levels = [np.full((100, 3), 0.3), 0.3 + better * (1.0 + 0.5 * generator.standard_normal((100, 3)))]
    assert [rank.best for rank in ranking(levels)] == pytest.approx([0.6, 0.4], abs=0.005)


FEW = {"settings": 6, "replications": 2}


def row(comparison, name):
    return comparison.outcomes[name]


def test_worlds_are_settings_with_luck_of_their_own():
    assert twin_rows(2, 3) == [(0, 0), (1, 0), (2, 0), (3, 1), (4, 1), (5, 1)]
    assert twin_rows(4, 3, first=2) == [(6, 2), (7, 2), (8, 2), (9, 3), (10, 3), (11, 3)]
    assert twin_rows(3, 1, plausible=False) == [(0, 0), (1, 1), (2, 2)]
    assert twin_rows(3, 1, plausible=False, first=2) == [(2, 2)]


@pytest.mark.parametrize("numbers", [(0, 5), (5, 0)])
def test_nothing_to_run_is_an_error(numbers):
    with pytest.raises(ValueError, match="at least one"):
        twin_rows(*numbers)


def test_no_replication_is_an_error(short):
    with pytest.raises(ValueError, match="at least one"):
        compare([short(), short("medium")], replications=0)


def test_no_two_twins_have_the_same_id(short):
    scenario = short()
    named = scenario.model_copy(update={"id": "small_2"})
    for trio in ([scenario, scenario, named], [scenario, named, scenario], [named, scenario, scenario]):
        ids = [twin.scenario.id for twin in prepare_twins(trio)]
        assert sorted(ids) == ["small", "small_2", "small_3"]
        assert ids[trio.index(named)] == "small_2"


def test_one_scenario_is_no_comparison(short):
    with pytest.raises(ValueError, match="two scenarios"):
        compare([short()])


def test_a_scenario_against_itself_is_equal(short):
    (found,) = compare([short(), short()], **FEW)
    assert (found.verdict, found.better) == ("equal", -1)
    assert [scenario.id for scenario in found.scenarios] == ["small", "small_2"]
    for outcome in found.outcomes.values():
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
    assert one.share_settings == pytest.approx(1 - other.share_settings)
    assert (forth.verdict, forth.better) == (back.verdict, {0: 1, 1: 0, -1: -1}[back.better])
    assert one.levels == other.levels[::-1]
    assert forth.variance_saved > 1


def test_the_numbers_are_those_of_the_runs(short):
    worlds = TwinWorlds(prepare_twins([short("no_unit"), short("one_unit")]), 1, 2, True)
    worlds.extend(6)
    found, results = compare_pair(worlds, (0, 1), Standards()), worlds.results
    apart = results[1].runs["practice"] - results[0].runs["practice"]
    assert row(found, "practice").difference == pytest.approx(apart.mean(), rel=1e-12)
    assert row(found, "practice").share_worlds == ((apart > 0) + 0.5 * (apart == 0)).mean()
    assert row(found, "practice").share_settings == share_of_settings(apart.to_numpy().reshape(6, 2))


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


def test_worlds_that_grow_are_those_that_were_run_at_once(short):
    twins = prepare_twins([short("no_unit"), short("one_unit")])
    grown, whole = (TwinWorlds(twins, 1, 2, True) for _ in range(2))
    grown.extend(2)
    grown.extend(7, workers=2)
    whole.extend(7)
    for one, other in zip(grown.results, whole.results, strict=True):
        assert one.rows == other.rows == tuple(twin_rows(7, 2))
        pd.testing.assert_frame_equal(one.runs, other.runs)
        pd.testing.assert_frame_equal(one.series, other.series)
        pd.testing.assert_frame_equal(one.departments, other.departments, rtol=1e-12)
    for grew, at_once in zip(grown.practice, whole.practice, strict=True):
        np.testing.assert_array_equal(grew, at_once)


def test_practice_of_departments_by_setting_is_that_of_the_table(short):
    worlds = TwinWorlds(prepare_twins([short("no_unit"), short("one_unit")]), 1, 2, True)
    worlds.extend(3)
    for result, practice in zip(worlds.results, worlds.practice, strict=True):
        assert practice.shape == (3, len(result.prepared.house.departments), len(result.scenario.tasks))
        table = result.departments
        last = table[table["month"] >= sorted(table["month"].unique())[-12]]
        means = last.groupby(["department", "task"], sort=False, observed=True)["practice"].mean()
        np.testing.assert_allclose(practice.mean(axis=0).reshape(-1), means.to_numpy())


def test_a_clear_pair_stops_at_the_second_look(short):
    many = short("one_unit", "commissioners[both].funding[0].posts=12")
    clear = TwinWorlds(prepare_twins([short("no_unit"), many]), 1, 1, True)
    found = compare_worlds(clear, None, 2000, Standards())
    assert [look.settings for look in found.looks] == [50, 100]
    assert (found.stopped, found.planned, clear.settings) == ("agreed", (50, 100, 200, 400, 800), 100)
    assert found.pairs[0].confidence == pytest.approx(0.99)


def test_a_pair_that_depends_on_the_settings_spends_the_budget(short):
    open_pair = [short("small", f"administration.departments={value}") for value in (11, 12)]
    worlds = TwinWorlds(prepare_twins(open_pair), 1, 1, True)
    standards = Standards(clearly=1.0, probably=1.0, relevant={"joint_practice": 1e-12})
    found = compare_worlds(worlds, None, 250, standards)
    assert (found.stopped, worlds.settings, found.pairs[0].verdict) == ("budget", 100, "undecided")
    assert [look.settings for look in found.looks] == [50, 100]


def test_a_fixed_number_has_one_look_at_full_error(short):
    worlds = TwinWorlds(prepare_twins([short("no_unit"), short("one_unit")]), 1, 2, True)
    found = compare_worlds(worlds, 8, 0, Standards())
    assert (found.stopped, found.planned, worlds.settings) == ("fixed", (8,), 8)
    assert found.pairs[0].confidence == pytest.approx(0.95)


def test_a_budget_for_less_than_two_settings_is_refused(short):
    worlds = TwinWorlds(prepare_twins([short("no_unit"), short("one_unit")]), 1, 5, True)
    assert affordable(worlds, 29) == 2
    with pytest.raises(ValueError, match="two settings take 20"):
        affordable(worlds, 19)


def test_other_standards_give_other_verdicts(short):
    pair = [short("no_unit"), short("one_unit", "commissioners[both].funding[0].posts=12")]
    (usual,) = compare(pair, **FEW)
    (coarse,) = compare(pair, **FEW, standards=Standards(relevant={"joint_practice": 0.9}))
    assert usual.verdict != "equal"
    assert (coarse.verdict, coarse.primary.smallest_relevant) == ("equal", 0.9)


def test_fixed_parameters_leave_settings_out(short):
    (found,) = compare([short("no_unit"), short("one_unit")], replications=8, plausible=False)
    assert (found.settings, found.replications) == (1, 8)
    assert math.isnan(row(found, "practice").share_settings)
    assert row(found, "practice").low < row(found, "practice").difference < row(found, "practice").high
    (usual,) = compare([short("no_unit", "months=2"), short("one_unit", "months=2")], plausible=False)
    assert usual.replications == REPLICATIONS


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
    names = [outcome.measure.name for outcome in found.outcomes.values()]
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


def test_looks_and_the_verdict_at_the_end_split_the_error(short, monkeypatch):
    asked = []

    def judged(worlds, second, standards, confidence):
        asked.append(confidence)
        return "equal", -1

    monkeypatch.setattr(comparing, "judge_pair", judged)
    worlds = TwinWorlds(prepare_twins([short(), short("small", "months=12")]), 1, 1, True)
    found = compare_worlds(worlds, None, 400, Standards())
    assert found.planned == (50, 100, 200)
    assert asked == pytest.approx([1 - 0.05 / 3] * 2)
    assert found.pairs[0].confidence == pytest.approx(1 - 0.05 / 3)


def test_twin_worlds_save_a_factor_of_ten_on_the_position_of_the_unit():
    pair = [load_scenario(name) for name in ("position_staff_unit", "position_line_unit")]
    (found,) = compare(pair, settings=12)
    assert found.variance_saved >= 10


def test_differences_by_rounding_alone_are_none(short, monkeypatch):
    worlds = TwinWorlds(prepare_twins([short(), short()]), 1, 2, True)
    worlds.extend(4)
    outcome = worlds.outcome

    def rounded(place, name):
        return outcome(place, name) + (3e-17 if place else 0.0)

    monkeypatch.setattr(worlds, "outcome", rounded)
    found = row(compare_pair(worlds, (0, 1), Standards()), "joint_practice")
    assert (found.difference, found.low, found.high, found.share_worlds) == (0.0, 0.0, 0.0, 0.5)


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"seed": 7, "settings": 30, "replications": 2},
        {"budget": 5000, "standards": Standards(0.95, 0.8, {"joint_practice": 0.02})},
        {"plausible": False, "replications": 40},
    ],
)
def test_a_manifest_holds_the_whole_plan(short, asked):
    plan = ComparisonPlan((short(), short("medium")), **asked)
    manifest = json.loads(json.dumps(plan.manifest(plan.worlds(), "qsim compare ...")))
    assert planned_again(manifest, plan.scenarios) == plan


def test_the_most_runs_are_those_of_the_budget_or_of_the_settings(short):
    pair = (short(), short("medium"))
    for asked, runs in (({"budget": 105}, 100), ({"settings": 3}, 30), ({"plausible": False, "replications": 4}, 8)):
        plan = ComparisonPlan(pair, **asked)
        assert plan.most_runs(plan.worlds()) == runs
