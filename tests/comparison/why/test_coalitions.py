"""Coalitions of changes, and the scenarios that they make."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from qsim.comparison.why.changes import changes
from qsim.comparison.why.coalitions import (
    DRAWS,
    MOST,
    can_stand,
    change_groups,
    design,
    exact_shares,
    joining,
    sampled_shares,
    with_changes,
)
from qsim.files.messages import InputError
from qsim.scenario.loading import load_scenario
from qsim.scenario.schema import Scenario
from tests.strategies import scenarios
from worlds import load_as


@st.composite
def games(draw, most=5):
    groups = draw(st.integers(1, most))
    numbers = st.floats(-1, 1, allow_nan=False, width=32)
    return np.array(draw(st.lists(st.lists(numbers, min_size=2, max_size=2), min_size=2**groups, max_size=2**groups)))


@given(games())
def test_exact_shares_add_up_to_the_difference(values):
    assert exact_shares(values).sum(axis=0) == pytest.approx(values[-1] - values[0], abs=1e-9)


@given(games())
def test_the_other_way_round_they_turn_their_sign(values):
    assert exact_shares(values[::-1]) == pytest.approx(-exact_shares(values), abs=1e-9)


def test_the_glove_game():
    """One left glove, two right ones: 2/3 and 1/6 each, as in the textbooks."""
    values = np.array([float(bool(c & 1) and bool(c & 6)) for c in range(8)])[:, None]
    assert exact_shares(values)[:, 0] == pytest.approx([2 / 3, 1 / 6, 1 / 6])


def test_what_adds_the_same_everywhere_has_that_as_its_share():
    worth = np.array([0.3, -0.1, 0.0, 0.7])
    values = np.array([sum(worth[i] for i in range(4) if c >> i & 1) for c in range(16)])[:, None]
    assert exact_shares(values)[:, 0] == pytest.approx(worth)


def test_six_groups_are_exact_and_more_are_drawn():
    assert design(6, 10, 1).orders is None
    assert design(6, 10, 1).wanted() == {c: list(range(10)) for c in range(64)}
    plan = design(7, 10, 1)
    assert plan.orders.shape == (10, DRAWS, 2, 7)
    assert (np.sort(plan.orders, axis=-1) == np.arange(7)).all()
    assert (plan.orders[:, :, 1] == plan.orders[:, :, 0, ::-1]).all()
    assert plan.wanted()[0] == plan.wanted()[127] == list(range(10))


def test_orders_are_drawn_by_address():
    one, same, other = (design(8, 5, seed).orders for seed in (1, 1, 2))
    assert (one == same).all()
    assert (one != other).any()
    assert len({tuple(order) for order in one[:, :, 0].reshape(-1, 8)}) > 5


def test_every_order_is_run_where_it_is_wanted():
    plan = design(7, 4, 3)
    wanted = plan.wanted()
    for setting, orders in enumerate(plan.orders.reshape(4, -1, 7)):
        assert all(setting in wanted[coalition] for order in orders for coalition in joining(order))


@given(st.integers(1, 1000))
@settings(max_examples=20)
def test_sampled_shares_add_up_and_come_near_the_exact_ones(seed):
    groups, count = 7, 60
    worth = np.linspace(-1, 1, groups)
    values = np.array(
        [sum(worth[i] for i in range(groups) if c >> i & 1) + 0.2 * c.bit_count() ** 2 for c in range(128)]
    )
    table = np.repeat(values[:, None], count, axis=1)
    plan = design(groups, count, seed)
    found = sampled_shares(dict(enumerate(table)), plan.orders)
    assert found.sum(axis=1) == pytest.approx(np.full((DRAWS, count), values[-1] - values[0]))
    # joining first and last are the same distance from the middle, so an order and its reverse are exact here
    assert found.mean(axis=0) == pytest.approx(exact_shares(table))


def test_sampled_shares_are_right_on_average():
    groups, count = 7, 3000
    values = np.array([float(bool(c & 1) and bool(c & 2) and bool(c & 4)) for c in range(128)])
    table = np.repeat(values[:, None], count, axis=1)
    found = sampled_shares(dict(enumerate(table)), design(groups, count, 5).orders).mean(axis=(0, 2))
    assert found == pytest.approx(exact_shares(table)[:, 0], abs=0.02)


@given(scenarios(), scenarios(), st.data())
@settings(max_examples=20, deadline=None)
def test_the_chosen_changes_are_made_and_no_others(first, second, data):
    found = changes(first, second)
    chosen = data.draw(st.lists(st.sampled_from(found), unique_by=lambda change: change.name)) if found else []
    assume(can_stand(first, second, chosen))
    hybrid = with_changes(first, second, chosen)
    assert len(changes(first, hybrid)) == len(chosen)
    assert len(changes(hybrid, second)) == len(found) - len(chosen)


def test_none_is_the_first_and_all_are_the_second():
    first, second = load_scenario("halle"), load_scenario("halle_line_unit")
    assert with_changes(first, second, ()) is first
    assert with_changes(first, second, changes(first, second)) is second


def test_a_hybrid_is_as_if_it_had_been_written():
    first, second = (
        load_scenario("small"),
        load_as("small", "administration.workload=1.2", "tasks[integration].need=0.5"),
    )
    chosen = [change for change in changes(first, second) if change.key == "administration.workload"]
    assert with_changes(first, second, chosen) == load_as("small", "administration.workload=1.2")


def test_parameters_are_stated_and_left_alone():
    base = load_scenario("small")
    stated = load_scenario(
        "small", ("parameters.learning.contact_rate=0.1", "parameters.learning.forgetting=0.02", "months=50")
    )
    rate, *_ = chosen = [change for change in changes(base, stated) if change.key == "parameters.learning.contact_rate"]
    assert with_changes(base, stated, chosen).parameters == {"learning": {"contact_rate": 0.1}}
    back = [change for change in changes(stated, base) if change.key == rate.key]
    assert with_changes(stated, base, back).parameters == {"learning": {"forgetting": 0.02}}


def test_what_lacks_something_else_cannot_stand():
    first, second = load_scenario("no_unit"), load_scenario("three_units")
    (concept,) = [change for change in changes(first, second) if change.key == "concepts[mitigation_concept]"]
    assert not can_stand(first, second, [concept])
    with pytest.raises(InputError, match="climate_mitigation"):
        with_changes(first, second, [concept])


def test_what_the_schema_refuses_cannot_stand():
    first = load_scenario("no_unit")
    content = first.model_dump()
    content["tasks"] = [{"id": "other_task", "kind": "climate_mitigation"}]
    content["concepts"] = ()
    second = Scenario.model_validate(content)
    removed = [change for change in changes(first, second) if change.kind == "removed" and change.part == "tasks"]
    assert not can_stand(first, second, removed)


def test_changes_that_need_each_other_are_one_group():
    first, second = load_scenario("no_unit"), load_scenario("three_units")
    groups = [[change.key for change in group] for group in change_groups(first, second)]
    assert groups == [
        ["tasks[climate_mitigation]", "commissioners[mitigation]", "concepts[mitigation_concept]"],
        ["commissioners[integration]"],
        ["commissioners[adaptation]"],
    ]


def test_a_move_of_a_unit_goes_with_the_unit():
    base = load_scenario("no_unit")
    content = load_scenario("one_unit").model_dump()
    content["events"] = [
        {"id": "move", "kind": "unit_move", "date": "2022-01", "commissioner": "both", "position": "line_unit"}
    ]
    content["administration"]["workload"] = 1.1
    groups = change_groups(base, Scenario.model_validate(content))
    assert [[change.key for change in group] for group in groups] == [
        ["administration.workload"],
        ["commissioners[both]", "events[move]"],
    ]


@given(scenarios(), scenarios(), st.data())
@settings(max_examples=8, deadline=None)
def test_groups_hold_every_change_once_and_stand(first, second, data):
    groups = change_groups(first, second, settings=3)
    assert sorted(change.name for group in groups for change in group) == sorted(c.name for c in changes(first, second))
    if len(groups) <= 6:
        chosen = [change for group in groups if data.draw(st.booleans()) for change in group]
        assert can_stand(first, second, chosen)


def test_many_changes_are_taken_together_by_what_they_are_about():
    base = load_scenario("small")
    fields = ("workload", "hierarchy", "closed_share", "vacancy_share", "evaluation", "reflection", "budget_tightness")
    of_task = ("need", "salience", "knowledge", "practice")
    said = (
        ["administration.workload=0.9"]
        + [f"administration.{name}=0.15" for name in fields if name != "workload"]
        + [f"tasks[integration].{name}=0.5" for name in of_task]
    )
    groups = change_groups(base, load_scenario("small", said))
    assert len(groups) == len(fields) + 1 <= MOST
    assert sorted(map(len, groups))[-1] == len(of_task)
    assert len(change_groups(load_scenario("halle"), load_scenario("wuerzburg"), settings=2)) <= MOST
