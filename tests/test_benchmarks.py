"""The benchmarks of studies with little work: they run, and a study does not cost much more than its runs."""

import json
import subprocess
import sys
from pathlib import Path

SMALL = """
import json
from pathlib import Path
from benchmarks import study
folder = Path({folder!r})
found = [study.study_over_simulate(folder, 16, 3), study.two_workers_over_one(folder, 16, 1)]
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
    assert over[1] < 3  # files and lay-out weigh more where each point has few runs
    assert (workers[0], workers[2:]) == ("study_two_workers_over_one", [1.8, "at least"])
    assert workers[1] > 0
