"""Informal ties: neighbour lists, drawn function by function, and the links of process chains."""

from itertools import pairwise

import numpy as np
import pytest

from qsim.engine.prepare import prepare
from qsim.world import initial
from qsim.world.records import World
from qsim.world.ties import MOST_ACQUAINTANCES
from worlds import city, open_world, plain, value_of, world_of


def house(size, **parts):
    return city(administration={"departments": size, **parts})


def edges(world):
    first = world.tie_first
    return {
        (d, int(tie["department"])): float(tie["strength"])
        for d in range(world.departments.size)
        for tie in world.ties[first[d] : first[d + 1]]
    }


@pytest.mark.parametrize("size", [4, 10, 25, 40, 60, 130])
def test_ties_have_two_ends_of_one_strength(size):
    found = edges(world_of(house(size)))
    assert found
    for (a, b), strength in found.items():
        assert a != b
        assert found[b, a] == pytest.approx(strength)
        assert 0.0 < strength < 1.0


@pytest.mark.parametrize("size", [4, 25, 60])
def test_links_of_chains_are_tied(size):
    world = world_of(house(size))
    assert world.chains.size > 0
    for chain in world.chains:
        steps = range(chain["first"], chain["first"] + chain["length"])
        assert world.links["tie"][steps[-1]] == -1
        for here, there in pairwise(steps):
            tie = world.links["tie"][here]
            assert world.ties["department"][tie] == world.links["department"][there]
            start = world.links["department"][here]
            assert world.tie_first[start] <= tie < world.tie_first[start + 1]


def test_repeated_acquaintance_makes_a_tie_stronger():
    """Strengths unite as 1 - (1 - a)(1 - b); none is stronger than all functions together could make it."""
    world = world_of(house(4))
    strengths = set(np.round(list(edges(world).values()), 12))
    single, chain = value_of(world, "ties_strength"), value_of(world, "ties_chain_strength")
    possible = {round(1.0 - (1.0 - single) ** i * (1.0 - chain) ** j, 12) for i in range(40) for j in range(40)}
    assert strengths <= possible
    assert len(strengths) > 1


def test_small_administrations_are_denser():
    """Where a department unites several functions it has all their acquaintances."""

    def density(size):
        found = [edges(world_of(house(size), replicate)) for replicate in range(5)]
        return np.mean([sum(ties.values()) / (size * (size - 1)) for ties in found])

    assert density(6) > 2 * density(40) > 4 * density(160)


def test_departments_know_more_of_their_own_division():
    world = world_of(house(40))
    division = world.departments["division"]
    found = edges(world)
    within = np.mean([division[a] == division[b] for a, b in found])
    by_chance = np.mean(division[:, None] == division[None, :])
    assert within > 1.5 * by_chance


@pytest.mark.parametrize(("wanted", "least", "most"), [(0.0, 0, 0), (1.0, 10, 40), (3.0, 40, 120), (50.0, 100, 320)])
def test_the_number_of_acquaintances_is_a_parameter(wanted, least, most):
    scenario = city(
        administration={"departments": 40},
        parameters={"ties": {"acquaintances": wanted, "chain_strength": 0.0}},
    )
    count = sum(strength > 0.0 for strength in edges(world_of(scenario)).values()) / 2
    assert least <= count <= most
    assert MOST_ACQUAINTANCES == 8


def test_ties_return_to_where_they_started():
    world = world_of(house(10))
    used = slice(0, world.tie_first[-1])
    assert np.array_equal(world.ties["origin"][used], world.ties["strength"][used])
    assert (world.ties["agreed"] == 0.0).all()


def own_departments(count):
    shares = [{"kind": "integration", "relevance": 0.5}]
    return [{"id": f"own_{i}", "slot": 5000 + i, "tasks": shares} for i in range(count)]


def test_own_departments_know_others():
    world = world_of(house(10, own_departments=own_departments(3)))
    found = edges(world)
    for d in range(10, 13):
        assert any(a == d for a, _ in found)


def test_an_administration_of_own_departments_alone_stays_within_its_arrays():
    """Plain Python complains about an index that is out of bounds; compiled code would read what is not its own."""
    plan, _ = prepare(house(0, own_departments=own_departments(3))).blueprint.plan(1, 0)
    for replicate in range(20):
        world = World(*(array.copy() for array in plan.template))
        world.key["replicate"] = replicate
        plain(initial.initialise)(open_world(world))
        assert all(a < 3 and b < 3 for a, b in edges(world))


def test_parameters_of_ties_matter():
    world = world_of(house(10))
    assert edges(world) == edges(world_of(house(10)))
    strong = world_of(city(parameters={"ties": {"strength": 0.6}}))
    assert set(edges(strong)) == set(edges(world))
    assert all(edges(strong)[pair] >= strength for pair, strength in edges(world).items())


def test_functions_of_a_copy_mostly_know_their_own_copy():
    """Whom a copy knows is the copy of whom its original might know; a tenth of them, and no more, in the first one."""
    world = world_of(city(administration={"departments": 80}))
    of_copy, in_copy = 0, 0
    for d in range(40, 80):
        ties = world.ties[world.tie_first[d] : world.tie_first[d + 1]]
        of_copy += len(ties)
        in_copy += int((ties["department"] >= 40).sum())
    assert 0.75 < in_copy / of_copy < 0.97
