"""Rule 6: how a unit spends its hours, whom it reaches, and what a contact costs."""

from types import SimpleNamespace as Record

import numpy as np
import pytest

from qsim.mechanisms import outreach
from qsim.world.flows import CONTACT, COORDINATION, NEGOTIATION
from worlds import (
    START,
    city,
    off,
    open_world,
    parameter,
    plain,
    run_month,
    run_months,
    staffed,
    unit,
    value_of,
    world_of,
)

channel_hours, success_chance = plain(outreach.channel_hours), plain(outreach.success_chance)
conflict_hours = plain(outreach.conflict_hours)


def hours(world, d=0, u=0):
    return channel_hours(open_world(world), u, d)


def test_a_contact_costs_more_for_each_level():
    places = {"a": "section", "b": "staff_unit", "c": "deputy_mayor"}
    world = staffed(commissioners=[unit(name, position=place) for name, place in places.items()])
    base, level = value_of(world, "outreach_contact_hours"), value_of(world, "outreach_level_hours")
    world.administration["hierarchy"] = 0.5
    own = int(world.units["department"][0])
    assert hours(world, own, 0) == pytest.approx(base)
    assert hours(world, 0, 1) == pytest.approx(base * (1.0 + 2 * level))
    assert hours(world, 0, 2) == pytest.approx(base * (1.0 + 3 * level))
    world.administration["hierarchy"] = 1.0
    assert hours(world, 0, 1) == pytest.approx(base * (1.0 + 4 * level))
    world.administration["hierarchy"] = 0.0
    assert hours(world, 0, 2) == pytest.approx(base)


@pytest.mark.parametrize("field", ["familiarity", "agreed"])
def test_familiarity_and_agreed_channels_shorten(field):
    world = staffed()
    seen = []
    for value in (0.0, 0.5, 1.0):
        world.relations[field] = value
        seen.append(hours(world))
    assert seen[0] > seen[1] > seen[2] >= value_of(world, "outreach_contact_hours")


def test_negotiation_grows_with_rejection_and_falls_with_mediation_and_backing():
    p = staffed().parameters.view(np.recarray)[0]

    def needed(openness=0.3, mediation=0.5, backing=0.2):
        return conflict_hours(Record(mediation=mediation), Record(openness=openness, backing=backing), p)

    assert needed(openness=0.1) > needed(openness=0.6) > needed(openness=1.0) == 0.0
    assert needed(mediation=0.1) > needed(mediation=0.9)
    assert needed(backing=0.0) > needed(backing=0.9)


@pytest.mark.parametrize(
    ("name", "rises"),
    [
        ("openness", True),
        ("backing", True),
        ("time", True),
        ("blocking", False),
        ("recognition", True),
        ("settled", True),
    ],
)
def test_the_chance_of_a_contact_is_monotone(name, rises):
    world = open_world(staffed())
    values = {"openness": 0.5, "backing": 0.3, "time": 0.5, "blocking": 0.2, "settled": 0.5}
    chances = []
    for value in np.linspace(0.0, 1.0, 6):
        given = {**values, name: value}
        world.units[0].recognition = value if name == "recognition" else 0.5
        settled = given.pop("settled")
        chances.append(
            success_chance(world, 0, Record(**{k: v for k, v in given.items() if k != "recognition"}), settled, False)
        )
    assert (np.diff(chances) > 0.0).all() if rises else (np.diff(chances) < 0.0).all()
    assert min(chances) >= 0.0
    assert max(chances) <= 1.0


def test_a_head_of_its_own_negotiates_half_of_a_blockade_away():
    world = open_world(staffed())
    stance = Record(openness=0.5, backing=0.0, time=1.0, blocking=1.0)
    assert success_chance(world, 0, stance, 1.0, False) == 0.0
    freely = success_chance(world, 0, Record(openness=0.5, backing=0.0, time=1.0, blocking=0.0), 1.0, False)
    assert success_chance(world, 0, stance, 1.0, True) == pytest.approx(0.5 * freely)


@pytest.mark.parametrize("filled", [0.25, 1.0, 3.0, 20.0])
def test_a_unit_spends_no_more_than_its_hours(filled):
    world = staffed(filled)
    for month in range(START, START + 12):
        run_month(world, month)
        office = value_of(world, "outreach_office_share")
        assert world.units["hours"][0] == pytest.approx(
            filled * value_of(world, "workload_hours_per_post") * (1.0 - office)
        )
        assert world.units["spent"][0] <= world.units["hours"][0] + 1e-9
    assert world.units["spent"][0] > 0.0


def test_more_posts_reach_more_departments():
    reached = []
    for filled in (0.0, 0.5, 1.0, 2.0, 5.0):
        world = staffed(filled, administration={"departments": 40})
        run_months(world, 6)
        reached.append((world.stances["reached"] >= START).sum())
    assert reached[0] == 0
    assert reached == sorted(reached)
    assert reached[-1] > 2 * reached[1]


def test_an_empty_unit_touches_nobody():
    world = staffed(0.0)
    before = world.stances.copy()
    run_months(world, 12)
    assert world.stances.tobytes() == before.tobytes()
    assert (world.ledger == 0.0).all()
    assert world.units["workload"][0] == 0.0


def test_a_contact_is_paid_by_both_and_brings_the_units_knowledge():
    world = staffed()
    world.units["knowledge"] = 0.8
    run_month(world, START)
    stances = world.stances[:, 0]
    reached = stances["reached"] == START
    assert reached.any()
    cost = value_of(world, "outreach_department_hours")
    assert (stances["outreach"][reached] == cost).all()
    assert (stances["outreach"][~reached] == 0.0).all()
    assert stances["source"][reached] == pytest.approx(0.8 * cost)
    assert world.departments["spent"][reached] == pytest.approx(cost)
    assert set(np.round(world.departments["spent"][~reached] / cost, 9)) <= {0.0, 0.25}
    assert (
        world.relations["familiarity"][reached, 0] > world.relations["familiarity"][~reached, 0].max(initial=0)
    ).all()
    paid = world.ledger[world.departments.size]
    assert paid[CONTACT] + paid[NEGOTIATION] + paid[COORDINATION] == pytest.approx(world.units["spent"][0])


def test_departments_without_hours_are_not_reached():
    world = staffed()
    world.departments["task_hours"][:5] = 1.0
    run_months(world, 12)
    assert (world.stances["reached"][:5] < START).all()
    assert (world.stances["reached"][5:] >= START).any()


def test_irrelevant_departments_are_left_alone():
    world = staffed(20.0)
    world.stances["relevance"][:5] = 0.04
    run_months(world, 12)
    assert (world.stances["reached"][:5] < START).all()
    assert (world.stances["reached"][5:] >= START).sum() >= 4


def test_requests_come_before_pushes():
    """With hours for few contacts, only those that asked are visited."""
    world = staffed(0.4, administration={"departments": 40})
    parameter(world, outreach_pull=0.0)
    asked = [3, 17, 33]
    world.stances["pending"][asked] = 1.0
    world.stances["openness"][asked] = 1.0
    world.stances["time"] = 1.0
    world.units["recognition"] = 1.0
    run_month(world, START)
    reached = np.flatnonzero(world.stances["reached"][:, 0] == START)
    assert set(reached) <= set(asked)
    assert len(reached) > 0
    assert (world.stances["pending"][reached] == 0.0).all()


def test_who_knows_and_is_open_asks_more():
    """Report 3.2: those who know, are open and have done it before involve the unit by themselves."""
    asked = {}
    for name, value in (("closed", 0.05), ("open", 0.95)):
        count = 0
        for replicate in range(20):
            world = world_of(city(administration={"departments": 40}, rules=off("outreach")), replicate)
            world.units["filled"] = 1e-6
            world.stances["openness"] = value
            world.stances["knowledge"] = value
            run_month(world, START)
            count += world.stances["pending"].sum()
        asked[name] = count
    assert asked["open"] > 5 * max(asked["closed"], 1)


def test_the_policy_of_outreach_orders_departments():
    """By relevance the most concerned come first; at random everybody is equally likely."""
    means = {}
    for policy in ("relevance", "random"):
        scenario = city(
            administration={"departments": 40}, commissioners=[unit(outreach=policy)], rules=off("outreach")
        )
        relevance = []
        for replicate in range(20):
            world = parameter(world_of(scenario, replicate), outreach_pull=0.0)
            world.units["filled"] = 0.5
            world.departments["hours"], world.departments["task_hours"], world.stances["time"] = 1000.0, 50.0, 1.0
            run_month(world, START)
            visited = world.departments["spent"] > 0.0
            relevance += list(world.stances["relevance"][visited, 0])
        means[policy] = np.mean(relevance)
    assert means["relevance"] > means["random"] + 0.05


def test_overview_lets_the_unit_see_who_needs_it():
    needy = {}
    for overview in (0.0, 1.0):
        visited = np.zeros(2)
        for replicate in range(20):
            world = parameter(
                world_of(city(administration={"departments": 40}, rules=off("outreach")), replicate), outreach_pull=0.0
            )
            world.units["filled"], world.units["overview"] = 0.5, overview
            world.departments["hours"], world.departments["task_hours"], world.stances["time"] = 1000.0, 50.0, 1.0
            world.stances["relevance"], world.tasks["mean_gap"] = 0.5, 0.3
            world.stances["need"][:20], world.stances["need"][20:] = 1.0, 0.2
            run_month(world, START)
            spent = world.departments["spent"] > 0.0
            visited += [spent[:20].sum(), spent[20:].sum()]
        needy[overview] = visited[0] / visited.sum()
    assert needy[1.0] > needy[0.0] + 0.1
    assert needy[0.0] == pytest.approx(0.5, abs=0.1)


def test_overview_and_familiarity_fade_without_contact():
    world = staffed(0.0)
    world.units["overview"], world.relations["familiarity"] = 0.8, 0.6
    run_months(world, 12)
    assert world.units["overview"][0] == pytest.approx(0.8 * (1.0 - value_of(world, "outreach_overview_loss")) ** 12)
    lost = (1.0 - value_of(world, "outreach_familiarity_loss")) ** 12
    assert world.relations["familiarity"] == pytest.approx(0.6 * lost)


@pytest.mark.parametrize("gain", [1.0, 2.0])
def test_overview_stays_a_share(gain):
    """Within the plausible range of its parameter, when a whole small house is visited in a month."""
    world = parameter(staffed(30.0, administration={"departments": 4}), outreach_overview_gain=gain)
    world.stances["openness"], world.stances["time"], world.units["recognition"] = 1.0, 1.0, 1.0
    for month in range(START, START + 6):
        run_month(world, month)
        assert 0.0 <= world.units["overview"][0] <= 1.0
