"""The benchmarks of studies with little work: they run, and a study does not cost much more than its runs."""

import subprocess
import sys
from pathlib import Path

from benchmarks import study
from benchmarks.__main__ import updated
from benchmarks.timing import Finding


def test_a_study_costs_little_more_than_its_runs(tmp_path):
    over, workers = study.study_over_simulate(tmp_path, 8, 1), study.two_workers_over_one(tmp_path, 8, 1)
    assert (over.name, over.bound, over.kind) == ("study_over_simulate", 1.2, "at most")
    assert over.value < 6  # files and lay-out weigh more where each point has few runs
    assert (workers.name, workers.bound, workers.kind) == ("study_two_workers_over_one", 1.8, "at least")
    assert workers.value > 0


def test_parts_that_are_measured_anew_take_the_place_of_what_was_known():
    known = [
        {"name": "old", "value": 1.0, "bound": 2.0, "unit": "ratio"},
        {"name": "kept", "value": 3.0, "bound": 4.0, "unit": "s"},
    ]
    found = [Finding("new", 5.0, 6.0, "s", "at most"), Finding("old", 1.5, 2.0, "ratio", "at most")]
    entries = updated(known, found)
    assert [one["name"] for one in entries] == ["old", "kept", "new"]
    assert [one["value"] for one in entries] == [1.5, 3.0, 5.0]


def test_a_part_that_does_not_exist_is_refused():
    done = subprocess.run([sys.executable, "-m", "benchmarks", "speeed"], cwd=Path(__file__).parents[1],
                          capture_output=True, text=True, check=False)  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.startswith("speeed is no part; there are start, ")
