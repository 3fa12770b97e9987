"""Rule 7: hours are conserved, and a format without anybody does nothing in its unit's name."""

import numpy as np
import pytest

from worlds import START, city, meeting, parameter, run_month, run_months, run_rule, unit, value_of, world_of


def test_a_format_that_nobody_looks_after_does_not_meet_nor_relieve():
    world = meeting({"owner": "unit", "channels": {"meet": 1, "relieve_posts": 2, "release_posts": 1}})
    world.formats["served"] = 0.0
    run_month(world, START)
    assert world.formats["meetings"][0] == 0.0
    assert (world.departments["relief"] == 0.0).all()
    assert (world.departments["released"] > 0.0).all()


def test_issues_leave_as_far_as_they_are_settled():
    world = meeting({"rank": "heads", "channels": {"decide": 1.0}})
    world.tasks["issues"] = 1.0
    parameter(world, formats_expiry=0.0)
    heads = 1.0 - (1.0 - 0.3) ** value_of(world, "leadership_occasions")
    run_month(world, START)
    assert world.tasks["issues"][0] == pytest.approx(1.0 - 0.8 * heads)


def test_leaders_give_meetings_no_more_than_a_month_has():
    world = meeting({"rank": "heads", "hours": 200.0, "interval_weeks": 0.25, "channels": {"meet": 1}})
    world.departments["task_hours"] = 1.0e6
    run_month(world, START)
    leaders = world.ledger[len(world.departments) + len(world.units) :][: len(world.leaders)].sum(axis=1)
    assert leaders.max() == pytest.approx(value_of(world, "workload_hours_per_post"))


def test_an_empty_unit_reaches_nobody_through_its_formats():
    for filled, reached in ((1.0, True), (0.0, False)):
        world = meeting({"owner": "unit", "embedded": True, "channels": {"meet": 1}})
        world.units["filled"] = filled
        run_month(world, START)
        assert (world.stances["reached"] == START).any() == reached


def test_checks_take_no_more_hours_than_a_department_has_beside_its_own_work():
    checks = {"interval_weeks": 2, "hours": 200.0, "quality": 1, "channels": {"gate": 1}}
    house = {"departments": 10, "staff": 3, "workload": 0.3}
    entry = {"id": "check", "tasks": ["integration"], "members": "all", "start": "2015-01", **checks}
    world = world_of(city(formats=[entry], administration=house))
    world.stances["practice"] = world.stances["considered"] = 1.0
    run_month(world, START)
    paid = world.ledger[:10].sum(axis=1)
    assert (paid <= world.departments["hours"] * (1.0 + 1e-12)).all()
    assert np.isclose(paid, world.departments["hours"], rtol=1e-12).any()


def test_nobody_gets_to_know_a_unit_in_which_nobody_is():
    entry = {"id": "network", "tasks": ["integration"], "members": "all", "start": "2015-01", "interval_weeks": 2,
             "owner": "unit", "embedded": True, "channels": {"meet": 1, "tie": 1}}  # fmt: skip
    house = {"departments": 10, "workload": 0.6, "communication_culture": 0.9, "closed_share": 0}
    later = [{"posts": 1, "start": "2016-06", "kind": "permanent"}]
    world = world_of(city(formats=[entry], administration=house, commissioners=[unit(funding=later)]))
    run_months(world, 12)
    assert world.formats["meetings"][0] > 0.0
    assert (world.relations["familiarity"] == 0.0).all()


@pytest.mark.parametrize(("rest", "comes"), [(0.0, False), (1e-13, False), (1.0, True)])
def test_hours_that_rounding_leaves_bring_nobody(rest, comes):
    """Nobody decides by the last bit of a sum whether to attend."""
    world = meeting({"hours": 2.0})
    world.departments["spent"] = world.departments["task_hours"] - rest
    run_rule(world, "formats", START)
    assert (world.members["attendance"] > 0.0).all() == comes
    assert (world.members["attendance"] == 0.0).all() != comes


def test_a_meeting_of_no_hours_needs_none():
    world = meeting({"hours": 0.0})
    world.departments["spent"] = world.departments["task_hours"]
    run_rule(world, "formats", START)
    assert (world.members["attendance"] > 0.0).all()
