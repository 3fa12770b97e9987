"""Known solutions of the rules about money, people, work and leaders: see test_solutions for the others."""

import math

import numpy as np
import pytest

from worlds import START, city, off, only, parameter, run_month, run_months, unit, value_of, world_of


def test_funding_is_the_step_of_posts():
    phases = [
        {"posts": 1.5, "start": "2015-03", "kind": "fixed", "duration_months": 6, "after": "end"},
        {"posts": 2, "start": "2015-11", "kind": "fixed", "duration_months": 4, "after": "continue"},
    ]
    world = only("funding", commissioners=[unit(funding=phases)])
    posts = []
    for month in range(START, START + 24):
        run_month(world, month)
        posts.append(float(world.units["posts"][0]))
    assert posts == [0.0] * 2 + [1.5] * 6 + [0.0] * 2 + [2.0] * 14


def test_phases_of_one_unit_add_up():
    phases = [
        {"posts": 1, "start": "2014-01", "kind": "permanent", "label": {"de": "A", "en": "A"}},
        {
            "posts": 2,
            "start": "2015-04",
            "kind": "fixed",
            "duration_months": 3,
            "after": "end",
            "label": {"de": "B", "en": "B"},
        },
    ]
    world = only("funding", commissioners=[unit(funding=phases)])
    posts = []
    for month in range(START, START + 8):
        run_month(world, month)
        posts.append(float(world.units["posts"][0]))
    assert posts == [1, 1, 1, 3, 3, 3, 1, 1]


def test_turnover_takes_knowledge_to_that_of_newcomers():
    """Without specialists x(t) = new + (x(0) - new)(1 - tau / 12)^t, exactly."""
    house = {"departments": 10, "turnover_per_year": 0.24, "knowledge_management": 0, "personnel_openness": 0.5}
    world = only("staffing", administration=house)
    parameter(world, staffing_specialist_share=0.0)
    start = {name: world.stances[name].copy() for name in ("knowledge", "process_knowledge", "chain_knowledge")}
    run_months(world, 36)
    newcomer = value_of(world, "staffing_newcomer_knowledge") + 0.5 * value_of(world, "staffing_experience_knowledge")
    new = {"knowledge": newcomer, "process_knowledge": 0.5 * newcomer, "chain_knowledge": 0.0}
    for name, values in start.items():
        expected = new[name] + (values - new[name]) * 0.98**36
        assert world.stances[name] == pytest.approx(expected, rel=1e-10)


def test_specialists_leave_the_mean_of_turnover_as_it_is():
    """Part of the knowledge goes at once when the specialist does; in the mean it is the same rate."""
    house = {"departments": 60, "turnover_per_year": 0.24, "knowledge_management": 0}
    scenario = city(
        administration=house,
        rules=off("staffing"),
        parameters={"staffing": {"newcomer_knowledge": 0, "experience_knowledge": 0}},
    )
    kept = []
    for replicate in range(30):
        world = world_of(scenario, replicate)
        before = world.stances["knowledge"].sum()
        run_months(world, 24)
        kept.append(world.stances["knowledge"].sum() / before)
    assert np.mean(kept) == pytest.approx(0.98**24, rel=0.02)  # tau of 24 % a year
    assert np.std(kept) > 0.0


def test_posts_are_filled_as_hiring_and_leaving_balance():
    """In the long run h / (h + q) of the posts are filled, with h = 1 / months to fill and q a twelfth of turnover."""
    scenario = city(
        administration={"departments": 4, "budget_tightness": 0},
        commissioners=[unit(funding=[{"posts": 150, "start": "2014-01", "kind": "permanent"}])],
        rules=off("funding", "staffing"),
    )
    world = world_of(scenario)
    filled = []
    for month in range(START, START + 240):
        run_month(world, month)
        filled.append(world.units["filled"][0] / 150)
    hired, left = 1.0 / value_of(world, "staffing_hiring_months"), value_of(world, "staffing_unit_turnover") / 12.0
    assert np.mean(filled[60:]) == pytest.approx(hired / (hired + left), abs=0.01)


def test_vacancy_returns_to_what_is_usual():
    world = only("staffing", administration={"departments": 10, "vacancy_share": 0.2})
    parameter(world, staffing_vacancy_noise=0.0)
    world.departments["filled"] = 0.5
    run_months(world, 12)
    assert world.departments["filled"] == pytest.approx(
        0.8 - 0.3 * (1.0 - value_of(world, "staffing_vacancy_return")) ** 12, rel=1e-10
    )


def test_support_settles_where_its_causes_pull():
    world = only("leadership")
    parameter(world, leadership_noise=0.0)
    run_months(world, 600)
    leaders, task = world.leaders, world.tasks[0]
    weight = {name: value_of(world, f"leadership_{name}_weight")
              for name in ("salience", "evidence", "recognition", "knowledge")}  # fmt: skip
    pull = (world.support["disposition"][:, 0] + weight["salience"] * (task["salience"] - 0.3)
            + weight["evidence"] * task["belief"] + weight["recognition"] * (0.0 - 0.4)  # staffing is off: nobody is there
            + weight["knowledge"] * (leaders["knowledge"] - 0.4))  # fmt: skip
    support = world.support["support"][:, 0]
    assert support == pytest.approx(np.tanh(pull), rel=1e-9)
    asked = abs(support) * task["salience"]
    assert world.support["attention"][:, 0] == pytest.approx(asked / (asked + leaders["base_demands"]), rel=1e-9)


def test_agreed_channels_fade_without_backing():
    world = only("leadership")
    world.support["disposition"] = -3.0
    world.support["support"] = -1.0
    parameter(world, leadership_noise=0.0)
    world.relations["agreed"] = 0.8
    run_months(world, 24)
    assert world.relations["agreed"] == pytest.approx(
        0.8 * (1.0 - value_of(world, "leadership_close_channels")) ** 24, rel=1e-9
    )


def test_recognition_approaches_what_equipment_and_leaders_deserve():
    world = only("recognition")
    world.units["hours"], world.units["hours_needed"] = 60.0, 120.0
    rate = value_of(world, "recognition_rate")
    run_month(world, START)
    deserved = (world.units["recognition"][0] - 0.4 * (1.0 - rate)) / rate
    assert 0.25 <= deserved <= 0.5  # half of what is needed, times .5 to 1 by co-responsibility
    run_months(world, 59, START + 1)
    assert world.units["recognition"][0] == pytest.approx(deserved + (0.4 - deserved) * (1.0 - rate) ** 60, rel=1e-6)


def test_regular_work_alone_is_demand_over_filled_posts():
    world = only("workload")
    parameter(world, workload_noise=0.0, workload_task_effort=0.0)
    run_months(world, 3)
    departments = world.departments
    assert departments["workload"] == pytest.approx(departments["base_demand"] / departments["filled"])
    hours = value_of(world, "workload_hours_per_post")
    assert departments["hours"] == pytest.approx(departments["staff"] * departments["filled"] * hours)
    steepness = value_of(world, "workload_steepness")
    assert world.stances["time"][:, 0] == pytest.approx(1.0 / (1.0 + departments["workload"] ** steepness))


def test_the_swing_of_work_has_the_spread_of_its_process():
    """An autoregressive process: standard deviation sigma / sqrt(1 - rho^2)."""
    world = world_of(city(administration={"departments": 60}, rules=off("workload")))
    swings = []
    for month in range(START, START + 400):
        run_month(world, month)
        swings.append(world.departments["noise"].copy())
    rho, sigma = value_of(world, "workload_noise_persistence"), value_of(world, "workload_noise")
    assert np.std(swings[60:]) == pytest.approx(sigma / math.sqrt(1.0 - rho**2), rel=0.05)
    assert np.mean(swings[60:]) == pytest.approx(0.0, abs=0.01)


def test_belief_follows_what_can_be_seen():
    world = only("funding", administration={"departments": 10, "evaluation": 0.5})
    parameter(world, funding_visible_noise=0.0)
    world.tasks["mean_practice"], world.tasks["belief"] = 0.4, 0.1
    run_months(world, 24)
    rate = value_of(world, "funding_belief_rate") + 0.5 * value_of(world, "funding_evaluation_rate")
    assert world.tasks["belief"][0] == pytest.approx(0.4 - 0.3 * (1.0 - rate) ** 24, rel=1e-10)
