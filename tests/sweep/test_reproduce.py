"""Results run again: they agree, a changed number is noticed, and what cannot be run again is said."""

from threading import Barrier

import pandas as pd
import pytest

from qsim.files.messages import InputError
from qsim.sweep import reproduce as module
from qsim.sweep.folder import part_name
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
