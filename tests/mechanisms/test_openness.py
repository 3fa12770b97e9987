"""Rule 9: openness moves between several pulls and never sticks to a bound."""

import numpy as np
import pytest

from worlds import START, city, off, parameter, run_month, run_months, run_rule, value_of, world_of

PULLS = ("culture", "peer", "example", "contact", "experience", "relief", "overload", "order", "friction")


def alone(*names, openness=0.5, **rates):
    """A world in which only these pulls on openness are at work."""
    world = world_of(city(rules=off("openness")))
    world.stances["openness"] = openness
    for name in set(PULLS) - set(names):
        parameter(world, **{f"openness_{name}_rate": 0.0})
    return parameter(world, **rates)


def moved(world):
    before = world.stances["openness"].copy()
    run_rule(world, "openness", START)
    return (world.stances["openness"] - before)[:, 0]


def test_leaders_are_an_example_as_far_as_they_attend():
    world = alone("example", openness=0.5)
    world.support["support"], world.support["attention"] = 0.8, 0.4
    present = 1.0 - (1.0 - 0.4) ** value_of(world, "leadership_occasions")
    rate = value_of(world, "openness_example_rate") * present
    assert moved(world) == pytest.approx(2 * rate * (0.9 - 0.5))
    world.support["support"] = -0.8
    world.stances["openness"] = 0.5
    assert moved(world) == pytest.approx(2 * rate * (0.1 - 0.5))
    world.support["attention"] = 0.0
    assert moved(world) == pytest.approx(0.0)


def test_contact_with_people_concerned_opens():
    """Report 1.2; after Pettigrew and Tropp."""
    world = alone("contact")
    change = moved(world)
    expected = value_of(world, "openness_contact_rate") * world.stances["contact"][:, 0] * 0.5
    assert change == pytest.approx(expected)


def test_contacts_that_went_well_open_where_there_is_time():
    world = alone("experience")
    world.stances["outreach"], world.stances["time"] = 4.0, 0.5
    rate = value_of(world, "openness_experience_rate")
    assert moved(world) == pytest.approx(rate * 0.5 * 0.5 * 0.5)
    world = alone("experience")
    world.stances["outreach"], world.stances["time"] = 4.0, 0.0
    assert moved(world) == pytest.approx(0.0)


def test_relief_opens_and_overload_closes():
    """Report 1.2: taking work off; 1.3: considerable overload."""
    world = alone("relief")
    world.departments["relief"] = 0.1
    assert moved(world) == pytest.approx(value_of(world, "openness_relief_rate") * 0.1 * 0.5)
    world = alone("overload")
    world.departments["workload"] = np.linspace(0.5, 1.4, 10)
    expected = -value_of(world, "openness_overload_rate") * np.maximum(np.linspace(0.5, 1.4, 10) - 1.0, 0.0) * 0.5
    assert moved(world) == pytest.approx(expected)


def test_orders_without_time_close():
    world = alone("order")
    world.stances["ordered"], world.stances["time"] = 0.8, 0.25
    assert moved(world) == pytest.approx(-value_of(world, "openness_order_rate") * 0.8 * 0.75 * 0.5)
    world = alone("order")
    world.stances["ordered"], world.stances["time"] = 0.8, 1.0
    assert moved(world) == pytest.approx(0.0)


def test_rival_structures_annoy():
    world = alone("friction")
    world.stances["friction"] = 0.6
    assert moved(world) == pytest.approx(-value_of(world, "openness_friction_rate") * 0.6 * 0.5)


def test_meetings_bring_views_together_within_the_bound_of_confidence():
    near, far = alone("peer"), alone("peer")
    for world, met in ((near, 0.7), (far, 0.9)):
        world.ties["strength"] = 0.0
        world.stances["peer_hours"], world.stances["peer_openness"] = 2.0, 2.0 * met
    assert moved(near) == pytest.approx(value_of(near, "openness_peer_rate") * 0.2)
    assert moved(far) == pytest.approx(0.0)


@pytest.mark.parametrize("openness", [0.0, 0.01, 0.5, 0.99, 1.0])
def test_openness_stays_a_share_under_any_pull(openness):
    world = world_of(city(rules=off("openness")))
    for name in PULLS:
        parameter(world, **{f"openness_{name}_rate": 1.0})
    world.stances["openness"] = openness
    world.departments["workload"], world.departments["relief"] = 3.0, 2.0
    world.stances["ordered"] = world.stances["friction"] = 1.0
    world.stances["outreach"] = 50.0
    for month in range(START, START + 12):
        run_month(world, month)
        assert ((world.stances["openness"] >= 0.0) & (world.stances["openness"] <= 1.0)).all()


def test_all_pulls_together_move_by_three_tenths_at_most():
    world = world_of(city(rules=off("openness")))
    for name in PULLS:
        parameter(world, **{f"openness_{name}_rate": 1.0})
    world.departments["workload"] = 5.0
    world.stances["openness"] = 1.0
    assert (np.abs(moved(world)) <= 0.3 + 1e-12).all()


def test_openness_does_not_stick_to_a_bound():
    """Whoever was pushed to zero comes back when the push ends."""
    world = world_of(city(rules=off("openness")))
    world.stances["openness"] = 0.0
    run_months(world, 12)
    assert (world.stances["openness"] > 0.0).all()
    world.stances["openness"] = 1.0
    run_months(world, 12)
    assert (world.stances["openness"] < 1.0).all()


def test_all_see_the_others_as_they_were():
    """A view reaches those who do not know each other only a month later."""
    world = alone("peer", openness=0.5)
    world.stances["openness"][0] = 0.7
    knows = {int(world.ties["department"][j]) for j in range(world.tie_first[0], world.tie_first[1])}
    change = moved(world)
    assert {d for d in range(1, 10) if change[d] > 0.0} == knows


def test_a_closed_culture_stays_closed_for_long():
    """Report 1.2, D07: some departments reject the task whoever comes."""
    house = {"departments": 20, "closed_share": 1.0}
    world = world_of(city(administration=house, months=60))
    closed = world.stances["culture"][:, 0] == value_of(world, "initial_closed_openness")
    assert closed.sum() > 5
    run_months(world, 60)
    assert world.stances["openness"][closed, 0].mean() < world.stances["openness"][~closed, 0].mean()
