"""Shares from coalitions: they add up, treat alike what is alike, and give nothing to what does nothing."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qsim.comparison.why.coalitions import DRAWS, design, exact_shares, joining, sampled_shares


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
