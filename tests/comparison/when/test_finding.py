"""A planted box is found, noise has none, and what is told was checked on cases that were not seen."""

import numpy as np
import pytest
from plants import planted

from qsim.comparison.when.boxes import Cases, Told, quality, shortest, told_limit
from qsim.comparison.when.finding import discover, held_out_places
from qsim.runs.unit_cube import resampled, shuffled


@pytest.mark.parametrize("seed", range(4))
def test_a_planted_box_of_numbers_levels_and_counts_is_found(seed):
    cases, box = planted(seed, number=1500)
    found = discover(cases)
    assert len(found.boxes) == 1
    one = found.boxes[0]
    assert set(one.box.limits) == {0, 4, 5}
    assert one.box.limits[4].levels == {1, 2}
    assert told_limit(one.box, 5, cases) == Told(least=2.0)
    assert told_limit(one.box, 0, cases).below == pytest.approx(0.4, abs=0.06)
    inside = one.box.holds(cases)
    assert (inside & box).sum() / (inside | box).sum() > 0.85
    assert one.checked.density > 0.75
    assert one.chance < 1e-6


def test_noise_has_no_boxes():
    assert [len(discover(planted(seed, inside=0.3, outside=0.3)[0]).boxes) for seed in range(12)].count(0) >= 11


def test_two_boxes_are_found_one_after_the_other():
    draw = np.random.default_rng(1)
    cases, _ = planted(1, number=2000)
    wanted = ((cases.values[:, 0] < 0.25) | (cases.values[:, 1] > 0.85)) ^ (draw.random(2000) < 0.03)
    found = discover(Cases(cases.factors, cases.values, wanted))
    assert len(found.boxes) == 2
    assert [set(one.box.limits) for one in found.boxes] == [{0}, {1}]
    assert found.covered > 0.85
    assert len(discover(Cases(cases.factors, cases.values, wanted), most=1).boxes) == 1


def test_the_check_is_on_a_third_that_took_no_part():
    cases, _ = planted(6)
    found = discover(cases, seed=3)
    held_out = shuffled(len(cases), 3)[::3]
    one = found.boxes[0]
    assert len(held_out) == 300
    assert one.checked == quality(one.box, cases.some(held_out))
    others = np.setdiff1d(np.arange(len(cases)), held_out)
    assert one.trained == quality(one.box, cases.some(others))


def test_another_seed_holds_out_other_cases():
    cases, _ = planted(6)
    assert discover(cases, 1).boxes[0].checked != discover(cases, 2).boxes[0].checked
    assert discover(cases, 1).boxes[0].checked == discover(cases, 1).boxes[0].checked


@pytest.mark.parametrize(
    ("number", "wanted", "said"),
    [(40, 20, "40 cases are too few; a box takes 60"), (90, 3, "holds in 3 of 90"), (90, 87, "holds in 87 of 90")],
)
def test_too_few_cases_are_told(number, wanted, said):
    cases, _ = planted(1, number=number)
    with pytest.raises(ValueError, match=said):
        discover(Cases(cases.factors, cases.values, np.arange(number) < wanted))


@pytest.mark.parametrize(
    ("low", "high", "short"),
    [(0.11873, 0.12214, 0.12), (11.3, 19.0, 15.0), (0.98, 1.07, 1.0), (-0.26, -0.24, -0.25), (3.0, 3.0, 3.0),
     (120.0, 410.0, 300.0), (-0.1, 0.1, 0.0), (0.12345678, 0.12345679, 0.12345678)],
)  # fmt: skip
def test_the_shortest_number_in_a_gap(low, high, short):
    assert shortest(low, high) == pytest.approx(short, abs=1e-8)
    assert low <= shortest(low, high) <= high


def test_a_told_limit_divides_the_cases_as_the_box_does():
    cases, _ = planted(8)
    one = discover(cases).boxes[0]
    below = told_limit(one.box, 0, cases).below
    x = cases.values[:, 0]
    assert ((x < below) == one.box.limits[0].holds(x)).all()


def test_resamples_are_drawn_with_replacement_and_orders_without():
    places = resampled(50, 200, seed=1)
    assert places.shape == (50, 200)
    assert places.min() == 0
    assert places.max() == 49
    assert np.unique(places[:, 0]).size < 45
    assert np.bincount(places.ravel(), minlength=50) == pytest.approx(np.full(50, 200), rel=0.3)
    assert (places != resampled(50, 200, seed=2)).any()
    assert sorted(shuffled(50, 1)) == list(range(50))
    assert list(shuffled(50, 1)) != list(shuffled(50, 2))


@pytest.mark.parametrize("most", [1, 2])
def test_a_box_keeps_to_the_limits_it_may_have(most):
    cases, _ = planted(1)
    (full, *_), (short, *_) = discover(cases, 1).boxes, discover(cases, 1, most_limits=most).boxes
    assert len(full.box.limits) == 3
    assert len(short.box.limits) <= most
    assert short.checked == quality(short.box, cases.some(held_out_places(len(cases), 1)))
    assert short.checked.density > cases.wanted.mean()


def test_a_limit_far_inside_a_factor_is_not_lost_to_a_slice_that_chance_made_empty():
    hits = {"plain": 0, "patient": 0}
    for seed in range(12):
        draw = np.random.default_rng(seed)
        values = draw.random((600, 2))
        wanted = draw.random(600) < np.where(values[:, 1] > 2 / 3, 0.35, 0.02)
        cases = Cases(planted(1)[0].factors[:2], values, wanted)
        for name, most in (("plain", 3), ("patient", None)):
            boxes = discover(cases, seed, most=1, most_limits=most).boxes
            hits[name] += bool(boxes) and 1 in boxes[0].box.limits
    assert hits["plain"] == 12
    assert hits["patient"] <= hits["plain"]
