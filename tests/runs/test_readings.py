"""What is read from runs: the right column, at the right time."""

import numpy as np
import pytest

from qsim.engine.prepare import prepare
from qsim.measures.catalogue import COLUMN, OUTCOMES
from qsim.runs.readings import MEASURES, Reading, by_run_only, middle, read
from qsim.scenario.values import month_text
from worlds import city

PREPARED = prepare(city())
OUTPUT = PREPARED.run(1, [(0, 0), (1, 1), (2, 2)])


def series(name):
    return OUTPUT.series[:, :, COLUMN[name]]


def of(measure, at="last_year"):
    return read(Reading(measure, at), OUTPUT, PREPARED.scenario)


def test_times():
    workload = series("workload")
    assert len(np.unique(workload)) > 3 * 20
    assert of("workload") == pytest.approx(workload[:, -12:].mean(axis=1), rel=1e-12)
    assert of("workload", "whole_run") == pytest.approx(workload.mean(axis=1), rel=1e-12)
    assert (of("workload", "peak") == workload.max(axis=1)).all()
    assert (of("workload", month_text(PREPARED.scenario.start + 7)) == workload[:, 7]).all()


def test_a_mean_of_the_last_year_is_the_outcome_of_that_name():
    place = [measure.name for measure in OUTCOMES].index("joint_practice")
    assert of("joint_practice") == pytest.approx(OUTPUT.outcomes[:, place], rel=1e-12)


def test_outcomes_of_whole_runs():
    place = [measure.name for measure in OUTCOMES].index("hours_departments_total")
    assert (of("hours_departments_total") == OUTPUT.outcomes[:, place]).all()
    assert by_run_only("shock_depth")
    assert not by_run_only("practice")


def test_hours_of_departments_and_commissioners():
    both = (series("hours_departments") + series("hours_units"))[:, -12:].mean(axis=1)
    assert of("hours_total") == pytest.approx(both, rel=1e-12)


def test_what_is_missing_stays_missing():
    with_gaps = OUTPUT._replace(series=OUTPUT.series.copy())
    with_gaps.series[0, :, COLUMN["workload"]] = np.nan
    with_gaps.series[1, :-1, COLUMN["workload"]] = np.nan
    for at in ("last_year", "whole_run", "peak"):
        found = read(Reading("workload", at), with_gaps, PREPARED.scenario)
        assert np.isnan(found[0])
        assert found[1] == OUTPUT.series[1, -1, COLUMN["workload"]]


def test_every_measure_can_be_read():
    for name in MEASURES:
        assert of(name).shape == (3,)


def test_the_middle_is_the_mean_of_what_is_known_between_the_ends():
    values = np.array([[0.0, np.nan], [0.0, np.nan], [0.9, np.nan], [np.nan, np.nan]])
    low, mean, high = middle(values)
    assert [low[0], mean[0], high[0]] == pytest.approx([0.0, 0.3, 0.72])
    assert np.isnan([low[1], mean[1], high[1]]).all()
