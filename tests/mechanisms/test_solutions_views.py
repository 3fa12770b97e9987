"""Known solutions of openness: consensus by ties alone (DeGroot), rest between culture and peers (Friedkin, Johnsen)."""

import math

import numpy as np
import pytest

from worlds import START, only, parameter, run_month, run_months

ROUNDING = 1e-12
"""Where the solution is exact: a hundred months of some ten operations on shares lose at most 1000 x 2^-53 = 1e-13."""
TASKS = [{"id": "integration", "kind": "integration"}, {"id": "climate", "kind": "climate_mitigation"}]


def house(departments, **rates):
    """A world of two tasks in which only openness runs, all pulls zero but these, and all views near enough to count.

    The strengths of ties are drawn anew, so that nobody's tie is as strong as the tie back: weights of a consensus then
    differ from the strengths, and no test passes with the ties taken the wrong way round.
    """
    world = only("openness", administration={"departments": departments}, tasks=TASKS)
    zero = dict.fromkeys(
        ("culture", "peer", "example", "contact", "experience", "relief", "overload", "order", "friction"), 0.0
    )
    world.ties["strength"] = np.random.default_rng(3).uniform(0.05, 0.95, world.ties.size)
    return parameter(
        world, openness_confidence=2.0, **{f"openness_{name}_rate": rate for name, rate in (zero | rates).items()}
    )


def influence(world, rate):
    """The matrix (departments, departments) by which views of a month become those of the next, by ties alone.

    Each row sums to 1: a department moves by the rate times the mean of its ties' pulls, or by less if it has few.
    """
    size = world.departments.size
    matrix = np.zeros((size, size))
    for d in range(size):
        for tie in world.ties[world.tie_first[d] : world.tie_first[d + 1]]:
            matrix[d, tie["department"]] = tie["strength"]
    matrix *= rate / np.maximum(matrix.sum(axis=1, keepdims=True), 1.0)
    np.fill_diagonal(matrix, 1.0 - matrix.sum(axis=1))
    return matrix


def test_openness_returns_to_the_own_culture_exponentially():
    """o(t) = culture + (o(0) - culture) (1 - eta)^t; exact, hence the tolerance of rounding."""
    world = house(10, culture=0.015)
    culture = world.stances["culture"].copy()
    world.stances["openness"] = 0.9
    run_months(world, 60)
    assert world.stances["openness"] == pytest.approx(culture + (0.9 - culture) * 0.985**60, abs=ROUNDING)


@pytest.mark.parametrize("departments", [4, 10, 40])
def test_by_ties_alone_views_are_powers_of_the_matrix_of_influence(departments):
    """DeGroot: o(t) = W^t o(0) for each task; exact, hence the tolerance of rounding."""
    world = house(departments, peer=0.25)
    after = np.linalg.matrix_power(influence(world, 0.25), 60) @ world.stances["openness"]
    run_months(world, 60)
    assert world.stances["openness"] == pytest.approx(after, abs=ROUNDING)


@pytest.mark.parametrize("departments", [4, 10, 40])
def test_ties_alone_lead_to_consensus(departments):
    """DeGroot: all come to the view pi o(0), with pi the left eigenvector of W for the eigenvalue 1.

    What is left after t months is at most cond(V) |lambda_2|^t |o(0)|, with V the eigenvectors: the months are counted
    so that this is 1e-11. Rounding adds less than 1e-12, as every month is a mean. So the tolerance is 2e-11.
    """
    world = house(departments, peer=0.25)
    matrix = influence(world, 0.25)
    values, vectors = np.linalg.eig(matrix.T)
    order = np.argsort(-abs(values))
    assert values[order[0]] == pytest.approx(1.0, abs=ROUNDING)
    weights = np.real(vectors[:, order[0]] / vectors[:, order[0]].sum())
    assert (weights > 0.0).all()
    consensus = weights @ world.stances["openness"]
    left = np.linalg.cond(np.linalg.eig(matrix)[1]) * np.linalg.norm(world.stances["openness"], axis=0).max()
    months = math.ceil(math.log(1e-11 / left) / math.log(abs(values[order[1]])))
    spread = []
    for month in range(START, START + months):
        run_month(world, month)
        spread.append(float(np.ptp(world.stances["openness"], axis=0).max()))
    assert (np.diff(spread) <= 1e-15).all()
    assert abs(world.stances["openness"] - consensus).max() < 2e-11
    assert abs(consensus[0] - consensus[1]) > 0.01  # each task has a view of its own


@pytest.mark.parametrize("departments", [4, 10, 40])
@pytest.mark.parametrize("first", [None, 0.0, 1.0])
def test_anchored_views_come_to_rest_between_culture_and_peers(departments, first):
    """Friedkin and Johnsen: the rest solves (I - W + eta I) o = eta culture, wherever views begin.

    A month shrinks the largest distance to it to 1 - eta (the rows of W - eta I sum to that), so after 900 months to
    .97^900 = 1.3e-12 of at most 1. With rounding, the tolerance is 3e-12.
    """
    world = house(departments, culture=0.03, peer=0.2)
    matrix = influence(world, 0.2)
    culture = world.stances["culture"].copy()
    rest = np.linalg.solve(1.03 * np.eye(departments) - matrix, 0.03 * culture)
    if first is not None:
        world.stances["openness"] = first
    run_months(world, 900)
    assert abs(world.stances["openness"] - rest).max() < 3e-12
    assert np.ptp(rest[:, 0]) < np.ptp(culture[:, 0])


def test_anchored_views_move_towards_their_rest_by_powers_of_the_matrix():
    """o(t) = rest + (W - eta I)^t (o(0) - rest); exact, hence the tolerance of rounding."""
    world = house(10, culture=0.03, peer=0.2)
    matrix = influence(world, 0.2)
    rest = np.linalg.solve(1.03 * np.eye(10) - matrix, 0.03 * world.stances["culture"])
    world.stances["openness"] = np.linspace(0.0, 1.0, 20).reshape(10, 2)
    left = np.linalg.matrix_power(matrix - 0.03 * np.eye(10), 36) @ (world.stances["openness"] - rest)
    run_months(world, 36)
    assert world.stances["openness"] == pytest.approx(rest + left, abs=ROUNDING)


def test_views_apart_by_more_than_the_bound_of_confidence_do_not_meet():
    """Two camps of one view each stay as they are, to the last bit: their members differ by nothing or by too much."""
    world = parameter(house(10, peer=0.03), openness_confidence=0.25)
    world.stances["openness"][:5] = 0.1
    world.stances["openness"][5:] = 0.9
    run_months(world, 120)
    assert (world.stances["openness"][:5] == 0.1).all()
    assert (world.stances["openness"][5:] == 0.9).all()
