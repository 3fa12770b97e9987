"""Designs: their number of points, what they cover, and that any stretch of them is the same on its own."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qsim.files.messages import Place
from qsim.runs import unit_cube
from qsim.runs.designs import Variable, make_design
from qsim.runs.unit_cube import SobolPoints
from qsim.scenario.labels import Label
from qsim.sweep.factors import Factor

HERE = Place("trial.yaml", 1, 1)


def levels(name, count):
    label = Label(de=name, en=name)
    names, numbers = tuple(map(str, range(count))), tuple(map(float, range(count)))
    return Variable(name, label, levels=names, numbers=numbers)


def numbers(name, low=0.0, high=1.0, log=False, integer=False):
    return Factor(name, Label(de=name, en=name), low=low, high=high, log=log, whole=integer, key=f"a.{name}",
                  key_place=HERE, range_place=HERE)  # fmt: skip


THREE = [numbers("x"), numbers("y"), numbers("z")]


def made(kind, factors, **options):
    return make_design(kind, factors, 4, **options)


def whole(design):
    return design.codes(0, design.points)


def test_a_factorial_has_all_combinations_once():
    design = made("factorial", [levels("a", 2), levels("b", 3), levels("c", 4)])
    rows = whole(design)
    assert design.points == 24
    assert len({tuple(row) for row in rows}) == 24
    assert rows[:4].tolist() == [[0, 0, 0], [0, 0, 1], [0, 0, 2], [0, 0, 3]]
    assert rows.max(axis=0).tolist() == [1, 2, 3]


def test_a_factorial_is_counted_before_it_is_made():
    design = made("factorial", [levels(name, 1000) for name in "abc"])
    assert design.points == 10**9
    assert design.codes(10**9 - 1, 10**9).tolist() == [[999, 999, 999]]


def test_without_factors_there_is_one_point():
    design = made("factorial", [])
    assert design.points == 1
    assert whole(design).shape == (1, 0)


def test_one_at_a_time_changes_one_factor_of_the_first_point():
    design = made("one_at_a_time", [levels("a", 3), levels("b", 2)])
    assert whole(design).tolist() == [[0, 0], [1, 0], [2, 0], [0, 1]]


def test_one_at_a_time_starts_from_the_middle_of_a_range():
    spread = numbers("a", 0, 10).spread(5)
    rows = whole(made("one_at_a_time", [spread]))
    assert spread.column(rows[:, 0]).to_pylist() == [5.0, 0.0, 2.5, 7.5, 10.0]


def test_a_latin_hypercube_has_one_point_in_every_slice():
    rows = whole(made("latin_hypercube", THREE, number=50))
    for column in rows.T:
        assert sorted(np.floor(column * 50).astype(int)) == list(range(50))
    assert np.abs(np.corrcoef(rows.T) - np.eye(3)).max() < 0.45


def test_a_latin_hypercube_gives_each_level_its_share():
    rows = whole(made("latin_hypercube", [levels("a", 4), numbers("x")], number=40))
    assert np.bincount(rows[:, 0].astype(int)).tolist() == [10, 10, 10, 10]


def test_another_seed_is_another_hypercube():
    one, other = (make_design("latin_hypercube", THREE, seed, 9) for seed in (1, 2))
    assert not np.array_equal(whole(one), whole(other))


def test_a_sobol_sequence_is_evenly_spread():
    rows = whole(made("sobol", THREE, number=64))
    for column in rows.T:
        assert sorted(np.floor(column * 64).astype(int)) == list(range(64))
    assert ((rows > 0) & (rows < 1)).all()
    mean = SobolPoints(("x", "y"), 7).points(0, 4096).prod(axis=1).mean()
    assert mean == pytest.approx(0.25, abs=5e-4)


def test_ranges_on_a_logarithmic_scale_and_of_whole_numbers():
    rows = whole(made("sobol", [numbers("x", 0.01, 100, log=True), numbers("n", 3, 6, integer=True)], number=64))
    assert np.median(rows[:, 0]) == pytest.approx(1.0, rel=0.2)
    assert np.bincount(rows[:, 1].astype(int)).tolist() == [0, 0, 0, 16, 16, 16, 16]


@pytest.mark.parametrize("second", [False, True])
def test_a_saltelli_design_swaps_one_column_at_a_time(second):
    design = made("saltelli", THREE, number=8, second_order=second)
    rows = whole(design).reshape(8, design.block, 3)
    assert design.block == (8 if second else 5)
    a, b = rows[:, 0], rows[:, -1]
    assert not np.isclose(a, b).any()
    for column in range(3):
        mixed = a.copy()
        mixed[:, column] = b[:, column]
        np.testing.assert_array_equal(rows[:, 1 + column], mixed)
        if second:
            mixed = b.copy()
            mixed[:, column] = a[:, column]
            np.testing.assert_array_equal(rows[:, 4 + column], mixed)


def test_a_linear_function_has_its_own_sobol_indices():
    count = 1024
    design = made("saltelli", THREE, number=count)
    y = (whole(design) @ np.array([1.0, 2.0, 4.0])).reshape(count, 5)
    a, b = y[:, 0], y[:, -1]
    first = [(b * (y[:, 1 + k] - a)).mean() / np.var([a, b]) for k in range(3)]
    assert first == pytest.approx([1 / 21, 4 / 21, 16 / 21], abs=0.02)


DESIGNS = {
    "factorial": made("factorial", [levels("a", 3), levels("b", 7)]),
    "one_at_a_time": made("one_at_a_time", [levels("a", 12), levels("b", 10)]),
    "latin_hypercube": made("latin_hypercube", [levels("a", 3), numbers("x")], number=21),
    "sobol": made("sobol", THREE, number=21),
    "saltelli": made("saltelli", THREE, number=4, second_order=True),
}


def test_a_sobol_sequence_is_the_same_across_its_blocks(monkeypatch):
    expected = SobolPoints(("x", "y"), 7).points(0, 70)
    monkeypatch.setattr(unit_cube, "BLOCK", 16)
    np.testing.assert_array_equal(SobolPoints(("x", "y"), 7).points(0, 70), expected)
    np.testing.assert_array_equal(SobolPoints(("x", "y"), 7).points(33, 70), expected[33:])


@pytest.mark.parametrize("name", DESIGNS)
@given(data=st.data())
def test_any_stretch_of_a_design_is_the_same_on_its_own(name, data):
    design = DESIGNS[name]
    first = data.draw(st.integers(0, design.points))
    last = data.draw(st.integers(first, design.points))
    np.testing.assert_array_equal(design.codes(first, last), whole(design)[first:last])
