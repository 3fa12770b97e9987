"""Shares of a population and their intervals, against what is known by hand."""

import json
import math

import numpy as np
import pandas as pd
import pytest

from evidence.population.population import GRADED, LEVELS, READINGS
from evidence.population.shares import graded, level_reached, readings, records, share_of, share_reaching


def made_up(number=200):
    """A population in which values rise evenly from 0, jointly half as fast, and the first half says yes to all."""
    values = np.arange(number) / number
    table = dict.fromkeys(GRADED, values) | {"joint_practice": values / 2}
    return pd.DataFrame(table | dict.fromkeys(READINGS, values < 0.5))


def test_a_wilson_interval_known_by_hand():
    found = share_of(10, 20)
    z = 1.959963984540054
    middle, half = 0.5, z * math.sqrt(0.25 / 20 + z**2 / 1600) / (1 + z**2 / 20)
    assert found == pytest.approx((0.5, middle - half, middle + half))


@pytest.mark.parametrize("true", [0, 5])
def test_nobody_and_everybody_have_an_interval_on_one_side(true):
    value, low, high = share_of(true, 5)
    assert value == true / 5
    assert (low == pytest.approx(0.0), high == pytest.approx(1.0)) == (true == 0, true == 5)
    assert high - low > 0.3


@pytest.mark.parametrize(("true", "number"), [(0, 0), (-1, 3), (4, 3)])
def test_what_is_no_share(true, number):
    with pytest.raises(ValueError, match="is no share"):
        share_of(true, number)


def test_a_level_counts_as_reached_when_it_is_met():
    assert share_reaching(np.array([0.1, 0.2, 0.3, 0.4]), 0.3).value == 0.5


def test_the_level_that_a_share_reaches_is_reached_by_that_share():
    values = np.arange(1000) / 1000
    found = level_reached(values, 0.568)
    assert found.value == pytest.approx(0.432, abs=0.001)
    assert share_reaching(values, found.value).value == pytest.approx(0.568, abs=0.002)
    assert (found.low, found.high) == pytest.approx((0.432 - 0.0307, 0.432 + 0.0307), abs=0.0015)


def test_the_interval_of_a_level_holds_it_as_often_as_it_says():
    samples = np.random.default_rng(1).random((2000, 228))
    intervals = [level_reached(sample, 0.568) for sample in samples]
    assert np.mean([found.low <= 0.432 <= found.high for found in intervals]) == pytest.approx(0.955, abs=0.02)


def test_there_is_no_level_where_too_few_have_any():
    assert all(map(math.isnan, level_reached(np.array([0.0] * 5 + [0.7] * 5), 0.568)))


def test_each_measure_at_each_level():
    found = {entry.name: entry for entry in graded(made_up())}
    assert tuple(found) == GRADED
    assert [share.value for share in found["practice"].shares] == pytest.approx([1 - level for level in LEVELS])
    assert [share.value for share in found["joint_practice"].shares] == pytest.approx([0.6, 0.4, 0.2, 0.0])
    assert found["practice"].level.value == pytest.approx(2 * found["joint_practice"].level.value)


def test_what_is_behind_a_yes_and_a_no():
    found = readings(made_up())
    assert tuple(entry.name for entry in found) == READINGS
    for entry in found:
        assert entry.share.value == 0.5
        assert entry.behind == pytest.approx((0.2475, 0.2475, 0.12375))
        assert entry.without == pytest.approx((0.7475, 0.7475, 0.37375))


def test_nothing_is_behind_a_yes_that_nobody_says():
    table = made_up().assign(**dict.fromkeys(READINGS, False))
    assert all(math.isnan(mean) for entry in readings(table) for mean in entry.behind)


def test_records_are_json_with_none_for_what_is_missing():
    table = made_up().assign(commitment=0.0, unit=False)
    found = json.loads(json.dumps(records(table), allow_nan=False))
    assert found["municipalities"] == 200
    assert found["self_report"] == 0.568
    assert found["levels"][0]["level_of_self_report"] == {"value": None, "low": None, "high": None}
    assert [share["level"] for share in found["levels"][0]["shares"]] == list(LEVELS)
    unit = found["readings"][READINGS.index("unit")]
    assert (unit["value"], unit["behind_yes"]["practice"]) == (0.0, None)
    assert unit["behind_no"]["practice"] == pytest.approx(0.4975)
