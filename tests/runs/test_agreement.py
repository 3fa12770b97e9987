"""Numbers against those of a second making: two tables, two records."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from qsim.runs.agreement import largest_of_records, largest_of_tables

THERE = {"a": {"x": 1.0, "y": [0.1, None]}, "verdict": "clearly", "n": 3}


def changed(**parts):
    return {**THERE, **parts}


def test_what_is_the_same_agrees():
    assert largest_of_records(THERE, changed()) == (0.0, "")


@pytest.mark.parametrize(
    ("here", "difference", "where"),
    [
        (changed(a={"x": 1.001, "y": [0.1, None]}), 0.001 / 1.001, "a.x"),
        (changed(a={"x": 1.0, "y": [0.1, 0.2]}), math.inf, "a.y[1]"),
        (changed(a={"x": 1.0, "y": [0.1]}), math.inf, "a.y"),
        (changed(a={"x": 1.0}), math.inf, "a.y"),
        (changed(a={"x": math.nan, "y": [0.1, None]}), math.inf, "a.x"),
        (changed(a={"x": math.inf, "y": [0.1, None]}), math.inf, "a.x"),
        (changed(verdict="probably"), math.inf, "verdict"),
        (changed(more=1), math.inf, "more"),
        (changed(n=True), math.inf, "n"),
    ],
)
def test_what_differs_is_named(here, difference, where):
    for one, other in ((THERE, here), (here, THERE)):
        found, place = largest_of_records(one, other)
        assert found == pytest.approx(difference)
        assert place == where


COLUMN = pd.DataFrame({"name": ["a", "b", "c"], "value": [1.0, np.nan, np.inf]})


def test_missing_agrees_with_missing_and_infinite_with_infinite():
    assert largest_of_tables(COLUMN, COLUMN.copy()) == (0.0, "")
    assert largest_of_tables(COLUMN, COLUMN.astype({"name": "category"})) == (0.0, "")


@pytest.mark.parametrize("value", [[np.nan, np.nan, np.inf], [1.0, 0.0, np.inf], [1.0, np.nan, -np.inf],
                                   [1.0, np.nan, 1.0], [np.inf, np.nan, np.inf], ["1.0", "nan", "inf"]])  # fmt: skip
def test_no_other_number_does(value):
    for one, other in ((COLUMN, COLUMN.assign(value=value)), (COLUMN.assign(value=value), COLUMN)):
        assert largest_of_tables(one, other) == (np.inf, "value")


def test_other_texts_columns_and_rows():
    assert largest_of_tables(COLUMN, COLUMN.assign(name=["a", "b", None])) == (np.inf, "name")
    assert largest_of_tables(COLUMN, COLUMN[["value"]]) == (np.inf, "other columns")
    assert largest_of_tables(COLUMN, COLUMN[:2]) == (np.inf, "3 rows there and 2 here")
