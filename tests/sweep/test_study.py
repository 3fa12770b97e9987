"""A study in a folder: the same tables for any workers and parts, and what a failure or a stop leaves."""

from time import sleep

import numpy as np
import pandas as pd
import pytest

import qsim
from qsim.files.messages import InputError
from qsim.runs.runner import RunError
from qsim.scenario.loading import load_scenario
from qsim.sweep import loading, part_work
from qsim.sweep.loading import load_experiment
from qsim.sweep.part_work import estimate
from qsim.sweep.plan import Plan
from qsim.sweep.running import Progress
from qsim.sweep.status import status_of
from qsim.sweep.study import Study
from trial_studies import CHANGES, fail_at, run, same, tables, two_posts


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


def test_a_failed_part_does_not_stop_the_others(once, tmp_path, monkeypatch):
    experiment, expected = once
    out = tmp_path / "out"
    told = []
    with monkeypatch.context() as patch:
        fail_at(patch, lambda self, rows: two_posts(self, rows) and rows[0][0] == 0, ZeroDivisionError("by zero"))
        found = run(experiment, out, rows=3, progress=Progress(failed=told.append))
    assert told == found.failed
    assert str(min(told)) == (
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


def test_the_study_in_python(write, tmp_path):
    study = qsim.Study.load(write(), CHANGES)
    done = study.run(out=tmp_path / "out", workers=2)
    same((done.runs, done.points), tables(tmp_path / "out"))
    assert done.dataset("runs").count_rows() == 18
    with pytest.raises(ValueError, match="has no folder"):
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


def test_a_study_of_very_many_runs_is_refused_before_its_levels_are_tried(write, monkeypatch):
    monkeypatch.setattr(loading, "refusals", lambda *arguments: pytest.fail("levels were tried"))
    factor = "  - {{id: {0}, key: parameters.practice.up, range: [0.01, 0.1], steps: 1000}}\n"
    body = "factors:\n" + "".join(factor.format(name) for name in "abc") + "replications: 2\n"
    with pytest.raises(InputError, match="1,000,000,000 points x 2 replications are 2,000,000,000 runs"):
        load_experiment(write(body), large=False)


def test_an_experiment_that_comes_with_qsim(tmp_path):
    study = qsim.Study.load("funding_duration", ["months=72"], replications=1).run(out=tmp_path / "funding")
    assert len(study.runs) == 2 * len(study.points) == 40
    assert study.runs["joint_practice"].between(0, 1).all()


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
    experiment = load_experiment(
        "trial.yaml" if load(body) else "", [*CHANGES, "parameters.practice.up={between: [0.02, 0.09]}"]
    )
    run(experiment, tmp_path / "out")
    plain = qsim.simulate(load_scenario("small", [*CHANGES, "parameters.practice.up=0.05"]), 3).runs
    runs = Study.open(tmp_path / "out").runs
    assert runs[runs["point"] == 1]["practice"].tolist() == plain["practice"].tolist()


def test_a_study_run_from_python_says_the_command_that_goes_on(write, tmp_path):
    study = Study.load(write(), CHANGES, replications=1, seed=5)
    study.run(tmp_path / "out", workers=1)
    sets = " ".join(f"--set {change}" for change in CHANGES)
    assert status_of(tmp_path / "out").command == (
        f"qsim sweep {tmp_path}/trial.yaml --seed 5 --replications 1 {sets} --out {tmp_path / 'out'}"
    )


def test_what_only_the_first_run_of_a_process_takes_is_no_part_of_the_estimate(load, monkeypatch):
    taken = []
    plain = part_work.run_part

    def slow_at_first(job, part):
        if not taken:
            sleep(1.0)
        taken.append(part)
        return plain(job, part)

    monkeypatch.setattr(part_work, "run_part", slow_at_first)
    slow = estimate(Plan(load(), 4)).seconds
    assert slow < estimate(Plan(load(), 4)).seconds + 0.5


WHOLE = """\
factors:
  - {id: size, key: administration.departments, levels: [6, 8]}
  - {id: whole, key: months, range: [12, 18], integer: true, steps: 3}
  - {id: rate, key: parameters.practice.up, levels: [0.05, 1]}
  - {id: half, key: parameters.practice.down, levels: [1.0, 0.5]}
replications: 1
outcomes: [{measure: practice}]
"""
DRAWN = """\
factors:
  - {id: size, key: administration.departments, range: [6, 9], integer: true}
  - {id: rate, key: parameters.practice.up, range: [0, 1]}
design: {kind: latin_hypercube, number: 4}
replications: 1
outcomes: [{measure: practice}]
"""


@pytest.mark.parametrize(
    ("body", "kinds"),
    [(WHOLE, {"size": "i", "whole": "i", "rate": "f", "half": "f"}), (DRAWN, {"size": "i", "rate": "f"})],
)
def test_whole_numbers_stay_whole(load, tmp_path, body, kinds):
    run(load(body), tmp_path / "out")
    points = Study.open(tmp_path / "out").points
    assert {name: points[name].dtype.kind for name in kinds} == kinds


def test_the_scenario_is_text_in_every_table(load, tmp_path):
    run(load("replications: 2\noutput: departments\n"), tmp_path / "out")
    study, result = Study.open(tmp_path / "out"), qsim.simulate("small", 2)
    tables = [getattr(study, name) for name in ("runs", "series", "departments")]
    tables += [getattr(result, name) for name in ("runs", "series", "series_tasks")]
    assert {str(table["scenario"].dtype) for table in tables} == {"str"}


def test_estimates_of_two_plans_share_no_worlds(load):
    for body in (WHOLE, DRAWN, "replications: 2\noutcomes: [{measure: practice}]\n"):
        plan = Plan(load(body))
        assert part_work.estimate(plan).runs == plan.rows
