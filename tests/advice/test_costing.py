"""What levers cost is what their posts cost at public prices, less what others pay, in the months in which it is paid."""

import pytest

from advice.conftest import CITY, load
from qsim.advice.costing import Euros, cost_of, cost_of_all, post_cost
from qsim.advice.library import load_library
from qsim.advice.situation import Situation, usual_start
from qsim.scenario.values import month_number

LIBRARY = load_library()


def cost(name, situation=None):
    return cost_of(LIBRARY.levers[name], LIBRARY, situation)


def of(scenario, month=None):
    return Situation(scenario, usual_start(scenario) if month is None else month_number(month))


def near(euros):
    return pytest.approx((euros.low, euros.high))


def test_a_post_costs_pay_bonus_employer_overhead_and_workplace():
    low = 4670 * 12.85 * 1.25 * 1.2 + 9082
    high = 5454 * 12.85 * 1.292 * 1.2 + 12365
    found = cost("post_e11").a_year
    assert (found.low, found.high) == pytest.approx((low, high))
    half, two = cost("half_post_e11").a_year, cost("two_posts_e11").a_year
    assert (half.low, half.high) == pytest.approx((low / 2, high / 2))
    assert (two.low, two.high) == pytest.approx((2 * low, 2 * high))
    assert cost("post_e9c").a_year.low < found.low < cost("post_e13").a_year.low


def test_others_pay_their_share_of_staff_for_a_time_and_what_follows_is_open():
    lever = LIBRARY.levers["funded_post"]
    staff, besides = post_cost(lever.cost, LIBRARY.prices)
    own = Euros(0.1 * staff.low + besides.low, 0.3 * staff.high + besides.high)
    found = cost("funded_post")
    assert near(found.a_year) == (own.low, own.high)
    assert near(found.total(24)) == (2 * own.low, 2 * own.high)
    after = found.total(36)
    assert (after.low, after.high) == pytest.approx((2 * own.low, 2 * own.high + staff.high + besides.high))


def test_a_project_post_costs_nothing_after_its_end():
    found = cost("temporary_post")
    assert found.total(240) == found.total(24)
    assert found.total(12).high == pytest.approx(found.a_year.high)


def test_training_is_paid_for_each_department_and_permanence_for_each_post_from_its_end_on(city):
    by_department = cost("training_all", of(city())).a_year
    assert (by_department.low, by_department.high) == (12 * 235, 12 * 770)
    unknown = cost("training_all", of(load("halle"))).a_year
    assert (unknown.low, unknown.high) == (25 * 235, 35 * 770)
    more = CITY.replace("posts: 1", "posts: {between: [1, 3]}")
    found, post = cost("permanence", of(city(more))), cost("post_e11").a_year
    assert (found.a_year.low, found.a_year.high) == pytest.approx((post.low, 3 * post.high))
    assert found.total(24) == Euros()
    assert found.total(36).high == pytest.approx(3 * post.high)


def test_several_cost_the_sum_of_each():
    names = ("post_e11", "conference", "evaluation", "funded_post")
    together = cost_of_all([LIBRARY.levers[name] for name in names], LIBRARY)
    for months in (1, 24, 60):
        each = [cost(name).total(months) for name in names]
        assert together.total(months).high == pytest.approx(sum(one.high for one in each))
    assert together.once == Euros(5000, 25000)
    assert together.a_year.high == pytest.approx(sum(cost(name).a_year.high for name in names))
    assert cost("release").a_year == cost("release").total(60) == Euros()
