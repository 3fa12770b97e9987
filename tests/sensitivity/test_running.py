"""Runs in parts: the same for any number of workers, kept as they come, gone on with, mended."""

import json
import os
import signal
import time

import numpy as np
import pyarrow.parquet
import pytest

from qsim.files.messages import InputError
from qsim.runs.manifest import make_manifest
from qsim.runs.runner import RunError, UnfinishedError
from qsim.scenario.loading import load_scenario
from qsim.sensitivity import running
from qsim.sensitivity.running import PointsFolder, run_points

MANIFEST = make_manifest("sensitivity", [load_scenario("small")], seed=1, replications=2, plausible=True) | {
    "sources": ""
}
COLUMNS = ("practice 2016-12", "practice 2017-12")


class Counted:
    """Points whose readings are their number and that of the replicate; it counts what it runs."""

    readings = COLUMNS

    def __init__(self, points=10, replicates=2, failing=None):
        self.points = np.zeros((points, 1))
        self.replicates = replicates
        self.ran = []
        self.failing = failing

    def digests(self, first, last):
        return [f"digest of {point}" for point in range(first, last)]

    def run(self, first, last):
        if self.failing is not None and first <= self.failing < last:
            raise RunError(f"points {first} to {last - 1} failed: broken")
        self.ran.append((first, last))
        points, replicates = np.meshgrid(np.arange(first, last), np.arange(self.replicates), indexing="ij")
        return np.stack([points + 0.1, replicates - 0.5], axis=2)


@pytest.fixture(autouse=True)
def small_parts(monkeypatch):
    monkeypatch.setattr(running, "PART", 3)


def folder_of(path, **changes):
    return PointsFolder(path, {**MANIFEST, **changes}, COLUMNS)


@pytest.mark.parametrize("workers", [1, 2, 4])
def test_any_number_of_workers_gives_the_same(workers):
    told = []
    found = run_points(Counted(), "first", None, workers, told.append)
    assert found.shape == (10, 2, 2)
    assert (found[:, :, 0] == np.arange(10)[:, None] + 0.1).all()
    assert (found[:, :, 1] == [-0.5, 0.5]).all()
    assert told == [6, 6, 6, 2]


def test_no_points_are_no_runs():
    assert run_points(Counted(0), "second", None).shape == (0, 2, 2)


def test_a_study_that_failed_goes_on_where_it_was(tmp_path):
    with pytest.raises(RunError, match="points 6 to 8"), folder_of(tmp_path / "out") as parts:
        run_points(Counted(failing=7), "first", parts, 1)
    again = Counted()
    with folder_of(tmp_path / "out") as parts:
        found = run_points(again, "first", parts, 1)
    assert again.ran == [(6, 9), (9, 10)]
    assert (found == run_points(Counted(), "first", None)).all()
    names = sorted(path.name for path in (tmp_path / "out" / "parts").iterdir())
    assert names == [f"first-{part:05d}.parquet" for part in range(4)]


@pytest.mark.parametrize("content", [b"", b"not a table", None])
def test_a_damaged_part_is_set_aside_and_run_again(tmp_path, content):
    with folder_of(tmp_path / "out") as parts:
        whole = run_points(Counted(), "first", parts)
    path = tmp_path / "out" / "parts" / "first-00001.parquet"
    path.write_bytes(path.read_bytes()[:-40] if content is None else content)
    again = Counted()
    with folder_of(tmp_path / "out") as parts:
        found = run_points(again, "first", parts)
        assert parts.damaged == [path.name]
    assert again.ran == [(3, 6)]
    assert (found == whole).all()
    assert path.with_name(path.name + ".damaged").is_file()


def test_every_changed_byte_of_the_numbers_is_noticed(tmp_path):
    """Random numbers do not compress, so that without checksums a changed byte would be another number."""
    values = np.random.default_rng(1).random((40, 2, 2))
    with folder_of(tmp_path / "out") as parts:
        parts.write("first-00000", values, [str(point) for point in range(len(values))])
    path = tmp_path / "out" / "parts" / "first-00000.parquet"
    whole = path.read_bytes()
    column = pyarrow.parquet.read_metadata(path).row_group(0).column(2)
    start = column.dictionary_page_offset or column.data_page_offset
    for place in range(start + 40, start + column.total_compressed_size, 41):
        with folder_of(tmp_path / "out") as parts:
            path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
            found = parts.read("first-00000", values.shape)
        assert found is None or (found == values).all()


def test_another_plan_is_refused_and_nothing_is_touched(tmp_path):
    with folder_of(tmp_path / "out") as parts:
        run_points(Counted(), "first", parts)
    before = {path: path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()}
    with (
        pytest.raises(InputError, match=r"another plan \(seed 1 there and 2 here"),
        folder_of(tmp_path / "out", seed=2),
    ):
        pass
    assert before == {path: path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()}


def test_other_rules_of_the_same_version_are_refused(tmp_path):
    with folder_of(tmp_path / "out", sources="a") as parts:
        run_points(Counted(), "first", parts)
    with (
        pytest.raises(InputError, match="holds runs of other rules of the same version"),
        folder_of(tmp_path / "out", sources="b"),
    ):
        pass


def test_ctrl_c_finishes_what_is_in_flight(tmp_path):
    """The first Ctrl-C comes while the second part is run; what was begun is kept, nothing else is begun."""

    class Interrupted(Counted):
        def run(self, first, last):
            if first == 3:
                os.kill(os.getpid(), signal.SIGINT)
                time.sleep(0.3)
            return super().run(first, last)

    told = []
    with pytest.raises(KeyboardInterrupt), folder_of(tmp_path / "out") as parts:
        run_points(Interrupted(60), "first", parts, 1, told=lambda: told.append(True))
    assert told == [True]
    done = len(list((tmp_path / "out" / "parts").iterdir()))
    assert 2 <= done < 20
    again = Counted(60)
    with folder_of(tmp_path / "out") as parts:
        found = run_points(again, "first", parts, 1)
    assert len(again.ran) == 20 - done
    assert (found == run_points(Counted(60), "first", None)).all()


def test_foreign_files_and_a_second_study_are_refused(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear")
    with pytest.raises(InputError, match=r"no results of qsim \(letter.txt\)"), folder_of(tmp_path / "mine"):
        pass
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="is a file"), folder_of(tmp_path / "file"):
        pass
    with (
        folder_of(tmp_path / "out"),
        pytest.raises(InputError, match="another run is writing there"),
        folder_of(tmp_path / "out"),
    ):
        pass


def test_a_full_disk_is_one_line_and_what_is_done_stays(tmp_path, monkeypatch):
    def full(self, name, content):
        if name.endswith("00002.parquet"):
            raise OSError(28, "No space left on device")
        write(self, name, content)

    write = PointsFolder.put
    monkeypatch.setattr(PointsFolder, "put", full)
    with (
        pytest.raises(UnfinishedError, match="cannot write there: no space left on device; what is done stays"),
        folder_of(tmp_path / "out") as parts,
    ):
        run_points(Counted(), "first", parts, 1)
    assert len(list((tmp_path / "out" / "parts").iterdir())) == 2
    assert json.loads((tmp_path / "out" / "manifest.json").read_text()) == MANIFEST


def test_links_folders_and_parts_of_another_plan_are_set_aside_and_run_again(tmp_path):
    with folder_of(tmp_path / "out") as parts, folder_of(tmp_path / "other", seed=2) as others:
        expected = run_points(Counted(), "first", parts, 1)
        run_points(Counted(), "first", others, 1)
    names = [f"first-{part:05d}.parquet" for part in range(4)]
    place = tmp_path / "out" / "parts"
    (place / names[0]).rename(place / "elsewhere")
    (place / names[0]).symlink_to("elsewhere")
    (place / names[1]).unlink()
    (place / names[1]).mkdir()
    (place / names[2]).write_bytes((tmp_path / "other" / "parts" / names[2]).read_bytes())
    again = Counted()
    with folder_of(tmp_path / "out") as parts:
        assert np.array_equal(run_points(again, "first", parts, 1), expected)
        assert parts.damaged == names[:3]
    assert again.ran == [(0, 3), (3, 6), (6, 9)]


def test_a_lost_manifest_does_not_block(tmp_path):
    with folder_of(tmp_path / "out") as parts:
        run_points(Counted(), "first", parts, 1)
    (tmp_path / "out" / "manifest.json").write_bytes(b"")
    with pytest.raises(InputError, match="has lost its manifest"), folder_of(tmp_path / "out", seed=2):
        pass
    again = Counted()
    with folder_of(tmp_path / "out") as parts:
        run_points(again, "first", parts, 1)
    assert again.ran == []
