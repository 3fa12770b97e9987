"""Effects and Sobol indices against functions whose effects and indices are known."""

import numpy as np
import pytest
from functions import (
    ISHIGAMI_FIRST,
    ISHIGAMI_SECOND,
    ISHIGAMI_TOTAL,
    ishigami,
    linear,
    linear_indices,
    sobol_g,
    sobol_g_indices,
)

from qsim.runs.unit_cube import crossed_samples, trajectories
from qsim.sensitivity.indices import Outcomes, looks, most_important, outcomes_of, screened, second_order, sobol_indices


def outcomes(function, dimensions, number=1024, seed=1, places=()):
    crossed = crossed_samples(dimensions, number, seed)
    parts = [function(points) for points in (crossed.first_points(), crossed.second_points(places))]
    first, second = (part if part.ndim == 2 else part[:, None] for part in parts)
    return outcomes_of(first, second, number, places)


def within(estimate, known):
    return (estimate.low[:, 0] - 1e-9 <= known) & (known <= estimate.high[:, 0] + 1e-9)


@pytest.mark.parametrize(
    ("function", "first", "total"),
    [
        (ishigami, np.array(ISHIGAMI_FIRST), np.array(ISHIGAMI_TOTAL)),
        (sobol_g, *sobol_g_indices()),
        (linear, linear_indices(4), linear_indices(4)),
    ],
)
def test_known_indices_lie_in_their_intervals(function, first, total):
    found = sobol_indices(outcomes(function, len(first)), 1, resamples=200)
    assert within(found.first, first).all(), found.first
    assert within(found.total, total).all(), found.total
    assert found.total.value[:, 0] == pytest.approx(total, abs=0.03)
    assert found.first.value[:, 0] == pytest.approx(first, abs=0.05)


def test_pairs_that_interact_are_found_and_no_others():
    pairs, found = second_order(outcomes(ishigami, 4, places=(0, 1, 2)), 1, resamples=200)
    assert pairs == [(0, 1), (0, 2), (1, 2)]
    assert found.low[1, 0] < ISHIGAMI_SECOND < found.high[1, 0]
    assert found.low[1, 0] > 0.05
    assert within(found, np.array([0.0, ISHIGAMI_SECOND, 0.0])).all()


def test_places_name_the_dimensions_of_pairs():
    pairs, found = second_order(outcomes(ishigami, 4, places=(2, 0)), 1, resamples=50)
    assert pairs == [(2, 0)]
    assert found.value[0, 0] == pytest.approx(ISHIGAMI_SECOND, abs=0.12)


def test_bootstrap_intervals_cover():
    known = linear_indices(3)
    covered = [
        within(sobol_indices(outcomes(linear, 3, 64, seed), seed, resamples=200).total, known) for seed in range(30)
    ]
    assert np.mean(covered) > 0.9


def test_intervals_are_not_idle():
    """They shrink as the sample grows: about by half for four times as many base points."""
    widths = []
    for number in (256, 1024):
        total = sobol_indices(outcomes(ishigami, 4, number), 1, resamples=200).total
        widths.append((total.high - total.low)[0, 0])
    assert 1.4 < widths[0] / widths[1] < 2.8


def test_outcomes_side_by_side_are_those_alone():
    def both(points):
        return np.stack([ishigami(points), linear(points)], axis=1)

    together = sobol_indices(outcomes(both, 4, 128), 1, resamples=50)
    for column, function in enumerate((ishigami, linear)):
        alone = sobol_indices(outcomes(function, 4, 128), 1, resamples=50)
        for part in ("first", "total"):
            for one, other in zip(getattr(together, part), getattr(alone, part), strict=True):
                assert one[:, column] == pytest.approx(other[:, 0])


def test_units_do_not_matter():
    plain, moved = outcomes(ishigami, 4, 128), outcomes(lambda points: 1e6 + 0.01 * ishigami(points), 4, 128)
    one, other = (sobol_indices(which, 1, resamples=50) for which in (plain, moved))
    assert one.first.value == pytest.approx(other.first.value, abs=1e-6)
    assert one.total.high == pytest.approx(other.total.high, abs=1e-6)


def test_a_constant_outcome_has_no_indices():
    found = sobol_indices(outcomes(lambda points: np.full(len(points), 0.1), 3, 16), 1)
    assert np.isnan(found.total.value).all()
    assert np.isnan(found.first.low).all()


def test_base_points_without_a_number_are_left_out_whole():
    whole = outcomes(ishigami, 3, 64, places=(0, 1))
    ab = whole.ab.copy()
    ab[2, 5, 0] = np.nan
    known, left_out = Outcomes(whole.a, whole.b, ab, whole.ba, whole.places).known()
    assert left_out == 1
    assert [len(part) for part in (known.a, known.b, known.ab[0], known.ba[1])] == [63] * 4
    assert known.a[5] == whole.a[6]


def test_convergence():
    found = looks(outcomes(sobol_g, 5), seed=1)
    assert [look.number for look in found] == [256, 512, 1024]
    assert found[-1].change[0] == 0.0
    assert 0.0 < found[1].change[0] < 0.1
    assert found[0].ranks[0] > 0.85
    assert found[-1].indices.total.value == pytest.approx(
        sobol_indices(outcomes(sobol_g, 5), 1, resamples=2).total.value
    )


def test_a_small_sample_is_looked_at_as_often_as_it_can_be():
    assert [look.number for look in looks(outcomes(linear, 3, 16), seed=1)] == [8, 16]


def effects(function, dimensions, number=20, seed=1):
    ways = trajectories(dimensions, number, seed)
    found = np.asarray(function(ways.reshape(-1, dimensions))).reshape(number, dimensions + 1, -1)
    return screened(ways, found, seed)


def test_effects_of_a_linear_function_are_its_weights():
    found = effects(linear, 4)
    assert found.effect[:, 0] == pytest.approx([1, 2, 3, 4])
    assert found.signed[:, 0] == pytest.approx([1, 2, 3, 4])
    assert found.spread[:, 0] == pytest.approx(np.zeros(4), abs=1e-9)
    assert found.half[:, 0] == pytest.approx(np.zeros(4), abs=1e-9)


def test_an_effect_against_the_direction_has_its_sign_and_an_interaction_its_spread():
    found = effects(lambda x: -3 * x[:, 0] + x[:, 1] * x[:, 2], 3, number=60)
    assert found.signed[0, 0] == pytest.approx(-3)
    assert found.effect[0, 0] == pytest.approx(3)
    assert found.spread[0, 0] < 1e-9 < 0.2 < found.spread[1, 0]
    assert found.effect[1, 0] == pytest.approx(0.5, abs=3 * found.half[1, 0])


def test_the_order_of_the_g_function_is_found():
    found = effects(sobol_g, 5, number=60)
    assert most_important(found.effect, 5) == [0, 1, 2, 3, 4]
    assert most_important(found.effect, 2) == [0, 1]


def test_what_matters_at_any_time_is_chosen():
    importance = np.array([[10.0, 0.0], [0.0, 0.1], [5.0, 0.04], [1.0, 0.01]])
    assert most_important(importance, 2) == [0, 1]
    assert most_important(np.array([[np.nan], [1.0]]), 1) == [1]


def test_trajectories_without_a_number_are_left_out():
    ways = trajectories(3, 10, 1)
    values = linear(ways.reshape(-1, 3)).reshape(10, 4, 1)
    values[4, 2] = np.nan
    found = screened(ways, values, 1)
    assert found.used.tolist() == [9]
    assert found.effect[:, 0] == pytest.approx([1, 2, 3])
    values[1:] = np.nan
    assert np.isnan(screened(ways, values, 1).effect).all()
