"""Rule 5: support, attention, backing and blocking by superiors, time they grant, and direct channels."""

import numpy as np
import pytest

from qsim.world.kinds import ATTENTION
from worlds import START, city, off, parameter, run_months, run_rule, unit, value_of, world_of


def still(**parts):
    """A world whose leaders form their view without noise."""
    world = world_of(city(rules=off("leadership"), **parts))
    world.units["filled"] = 1.0
    return parameter(world, leadership_noise=0.0)


def settled(world, months=600):
    run_months(world, months)
    return world.support["support"][:, 0].copy()


def presence(world, leader):
    """Return how far a leader is there on at least one occasion of a month."""
    return 1.0 - (1.0 - world.support["attention"][leader, 0]) ** value_of(world, "leadership_occasions")


def claims(place="staff_unit", recognition=0.6, filled=1.0, support=0.5):
    """Return how much of each leader's attention the task has for each hour of other demands: (leaders,)."""
    world = still(commissioners=[unit(position=place)])
    parameter(world, leadership_rate=0.0, leadership_access_weight=2.0)
    world.units["recognition"], world.units["filled"] = recognition, filled
    world.support["support"] = support
    run_rule(world, "leadership", START)
    attention = world.support["attention"][:, 0]
    return attention / (1.0 - attention), int(world.units["leader"][0])


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


@pytest.mark.parametrize("support", [0.5, -0.5])
@pytest.mark.parametrize(("place", "weight"), [("staff_unit", 2.0), ("line_unit", 2.0), ("section", 1.0)])
def test_who_reports_directly_is_heard_by_friend_and_foe(place, weight, support):
    """Only the leader above the unit turns to the task more, and half as much for a section."""
    usual, _ = claims(place, filled=0.0, support=support)
    heard, leader = claims(place, support=support)
    assert heard[leader] == pytest.approx(usual[leader] * (1.0 + weight * 0.6))
    assert np.delete(heard, leader) == pytest.approx(np.delete(usual, leader))


def test_who_is_not_recognised_is_not_heard():
    usual, _ = claims(filled=0.0)
    assert claims(recognition=0.0)[0] == pytest.approx(usual)
    assert claims(recognition=0.3)[0][0] < claims(recognition=0.9)[0][0]


def test_to_be_heard_wins_no_support():
    near, far = (parameter(still(), leadership_access_weight=weight) for weight in (5.0, 0.0))
    assert settled(near, 24) == pytest.approx(settled(far, 24))
    assert near.support["attention"][0, 0] > far.support["attention"][0, 0]


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
    for each in (world, alone):
        each.units["recognition"] = 0.5
        run_rule(each, "leadership", START)
    assert world.support["attention"][leader] == pytest.approx(alone.support["attention"][leader])


def test_attention_is_the_task_among_all_demands():
    world = still()
    world.support["support"], world.tasks["salience"] = 0.6, 0.5
    parameter(world, leadership_rate=0.0, leadership_access_weight=0.0)
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
    """b+ = 1 - product of (1 - authority presence support+); b- is the strongest opposition."""
    world = still()
    parameter(world, leadership_rate=0.0)
    world.support["support"] = 0.0
    world.support["support"][2] = 0.8
    run_rule(world, "leadership", START)
    line = world.departments["division"] == 0
    assert world.stances["backing"][line, 0] == pytest.approx(0.8 * presence(world, 2))
    assert (world.stances["backing"][~line] == 0.0).all()
    world.support["support"][2] = -0.8
    run_rule(world, "leadership", START)
    assert world.stances["blocking"][line, 0] == pytest.approx(0.8 * presence(world, 2))
    assert (world.stances["backing"] == 0.0).all()
    world.support["support"][0] = 0.5
    run_rule(world, "leadership", START)
    assert world.stances["backing"][:, 0] == pytest.approx(0.5 * presence(world, 0))


def test_a_deputy_lends_a_part_of_authority():
    world = still(leaders=[{"id": "deputy", "kind": "deputy", "authority": 0.4}])
    parameter(world, leadership_rate=0.0)
    world.support["support"] = 0.0
    world.support["support"][1] = 0.9
    run_rule(world, "leadership", START)
    assert world.stances["backing"][:, 0] == pytest.approx(0.4 * 0.9 * presence(world, 1))


def test_more_occasions_make_a_leader_more_present():
    """With one occasion presence is attention itself; with more it comes near one, whatever the support."""
    backing = []
    for occasions in (1.0, 2.0, 4.0, 50.0):
        world = parameter(still(), leadership_rate=0.0, leadership_occasions=occasions)
        world.support["support"] = 0.0
        world.support["support"][0] = 0.8
        run_rule(world, "leadership", START)
        backing.append(float(world.stances["backing"][0, 0]))
    assert backing[0] == pytest.approx(0.8 * world.support["attention"][0, 0])
    assert backing == sorted(backing)
    assert backing[0] < backing[1] < backing[-1] < 0.8


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


@pytest.mark.parametrize("support", [0.0, 0.6])
def test_papers_that_bind_grant_time_too(support):
    """granted = grant (1 - (1 - b+)(1 - paper)), paper = B sqrt(c concreteness)."""
    world = parameter(still(), leadership_rate=0.0)
    world.support["support"] = support
    world.stances["binding"], world.stances["commitment"] = 0.5, 0.9
    world.stances["concreteness"] = np.linspace(0.0, 1.0, 10)[:, None]
    run_rule(world, "leadership", START)
    paper = 0.5 * np.sqrt(0.9 * world.stances["concreteness"])
    wanted = 1.0 - (1.0 - world.stances["backing"]) * (1.0 - paper)
    assert world.stances["granted"] == pytest.approx(value_of(world, "leadership_grant") * wanted)
    assert (world.stances["granted"] > value_of(world, "leadership_grant") * world.stances["backing"])[1:].all()


def test_arrangements_grant_time_and_open_channels_between_two_offices_that_have_them():
    """granted = grant [1 - (1 - b+)(1 - paper)(1 - g)], A += y min(g, g')(1 - A)."""
    world = parameter(still(), leadership_rate=0.0)
    world.support["support"] = 0.0
    world.ties["agreed"] = 0.1
    arranged = np.linspace(0.0, 0.9, 10)
    world.stances["arranged"] = arranged[:, None]
    run_rule(world, "leadership", START)
    assert world.stances["granted"][:, 0] == pytest.approx(value_of(world, "leadership_grant") * arranged)
    rate = value_of(world, "leadership_open_channels")
    for d in range(10):
        for j in range(world.tie_first[d], world.tie_first[d + 1]):
            both = min(arranged[d], arranged[world.ties["department"][j]])
            assert world.ties["agreed"][j] == pytest.approx(0.1 + rate * both * 0.9)


def test_what_is_arranged_for_one_task_and_for_another_opens_no_channel():
    world = parameter(still(tasks=[{"id": kind, "kind": kind} for kind in ("integration", "climate_mitigation")]))
    world.stances["arranged"][::2, 0] = world.stances["arranged"][1::2, 1] = 0.9
    run_rule(world, "leadership", START)
    for d in range(10):
        for j in range(world.tie_first[d], world.tie_first[d + 1]):
            alike = (d - int(world.ties["department"][j])) % 2 == 0
            assert (world.ties["agreed"][j] > 0.0) == alike


def test_opposition_blocks_the_time_that_others_grant():
    world = parameter(still(), leadership_rate=0.0)
    world.stances["binding"] = world.stances["commitment"] = world.stances["concreteness"] = 1.0
    world.support["support"] = 0.0
    world.support["support"][2] = -0.8
    run_rule(world, "leadership", START)
    line, grant = world.departments["division"] == 0, value_of(world, "leadership_grant")
    assert world.stances["granted"][~line] == pytest.approx(grant)
    assert world.stances["granted"][line] == pytest.approx(grant * (1.0 - 0.8 * presence(world, 2)))


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
