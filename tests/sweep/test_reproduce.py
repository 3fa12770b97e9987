"""Results run again: they agree, a changed number is noticed, and what cannot be run again is said."""

from threading import Barrier

import pandas as pd
import pytest

from qsim.engine.prepare import prepare
from qsim.files.messages import InputError
from qsim.runs.execution import run_rows, store_tables
from qsim.runs.manifest import make_manifest
from qsim.runs.store import Store
from qsim.scenario.loading import load_scenario
from qsim.sweep import reproduce as module
from qsim.sweep.parts import part_name
from qsim.sweep.reproduce import reproduce
from trial_studies import run


def test_reproduce_agrees_and_notices_a_changed_number(load, tmp_path):
    out = tmp_path / "out"
    run(load(), out)
    found = reproduce(out / "manifest.json", everything=True)
    assert (found.agrees, found.runs, found.of, found.largest, found.notes) == (True, 18, 18, 0.0, ())
    path = out / "runs.parquet" / part_name(0)
    frame = pd.read_parquet(path)
    frame.loc[0, "practice"] *= 1 + 1e-6
    frame.to_parquet(path)
    found = reproduce(out)
    assert not found.agrees
    assert found.largest == pytest.approx(1e-6, rel=1e-3)
    assert found.where == "runs.parquet/part-000000.parquet, practice"


def test_reproduce_needs_results(load, tmp_path):
    with pytest.raises(InputError, match="there is no manifest of qsim"):
        reproduce(tmp_path)
    out = tmp_path / "out"
    run(load(), out)
    (tmp_path / "alone").mkdir()
    (out / "manifest.json").rename(tmp_path / "alone" / "manifest.json")
    with pytest.raises(InputError, match="no results beside it"):
        reproduce(tmp_path / "alone" / "manifest.json")


def test_points_of_a_file_are_reproduced_from_the_manifest(load, tmp_path, write):
    (tmp_path / "points.csv").write_text("up\n0.02\n0.07\n", encoding="utf-8")
    body = (
        "factors:\n  - {id: up, key: parameters.practice.up}\n"
        "design: {kind: points, file: points.csv}\nreplications: 2\n"
    )
    run(load(body), tmp_path / "out")
    (tmp_path / "points.csv").unlink()
    assert reproduce(tmp_path / "out", everything=True).agrees


def test_reproduce_uses_all_workers(load, tmp_path, monkeypatch):
    run(load(), tmp_path / "out", rows=3)
    together, plain = Barrier(3, timeout=20), module.run_part

    def met(job, part):
        together.wait()
        return plain(job, part)

    monkeypatch.setattr(module, "run_part", met)
    assert reproduce(tmp_path / "out", everything=True, workers=3).agrees


def altered(path, change):
    frame = pd.read_parquet(path)
    change(frame)
    frame.to_parquet(path, index=False)


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_what_is_no_number_never_agrees(load, tmp_path, value):
    out = tmp_path / "out"
    run(load(), out)
    for path in (out / "runs.parquet").iterdir():
        altered(path, lambda frame: frame.__setitem__("practice", value))
    found = reproduce(out)
    assert (found.agrees, found.where) == (False, "runs.parquet/part-000000.parquet, practice")


def test_points_are_compared(load, tmp_path):
    out = tmp_path / "out"
    run(load(), out)
    assert reproduce(out).compared == ("points", "runs")
    altered(out / "points.parquet", lambda frame: frame.__setitem__("up", frame["up"] * 2))
    found = reproduce(out)
    assert (found.agrees, found.where) == (False, "points.parquet, up")
    (out / "points.parquet").write_bytes(b"garbage")
    with pytest.raises(InputError, match=r"points\.parquet:  cannot be read"):
        reproduce(out)


TABLES = ("series", "series_tasks", "runs", "departments", "divisions", "ledger", "events")


@pytest.fixture
def stored(tmp_path):
    """The folder of a scenario that was run five times."""
    scenario = load_scenario("small", ["months=12", "administration.departments=8"])
    with Store(tmp_path, make_manifest("run", [scenario], seed=1, replications=5)) as store:
        store_tables(store, run_rows(prepare(scenario), [(i, i) for i in range(5)], 1, store=store))
    return tmp_path


def doubled(frame):
    number = next(name for name in frame if frame[name].dtype == float)
    frame[number] *= 2


def test_every_table_of_a_run_is_compared(stored):
    found = reproduce(stored)
    assert (found.agrees, sorted(found.compared), found.left_out) == (True, sorted(TABLES), ())
    for name in TABLES:
        path = stored / f"{name}.parquet"
        kept = path.read_bytes()
        change = (lambda frame: frame.__setitem__("kind", "none")) if name == "events" else doubled
        altered(path, change)
        found = reproduce(stored)
        assert not found.agrees
        assert found.where.startswith(f"{name}.parquet, ")
        path.write_bytes(kept)


def test_rows_of_replicates_that_were_not_run_are_noticed(stored):
    path = stored / "runs.parquet"
    frame = pd.read_parquet(path)
    pd.concat([frame, frame[:1].assign(replicate=7)]).to_parquet(path, index=False)
    assert reproduce(stored).where == "runs.parquet, 6 rows there and 5 here"


def test_of_a_sample_it_is_said_what_was_not_compared(stored, monkeypatch):
    monkeypatch.setattr(module, "SAMPLE_RUNS", 3)
    found = reproduce(stored)
    assert (found.agrees, found.runs, found.of) == (True, 3, 5)
    assert found.left_out == ("departments", "divisions", "ledger")
    assert reproduce(stored, everything=True).left_out == ()
