"""Known solutions of the rules about people, work, belief and leaders: see test_solutions for the others.

Where a solution is a mean over luck, the tolerance is four standard errors, written out from the process beforehand: right
rules stay within them in all but one of 16,000 cases, and the luck of a seed is always the same.
"""

import math

import numpy as np
import pytest

from worlds import START, city, off, only, parameter, run_month, run_months, unit, value_of, world_of

pytestmark = pytest.mark.usefixtures("usual")

ROUNDING = 1e-12
"""Relative tolerance where the solution is exact: a hundred months of ten operations lose at most 1000 x 2^-53 = 1e-13."""


def test_turnover_takes_knowledge_to_that_of_newcomers():
    """Without specialists x(t) = new + (x(0) - new)(1 - tau / 12)^t; exact, hence the tolerance of rounding."""
    house = {"departments": 10, "turnover_per_year": 0.24, "knowledge_management": 0, "personnel_openness": 0.5}
    world = only("staffing", administration=house)
    parameter(world, staffing_specialist_share=0.0)
    start = {name: world.stances[name].copy() for name in ("knowledge", "process_knowledge", "chain_knowledge")}
    run_months(world, 36)
    newcomer = value_of(world, "staffing_newcomer_knowledge") + 0.5 * value_of(world, "staffing_experience_knowledge")
    new = {"knowledge": newcomer, "process_knowledge": 0.5 * newcomer, "chain_knowledge": 0.0}
    for name, values in start.items():
        expected = new[name] + (values - new[name]) * 0.98**36
        assert world.stances[name] == pytest.approx(expected, rel=ROUNDING)


@pytest.mark.parametrize("documents", [0.0, 0.5])
def test_turnover_has_its_mean_over_many_departments(documents):
    """x(t) = new + (x(0) - new)(1 - k tau / 12)^t in the mean, with k the part that documents do not keep.

    A month leaves 1 - k tau (1 - s) / 12 of the distance to newcomers, and k s less if the specialist goes, with chance
    tau / 12. So what a department keeps is a product of independent factors f, and over 60 departments and 60 replicates
    the standard error of its mean is sqrt((E[f^2]^t - E[f]^2t) / 3600). Its spread is known to sqrt((kurtosis - 1) /
    14400) = 1.5 %, with a kurtosis of 4 at most: the tolerance is 6 % of it.
    """
    house = {"departments": 60, "turnover_per_year": 0.24, "knowledge_management": documents}
    scenario = city(administration=house, rules=off("staffing"))
    kept = []
    for replicate in range(60):
        world = world_of(scenario, replicate)
        world.stances["knowledge"], world.stances["chain_knowledge"] = 0.8, 0.8
        run_months(world, 24)
        kept.append((world.stances["knowledge"][:, 0], world.stances["chain_knowledge"][:, 0]))
    part = 1.0 - value_of(world, "staffing_document_share") * documents
    specialist = value_of(world, "staffing_specialist_share")
    stays, goes = 1.0 - part * 0.02 * (1.0 - specialist), 1.0 - part * (0.02 * (1.0 - specialist) + specialist)
    mean = (1.0 - part * 0.02) ** 24
    variance = (0.98 * stays**2 + 0.02 * goes**2) ** 24 - mean**2
    error = math.sqrt(variance / 3600)
    newcomer = value_of(world, "staffing_newcomer_knowledge") + 0.4 * value_of(world, "staffing_experience_knowledge")
    for values, new in zip(np.swapaxes(kept, 0, 1), (newcomer, 0.0), strict=True):
        left = (values - new) / (0.8 - new)
        assert left.mean() == pytest.approx(mean, abs=4.0 * error)
        assert left.std() == pytest.approx(math.sqrt(variance), rel=0.06)


def test_posts_are_filled_as_hiring_and_leaving_balance():
    """Of posts that begin vacant, pi (1 - (1 - h - q)^t) are filled, pi = h / (h + q), in the mean over luck.

    h = 1 / months to fill, q = a twelfth of turnover. Posts fill and empty independently, so the standard error of a month
    is at most sqrt(pi (1 - pi) / posts) once most are filled, and sqrt(1 / (4 posts)) before. The mean over the later 200
    months has that error times sqrt((1 + l) / (1 - l) / 200) with l = 1 - h - q, the persistence of a post.
    """
    posts = 900
    scenario = city(
        administration={"departments": 4, "budget_tightness": 0},
        commissioners=[unit(funding=[{"posts": 10, "start": "2015-01", "kind": "permanent"}])],
        rules=off("funding", "staffing"),
    )
    filled = np.zeros(240)
    for replicate in range(posts // 10):
        world = world_of(scenario, replicate)
        for month in range(240):
            run_month(world, START + month)
            filled[month] += world.units["filled"][0] / posts
    hired, left = 1.0 / value_of(world, "staffing_hiring_months"), value_of(world, "staffing_unit_turnover") / 12.0
    balance, persistence = hired / (hired + left), 1.0 - hired - left
    expected = balance * (1.0 - persistence ** np.arange(1, 241))
    assert abs(filled - expected).max() < 4.0 * math.sqrt(0.25 / posts)
    late = math.sqrt(balance * (1.0 - balance) / posts)
    assert abs(filled[40:] - expected[40:]).max() < 5.0 * late  # the largest of 200 months: one in a million each
    error = late * math.sqrt((1.0 + persistence) / (1.0 - persistence) / 200)
    assert filled[40:].mean() == pytest.approx(expected[40:].mean(), abs=4.0 * error)


def test_vacancy_returns_to_what_is_usual():
    """filled(t) = usual + (filled(0) - usual)(1 - rate)^t without noise; exact, hence the tolerance of rounding."""
    world = only("staffing", administration={"departments": 10, "vacancy_share": 0.2})
    parameter(world, staffing_vacancy_noise=0.0)
    world.departments["filled"] = 0.5
    run_months(world, 12)
    assert world.departments["filled"] == pytest.approx(
        0.8 - 0.3 * (1.0 - value_of(world, "staffing_vacancy_return")) ** 12, rel=ROUNDING
    )


def test_support_settles_where_its_causes_pull():
    """s = tanh(pull). After 600 months .95^600 = 4e-14 of the start is left; so the tolerance is that of rounding.

    Attention is |s| salience / (|s| salience + D) of it: exact.
    """
    world = only("leadership")
    world.units["filled"] = 0.0
    parameter(world, leadership_noise=0.0)
    run_months(world, 600)
    leaders, task = world.leaders, world.tasks[0]
    weight = {name: value_of(world, f"leadership_{name}_weight")
              for name in ("salience", "evidence", "recognition", "knowledge")}  # fmt: skip
    pull = (world.support["disposition"][:, 0] + weight["salience"] * (task["salience"] - 0.3)
            + weight["evidence"] * (task["belief"] - value_of(world, "initial_expectation"))
            + weight["recognition"] * (0.0 - 0.4)  # nobody is there
            + weight["knowledge"] * (leaders["knowledge"] - 0.4))  # fmt: skip
    support = world.support["support"][:, 0]
    assert support == pytest.approx(np.tanh(pull), rel=ROUNDING)
    asked = abs(support) * task["salience"]
    assert world.support["attention"][:, 0] == pytest.approx(asked / (asked + leaders["base_demands"]), rel=ROUNDING)


def test_agreed_channels_fade_without_backing():
    """agreed(t) = agreed(0)(1 - rate)^t; exact, hence the tolerance of rounding."""
    world = only("leadership")
    world.support["disposition"] = -3.0
    world.support["support"] = -1.0
    parameter(world, leadership_noise=0.0)
    world.relations["agreed"] = 0.8
    run_months(world, 24)
    assert world.relations["agreed"] == pytest.approx(
        0.8 * (1.0 - value_of(world, "leadership_close_channels")) ** 24, rel=ROUNDING
    )


def test_recognition_approaches_what_equipment_and_leaders_deserve():
    """a(t) = d + (a(0) - d)(1 - rate)^t with d = hours / hours needed (.5 + .5 shared); exact, up to rounding.

    What is shared is the mean of co-responsibility (1 + s) / 2, less without transparency, over the heads of divisions and,
    counted twice and less without knowledge of the subject, the leader above: here the mayor.
    """
    world = only("recognition")
    world.units["hours"], world.units["hours_needed"] = 60.0, 120.0
    leaders = world.leaders
    leaders["co_responsibility"] = np.linspace(0.2, 0.9, leaders.size)
    leaders["transparency"] = np.linspace(0.8, 0.1, leaders.size)
    conduct = leaders["co_responsibility"] * (1.0 + world.support["support"][:, 0]) / 2.0
    conduct *= 1.0 - value_of(world, "recognition_transparency_weight") * (1.0 - leaders["transparency"])
    mayor = conduct[0] * (1.0 - value_of(world, "recognition_knowledge_weight") * (1.0 - leaders["knowledge"][0]))
    shared = (2.0 * mayor + conduct[2:].sum()) / (2.0 + conduct[2:].size)
    deserved = 0.5 * (0.5 + 0.5 * shared)
    first = world.units["recognition"][0]
    run_months(world, 60)
    left = (1.0 - value_of(world, "recognition_rate")) ** 60
    assert world.units["recognition"][0] == pytest.approx(deserved + (first - deserved) * left, rel=ROUNDING)


def test_regular_work_alone_is_demand_over_filled_posts():
    """w = demand / filled, hours = staff x filled x hours a post, T = 1 / (1 + w^k); exact, up to rounding."""
    world = only("workload")
    parameter(world, workload_noise=0.0, workload_task_effort=0.0)
    run_months(world, 3)
    departments = world.departments
    assert departments["workload"] == pytest.approx(departments["base_demand"] / departments["filled"], rel=ROUNDING)
    hours = value_of(world, "workload_hours_per_post")
    assert departments["hours"] == pytest.approx(departments["staff"] * departments["filled"] * hours, rel=ROUNDING)
    steepness = value_of(world, "workload_steepness")
    expected = 1.0 / (1.0 + departments["workload"] ** steepness)
    assert world.stances["time"][:, 0] == pytest.approx(expected, rel=ROUNDING)


def test_the_swing_of_work_has_the_spread_of_its_process():
    """An autoregressive process: mean 0, standard deviation sigma / sqrt(1 - rho^2).

    Of n values, with neighbours correlated by rho, the standard error of the mean is the deviation times
    sqrt((1 + rho) / (1 - rho) / n), that of the deviation a share of it: sqrt((1 + rho^2) / (1 - rho^2) / (2 n)).
    """
    world = world_of(city(administration={"departments": 60}, rules=off("workload")))
    swings = []
    for month in range(START, START + 1060):
        run_month(world, month)
        swings.append(world.departments["noise"].copy())
    rho, sigma = value_of(world, "workload_noise_persistence"), value_of(world, "workload_noise")
    deviation, count = sigma / math.sqrt(1.0 - rho**2), 60 * 1000
    of_deviation = math.sqrt((1.0 + rho**2) / (1.0 - rho**2) / (2.0 * count))
    of_mean = deviation * math.sqrt((1.0 + rho) / (1.0 - rho) / count)
    assert np.std(swings[60:]) == pytest.approx(deviation, rel=4.0 * of_deviation)
    assert np.mean(swings[60:]) == pytest.approx(0.0, abs=4.0 * of_mean)


def test_belief_follows_what_can_be_seen():
    """mu(t) = y + (mu(0) - y)(1 - g)^t without noise, y = practice / need; exact, hence the tolerance of rounding."""
    world = only("funding", administration={"departments": 10, "evaluation": 0.5})
    parameter(world, funding_visible_noise=0.0)
    world.tasks["mean_practice"], world.tasks["base_need"], world.tasks["belief"] = 0.32, 0.8, 0.1
    run_months(world, 24)
    rate = value_of(world, "funding_belief_rate") + 0.5 * value_of(world, "funding_evaluation_rate")
    assert world.tasks["belief"][0] == pytest.approx(0.4 - 0.3 * (1.0 - rate) ** 24, rel=ROUNDING)
