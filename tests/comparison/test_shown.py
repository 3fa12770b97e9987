"""The numbers behind the charts against the tables of a result."""

import numpy as np
import pytest

from qsim.comparison.shown import shown_of
from qsim.engine.prepare import prepare
from qsim.runs.execution import run_rows


@pytest.fixture
def result(short):
    return run_rows(prepare(short("one_unit")), [(run, run) for run in range(5)], 1, workers=1)


def test_curves_are_quantiles_over_the_runs(result):
    curve = np.array(shown_of(result)["curves"]["joint_practice"])
    of_month = result.series.groupby("month")["joint_practice"]
    assert curve.shape == (30, 3)
    for place, share in enumerate((0.1, 0.5, 0.9)):
        assert curve[:, place] == pytest.approx(of_month.quantile(share).to_numpy())


def test_departments_and_hours_are_those_of_the_tables(result):
    found = shown_of(result)
    row = result.departments.query("department == 'youth' and task == 'integration'").sort_values("month")
    assert found["departments"]["youth.integration"]["practice"] == pytest.approx(row["practice"].iloc[-1])
    assert found["departments"]["youth.integration"]["constraint_time"] == pytest.approx(row["constraint_time"].mean())
    assert sum(found["hours"].values()) == pytest.approx(result.ledger["hours"].sum())


def test_constraints_are_weighted_by_the_unmet_need(result):
    held = np.sum(list(shown_of(result)["constraints"].values()), axis=0)
    assert held == pytest.approx(result.series.groupby("month")["need_gap"].mean().clip(lower=0).to_numpy())


def test_what_is_missing_everywhere_is_missing(result):
    low, middle, high = shown_of(result)["ranges"]["practice_after_funding_60"]
    assert np.isnan([low, middle, high]).all()
