"""Rule 5: support, attention, backing and blocking by superiors, and direct channels."""

import numpy as np
import pytest

from qsim.world.flows import ATTENTION
from worlds import START, city, off, parameter, run_months, run_rule, unit, value_of, world_of


def still(**parts):
    """A world whose leaders form their view without noise."""
    world = world_of(city(rules=off("leadership"), **parts))
    world.units["filled"] = 1.0
    return parameter(world, leadership_noise=0.0)


def settled(world, months=600):
    run_months(world, months)
    return world.support["support"][:, 0].copy()


@pytest.mark.parametrize("field", ["salience", "belief"])
def test_attention_of_the_public_and_effect_win_support(field):
    low, high = still(), still()
    low.tasks[field], high.tasks[field] = 0.1, 0.9
    assert (settled(high) > settled(low)).all()


def test_recognised_units_win_support_and_rivals_cost_it():
    low, high = still(), still()
    low.units["recognition"], high.units["recognition"] = 0.1, 0.9
    assert (settled(high) > settled(low)).all()
    tasks = [{"id": "integration", "kind": "integration"}, {"id": "climate", "kind": "climate_mitigation"}]
    calm, rival = still(tasks=tasks), still(tasks=tasks)
    calm.tasks["salience"], rival.tasks["salience"] = [0.3, 0.1], [0.3, 0.9]
    assert (settled(rival) < settled(calm)).all()


def test_who_reports_directly_is_heard():
    """Only the leader above the unit is moved, a section half as much."""
    without, direct, section = still(), still(), still(commissioners=[unit(position="section")])
    without.units["filled"] = 0.0
    parameter(without, leadership_recognition_weight=0.0)
    parameter(direct, leadership_recognition_weight=0.0)
    parameter(section, leadership_recognition_weight=0.0)
    base, moved, half = settled(without), settled(direct), settled(section)
    assert moved[0] > base[0]
    assert moved[1:] == pytest.approx(base[1:])
    head = int(section.units["leader"][0])
    gained = np.arctanh(half[head]) - np.arctanh(base[head])
    assert gained == pytest.approx(0.5 * value_of(direct, "leadership_access_weight"))
    assert np.arctanh(moved[0]) - np.arctanh(base[0]) == pytest.approx(2 * gained)


@pytest.mark.parametrize("order", [("staff_unit", "section"), ("section", "staff_unit")])
def test_access_does_not_hang_on_the_order_of_units(order):
    """A section and a staff unit under the same head: the better access counts, whichever stands first."""
    head = "head_social"
    places = {"staff_unit": {"position": "staff_unit", "under": head},
              "section": {"position": "section", "department": "social_services"}}  # fmt: skip
    world = still(commissioners=[unit(f"unit_{i}", **places[name]) for i, name in enumerate(order)])
    alone = still(commissioners=[unit("unit_0", **places["staff_unit"])])
    leader = int(alone.units["leader"][0])
    assert (world.units["leader"] == leader).all()
    assert settled(world)[leader] == pytest.approx(settled(alone)[leader])


def test_attention_is_the_task_among_all_demands():
    world = still()
    world.support["support"], world.tasks["salience"] = 0.6, 0.5
    parameter(world, leadership_rate=0.0)
    run_rule(world, "leadership", START)
    expected = 0.3 / (0.3 + world.leaders["base_demands"])
    assert world.support["attention"][:, 0] == pytest.approx(expected)
    hours = value_of(world, "workload_hours_per_post")
    first = world.departments.size + world.units.size
    assert world.ledger[first : first + world.leaders.size, ATTENTION] == pytest.approx(hours * expected)


def test_a_shock_draws_the_head_it_strikes_away():
    world = still()
    struck = int(world.departments["division"][0])
    world.departments["shock"][world.departments["division"] == struck] = 0.5
    run_rule(world, "leadership", START)
    surged = world.leaders["workload"] / world.leaders["base_demands"]
    heads = surged[2:]
    assert heads[struck] == pytest.approx(1.0 + 0.5 * value_of(world, "leadership_surge"))
    assert np.delete(heads, struck) == pytest.approx(1.0)
    assert 1.0 < surged[0] < heads[struck]
    assert surged[0] == surged[1]


def test_backing_and_blocking_come_from_the_line():
    """b+ = 1 - product of (1 - authority attention support+); b- is the strongest opposition."""
    world = still()
    parameter(world, leadership_rate=0.0)
    world.support["support"] = 0.0
    world.support["support"][2] = 0.8
    run_rule(world, "leadership", START)
    line = world.departments["division"] == 0
    attention = world.support["attention"][2, 0]
    assert world.stances["backing"][line, 0] == pytest.approx(0.8 * attention)
    assert (world.stances["backing"][~line] == 0.0).all()
    world.support["support"][2] = -0.8
    run_rule(world, "leadership", START)
    assert world.stances["blocking"][line, 0] == pytest.approx(0.8 * world.support["attention"][2, 0])
    assert (world.stances["backing"] == 0.0).all()
    world.support["support"][0] = 0.5
    run_rule(world, "leadership", START)
    assert world.stances["backing"][:, 0] == pytest.approx(0.5 * world.support["attention"][0, 0])


def test_a_deputy_lends_a_part_of_authority():
    world = still(leaders=[{"id": "deputy", "kind": "deputy", "authority": 0.4}])
    parameter(world, leadership_rate=0.0)
    world.support["support"] = 0.0
    world.support["support"][1] = 0.9
    run_rule(world, "leadership", START)
    assert world.stances["backing"][:, 0] == pytest.approx(0.4 * 0.9 * world.support["attention"][1, 0])


def test_backing_grants_time_and_opens_channels():
    world = still()
    world.support["disposition"], world.support["support"], world.tasks["salience"] = 2.0, 1.0, 1.0
    run_rule(world, "leadership", START)
    assert world.stances["granted"] == pytest.approx(value_of(world, "leadership_grant") * world.stances["backing"])
    assert (world.relations["agreed"] > 0.0).all()
    empty = still()
    empty.units["filled"] = 0.0
    empty.support["support"], empty.tasks["salience"] = 1.0, 1.0
    run_rule(empty, "leadership", START)
    assert (empty.relations["agreed"] == 0.0).all()


def test_support_stays_between_minus_one_and_one():
    world = parameter(world_of(city(rules=off("leadership"))), leadership_noise=3.0)
    for month in range(START, START + 20):
        run_rule(world, "leadership", month)
        assert (np.abs(world.support["support"]) <= 1.0).all()
    assert (np.abs(world.support["support"]) == 1.0).any()


@pytest.mark.parametrize("tasks", [1, 3])
def test_nobody_leads_more_hours_than_a_month_has(tasks):
    """Hours are conserved: attention to all tasks together fits into one post."""
    kinds = ("integration", "climate_mitigation", "climate_adaptation")[:tasks]
    mayor = {"id": "mayor", "kind": "mayor", "demands": 0.05, "support": 1}
    world = still(tasks=[{"id": kind, "kind": kind, "salience": 1} for kind in kinds], leaders=[mayor])
    run_months(world, 60)
    first = world.departments.size + world.units.size
    assert world.ledger[first].sum() <= value_of(world, "workload_hours_per_post")
