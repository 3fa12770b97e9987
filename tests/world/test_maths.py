"""Small functions that rules share."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qsim.world import maths
from worlds import plain

logistic, share, faded = plain(maths.logistic), plain(maths.share), plain(maths.faded)


@given(st.floats(-700, 700))
def test_logistic(x):
    assert logistic(x) == pytest.approx(1.0 / (1.0 + math.exp(-x)), rel=1e-12)
    assert logistic(x) + logistic(-x) == pytest.approx(1.0)


def test_logistic_does_not_overflow():
    assert logistic(1e6) == 1.0
    assert logistic(-1e6) == 0.0


@pytest.mark.parametrize(("x", "cut"), [(-0.5, 0.0), (0.0, 0.0), (0.3, 0.3), (1.0, 1.0), (7.0, 1.0)])
def test_share_is_cut_to_its_range(x, cut):
    assert share(x) == cut


def test_faded_halves_in_a_half_life():
    assert faded(0.0, 12.0) == 1.0
    assert faded(12.0, 12.0) == 0.5
    assert faded(36.0, 12.0) == 0.125


@given(st.lists(st.floats(-100, 100), max_size=40))
def test_a_heap_gives_the_largest_first_and_its_places_move_along(values):
    heap, place = np.array(values), np.arange(len(values))
    sift_down = plain(maths.sift_down)
    for start in range(len(values) // 2 - 1, -1, -1):
        sift_down(heap, place, start, len(values))
    taken = []
    for left in range(len(values), 0, -1):
        taken.append((heap[0], place[0]))
        heap[0], place[0] = heap[left - 1], place[left - 1]
        sift_down(heap, place, 0, left - 1)
    assert [value for value, _ in taken] == sorted(values, reverse=True)
    assert all(values[index] == value for value, index in taken)
    assert sorted(index for _, index in taken) == list(range(len(values)))
