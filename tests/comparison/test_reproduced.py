"""Numbers of a page against those of a second making."""

from __future__ import annotations

import math

import pytest

from qsim.comparison.record import largest_difference

THERE = {"a": {"x": 1.0, "y": [0.1, None]}, "verdict": "clearly", "n": 3}


def changed(**parts):
    return {**THERE, **parts}


def test_what_is_the_same_agrees():
    assert largest_difference(THERE, changed()) == (0.0, "")


@pytest.mark.parametrize(
    ("here", "difference", "where"),
    [
        (changed(a={"x": 1.001, "y": [0.1, None]}), 0.001 / 1.001, "a.x"),
        (changed(a={"x": 1.0, "y": [0.1, 0.2]}), math.inf, "a.y[1]"),
        (changed(a={"x": 1.0, "y": [0.1]}), math.inf, "a.y"),
        (changed(a={"x": 1.0}), math.inf, "a.y"),
        (changed(verdict="probably"), math.inf, "verdict"),
        (changed(more=1), math.inf, "more"),
        (changed(n=True), math.inf, "n"),
    ],
)
def test_what_differs_is_named(here, difference, where):
    found, place = largest_difference(THERE, here)
    assert found == pytest.approx(difference)
    assert place == where
