"""The benchmarks of studies with little work: they run, and a study does not cost much more than its runs."""

import subprocess
import sys
from pathlib import Path

from benchmarks import scale, study
from benchmarks.__main__ import updated
from benchmarks.timing import Finding


def test_a_study_costs_little_more_than_its_runs(tmp_path):
    over, workers = study.study_over_simulate(tmp_path, 8, 1), study.two_workers_over_one(tmp_path, 8, 1)
    assert (over.name, over.bound, over.kind) == ("study_over_simulate", 1.2, "at most")
    assert over.value < 6  # files and lay-out weigh more where each point has few runs
    assert (workers.name, workers.bound, workers.kind) == ("study_two_workers_over_one", 1.8, "at least")
    assert workers.value > 0


def test_the_serial_share_is_what_is_not_compiled(tmp_path):
    share = study.serial_share(tmp_path, 32, 1)
    assert (share.name, share.bound) == ("study_serial_share", 0.03)
    assert 0.0 < share.value < 0.5  # files and lay-out weigh more where each point has few runs


def test_files_of_studies_are_told_apart(tmp_path):
    for name, content in (("one", b"1"), ("same", b"1"), ("other", b"2")):
        (tmp_path / name / "runs.parquet").mkdir(parents=True)
        (tmp_path / name / "runs.parquet" / "part-000000.parquet").write_bytes(content)
    one, same, other = (scale.digests(tmp_path / name) for name in ("one", "same", "other"))
    assert one == same != other


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
