"""Rule 7: hours are conserved, and a format without anybody does nothing in its unit's name."""

import numpy as np
import pytest

from qsim.world.kinds import COORDINATION
from qsim.world.maths import WEEKS_A_MONTH
from worlds import (
    MONTHLY,
    START,
    city,
    meeting,
    off,
    parameter,
    run_month,
    run_months,
    run_rule,
    unit,
    value_of,
    world_of,
)


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


SEVERAL = [
    {"id": "nobodys", "owner": None, "members": "all"},
    {"id": "nobodys_routine", "owner": None, "embedded": True, "members": "contact"},
    {"id": "unit_s", "owner": "unit"},
    {"id": "unit_s_routine", "owner": "unit", "embedded": True},
    {"id": "mayors", "owner": "mayor"},
    {"id": "mayors_routine", "owner": "mayor", "embedded": True, "coordination_hours": 400.0},
    {"id": "clubs_", "owner": "clubs"},
    {"id": "clubs_routine", "owner": "clubs", "embedded": True},
]


def several(filled, **parts):
    """Return a world with formats of every kind of owner, in which only outreach and formats run."""
    common = {"tasks": ["integration"], "members": "all", "start": "2014-01", "interval_weeks": 2 * MONTHLY}
    formats = [{**common, "coordination_hours": 30.0, **entry} for entry in SEVERAL]
    groups = [{"id": "clubs", "tasks": ["integration"], "engagement": 0.6, **parts}]
    world = world_of(city(formats=formats, civil_society=groups, rules=off("outreach", "formats")))
    world.departments["hours"], world.departments["task_hours"] = 1000.0, 10.0
    world.stances["openness"], world.stances["time"] = 0.3, 0.5
    world.support["attention"] = 0.3
    world.units["filled"] = filled
    return parameter(world, outreach_base_hours=0.0)


@pytest.mark.parametrize("filled", [0.0, 0.3, 2.0])
@pytest.mark.parametrize("group", [{}, {"end": "2014-06"}, {"volunteer_hours": 10}])
def test_whatever_is_served_somebody_has_paid(filled, group):
    """Coordination hours of the month are those of the formats, whoever owns them; there are none from nobody."""
    world = several(filled, **group)
    for month in range(START, START + 4):
        run_month(world, month)
        needed = world.formats["coordination"] * WEEKS_A_MONTH / world.formats["interval"]
        assert (needed > 0.0).all()
        assert world.ledger[:, COORDINATION].sum() == pytest.approx((world.formats["served"] * needed).sum())
        assert (world.departments["spent"] <= 10.0 + 1e-9).all()
    assert (world.formats["served"][[2]] > 0.0).all() == (filled > 0.0)


def test_a_format_of_nobody_costs_the_unit_in_charge():
    """It goes into the budget like a format of its own; the first unit of the task is in charge."""
    common = {"tasks": ["integration"], "members": "all", "start": "2014-01", "interval_weeks": MONTHLY}
    seen = {}
    for owner in ("unit", None):
        formats = [{"id": "network", "owner": owner, "coordination_hours": 200.0, **common}]
        world = world_of(city(formats=formats, commissioners=[unit(), unit("other")], rules=off("outreach", "formats")))
        world.units["filled"], world.units["coordination"] = 1.0, 0.0
        parameter(world, outreach_base_hours=0.0)
        run_month(world, START)
        seen[owner] = [float(world.formats["served"][0]), *world.ledger[10:12, COORDINATION]]
        assert world.ledger[:10, COORDINATION].sum() == 0.0
    assert seen[None] == seen["unit"]
    assert 0.0 < seen[None][0] < 1.0
    assert seen[None][2] == 0.0


@pytest.mark.parametrize("embedded", [False, True])
def test_where_no_unit_is_members_take_turns_as_far_as_they_are_willing_and_have_time(embedded):
    """Report: no substitute for regular structures; what is part of routine they keep up in any case."""
    world = meeting({"members": ["youth", "planning"], "coordination_hours": 6.0, "embedded": embedded})
    world.units["filled"] = 0.0
    (one, other), least = world.members["department"], value_of(world, "formats_embedded_service") * embedded
    world.stances["openness"][one], world.stances["time"][one] = 0.4, 0.1
    world.departments["task_hours"][other] = 0.5
    run_month(world, START)
    given = [max(np.sqrt(0.4 * 0.1), least) * 3.0, 0.5]
    assert world.ledger[[one, other], COORDINATION] == pytest.approx(given)
    assert world.formats["served"][0] == pytest.approx(sum(given) / 6.0)


def test_what_is_part_of_routine_is_kept_up_where_the_owner_has_too_little_time():
    world = parameter(several(0.3), formats_embedded_service=0.9)
    run_month(world, START)
    served = dict(zip([entry["id"] for entry in SEVERAL], world.formats["served"], strict=True))
    assert served["unit_s"] < served["unit_s_routine"]
    assert served["mayors"] < value_of(world, "formats_embedded_service")


def test_a_format_that_needs_no_coordination_needs_nobody():
    world = meeting({"coordination_hours": 0.0})
    world.units["filled"] = 0.0
    run_month(world, START)
    assert world.formats["served"][0] == 1.0
    assert world.ledger[:, COORDINATION].sum() == 0.0
