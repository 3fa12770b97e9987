"""The state at the start: means as the scenario states them, scatter by address, what is stated is kept."""

import numpy as np
import pytest

from qsim.scenario.values import month_number
from worlds import city, run_rule, unit, value_of, world_of

pytestmark = pytest.mark.usefixtures("usual")

START = month_number("2015-01")
RUNS = range(30)


def house(**parts):
    return city(administration={"departments": 40, **parts})


def mean(scenario, table, field):
    return np.mean([np.mean(getattr(world_of(scenario, r), table)[field]) for r in RUNS])


def test_staff_adds_up_to_the_administration():
    assert world_of(house(staff=1234)).departments["staff"].sum() == pytest.approx(1234)
    assert world_of(house()).departments["staff"].sum() == pytest.approx(30 * 40)
    share = world_of(house()).departments["staff"] / 1200
    assert world_of(house(staff=1234)).departments["staff"] / 1234 == pytest.approx(share)


def test_workload_starts_about_what_the_scenario_says():
    """Regular work over filled capacity is normal about the stated mean, times a factor of the department."""
    spread = {"initial": {"workload_spread": 0.15}}
    for stated in (0.8, 1.1):
        scenario = city(administration={"departments": 40, "workload": stated}, parameters=spread)
        world = world_of(scenario)
        z = [(world_of(scenario, r).departments["base_demand"] / 0.88 - stated * world.departments["load_factor"]) / 0.15
             for r in RUNS]  # fmt: skip
        assert np.mean(z) == pytest.approx(0.0, abs=0.1)
        assert np.std(z) == pytest.approx(1.0, abs=0.1)


def test_a_department_whose_workload_is_stated_has_it():
    own = [{"id": "schools", "workload": 1.6}]
    scenario = city(
        administration={"departments": 10, "own_departments": own}, parameters={"initial": {"workload_spread": 0}}
    )
    world = world_of(scenario)
    assert sorted(world.departments["base_demand"] / 0.88)[-1] == pytest.approx(1.6)


def test_vacancy_is_the_share_of_empty_posts():
    world = world_of(house(vacancy_share=0.25))
    assert (world.departments["filled"] == 0.75).all()


@pytest.mark.parametrize("name", ["knowledge", "process_knowledge", "practice"])
def test_knowledge_and_practice_scatter_about_the_task(name):
    """The mean of a department is the task's, times .6 + .8 relevance; nobody is below 0 or above 1."""
    scenario = city(administration={"departments": 40}, tasks=[{"id": "integration", "kind": "integration", name: 0.3}])
    values = np.array([world_of(scenario, r).stances[name][:, 0] for r in RUNS])
    near = 0.6 + 0.8 * world_of(scenario).stances["relevance"][:, 0]
    assert values.mean(axis=0) / (0.3 * near) == pytest.approx(1.0, abs=0.35)
    assert values.mean() == pytest.approx(0.3 * near.mean(), rel=0.05)
    assert values.min() >= 0.0
    assert values.max() <= 1.0


def test_without_spread_everybody_starts_alike():
    flat = {"knowledge_spread": 0, "need_spread": 0, "workload_spread": 0, "culture_spread": 0, "contact_openness": 0}
    house_of_one_kind = {"departments": 20, "closed_share": 0, "communication_culture": 0.45}
    world = world_of(city(administration=house_of_one_kind, parameters={"initial": flat}))
    near = 0.6 + 0.8 * world.stances["relevance"]
    assert world.stances["knowledge"] == pytest.approx(value_of(world, "initial_knowledge") * near)
    assert world.stances["base_need"] == pytest.approx(0.6)
    assert world.stances["culture"] == pytest.approx(0.45)
    assert world.departments["base_demand"] == pytest.approx(world.departments["load_factor"] * 0.88)


def test_contact_with_people_concerned_opens():
    """Report 1.2: departments in direct contact are more open than the others of the same house."""
    world = world_of(house(closed_share=0))
    cultures = np.mean([world_of(house(closed_share=0), r).stances["culture"][:, 0] for r in RUNS], axis=0)
    contact = world.stances["contact"][:, 0]
    assert cultures[contact >= 0.5].mean() > cultures[contact <= 0.05].mean() + 0.05
    assert np.corrcoef(cultures, contact)[0, 1] > 0.5


def test_closed_departments_are_as_many_as_stated_and_fewer_in_contact():
    values = np.array([world_of(house(closed_share=0.5), r).stances["culture"][:, 0] for r in RUNS])
    of_closed = value_of(world_of(house()), "initial_closed_openness")
    closed = values == of_closed
    contact = world_of(house()).stances["contact"][:, 0]
    expected = 0.5 * (1.0 - 0.8 * contact)
    assert closed.mean() == pytest.approx(expected.mean(), abs=0.04)
    assert closed[:, contact >= 0.5].mean() < closed[:, contact <= 0.05].mean()
    assert not (np.array([world_of(house(closed_share=0), r).stances["culture"] for r in RUNS]) == of_closed).any()


def test_culture_follows_the_house():
    low, high = (
        mean(house(communication_culture=0.2), "stances", "culture"),
        mean(house(communication_culture=0.8), "stances", "culture"),
    )
    assert low < 0.3
    assert high > 0.6
    world = world_of(house())
    assert np.array_equal(world.stances["openness"], world.stances["culture"])


def test_weights_are_relevance_times_staff_and_leave_the_irrelevant_out():
    world = world_of(house())
    relevance = world.stances["relevance"][:, 0]
    weight = relevance * world.departments["staff"] * (relevance >= 0.05)
    assert world.stances["weight"][:, 0] == pytest.approx(weight / weight.sum())


def test_what_is_said_of_leaders_is_kept_and_the_rest_drawn():
    mayor = {"id": "mayor", "kind": "mayor", "support": 0.6, "demands": 3.0, "knowledge": 0.9, "authority": 0.7,
             "co_responsibility": 0.1, "transparency": 0.2, "term_months": 60, "next_election": "2019-09",
             "reelection_share": 0.3}  # fmt: skip
    world = world_of(city(leaders=[mayor]))
    leader = world.leaders[0]
    stated = ("base_demands", "knowledge", "authority", "co_responsibility", "transparency", "term", "reelection")
    assert [leader[name] for name in stated] == [3.0, 0.9, 0.7, 0.1, 0.2, 60.0, 0.3]
    assert leader["next_election"] == month_number("2019-09")
    assert world.support["disposition"][0, 0] == pytest.approx(np.arctanh(0.6))
    assert world.support["support"][0, 0] == pytest.approx(0.6)
    heads = [world_of(city(leaders=[mayor]), r).leaders["base_demands"][2:] for r in RUNS]
    assert len(np.unique(heads)) == np.size(heads)
    assert np.median(heads) == pytest.approx(value_of(world, "initial_head_demands"), rel=0.15)
    assert (world.leaders["next_election"][1:] == np.inf).all()


def test_dispositions_scatter_about_their_mean():
    scenario = city(
        administration={"departments": 40}, parameters={"initial": {"leader_support": -0.1, "leader_spread": 0.45}}
    )
    dispositions = np.array([world_of(scenario, r).support["disposition"] for r in range(100)])
    assert dispositions.mean() == pytest.approx(-0.1, abs=0.05)
    assert dispositions.std() == pytest.approx(0.45, abs=0.05)


@pytest.mark.parametrize("practice", [0.0, 0.9])
def test_a_city_expects_something_before_it_has_seen_anything(practice):
    tasks = [{"id": "integration", "kind": "integration", "practice": practice}]
    world = world_of(city(tasks=tasks, parameters={"initial": {"expectation": 0.37}}))
    assert world.tasks["belief"][0] == 0.37


def test_the_mayor_has_more_other_demands_than_heads():
    demands = np.array([world_of(house(), r).leaders["base_demands"] for r in RUNS])
    assert np.median(demands[:, 0]) > 2 * np.median(demands[:, 2:])


def phases(*entries):
    return city(commissioners=[unit(funding=list(entries))])


def test_posts_with_a_history_are_filled_at_the_start():
    scenario = phases(
        {"posts": 1.5, "start": "2012-01", "kind": "fixed", "duration_months": 60, "label": {"de": "A", "en": "A"}},
        {"posts": 1, "start": "2015-01", "kind": "permanent", "label": {"de": "B", "en": "B"}},
    )
    world = world_of(scenario)
    assert list(world.posts["occupied"]) == [1.0, 1.0, 0.0]
    assert list(world.posts["tenure"]) == [36.0, 36.0, 0.0]
    assert list(world.phases["end"]) == [month_number("2017-01"), np.inf]
    run_rule(world, "funding", START)
    run_rule(world, "staffing", START)
    assert world.units["posts"][0] == 2.5
    assert world.units["filled"][0] >= 1.0


def test_a_phase_that_is_over_has_nobody():
    world = world_of(phases({"posts": 2, "start": "2010-01", "kind": "fixed", "duration_months": 24}))
    assert (world.posts["occupied"] == 0.0).all()


def test_units_and_groups_start_as_stated():
    scenario = city(
        commissioners=[unit(knowledge=0.61, overview=0.23, recognition=0.47, mediation=0.31, handover=0.11)],
        civil_society=[{"id": "clubs", "tasks": ["integration"], "engagement": 0.37, "expertise": 0.71}],
    )
    world = world_of(scenario)
    entry = world.units[0]
    assert [entry[name] for name in ("knowledge", "overview", "recognition", "mediation", "handover")] == [
        0.61, 0.23, 0.47, 0.31, 0.11]  # fmt: skip
    assert world.groups["engagement"][0] == 0.37
    assert world.groups["expertise"][0] == 0.71


def test_two_tasks_of_one_kind_meet_luck_of_their_own():
    tasks = [{"id": name, "kind": "integration"} for name in ("arrival", "language")]
    world = world_of(city(tasks=tasks))
    assert not np.array_equal(world.stances["knowledge"][:, 0], world.stances["knowledge"][:, 1])
