"""A study in a folder: the same tables for any workers and parts, gone on with after any stop, and read again."""

import errno
import json
import os

import numpy as np
import pandas as pd
import pytest

import qsim
from qsim.engine.prepare import Prepared
from qsim.scenario.loading import load_scenario
from qsim.scenario.messages import InputError
from qsim.study.experiment import folder as folder_module
from qsim.study.experiment.execution import Progress
from qsim.study.experiment.folder import StudyFolder, part_name
from qsim.study.experiment.manifest import study_manifest
from qsim.study.experiment.pilot import estimate
from qsim.study.experiment.plan import Plan
from qsim.study.experiment.reproduce import reproduce
from qsim.study.experiment.status import status_of
from qsim.study.experiment.study import Study, run_plan
from qsim.study.failures import RunError, UnfinishedError

CHANGES = ["months=18", "administration.departments=8"]


def run(experiment, out, workers=2, rows=4, **options):
    plan = Plan(experiment, rows)
    return run_plan(plan, out, study_manifest(plan, "qsim sweep trial.yaml"), workers, **options)


def tables(out):
    study = Study.open(out)
    return study.runs, study.points


def same(one, other):
    for first, second in zip(one, other, strict=True):
        pd.testing.assert_frame_equal(first, second, check_exact=True)


@pytest.fixture
def once(load, tmp_path):
    """The experiment, and its tables as one thread gives them in one part."""
    experiment = load()
    run(experiment, tmp_path / "once", workers=1, rows=100)
    return experiment, tables(tmp_path / "once")


@pytest.mark.parametrize(("workers", "rows"), [(1, 1), (2, 2), (4, 4), (2, 9)])
def test_workers_and_parts_change_nothing(once, tmp_path, workers, rows):
    experiment, expected = once
    out = tmp_path / "out"
    run(experiment, out, workers, rows)
    same(tables(out), expected)
    assert len(list((out / "runs.parquet").iterdir())) == Plan(experiment, rows).parts


def test_the_parts_of_a_plan_hold_every_row_once(load):
    experiment = load()
    for rows in (1, 2, 3, 4, 7, 100):
        plan = Plan(experiment, rows)
        cells = [(cell.base, cell.point, r) for i in range(plan.parts) for cell in plan.part(i).cells
                 for r in range(cell.first, cell.last)]  # fmt: skip
        assert cells == [(0, point, r) for point in range(6) for r in range(3)]
        bounds = [plan.bounds(i) for i in range(plan.parts)]
        assert [end for _, end in bounds[:-1]] == [start for start, _ in bounds[1:]]
        assert (bounds[0][0], bounds[-1][1]) == (0, plan.rows)


def test_a_run_is_the_run_of_its_scenario(once):
    runs, points = once[1]
    assert points.loc[5].to_dict() == {"point": 5.0, "posts": 2.0, "up": 0.08}
    scenario = load_scenario("small", [*CHANGES, "commissioners[integration].funding[0].posts=2",
                                       "parameters.practice.up=0.08"])  # fmt: skip
    alone = qsim.simulate(scenario, replicates=[2])
    here = runs[(runs["point"] == 5) & (runs["replicate"] == 2)].iloc[0]
    assert here["practice"] == alone.runs["practice"].iloc[0]
    assert here["practice_peak"] == alone.series["practice"].max()
    december = alone.series[alone.series["month"] == "2020-12-01"]
    assert here["joint_practice_2020_12"] == december["joint_practice"].iloc[0]


def test_more_replications_change_none(once, load, tmp_path):
    run(load(replications=5), tmp_path / "more")
    more = tables(tmp_path / "more")[0]
    pd.testing.assert_frame_equal(more[more["replicate"] < 3].reset_index(drop=True), once[1][0])


def test_months_and_departments_on_request(load, tmp_path):
    body = "factors:\n  - {id: up, key: parameters.practice.up, levels: [0.02, 0.08]}\nreplications: 5\n"
    run(load(body + "output: departments\n"), tmp_path / "one", rows=100)
    run(load(body + "output: departments\n"), tmp_path / "two", rows=2)
    one, two = (Study.open(tmp_path / name) for name in ("one", "two"))
    pd.testing.assert_frame_equal(one.series, two.series, check_exact=True)
    pd.testing.assert_frame_equal(one.departments, two.departments, rtol=1e-12)
    result = qsim.simulate(load_scenario("small", [*CHANGES, "parameters.practice.up=0.08"]), 5)
    series = one.series[one.series["point"] == 1].drop(columns=["point", "scenario"]).reset_index(drop=True)
    pd.testing.assert_frame_equal(series, result.series.drop(columns="scenario"), check_dtype=False, check_exact=True)
    departments = one.departments[one.departments["point"] == 1]
    assert (departments["runs"] == 5).all()
    expected = result.departments.astype({"department": "str"}).sort_values(["department", "task", "month"])
    found = departments.sort_values(["department", "task", "month"])
    np.testing.assert_allclose(found["practice"] / 5, expected["practice"], rtol=1e-12)


def test_no_outcomes_are_all_columns_of_runs(load, tmp_path):
    run(load("replications: 2\n"), tmp_path / "out")
    runs = Study.open(tmp_path / "out").runs
    expected = qsim.simulate(load_scenario("small", CHANGES), 2).runs
    pd.testing.assert_frame_equal(
        runs.drop(columns=["scenario", "point"]), expected.drop(columns=["scenario", "setting"]), check_exact=True
    )


def fail_at(monkeypatch, broken, error):
    plain = Prepared.run

    def run_or_fail(self, seed, rows):
        if broken(self, rows):
            raise error
        return plain(self, seed, rows)

    monkeypatch.setattr(Prepared, "run", run_or_fail)


def two_posts(prepared, rows):
    return prepared.scenario.commissioners[0].funding[0].posts == 2


def test_a_failed_part_does_not_stop_the_others(once, tmp_path, monkeypatch):
    experiment, expected = once
    out = tmp_path / "out"
    told = []
    with monkeypatch.context() as patch:
        fail_at(patch, lambda self, rows: two_posts(self, rows) and rows[0][0] == 0, ZeroDivisionError("by zero"))
        found = run(experiment, out, rows=3, progress=Progress(failed=told.append))
    assert told == found.failed
    assert sorted(told)[0] == (
        "part 3 failed (rows 9 to 11): small, point 3 (posts 2, up 0.02): ZeroDivisionError: by zero"
    )
    status = status_of(out)
    assert (status.parts_done, status.parts, status.runs_done) == (3, 6, 9)
    assert [one["part"] for one in status.failed] == [3, 4, 5]
    assert not run(experiment, out, rows=3).failed
    same(tables(out), expected)
    assert status_of(out).failed == ()


def test_fail_fast_begins_nothing_new(load, tmp_path, monkeypatch):
    fail_at(monkeypatch, lambda self, rows: True, ZeroDivisionError("by zero"))
    found = run(load(), tmp_path / "out", workers=1, rows=1, fail_fast=True)
    assert 1 <= len(found.failed) <= 3


def test_a_stop_finishes_what_is_in_flight(once, tmp_path):
    experiment, expected = once
    out, done = tmp_path / "out", []
    found = run(
        experiment, out, workers=1, rows=1, progress=Progress(done=done.append), stopping=lambda: len(done) >= 3
    )
    assert found.stopped
    assert 3 <= status_of(out).parts_done == len(done) < 18
    assert not run(experiment, out, rows=1).stopped
    same(tables(out), expected)


def flip(path):
    content = bytearray(path.read_bytes())
    content[len(content) // 3] ^= 0xFF
    path.write_bytes(content)


@pytest.mark.parametrize("spoil", [flip, lambda path: path.write_bytes(path.read_bytes()[:200]),
                                   lambda path: path.write_bytes(b"")])  # fmt: skip
def test_a_corrupt_part_is_set_aside_and_done_again(once, tmp_path, spoil):
    experiment, expected = once
    out, noted = tmp_path / "out", []
    run(experiment, out, rows=3)
    spoil(out / "runs.parquet" / part_name(2))
    run(experiment, out, rows=3, begun=lambda folder: noted.append((set(folder.done), folder.set_aside)))
    assert noted == [({0, 1, 3, 4, 5}, ["runs.parquet/part-000002.parquet"])]
    assert [path.name for path in (out / "corrupt").iterdir()] == ["runs-part-000002.parquet"]
    same(tables(out), expected)


def test_a_part_whose_months_are_cut_off_is_done_again(load, tmp_path):
    experiment = load("replications: 4\noutput: series\n")
    run(experiment, tmp_path / "out", rows=2)
    before = Study.open(tmp_path / "out").series
    path = tmp_path / "out" / "series.parquet" / part_name(1)
    path.write_bytes(path.read_bytes()[:-7])
    run(experiment, tmp_path / "out", rows=2)
    pd.testing.assert_frame_equal(Study.open(tmp_path / "out").series, before)
    aside = sorted(path.name for path in (tmp_path / "out" / "corrupt").iterdir())
    assert aside == ["runs-part-000001.parquet", "series-part-000001.parquet"]


def test_what_a_dead_process_left_is_removed(once, tmp_path):
    experiment, expected = once
    out = tmp_path / "out"
    run(experiment, out, rows=3)
    left = out / "runs.parquet" / ".part-000001.parquet.4711.unfinished"
    left.write_bytes(b"half")
    (out / "runs.parquet" / part_name(1)).unlink()
    run(experiment, out, rows=3)
    assert not left.exists()
    same(tables(out), expected)


def test_a_full_disk_keeps_what_is_done(once, tmp_path, monkeypatch):
    experiment, expected = once
    out, written = tmp_path / "out", []
    plain = StudyFolder._replace

    def write_or_fail(self, path, content):
        written.append(path)
        if len(written) > 8:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        plain(self, path, content)

    with monkeypatch.context() as patch:
        patch.setattr(StudyFolder, "_replace", write_or_fail)
        with pytest.raises(UnfinishedError, match="no space left on device; what is done stays"):
            run(experiment, out, workers=1, rows=3)
    assert status_of(out).parts_done == 3
    run(experiment, out, rows=3)
    same(tables(out), expected)


def refused(experiment, out, **options):
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    with pytest.raises(InputError) as caught:
        run(experiment, out, **options)
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before
    return str(caught.value)


def test_another_plan_is_refused(load, tmp_path):
    out = tmp_path / "out"
    run(load(), out)
    assert "seed 1 there and 2 here" in refused(load(seed=2), out)
    assert "replications 3 there and 4 here" in refused(load(replications=4), out)
    assert "other part rows" in refused(load(), out, rows=3)
    body = "factors:\n  - {id: up, key: parameters.practice.up, levels: [0.02, 0.05]}\nreplications: 3\n"
    assert "other factors; other outcomes" in refused(load(body), out)


def test_words_of_a_file_may_change(load, write, tmp_path):
    run(load(), tmp_path / "out")
    text = (tmp_path / "trial.yaml").read_text(encoding="utf-8")
    (tmp_path / "trial.yaml").write_text("# A comment.\n" + text.replace("Trial", "Another"), encoding="utf-8")
    again = qsim.Study.load("trial.yaml", CHANGES)
    plan = Plan(again.experiment, 4)
    assert run_plan(plan, tmp_path / "out", study_manifest(plan)).failed == []


def test_a_foreign_folder_is_refused(load, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    (out / "notes.txt").write_text("mine")
    assert "holds files that are no results of qsim (notes.txt)" in refused(load(), out)
    (out / "notes.txt").unlink()
    (out / "manifest.json").write_text(json.dumps({"package": "qsim", "study": "run"}))
    assert "holds results of `qsim run`" in refused(load(), out)


def edit_manifest(out, **changes):
    path = out / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(manifest | changes), encoding="utf-8")


def test_another_version_is_said_with_what_may_differ(load, tmp_path):
    out = tmp_path / "out"
    run(load(), out)
    edit_manifest(out, version="0.0.9")
    said = refused(load(), out)
    assert 'version "0.0.9" there' in said
    assert "every number may differ; CHANGELOG.md" in said
    edit_manifest(out, version=qsim.__version__, sources="other")
    assert "other rules of the same version" in refused(load(), out)
    assert reproduce(out).notes == (
        'qsim of the same version, but with other rules: every number may differ; CHANGELOG.md says under "Changes '
        'results" what changed',
    )


def test_another_processor_is_noted_and_the_study_goes_on(load, tmp_path):
    out, notes = tmp_path / "out", []
    run(load(), out)
    edit_manifest(out, processor="another one")
    assert not run(load(), out, begun=lambda folder: notes.extend(folder.notes)).failed
    assert len(notes) == 1
    assert "last digits" in notes[0]


def test_a_second_study_in_the_same_folder_is_refused(load, tmp_path):
    experiment = load()
    plan = Plan(experiment, 4)
    with StudyFolder(tmp_path / "out", plan, study_manifest(plan)):
        assert "another run is writing there" in refused(experiment, tmp_path / "out")
        assert status_of(tmp_path / "out").running
    assert not status_of(tmp_path / "out").running


def test_a_refused_folder_is_not_made(load, tmp_path, monkeypatch):
    monkeypatch.setattr(folder_module, "take_lock", lambda folder: (_ for _ in ()).throw(BlockingIOError()))
    with pytest.raises(InputError):
        run(load(), tmp_path / "new" / "out")
    assert not (tmp_path / "new").exists()


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


def test_the_study_in_python(write, tmp_path):
    study = qsim.Study.load(write(), CHANGES)
    done = study.run(out=tmp_path / "out", workers=2)
    same((done.runs, done.points), tables(tmp_path / "out"))
    assert done.dataset("runs").count_rows() == 18
    with pytest.raises(ValueError, match="has not been run"):
        _ = study.runs
    with pytest.raises(InputError, match="there is no table series"):
        _ = done.series
    with pytest.raises(InputError, match="holds no study"):
        Study.open(tmp_path)


def test_failed_parts_raise_in_python(write, tmp_path, monkeypatch):
    fail_at(monkeypatch, two_posts, ZeroDivisionError("by zero"))
    with pytest.raises(RunError, match="by zero"):
        qsim.Study.load(write(), CHANGES).run(out=tmp_path / "out")


def test_a_study_of_very_many_runs_is_refused_with_its_size(write):
    factor = "  - {{id: {0}, key: parameters.practice.up, range: [0.01, 0.1], steps: 1000}}\n"
    body = "factors:\n" + "".join(factor.format(name) for name in "abc") + "replications: 2\n"
    study = qsim.Study.load(write(body))
    with pytest.raises(InputError, match="1,000,000,000 points x 2 replications are 2,000,000,000 runs"):
        study.run(out="out")


def test_the_estimate_is_about_right(load):
    experiment = load()
    found = estimate(Plan(experiment, 6))
    assert (found.runs, found.points, found.parts) == (18, 6, 3)
    assert 0 < found.wall(2) < found.seconds
    assert 3_000 < found.size < 60_000


def test_unknown_parameters_become_known(load, tmp_path):
    scenario = load_scenario("small", [*CHANGES, "parameters.practice.up={between: [0.02, 0.09]}"])
    assert scenario.parameters["practice"]["up"].between == (0.02, 0.09)
    body = "factors:\n  - {id: up, key: parameters.practice.up, levels: [0.03, 0.05]}\nreplications: 3\n"
    from qsim.study.experiment.loading import load_experiment

    experiment = load_experiment(
        "trial.yaml" if load(body) else "", [*CHANGES, "parameters.practice.up={between: [0.02, 0.09]}"]
    )
    run(experiment, tmp_path / "out")
    plain = qsim.simulate(load_scenario("small", [*CHANGES, "parameters.practice.up=0.05"]), 3).runs
    runs = Study.open(tmp_path / "out").runs
    assert runs[runs["point"] == 1]["practice"].tolist() == plain["practice"].tolist()
