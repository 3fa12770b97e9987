"""Many runs: the same for any threads and chunks, in order, in memory or in a folder; failures and Ctrl-C end them cleanly."""

import threading

import numpy as np
import pandas as pd
import pytest

from qsim.engine.prepare import Prepared, payers_of, prepare
from qsim.engine.result import joined
from qsim.files.messages import InputError
from qsim.measures.catalogue import COLUMN
from qsim.runs import execution
from qsim.runs.execution import CHUNK, events_frame, run_rows, simulate, store_tables
from qsim.runs.manifest import make_manifest
from qsim.runs.runner import RunError
from qsim.runs.store import Store
from worlds import city, run_months

ROWS = [(replicate, replicate) for replicate in range(20)]


def same(one, other):
    for place in range(3):
        np.testing.assert_array_equal(one.output[place], other.output[place])
    for place in range(3, 6):
        np.testing.assert_allclose(one.output[place], other.output[place], rtol=1e-12, atol=1e-12)


def test_threads_and_chunks_change_nothing(short):
    prepared = prepare(short())
    alone = run_rows(prepared, ROWS, workers=1, chunk=20)
    same(alone, run_rows(prepared, ROWS, workers=3, chunk=3))
    same(alone, simulate(prepared.scenario, 20, fixed=True))


def test_a_run_alone_is_the_same_run(short):
    prepared = prepare(short())
    many = run_rows(prepared, ROWS, seed=5)
    alone = run_rows(prepared, [(17, 17)], seed=5)
    pd.testing.assert_frame_equal(alone.runs, many.runs.iloc[[17]].reset_index(drop=True))
    rows = many.series[many.series["replicate"] == 17].reset_index(drop=True)
    pd.testing.assert_frame_equal(alone.series, rows)


def test_progress_counts_every_run(short):
    counted = []
    run_rows(prepare(short()), ROWS, workers=2, chunk=8, progress=counted.append)
    assert counted == [8, 8, 4]


def test_months_of_the_first_runs_are_kept_and_all_are_written(short, tmp_path, monkeypatch):
    monkeypatch.setattr(execution, "KEPT", 10)
    scenario = short()
    with Store(tmp_path, make_manifest("run", [scenario], seed=1, replications=20)) as store:
        result = run_rows(prepare(scenario), ROWS, store=store, chunk=4)
        store_tables(store, result)
    assert len(result.runs) == 20
    assert result.series["replicate"].unique().tolist() == list(range(10))
    assert result.series_tasks["replicate"].unique().tolist() == list(range(10))
    whole = simulate(scenario, 20, fixed=True)
    written = pd.read_parquet(tmp_path / "series.parquet")
    expected = whole.series.astype({"scenario": "str"})
    pd.testing.assert_frame_equal(written, expected, check_dtype=False)
    pd.testing.assert_frame_equal(
        pd.read_parquet(tmp_path / "runs.parquet"), whole.runs.astype({"scenario": "str"}), check_dtype=False
    )
    names = {path.stem for path in tmp_path.glob("*.parquet")}
    assert names == {"series", "series_tasks", "runs", "departments", "divisions", "ledger", "events"}
    for name in names:
        assert "scenario" in pd.read_parquet(tmp_path / f"{name}.parquet")


def test_tables_hold_dates_and_floats(short, tmp_path):
    scenario = short()
    with Store(tmp_path, make_manifest("run", [scenario], seed=1, replications=2)) as store:
        store_tables(store, run_rows(prepare(scenario), ROWS[:2], store=store))
    series = pd.read_parquet(tmp_path / "series.parquet")
    assert series["replicate"].min() == 0
    assert pd.api.types.is_datetime64_any_dtype(series["month"])
    assert (series["month"].dt.day == 1).all()
    assert (series.drop(columns=["scenario", "replicate", "month"]).dtypes == np.float64).all()


def test_an_empty_calendar_is_an_empty_table(short, tmp_path):
    scenario = short("no_unit").model_copy(update={"events": (), "concepts": (), "commissioners": ()})
    result = run_rows(prepare(scenario), ROWS[:1])
    assert list(events_frame(result).columns) == ["scenario", "month", "kind", "label_de", "label_en", "certain"]
    assert len(events_frame(result)) == 0


def break_run(monkeypatch, broken, error):
    run = Prepared.run

    def run_or_fail(self, seed, rows):
        if broken in [replicate for replicate, _ in rows]:
            raise error
        return run(self, seed, rows)

    monkeypatch.setattr(Prepared, "run", run_or_fail)


@pytest.mark.parametrize("workers", [1, 2])
def test_a_failed_run_is_named(short, monkeypatch, workers):
    break_run(monkeypatch, 9, ZeroDivisionError("division by zero"))
    with pytest.raises(RunError, match="runs 8 to 11 failed: ZeroDivisionError: division by zero"):
        run_rows(prepare(short()), ROWS, workers=workers, chunk=4)


def test_an_interruption_leaves_nothing(short, tmp_path, monkeypatch):
    break_run(monkeypatch, 9, KeyboardInterrupt())
    scenario = short()
    with (
        pytest.raises(KeyboardInterrupt),
        Store(tmp_path / "out", make_manifest("run", [scenario], seed=1, replications=20)) as store,
    ):
        run_rows(prepare(scenario), ROWS, workers=2, store=store, chunk=4)
    assert list(tmp_path.iterdir()) == []


def test_nothing_to_run_is_refused():
    with pytest.raises(ValueError, match="at least one replicate"):
        simulate(city(), replications=0)
    with pytest.raises(ValueError, match="at least one replicate"):
        simulate(city(), replicates=[])
    with pytest.raises(ValueError, match="replications is a whole number from 0 to 4294967296, not -3"):
        simulate(city(), replications=-3)


@pytest.mark.parametrize("arguments", [{"replicates": [-1]}, {"replicates": [2**32]}, {"seed": -1}, {"seed": 2**64}])
def test_addresses_out_of_range_are_refused(arguments):
    with pytest.raises(ValueError, match="is a whole number from 0 to"):
        simulate(city(), **{"replications": 1, **arguments})


def test_the_largest_seed_is_a_seed():
    assert len(simulate(city(), replications=1, seed=2**64 - 1).runs) == 1


def test_wrong_parameters_are_input_errors():
    with pytest.raises(InputError, match="no rule is called"):
        simulate(city(parameters={"lerning": {"forgetting": 0.1}}), replications=1)


def test_progress_counts_runs():
    seen = []
    simulate(city(), replications=70, workers=1, progress=lambda done, of: seen.append((done, of)))
    assert seen[-1] == (70, 70)
    assert [done for done, _ in seen] == sorted({done for done, _ in seen})


def test_a_result_knows_what_was_run():
    scenario = city()
    result = simulate(scenario, replicates=[2, 5], seed=9)
    assert result.scenario is scenario
    assert result.seed == 9
    assert result.replicates == (2, 5)
    assert result.rows == ((2, 0), (5, 1))
    assert simulate(scenario, replicates=[2, 5], fixed=True).rows == ((2, 2), (5, 5))


def test_settings_can_differ_from_replicates():
    scenario = city(tasks=[{"id": "integration", "kind": "integration", "need": {"between": [0.2, 0.9]}}])
    result = run_rows(prepare(scenario), [(0, 5), (1, 5), (0, 6)])
    assert list(result.runs["setting"]) == [5, 5, 6]
    world = prepare(scenario).blueprint.world(1, 1, 5)
    run_months(world, 24)
    assert result.output.series[1, -1, COLUMN["practice"]] == pytest.approx(
        (world.stances["weight"] * world.stances["practice"]).sum()
    )


def test_preparing_is_kept():
    scenario = city()
    assert prepare(scenario) is prepare(scenario)
    assert prepare(scenario, plausible=True) is not prepare(scenario)
    assert prepare(scenario, plausible=True) is prepare(scenario, plausible=True)
    assert prepare(city()) is not prepare(scenario)


def test_payers_are_those_of_the_ledger():
    scenario = city(civil_society=[{"id": "clubs", "tasks": ["integration"]}])
    prepared = prepare(scenario)
    payers = payers_of(prepared.house, scenario)
    assert len(payers) == prepared.blueprint.world(1, 0).ledger.shape[0]
    assert payers[0] == ("department", "main_office")
    assert payers[10] == ("commissioner", "unit")
    assert payers[11] == ("leader", "mayor")
    assert payers[-1] == ("civil_society", "clubs")


def test_chunks_come_in_order_and_join_to_the_whole():
    rows = [(r, r) for r in range(11)]
    whole = simulate(city(), replications=11, fixed=True).output
    for workers in (1, 3):
        parts = []
        run_rows(prepare(city()), rows, 1, workers, chunk=4, observe=parts.append)
        assert [part.series.shape[0] for part in parts] == [4, 4, 3]
        for one, other in zip(joined(parts), whole, strict=True):
            assert one == pytest.approx(other, rel=1e-12, nan_ok=True)


def test_a_run_that_fails_stops_the_others(monkeypatch):
    prepared = prepare(city())

    def run(seed, rows):
        raise OSError("no memory")

    monkeypatch.setattr(prepared, "run", run)
    with pytest.raises(OSError, match="no memory"):
        run_rows(prepared, [(r, r) for r in range(200)], workers=2)
    assert threading.active_count() < 10
    assert CHUNK == 32


def test_a_scenario_without_units_runs():
    result = simulate(city(commissioners=[]), replications=2)
    assert (result.series["posts_filled"] == 0.0).all()
    assert (result.series["coverage"] == 0.0).all()
    assert result.series["practice"].notna().all()


def test_switched_off_rules_are_off():
    less = simulate(city(rules={"off": ["outreach", "staffing"]}), replications=2)
    assert (less.series["coverage"] == 0.0).all()
    with pytest.raises(InputError, match="outraech"):
        simulate(city(rules={"off": ["outraech"]}), replications=1)
