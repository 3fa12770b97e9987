"""Many runs: the same numbers for any threads and chunks, in order; a failure or Ctrl-C ends them cleanly."""

import numpy as np
import pandas as pd
import pytest

from qsim.engine.prepare import Prepared, prepare
from qsim.engine.simulate import simulate
from qsim.runs import execution
from qsim.runs.execution import events_frame, run_rows, store_tables
from qsim.runs.failures import RunError
from qsim.runs.manifest import make_manifest
from qsim.runs.store import Store

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
    same(alone, simulate(prepared.scenario, 20))


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
    whole = simulate(scenario, 20)
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
