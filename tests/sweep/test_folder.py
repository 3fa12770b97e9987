"""The folder of a study: what is spoiled, cut off or left behind in it, and whom it is refused to."""

import errno
import json
import os

import pandas as pd
import pytest

import qsim
from qsim.files.messages import InputError
from qsim.runs import folder as folders
from qsim.runs.manifest import make_manifest, read_manifest
from qsim.runs.runner import UnfinishedError
from qsim.scenario.loading import load_scenario
from qsim.sweep.folder import StudyFolder
from qsim.sweep.loading import load_experiment
from qsim.sweep.parts import part_name
from qsim.sweep.plan import Plan, study_manifest
from qsim.sweep.reproduce import reproduce
from qsim.sweep.running import run_plan
from qsim.sweep.status import status_of
from qsim.sweep.study import Study
from trial_studies import CHANGES, run, same, tables


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
    run(experiment, out, rows=3, begun=lambda folder: noted.append((set(folder.done), folder.damaged)))
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


@pytest.mark.parametrize("spoil", [flip, lambda path: path.write_bytes(b"")])
def test_a_corrupt_table_of_points_is_set_aside_and_made_again(once, tmp_path, spoil):
    experiment, expected = once
    out, noted = tmp_path / "out", []
    run(experiment, out, rows=3)
    spoil(out / "points.parquet")
    run(experiment, out, rows=3, begun=lambda folder: noted.append((len(folder.done), folder.damaged)))
    assert noted == [(6, ["points.parquet"])]
    assert (out / "corrupt" / "points.parquet").is_file()
    same(tables(out), expected)


def test_killed_while_the_points_are_written_it_goes_on(once, tmp_path):
    experiment, expected = once
    out = tmp_path / "out"
    run(experiment, out, rows=3)
    for path in (out / "manifest.json", out / "checksums" / "points.json"):
        path.unlink()
    for folder in ("runs.parquet", "checksums"):
        for path in (out / folder).iterdir():
            path.unlink()
    (out / "runs.parquet").rmdir()
    run(experiment, out, rows=3)
    same(tables(out), expected)


def test_a_study_on_a_disk_that_is_still_full_is_unfinished(once, tmp_path, monkeypatch):
    experiment, expected = once
    out = tmp_path / "out"
    run(experiment, out, rows=3)
    (out / "runs.parquet" / part_name(1)).unlink()

    def full(self, path, content):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(StudyFolder, "replace", full)
        with pytest.raises(UnfinishedError, match="no space left"):
            run(experiment, out, rows=3)
    run(experiment, out, rows=3)
    same(tables(out), expected)


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
    plain = StudyFolder.replace

    def write_or_fail(self, path, content):
        written.append(path)
        if len(written) > 8:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        plain(self, path, content)

    with monkeypatch.context() as patch:
        patch.setattr(StudyFolder, "replace", write_or_fail)
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


OWN = """\
extends: {base}
kind: scenario
schema_version: 1
label: {{de: Eigenes, en: {label}}}
description: {{de: Wie es ist, en: {label}}}
commissioners:
  - {{id: integration, label: {{de: Stelle, en: {label}}}, source: "assumption: {label}"}}
"""


THREE = """\
kind: experiment
schema_version: 1
label: {de: Probe, en: Trial}
question: {de: Wirkt es?, en: Does it work?}
scenarios: [first.yaml, second.yaml, third.yaml]
replications: 1
outcomes: [{measure: practice}]
"""


def three_scenarios(folder, label="Own", **changes):
    """Load an experiment on three scenario files, one of them changed."""
    for name in ("first", "second", "third"):
        text = OWN.format(base="small", label=label) + changes.get(name, "")
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    (folder / "three.yaml").write_text(THREE, encoding="utf-8")
    return load_experiment("three.yaml", CHANGES)


def test_a_label_is_no_part_of_a_plan(write, tmp_path):
    out, there = tmp_path / "out", []
    run(three_scenarios(tmp_path), out)
    run(three_scenarios(tmp_path, "Renamed"), out, begun=lambda folder: there.append(len(folder.done)))
    assert there == [1]
    assert "Renamed" in read_manifest(out / "manifest.json")["scenarios"][0]["text"]


def test_what_differs_is_named_and_only_that(write, tmp_path):
    out = tmp_path / "out"
    run(three_scenarios(tmp_path), out)
    said = refused(three_scenarios(tmp_path, second="administration: {departments: 9, hierarchy: 0.5}\n"), out)
    assert said == (
        f"{out}:  holds the results of another plan (other content of second: administration.hierarchy); "
        "name another folder"
    )


def test_a_foreign_folder_is_refused(load, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    (out / "notes.txt").write_text("mine")
    assert "holds files that are no results of qsim (notes.txt)" in refused(load(), out)
    (out / "notes.txt").unlink()
    run_manifest = make_manifest("run", [load_scenario("small")], seed=1, replications=1)
    (out / "manifest.json").write_text(json.dumps(run_manifest))
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
    notes = [str(note) for note in reproduce(out).notes]
    assert notes == [
        'qsim of the same version, but with other rules: every number may differ; CHANGELOG.md says under "Changes '
        'results" what changed'
    ]


def test_another_processor_is_noted_and_the_study_goes_on(load, tmp_path):
    out, notes = tmp_path / "out", []
    run(load(), out)
    edit_manifest(out, processor="another one")
    assert not run(load(), out, begun=lambda folder: notes.extend(folder.notes)).failed
    assert len(notes) == 1
    assert str(notes[0]).startswith("processor another one there and ")
    assert "last digits" in str(notes[0])


def test_a_second_study_in_the_same_folder_is_refused(load, tmp_path):
    experiment = load()
    plan = Plan(experiment, 4)
    with StudyFolder(tmp_path / "out", plan, study_manifest(plan)):
        assert "another run is writing there" in refused(experiment, tmp_path / "out")
        assert status_of(tmp_path / "out").running
    assert not status_of(tmp_path / "out").running


def test_a_refused_folder_is_not_made(load, tmp_path, monkeypatch):
    monkeypatch.setattr(folders, "take_lock", lambda folder, share: (_ for _ in ()).throw(BlockingIOError()))
    with pytest.raises(InputError):
        run(load(), tmp_path / "new" / "out")
    assert not (tmp_path / "new").exists()
