"""Points of sensitivity analysis: what differs between them."""

import builtins

import numpy as np
import pytest

from qsim.files.messages import InputError
from qsim.runs.unit_cube import STEP, crossed_samples, load_salib, trajectories


def test_a_trajectory_moves_every_dimension_once_by_a_step():
    ways = trajectories(5, 7, seed=3)
    assert ways.shape == (7, 6, 5)
    assert ((ways >= 0) & (ways <= 1)).all()
    for way in ways:
        moved = np.diff(way, axis=0)
        assert sorted(np.abs(moved).argmax(axis=1)) == [0, 1, 2, 3, 4]
        assert np.abs(moved).max(axis=1) == pytest.approx(STEP)
        assert (moved != 0).sum(axis=1).tolist() == [1] * 5


def test_crossed_points_take_one_column_from_the_other_sample():
    crossed = crossed_samples(3, 16, seed=1)
    blocks = crossed.first_points().reshape(5, 16, 3)
    assert (blocks[0] == crossed.a).all()
    assert (blocks[1] == crossed.b).all()
    for place in range(3):
        others = [column for column in range(3) if column != place]
        assert (blocks[2 + place][:, place] == crossed.b[:, place]).all()
        assert (blocks[2 + place][:, others] == crossed.a[:, others]).all()
    back = crossed.second_points([2])
    assert (back[:, 2] == crossed.a[:, 2]).all()
    assert (back[:, :2] == crossed.b[:, :2]).all()
    assert crossed.second_points([]).shape == (0, 3)
    assert not np.allclose(crossed.a, crossed.b)


def test_half_the_number_is_the_first_half():
    whole, half = crossed_samples(4, 64, seed=5), crossed_samples(4, 32, seed=5)
    assert (whole.a[:32] == half.a).all()
    assert (whole.b[:32] == half.b).all()


def test_seeds_give_other_designs_and_the_same_seed_the_same():
    assert (crossed_samples(2, 8, 1).a == crossed_samples(2, 8, 1).a).all()
    assert (crossed_samples(2, 8, 1).a != crossed_samples(2, 8, 2).a).any()
    assert (trajectories(4, 3, 0) == trajectories(4, 3, 0)).all()
    assert (trajectories(4, 3, 0) != trajectories(4, 3, 2**40 + 1)).any()


@pytest.mark.parametrize(("number", "following"), [(4, 8), (100, 128), (1000, 1024)])
def test_a_number_that_is_no_power_of_two_is_refused(number, following):
    with pytest.raises(ValueError, match=rf"not {number}; next is {following}$"):
        crossed_samples(2, number, 1)


def test_one_trajectory_is_refused():
    with pytest.raises(ValueError, match="2 trajectories or more, not 1"):
        trajectories(3, 1, 1)


def test_without_the_library_one_line_says_how_to_get_it(monkeypatch):
    real = builtins.__import__

    def without(name, *rest, **options):
        if name.startswith("SALib"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return real(name, *rest, **options)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(InputError, match=r"^needs the library|pip install 'qsim\[sensitivity\]'") as refusal:
        load_salib()
    assert len(refusal.value.messages) == 1
