"""Runs small studies in folders and reads their tables, for the tests of studies."""

import pandas as pd

from qsim.engine.prepare import Prepared
from qsim.runs.manifest import make_manifest
from qsim.scenario.loading import load_scenario
from qsim.sweep.plan import Plan, study_manifest
from qsim.sweep.running import run_plan
from qsim.sweep.study import Study

CHANGES = ["months=18", "administration.departments=8"]


def run(experiment, out, workers=2, rows=4, **options):
    plan = Plan(experiment, rows)
    return run_plan(plan, out, study_manifest(plan, "qsim sweep trial.yaml"), workers, **options)


def tables(out):
    study = Study.open(out)
    return study.runs, study.points


def files_of(out):
    """Return the bytes of all tables in a folder."""
    return {str(path.relative_to(out)): path.read_bytes() for path in sorted(out.rglob("*.parquet")) if path.is_file()}


def same(one, other):
    for first, second in zip(one, other, strict=True):
        pd.testing.assert_frame_equal(first, second, check_exact=True)


def fail_at(monkeypatch, broken, error):
    plain = Prepared.run

    def run_or_fail(self, seed, rows):
        if broken(self, rows):
            raise error
        return plain(self, seed, rows)

    monkeypatch.setattr(Prepared, "run", run_or_fail)


def two_posts(prepared, rows):
    return prepared.scenario.commissioners[0].funding[0].posts == 2


def manifest_by_hand(experiment, parts):
    """Return the manifest of a study whose tables somebody wrote by hand."""
    plan = {"factors": [], "design": {}, "outcomes": [], "output": "runs", "points": None, "part_rows": 1}
    return make_manifest("sweep", [load_scenario("small")], seed=1, replications=1) | {
        "sources": "", "experiment": {"id": "trial", "text": experiment, "points": None}, "plan": plan,
        "points": 1, "runs": parts, "parts": parts,
    }  # fmt: skip
