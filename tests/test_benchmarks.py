"""The benchmarks of studies with little work: they run, and a study does not cost much more than its runs."""

import json
import subprocess
import sys
from pathlib import Path

from benchmarks.__main__ import updated
from benchmarks.timing import Finding

SMALL = """
import json
from pathlib import Path

from benchmarks.__main__ import updated
from benchmarks.timing import Finding
from benchmarks import study
folder = Path({folder!r})
found = [study.study_over_simulate(folder, 8, 1), study.two_workers_over_one(folder, 8, 1)]
print(json.dumps([[one.name, one.value, one.bound, one.kind] for one in found]))
"""


def test_a_study_costs_little_more_than_its_runs(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", SMALL.format(folder=str(tmp_path))], cwd=Path(__file__).parents[1],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    over, workers = json.loads(done.stdout)
    assert (over[0], over[2:]) == ("study_over_simulate", [1.2, "at most"])
    assert over[1] < 6  # files and lay-out weigh more where each point has few runs
    assert (workers[0], workers[2:]) == ("study_two_workers_over_one", [1.8, "at least"])
    assert workers[1] > 0


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
