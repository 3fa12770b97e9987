"""What lies in a study's folder: planned parts alone are counted, each as it was written; nothing else is, or is deleted."""

import json
import os
import shutil

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from qsim.files.messages import InputError
from qsim.runs.manifest import read_manifest
from qsim.runs.store import Stamp, parquet_bytes
from qsim.sweep.parts import is_whole, part_name
from qsim.sweep.status import status_of
from qsim.sweep.study import Study
from trial_studies import run, same, tables

PART = f"runs.parquet/{part_name(2)}"


@pytest.fixture
def study(once, tmp_path):
    """An experiment, the folder of its study in six parts, and what its tables are."""
    experiment, expected = once
    run(experiment, tmp_path / "out", rows=3)
    return experiment, tmp_path / "out", expected


def gone_on(study):
    """Go on with a study and return what its folder was like: the parts that were there, what was damaged and foreign."""
    experiment, out, expected = study
    noted = []
    run(experiment, out, rows=3, begun=lambda folder: noted.append((set(folder.done), folder.damaged, folder.foreign)))
    same(tables(out), expected)
    assert status_of(out).finished
    return noted[0]


ALL = set(range(6))


def test_copies_and_stray_files_are_named_and_never_counted(study):
    _, out, expected = study
    runs = out / "runs.parquet"
    shutil.copy(out / PART, runs / "part-000002 (conflicted copy).parquet")
    shutil.copy(out / PART, runs / part_name(6))
    shutil.copy(out / PART, runs / "part-0000002.parquet")
    (runs / "notes.txt").write_text("mine")
    strays = ["notes.txt", "part-000002 (conflicted copy).parquet", "part-0000002.parquet", "part-000006.parquet"]
    foreign = [f"runs.parquet/{name}" for name in strays]
    assert sorted(status_of(out).foreign) == sorted(foreign)
    assert status_of(out).finished
    same(tables(out), expected)
    done, damaged, found = gone_on(study)
    assert (done, damaged, sorted(found)) == (ALL, [], sorted(foreign))
    assert all((runs / name).exists() for name in strays)


def linked(path):
    other = path.with_name("elsewhere")
    path.rename(other)
    path.symlink_to(other)


def dangling(path):
    path.unlink()
    path.symlink_to("/nonexistent")


def folder_like(path):
    path.unlink()
    path.mkdir()
    (path / "mine").write_text("mine")


def pipe(path):
    path.unlink()
    os.mkfifo(path)


def of_another_part(path):
    shutil.copy(path.with_name(part_name(3)), path)


@pytest.mark.parametrize(
    "spoil", [linked, dangling, folder_like, pipe, of_another_part, lambda path: path.write_bytes(b"x")]
)
def test_what_is_no_part_is_set_aside_and_the_part_run_again(study, spoil):
    _, out, _ = study
    spoil(out / PART)
    status = status_of(out)
    assert (status.damaged, status.parts_done, status.runs_done, status.finished) == ((PART,), 5, 15, False)
    done, damaged, _ = gone_on(study)
    assert (done, damaged) == (ALL - {2}, [PART])
    aside = out / "corrupt" / "runs-part-000002.parquet"
    assert aside.exists() or aside.is_symlink()
    spoil(out / PART)
    assert gone_on(study)[1] == [PART]
    assert len(list((out / "corrupt").iterdir())) == 2


def test_a_part_of_another_seed_is_not_taken_for_one_of_this(study, load, tmp_path):
    _, out, _ = study
    run(load(seed=2), tmp_path / "other", rows=3)
    for name in (PART, "checksums/part-000002.json"):
        shutil.copy(tmp_path / "other" / name, out / name)
    assert status_of(out).damaged == (PART,)
    with pytest.raises(InputError, match="belongs to another plan"):
        _ = Study.open(out).runs
    assert gone_on(study)[1] == [PART]


def test_lost_checksums_are_made_again_from_parts_that_can_be_read(study):
    _, out, _ = study
    sums = {path.name: path.read_bytes() for path in (out / "checksums").iterdir()}
    shutil.rmtree(out / "checksums")
    (out / PART).write_bytes((out / PART).read_bytes()[:-300])
    assert gone_on(study)[:2] == (ALL - {2}, [PART])
    assert {path.name: path.read_bytes() for path in (out / "checksums").iterdir()} == sums


def test_a_bit_that_changes_anything_is_noticed_without_checksums(tmp_path):
    table = pa.table({"scenario": ["small"] * 3, "replicate": range(3), "practice": [0.25, 0.5, 0.75]})
    path, stamp, harmless = tmp_path / part_name(2), Stamp("0f" * 16, 2), 0
    whole = parquet_bytes([table], stamp)
    for place in range(len(whole)):
        content = bytearray(whole)
        content[place] ^= 1
        path.write_bytes(content)
        if is_whole(path, None, stamp):
            harmless += 1
            assert pq.read_table(path).equals(table)
    assert 0 < harmless < len(whole) / 2


def test_tables_of_a_damaged_part_are_one_clear_line(study):
    _, out, _ = study
    (out / PART).write_bytes((out / PART).read_bytes()[:300])
    with pytest.raises(InputError, match=r"part-000002\.parquet:  cannot be read; the same `qsim sweep`"):
        _ = Study.open(out).runs


def lost(path):
    path.unlink()


@pytest.mark.parametrize("spoil", [lost, lambda path: path.write_bytes(b""), lambda path: path.write_bytes(b"\0" * 512),
                                   lambda path: path.write_bytes(path.read_bytes()[:700])])  # fmt: skip
def test_a_manifest_that_was_lost_does_not_block_a_study(study, load, spoil):
    _, out, _ = study
    before = (out / "manifest.json").read_bytes()
    spoil(out / "manifest.json")
    with pytest.raises(InputError, match="has lost its manifest; the command that began the study"):
        status_of(out)
    with pytest.raises(InputError, match="has lost its manifest, and its parts are of another plan"):
        run(load(seed=2), out, rows=3)
    assert gone_on(study) == (ALL, [], [])
    assert (out / "manifest.json").read_bytes() == before


def test_strays_beside_the_files_of_a_study_are_named(study):
    _, out, _ = study
    (out / "notes.txt").write_text("mine")
    (out / "series.parquet").mkdir()
    (out / "corrupt").mkdir()
    (out / ".hidden").write_text("")
    status = status_of(out)
    assert (status.foreign, status.finished) == (("notes.txt", "series.parquet"), True)


def test_a_note_on_a_failure_that_cannot_be_read_is_named(study):
    _, out, _ = study
    (out / "failed").mkdir()
    for place, text in enumerate(["[]", '{"part": "x"}', "[" * 100_000, ""]):
        (out / "failed" / f"part-00000{place}.json").write_text(text)
    status = status_of(out)
    assert (status.failed, status.finished) == ((), True)
    assert status.foreign == tuple(f"failed/part-00000{place}.json" for place in range(4))


def test_where_older_parts_were_run_stays_in_the_manifest(study):
    experiment, out, _ = study
    manifest = read_manifest(out / "manifest.json")
    before = {**manifest, "libraries": {**manifest["libraries"], "numpy": "1.0"}}
    origin = {name: before[name] for name in ("python", "libraries", "processor")}
    (out / "manifest.json").write_text(json.dumps(before))
    (out / PART).unlink()
    for _ in range(2):
        run(experiment, out, rows=3)
        assert read_manifest(out / "manifest.json") == {**manifest, "origins": [origin]}


def test_files_reach_the_disk_before_they_get_their_names(load, tmp_path, monkeypatch):
    synced, plain, replace = [], os.fsync, type(tmp_path).replace
    monkeypatch.setattr(os, "fsync", lambda file: synced.append(os.fstat(file).st_ino) or plain(file))

    def replaced(self, target):
        assert self.stat().st_ino in synced
        return replace(self, target)

    monkeypatch.setattr(type(tmp_path), "replace", replaced)
    run(load(), tmp_path / "out")
    assert synced


def test_discovery_counts_planned_parts_alone(study):
    from qsim.comparison.when.study import read_study

    _, out, _ = study
    shutil.copy(out / PART, out / "runs.parquet" / "copy.parquet")
    assert len(read_study(out).runs) == 18


def test_tables_are_the_same_to_the_last_bit(study):
    _, out, expected = study
    assert np.array_equal(pd.read_parquet(out / "runs.parquet")["practice"], expected[0]["practice"])
