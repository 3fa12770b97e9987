"""Tidy tables: shapes, keys and types of every table of a result."""

import numpy as np
import pandas as pd
import pytest

from qsim.engine.prepare import prepare
from qsim.measures.catalogue import CONSTRAINTS, DEPARTMENT_MEASURES, OUTCOMES, SERIES, TASK_SERIES
from qsim.runs.execution import simulate
from qsim.world.kinds import ACTIVITIES
from worlds import city, unit

RUNS, MONTHS, DEPARTMENTS, TASKS = 3, 24, 10, 2


@pytest.fixture(scope="module")
def result():
    tasks = [{"id": "integration", "kind": "integration"}, {"id": "climate", "kind": "climate_mitigation"}]
    scenario = city(tasks=tasks, commissioners=[unit(tasks=["integration", "climate"])],
                    civil_society=[{"id": "clubs", "tasks": ["integration"]}],
                    formats=[{"id": "network", "tasks": ["integration"], "start": "2015-01", "civil_society": ["clubs"],
                              "channels": {"meet": 1}}])  # fmt: skip
    return simulate(scenario, replicates=[4, 0, 7])


def test_runs(result):
    runs = result.runs
    assert list(runs.columns) == ["scenario", "replicate", "setting", *(m.name for m in OUTCOMES)]
    assert len(runs) == RUNS
    assert list(runs["replicate"]) == [4, 0, 7]
    assert list(runs["setting"]) == [0, 0, 1]
    assert set(runs["scenario"]) == {"city"}
    assert (runs.dtypes[3:] == np.float64).all()


def test_series(result):
    series = result.series
    assert list(series.columns) == ["scenario", "replicate", "month", *(m.name for m in SERIES)]
    assert len(series) == RUNS * MONTHS
    assert series["month"].iloc[0] == pd.Timestamp("2015-01-01")
    assert series["month"].iloc[MONTHS - 1] == pd.Timestamp("2016-12-01")
    assert list(series["replicate"].iloc[[0, MONTHS, 2 * MONTHS]]) == [4, 0, 7]
    assert (series.dtypes[3:] == np.float64).all()
    assert series["practice"].to_numpy() == pytest.approx(result.output.series[:, :, 2].reshape(-1))


def test_series_of_tasks(result):
    by_task = result.series_tasks
    assert list(by_task.columns) == ["scenario", "replicate", "month", "task", *(m.name for m in TASK_SERIES)]
    assert len(by_task) == RUNS * MONTHS * TASKS
    assert list(by_task["task"].iloc[:4]) == ["integration", "climate"] * 2
    mean = by_task.groupby(["replicate", "month"], sort=False)["practice"].mean()
    assert mean.to_numpy() == pytest.approx(result.series["practice"].to_numpy())


def test_departments(result):
    departments = result.departments
    assert len(departments) == MONTHS * DEPARTMENTS * TASKS
    assert {"department", "division", "task", "month", "weight", "practice", "practice_sd", "constraint",
            *DEPARTMENT_MEASURES} == set(departments.columns)  # fmt: skip
    assert set(departments["constraint"]) <= set(CONSTRAINTS)
    shares = departments[[f"constraint_{name}" for name in CONSTRAINTS]]
    assert shares.sum(axis=1).to_numpy() == pytest.approx(1.0)
    assert (shares.idxmax(axis=1).str.removeprefix("constraint_").to_numpy() == departments["constraint"]).all()
    weights = departments.groupby(["task", "month"], observed=True)["weight"].sum()
    assert weights.to_numpy() == pytest.approx(1.0)


def test_means_of_departments_are_those_of_the_series(result):
    departments = result.departments
    weighted = (
        (departments["practice"] * departments["weight"]).groupby([departments["task"], departments["month"]]).sum()
    )
    by_task = result.series_tasks.groupby(["task", "month"], observed=True)["practice"].mean()
    assert weighted.loc["climate"].to_numpy() == pytest.approx(by_task.loc["climate"].to_numpy())


def test_spread_of_departments_is_that_over_runs(result):
    singles = [simulate(result.scenario, replicates=[r]).departments["practice"].to_numpy() for r in (4, 0, 7)]
    assert result.departments["practice"].to_numpy() == pytest.approx(np.mean(singles, axis=0))
    assert result.departments["practice_sd"].to_numpy() == pytest.approx(np.std(singles, axis=0), abs=1e-6)


def test_divisions_are_weighted_means_of_their_departments(result):
    divisions, departments = result.divisions, result.departments
    assert set(divisions["division"]) == set(departments["division"])
    assert len(divisions) == len(set(departments["division"])) * TASKS * MONTHS
    last = departments[(departments["month"] == departments["month"].max()) & (departments["task"] == "integration")]
    for name, group in last.groupby("division"):
        row = divisions[(divisions["division"] == name) & (divisions["task"] == "integration")].iloc[-1]
        expected = np.average(group["practice"], weights=group["weight"])
        assert row["practice"] == pytest.approx(expected)


def test_ledger(result):
    ledger = result.ledger
    assert list(ledger.columns) == ["payer_kind", "payer", "activity", "hours"]
    assert set(ledger["payer_kind"]) == {"department", "commissioner", "leader", "civil_society"}
    assert set(ledger["activity"]) <= set(ACTIVITIES)
    assert (ledger["hours"] > 0.0).all()
    assert not ledger.duplicated(["payer_kind", "payer", "activity"]).any()
    by_kind = ledger.groupby("payer_kind")["hours"].sum()
    columns = {"department": "hours_departments", "commissioner": "hours_units", "leader": "hours_leaders",
               "civil_society": "hours_civil_society"}  # fmt: skip
    for kind, column in columns.items():
        assert by_kind[kind] == pytest.approx(result.series[column].sum() / RUNS)


def test_months(result):
    assert len(result.months) == MONTHS
    assert result.months[0] == pd.Timestamp("2015-01-01")


def test_a_house_of_unknown_size_has_the_rows_of_its_largest():
    scenario = city(administration={"departments": {"between": [8, 10]}})
    result = simulate(scenario, replications=12)
    prepared = prepare(scenario)
    assert len(prepared.house.departments) == 10
    assert len(result.departments) == MONTHS * 10
    assert len(result.series) == 12 * MONTHS
    single = simulate(scenario, replicates=[3])
    assert np.array_equal(single.output.series[0], result.output.series[3], equal_nan=True)
    sizes = [prepared.blueprint.world(1, r).departments.size for r in range(12)]
    assert set(sizes) == {8, 9, 10}
    counted = result.output.departments_sum[..., DEPARTMENT_MEASURES.index("constraint_motivation") :].sum(axis=-1)
    assert counted[0, :, 0].max() == 12
    assert counted[0, :, 0].min() == sizes.count(10)
    hours = result.ledger.groupby("payer_kind")["hours"].sum()["department"]
    assert hours == pytest.approx(result.series["hours_departments"].sum() / 12)


def test_a_department_that_stands_in_no_run_is_missing():
    scenario = city(administration={"departments": {"between": [8, 10]}})
    small = next(r for r in range(50) if prepare(scenario).blueprint.world(1, r).departments.size == 8)
    departments = simulate(scenario, replicates=[small]).departments
    absent = departments["department"].isin([d.id for d in prepare(scenario).house.departments[8:]])
    assert departments.loc[absent, "practice"].isna().all()
    assert departments.loc[~absent, "practice"].notna().all()
