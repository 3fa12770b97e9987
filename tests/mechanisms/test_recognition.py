"""Rule 10: a unit is taken as seriously as it is equipped and as leaders share responsibility."""

import pytest

from qsim.mechanisms import recognition
from worlds import START, city, off, open_world, parameter, plain, run_month, run_months, run_rule, unit, world_of

pytestmark = pytest.mark.usefixtures("usual")

shared = plain(recognition.shared)


def equipped(hours=100.0, needed=100.0, **parts):
    world = world_of(city(rules=off("recognition"), **parts))
    world.units["hours"], world.units["hours_needed"] = hours, needed
    return world


def after_a_month(world):
    run_rule(world, "recognition", START)
    return float(world.units["recognition"][0])


def test_under_resourcing_is_read_as_unimportance():
    levels = [after_a_month(equipped(hours)) for hours in (0.0, 30.0, 60.0, 100.0)]
    assert levels == sorted(levels)
    assert levels[0] < levels[-1]
    assert after_a_month(equipped(500.0)) == levels[-1]
    assert after_a_month(equipped(0.0, 0.0)) == levels[0]


@pytest.mark.parametrize("field", ["co_responsibility", "transparency"])
def test_leaders_who_share_responsibility_and_explain_are_worth_more(field):
    low, high = equipped(), equipped()
    low.leaders[field], high.leaders[field] = 0.1, 0.9
    assert shared(open_world(low), 0) < shared(open_world(high), 0)
    assert after_a_month(low) < after_a_month(high)


def test_where_nobody_shares_responsibility_a_part_is_left():
    world = parameter(equipped(), recognition_least_shared=0.6)
    world.leaders["co_responsibility"] = 0.0
    assert shared(open_world(world), 0) == pytest.approx(0.6)


def test_support_of_leaders_counts():
    low, high = equipped(), equipped()
    low.support["support"], high.support["support"] = -0.8, 0.8
    assert shared(open_world(low), 0) < shared(open_world(high), 0)


def test_only_the_leader_above_must_know_the_subject():
    low, high, others = equipped(), equipped(), equipped()
    low.leaders["knowledge"][0], high.leaders["knowledge"][0] = 0.1, 0.9
    others.leaders["knowledge"][0] = 0.1
    others.leaders["knowledge"][1:] = 0.95
    assert shared(open_world(low), 0) < shared(open_world(high), 0)
    assert shared(open_world(others), 0) == shared(open_world(low), 0)


@pytest.mark.parametrize(
    ("co_responsibility", "support", "factor"), [(0.0, 1.0, 0.5), (1.0, 1.0, 1.0), (1.0, -1.0, 0.5)]
)
def test_the_factor_lies_between_a_half_and_one(co_responsibility, support, factor):
    world = equipped()
    world.leaders["co_responsibility"], world.support["support"] = co_responsibility, support
    world.leaders["transparency"] = world.leaders["knowledge"] = 1.0
    assert shared(open_world(world), 0) == pytest.approx(factor)


def test_recognition_costs_contacts_when_it_is_low():
    """The loop: less recognition, fewer contacts that succeed."""
    reached = {}
    for level in (0.0, 1.0):
        world = world_of(city(administration={"departments": 40}, rules={"off": ["recognition"]}))
        world.units["recognition"] = level
        run_months(world, 24)
        reached[level] = world.stances["knowledge"].sum()
    assert reached[1.0] > reached[0.0]


def test_it_moves_at_its_rate():
    world = parameter(equipped(), recognition_rate=0.0)
    assert after_a_month(world) == 0.4
    full = parameter(equipped(), recognition_rate=1.0)
    assert after_a_month(full) == pytest.approx(shared(open_world(full), 0))


def test_units_are_recognised_apart():
    world = world_of(city(commissioners=[unit("poor"), unit("rich")], rules=off("recognition")))
    world.units["hours"], world.units["hours_needed"] = [10.0, 100.0], 100.0
    run_month(world, START)
    assert world.units["recognition"][0] < world.units["recognition"][1]
