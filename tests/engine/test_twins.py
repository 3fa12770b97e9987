"""Twin worlds: the same luck for the same agent, in whatever run, beside whatever else, with rules on or off."""

import numpy as np
import pandas as pd
import pytest

from qsim.engine.prepare import prepare
from qsim.runs.execution import simulate
from worlds import START, busy, city, run_month, run_months, same_worlds, unit, world_of


@pytest.fixture(scope="module")
def many():
    return simulate(busy(), replications=40, seed=7, workers=1)


def test_a_run_alone_is_the_run_of_many(many):
    alone = simulate(busy(), replicates=[17], seed=7)
    assert np.array_equal(alone.output.series[0], many.output.series[17], equal_nan=True)
    assert np.array_equal(alone.output.series_tasks[0], many.output.series_tasks[17], equal_nan=True)
    assert np.array_equal(alone.output.outcomes[0], many.output.outcomes[17], equal_nan=True)


def test_replicates_and_seeds_differ(many):
    series = many.output.series[:, -1, :3]
    assert len(np.unique(series, axis=0)) == 40
    other = simulate(busy(), replicates=[0], seed=8)
    assert not np.array_equal(other.output.series[0], many.output.series[0], equal_nan=True)


def test_the_order_of_replicates_changes_no_run(many):
    result = simulate(busy(), replicates=[17, 3], seed=7)
    for place, replicate in enumerate([17, 3]):
        assert np.array_equal(result.output.series[place], many.output.series[replicate], equal_nan=True)
    assert list(result.runs["replicate"]) == [17, 3]


def test_a_note_changes_nothing():
    noted = busy(events=[{"kind": "note", "date": "2016-01"}])
    one, other = simulate(busy(), replications=3), simulate(noted, replications=3)
    assert np.array_equal(one.output.series, other.output.series, equal_nan=True)


def test_length_of_the_run_changes_no_month():
    short, long = simulate(busy(months=12), replications=3), simulate(busy(months=40), replications=3)
    assert np.array_equal(short.output.series, long.output.series[:, :12], equal_nan=True)


def test_scenarios_that_start_at_different_dates_meet_the_same_luck():
    early, late = world_of(city()), world_of(city(start="2015-07"))
    run_months(early, 6)
    for month in range(START + 6, START + 12):
        for world in (early, late):
            world.departments["noise"] = 0.0
            world.departments["filled"] = 0.88
            run_month(world, month)
        assert np.array_equal(early.departments["noise"], late.departments["noise"])
        assert np.array_equal(early.departments["filled"], late.departments["filled"])


def test_one_more_unit_changes_no_luck_of_the_first():
    """Its posts are filled and left in the same months, its departments' work swings alike."""
    fixed = [{"posts": 3, "start": "2015-02", "kind": "fixed", "duration_months": 60, "after": "end"}]
    alone = world_of(city(commissioners=[unit(funding=fixed)]))
    beside = world_of(city(commissioners=[unit("other"), unit(funding=fixed)]))
    for month in range(START, START + 72):
        run_month(alone, month)
        run_month(beside, month)
        assert np.array_equal(alone.posts["occupied"], beside.posts["occupied"][2:])
        assert np.array_equal(alone.posts["tenure"], beside.posts["tenure"][2:])
        assert np.array_equal(alone.departments["noise"], beside.departments["noise"])
        assert np.array_equal(alone.departments["filled"], beside.departments["filled"])


def test_a_group_without_any_means_changes_nothing():
    """A further civil society group for another task, without pressure and in no format, touches no other agent."""
    tasks = [{"id": "integration", "kind": "integration"}, {"id": "climate", "kind": "climate_mitigation"}]
    group = {"id": "initiative", "tasks": ["climate"], "pressure": 0, "expertise": 0}
    one, other = world_of(city(tasks=tasks)), world_of(city(tasks=tasks, civil_society=[group]))
    for month in range(START, START + 24):
        run_month(one, month)
        run_month(other, month)
        for name in ("departments", "stances", "support", "leaders", "units", "posts", "relations", "ties", "tasks"):
            assert getattr(one, name).tobytes() == getattr(other, name).tobytes(), (name, month)


def test_a_format_without_members_changes_no_department():
    entry = {"id": "empty", "tasks": ["integration"], "members": "none", "start": "2015-01", "channels": {"decide": 1}}
    one, other = world_of(busy()), world_of(busy())
    with_format = world_of(city(**{**busy().model_dump(mode="json", include={"tasks"}), "formats": [entry]}))
    without = world_of(city(**busy().model_dump(mode="json", include={"tasks"})))
    run_months(with_format, 12)
    run_months(without, 12)
    assert with_format.departments.tobytes() == without.departments.tobytes()
    assert with_format.stances.tobytes() == without.stances.tobytes()
    assert same_worlds(one, other)


@pytest.mark.parametrize("name", ["civil_society", "formats", "learning", "openness", "recognition", "outreach"])
def test_switching_a_rule_off_changes_no_luck_of_the_others(name):
    """Elections, posts, vacancies and swings of work draw the same; only what follows from the rule differs."""
    leaders = [{"id": "mayor", "kind": "mayor", "next_election": "2015-06", "term_months": 6}]
    one, other = world_of(busy(leaders=leaders)), world_of(busy(leaders=leaders, rules={"off": [name]}))
    for month in range(START, START + 24):
        run_month(one, month)
        run_month(other, month)
        assert np.array_equal(one.posts["occupied"], other.posts["occupied"])
        assert np.array_equal(one.departments["noise"], other.departments["noise"])
        assert np.array_equal(one.departments["filled"], other.departments["filled"])
        assert np.array_equal(one.support["disposition"], other.support["disposition"])
        assert np.array_equal(one.departments["division"], other.departments["division"])
    assert not same_worlds(one, other)


def test_an_unknown_is_drawn_alike_in_twins():
    """The same key draws the same, however many other unknowns there are."""
    one = city(tasks=[{"id": "integration", "kind": "integration", "need": {"between": [0.2, 0.9]}}])
    other = city(
        tasks=[
            {
                "id": "integration",
                "kind": "integration",
                "need": {"between": [0.2, 0.9]},
                "salience": {"between": [0, 1]},
            }
        ],
        administration={"departments": {"between": [10, 14]}, "hierarchy": {"between": [0, 1]}},
    )
    for replicate in range(5):
        pair = [world_of(scenario, replicate) for scenario in (one, other)]
        assert pair[0].tasks["base_need"][0] == pair[1].tasks["base_need"][0]
    assert world_of(one, 0).tasks["base_need"][0] != world_of(one, 1).tasks["base_need"][0]


def test_settings_are_apart_from_luck():
    """Two replicates of one setting share what nobody knows, and differ in luck; and the other way round."""
    blueprint = prepare(busy()).blueprint
    a, b, c = blueprint.world(1, 0, 5), blueprint.world(1, 1, 5), blueprint.world(1, 0, 6)
    assert a.tasks["base_need"][0] == b.tasks["base_need"][0] != c.tasks["base_need"][0]
    assert np.array_equal(a.stances["culture"], c.stances["culture"])
    assert not np.array_equal(a.stances["culture"], b.stances["culture"])
    assert same_worlds(blueprint.world(1, 3), blueprint.world(1, 3, 3))


def test_tables_of_twins_are_equal(many):
    again = simulate(busy(), replications=40, seed=7, workers=2)
    pd.testing.assert_frame_equal(again.runs, many.runs)
    pd.testing.assert_frame_equal(again.departments, many.departments)
    pd.testing.assert_frame_equal(again.ledger, many.ledger)
