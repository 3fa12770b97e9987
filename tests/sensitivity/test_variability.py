"""The noise floor: a dimension that does nothing stays within it, one that does something does not."""

import numpy as np
import pytest
from functions import linear

from qsim.runs.unit_cube import STEP, crossed_samples, trajectories
from qsim.sensitivity.indices import outcomes_of, screened, sobol_indices
from qsim.sensitivity.variability import effect_floor, variability_of

NOISE = 0.5


def runs_of(points, replicates, generator, everywhere=0.0):
    """A linear function of all dimensions but the last, with luck of its own at every point, and luck of the replicate."""
    base = linear(points[:, :-1])[:, None]
    shared = np.random.default_rng(0).normal(0, everywhere, replicates) if everywhere else np.zeros(replicates)
    return base + shared + generator.normal(0, NOISE, (len(points), replicates))


def study(seed, replicates=4, number=256):
    crossed = crossed_samples(3, number, seed)
    runs = runs_of(crossed.first_points(), replicates, np.random.default_rng(seed))
    indices = sobol_indices(outcomes_of(runs.mean(axis=1)[:, None], np.empty((0, 1)), number), seed, resamples=200)
    return indices, variability_of(runs[: 2 * number], number)


def test_the_index_of_a_dimension_that_does_nothing_is_the_floor():
    found = [study(seed) for seed in range(12)]
    dummy = np.array([indices.total.value[2, 0] for indices, _ in found])
    floors = np.array([luck.floor_total for _, luck in found])
    assert dummy.mean() == pytest.approx(floors.mean(), rel=0.1)
    first = [abs(indices.first.value[2, 0]) <= luck.floor_first for indices, luck in found]
    assert np.mean(first) > 0.8
    assert all(indices.total.low[2, 0] <= luck.floor_total for indices, luck in found)
    assert all((indices.total.low[:2, 0] > luck.floor_total).all() for indices, luck in found)


def test_more_replicates_lower_the_floor():
    _, few = study(1, replicates=2)
    _, many = study(1, replicates=16)
    assert few.floor_total / many.floor_total == pytest.approx(8, rel=0.25)
    assert few.meeting == pytest.approx(many.meeting, rel=0.2)


def test_the_shares_of_the_variance():
    generator = np.random.default_rng(5)
    points = generator.random((4000, 3))
    luck = variability_of(runs_of(points, 400, generator, everywhere=1.0), 100)
    parts = np.array([5 / 12, 1.0, NOISE**2])
    assert (luck.points, luck.everywhere, luck.meeting) == pytest.approx(parts / parts.sum(), rel=0.1)
    assert luck.points + luck.everywhere + luck.meeting == pytest.approx(1)


def test_luck_that_is_the_same_everywhere_makes_no_floor():
    points = np.random.default_rng(1).random((200, 3))
    runs = linear(points)[:, None] + np.array([0.0, 3.0, -2.0])
    luck = variability_of(runs, 100)
    assert luck.floor_total == pytest.approx(0, abs=1e-12)
    assert luck.everywhere > 0.5


def test_one_run_a_point_tells_nothing_of_luck():
    assert np.isnan(variability_of(np.random.default_rng(1).random((50, 1)), 25)).all()
    assert np.isnan(variability_of(np.full((50, 3), 0.2), 25)).all()
    assert np.isnan(variability_of(np.array([[1.0, np.nan], [1.0, 2.0]]), 1)).all()


def test_the_effect_of_a_dimension_that_does_nothing_is_the_floor_of_effects():
    ways = trajectories(3, 400, 1)
    runs = runs_of(ways.reshape(-1, 3), 4, np.random.default_rng(2))
    found = screened(ways, runs.mean(axis=1).reshape(400, 4, 1), 1)
    floor = effect_floor(variability_of(runs, 10).rest, STEP)
    assert found.effect[2, 0] == pytest.approx(floor, rel=0.1)
    assert found.effect[0, 0] > 2 * floor
