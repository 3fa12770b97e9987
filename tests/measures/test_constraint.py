"""The binding constraint of a department, and what would raise its willingness."""

import pytest

from qsim.measures.catalogue import CONSTRAINTS
from qsim.measures.constraint import (
    ADJUSTING,
    JOINT,
    KNOWLEDGE,
    MOTIVATION,
    TIME,
    binding_constraint,
    willingness_split,
)
from qsim.mechanisms.practice import carried
from worlds import city, open_world, plain, world_of


def stance_of(**values):
    world = open_world(world_of(city()))
    stance = world.stances[0, 0]
    for name, number in {"target": 0.0, "practice": 0.0, **values}.items():
        stance[name] = number
    return stance


@pytest.mark.parametrize(
    ("values", "binds"),
    [
        ({"motivation": 0.1, "ability": 0.6, "time": 0.6}, MOTIVATION),
        ({"motivation": 0.6, "ability": 0.1, "time": 0.6}, KNOWLEDGE),
        ({"motivation": 0.6, "ability": 0.6, "time": 0.1}, TIME),
        ({"motivation": 0.5, "ability": 0.5, "time": 0.5}, JOINT),
        ({"motivation": 0.1, "ability": 0.6, "time": 0.6, "target": 0.3, "practice": 0.2}, ADJUSTING),
        ({"motivation": 0.0, "ability": 0.6, "time": 0.6}, MOTIVATION),
        ({"motivation": 0.5, "ability": 0.42, "time": 0.5}, KNOWLEDGE),
        ({"motivation": 0.5, "ability": 0.48, "time": 0.5}, JOINT),
    ],
)
def test_what_binds(values, binds):
    assert plain(binding_constraint)(stance_of(**values), -2.0) == binds
    assert len(CONSTRAINTS) == ADJUSTING + 1


@pytest.mark.parametrize("exponent", [-4.0, -2.0, -0.9, -0.2])
def test_what_binds_is_what_would_raise_the_target_most(exponent):
    """Not only near the minimum: also where a third of each is worth nearly as much as more of two."""
    values = {"motivation": 0.45, "ability": 0.2, "time": 0.6}
    gains = {name: plain(carried)(*{**values, name: values[name] + 1e-6}.values(), exponent) for name in values}
    assert max(gains, key=gains.get) == "ability"
    assert plain(binding_constraint)(stance_of(**values), exponent) == KNOWLEDGE
    even = dict.fromkeys(values, 0.4)
    assert plain(binding_constraint)(stance_of(**even), exponent) == JOINT


def test_willingness_is_split_by_what_each_would_gain():
    p = open_world(world_of(city())).parameters[0]
    split = plain(willingness_split)
    stance = stance_of(openness=0.9, backing=0.0, binding=0.0, commitment=0.0, concreteness=0.0)
    assert sum(split(stance, p)) == pytest.approx(1.0)
    assert split(stance, p)[2] == 0.0  # there is no paper that could bind
    closed = stance_of(openness=0.1, backing=0.0, binding=0.0, commitment=0.0, concreteness=0.0)
    gained = 0.9, 0.9 * p.practice_backing_weight
    assert split(closed, p)[:2] == pytest.approx([gained[0] / sum(gained), gained[1] / sum(gained)])
    perfect = stance_of(openness=1.0, backing=1.0, binding=1.0)
    assert split(perfect, p) == pytest.approx((0.0, 0.0, 0.0))
