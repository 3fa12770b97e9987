"""Departments of a scenario's own, without any of the catalogue: who knows whom, whose division hosts the task."""

import numpy as np
import pytest

from invariants import Measured
from worlds import START, city, world_of

OWN = [
    {"id": f"office_{i}", "slot": 5000 + i, "division": "a" if i % 2 else "b",
     "tasks": [{"kind": "integration", "relevance": 0.5}]}
    for i in range(8)
]  # fmt: skip
ORDERS = [[7, 6, 5, 4, 3, 2, 1, 0], [3, 1, 7, 0, 2, 6, 5, 4]]


def listed(order):
    house = {"departments": 0, "own_departments": [OWN[i] for i in order], "divisions": [{"id": "a"}, {"id": "b"}]}
    return world_of(city(administration=house))


def ties_by_slot(world):
    slot = world.departments["slot"]
    return {
        (slot[d], slot[world.ties["department"][j]]): world.ties["strength"][j]
        for d in range(8)
        for j in range(world.tie_first[d], world.tie_first[d + 1])
    }


@pytest.mark.parametrize("order", ORDERS)
def test_who_knows_whom_does_not_depend_on_the_order_in_the_file(order):
    assert ties_by_slot(listed(order)) == pytest.approx(ties_by_slot(listed(range(8))))


@pytest.mark.parametrize("order", ORDERS)
def test_the_host_division_does_not_depend_on_the_order_in_the_file(order):
    rows = []
    for chosen in (range(8), order):
        world = listed(chosen)
        world.stances["practice"] = np.where(world.departments["slot"] % 2, 0.1, 0.6)[:, None]
        measured = Measured(world)
        measured.check(START)
        rows.append(measured.rows[0])
    np.testing.assert_allclose(rows[0], rows[1], rtol=1e-12)


def test_they_know_each_other_more_often_within_their_division():
    pairs = [(int(a), int(b)) for a, b in ties_by_slot(listed(range(8)))]
    assert any(5000 not in pair for pair in pairs)
    within = sum((a - b) % 2 == 0 for a, b in pairs)
    assert within > len(pairs) / 2
