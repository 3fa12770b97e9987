"""A folder of results: claimed for one plan, never overwritten by another, never left half-written."""

import errno
import json
import os
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from qsim.files.messages import InputError
from qsim.runs.csv_files import DIALECTS
from qsim.runs.manifest import make_manifest
from qsim.runs.store import Store
from qsim.scenario.loading import load_scenario


def frame(first, runs=2, months=3):
    dates = pd.date_range("2015-01-01", periods=months, freq="MS")
    return pd.DataFrame(
        {
            "scenario": "halle",
            "replicate": np.repeat(np.arange(first, first + runs), months),
            "month": np.tile(dates, runs),
            "practice": np.linspace(0, 1, runs * months),
            "need_gap": np.nan,
        }
    )


def plan(seed=1, replications=4, name="small", changes=(), **more):
    scenarios = [load_scenario(name, changes)]
    return make_manifest("run", scenarios, seed=seed, replications=replications, **more)


def contents(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def fill(folder, manifest=None, csv=None):
    with Store(folder, manifest or plan(), csv) as store:
        store.append("series", frame(0))
        store.append("series", frame(2))


def refusal(folder, manifest=None):
    with pytest.raises(InputError) as caught, Store(folder, manifest or plan()):
        pytest.fail("the folder was given away")
    lines = str(caught.value).splitlines()
    assert len(lines) == 1
    return lines[0]


def test_tables_grow_by_row_groups_and_are_tidy(tmp_path):
    fill(tmp_path / "a" / "out")
    folder = tmp_path / "a" / "out"
    assert contents(folder) == ["manifest.json", "series.parquet"]
    assert pq.ParquetFile(folder / "series.parquet").num_row_groups == 2
    read = pd.read_parquet(folder / "series.parquet")
    pd.testing.assert_frame_equal(read, pd.concat([frame(0), frame(2)], ignore_index=True))


def test_csv_holds_the_same_with_plain_dates(tmp_path):
    fill(tmp_path, csv=DIALECTS["en"])
    lines = (tmp_path / "series.csv").read_text().splitlines()
    assert list(pd.read_csv(tmp_path / "series.csv").columns) == list(frame(0).columns)
    assert lines[1] == '"halle",0,2015-01-01,0,'
    assert len(lines) == 13


def test_the_manifest_says_what_was_run(tmp_path):
    fill(tmp_path, plan(command="qsim run small"))
    found = json.loads((tmp_path / "manifest.json").read_text())
    assert (found["seed"], found["replications"], found["command"]) == (1, 4, "qsim run small")
    assert found["scenarios"][0]["id"] == "small"
    assert "departments: 10" in found["scenarios"][0]["text"]
    assert {"numpy", "numba"} <= set(found["libraries"])


def test_the_same_plan_again_gives_the_same_bytes(tmp_path):
    fill(tmp_path)
    first = {name: (tmp_path / name).read_bytes() for name in contents(tmp_path)}
    fill(tmp_path)
    assert {name: (tmp_path / name).read_bytes() for name in contents(tmp_path)} == first


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"seed": 2}, "seed 1 there and 2 here"),
        ({"replications": 5}, "replications 4 there and 5 here"),
        ({"name": "medium"}, "scenarios small there and medium here"),
        ({"changes": ["months=24"]}, "scenarios small there and small[months=24] here"),
    ],
)
def test_another_plan_is_refused_and_nothing_touched(tmp_path, other, said):
    fill(tmp_path)
    before = {name: (tmp_path / name).read_bytes() for name in contents(tmp_path)}
    assert said in refusal(tmp_path, plan(**other))
    assert {name: (tmp_path / name).read_bytes() for name in contents(tmp_path)} == before


def test_foreign_files_are_refused_and_kept(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    assert "notes.txt" in refusal(tmp_path)
    assert contents(tmp_path) == ["notes.txt"]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"package": "other"}', "\x00"])
def test_a_foreign_manifest_is_no_plan(tmp_path, text):
    (tmp_path / "manifest.json").write_text(text)
    assert "no results of qsim" in refusal(tmp_path)


def test_a_file_is_no_folder(tmp_path):
    (tmp_path / "out").write_text("")
    assert "is a file" in refusal(tmp_path / "out")
    assert "cannot write there: not a directory" in refusal(tmp_path / "out" / "inner")


def test_a_folder_that_cannot_be_made_is_one_line():
    assert "cannot write there" in refusal(Path("/proc/results"))


def spoilt(folder, error):
    with Store(folder, plan()) as store:
        store.append("series", frame(0))
        store.file("figures").mkdir()
        (store.file("figures") / "gap.svg").write_text("<svg/>")
        raise error


@pytest.mark.parametrize("error", [ValueError("trouble"), KeyboardInterrupt()])
def test_a_failure_leaves_nothing(tmp_path, error):
    with pytest.raises(type(error)):
        spoilt(tmp_path / "a" / "out", error)
    assert contents(tmp_path) == []


def test_a_failure_keeps_an_old_result_of_the_plan(tmp_path):
    fill(tmp_path)
    with pytest.raises(ValueError, match="trouble"):
        spoilt(tmp_path, ValueError("trouble"))
    assert contents(tmp_path) == ["manifest.json", "series.parquet"]
    assert len(pd.read_parquet(tmp_path / "series.parquet")) == 12


def test_a_full_disk_is_one_line_and_leaves_nothing(tmp_path):
    with pytest.raises(InputError) as caught:
        spoilt(tmp_path / "out", OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))
    assert str(caught.value) == f"{tmp_path / 'out'}:  cannot write there: no space left on device"
    assert contents(tmp_path) == []


def test_what_a_killed_run_left_is_no_obstacle(tmp_path):
    (tmp_path / ".series.parquet.4711.unfinished").write_bytes(b"PAR1")
    (tmp_path / ".figures.4711.unfinished").mkdir()
    fill(tmp_path)
    assert contents(tmp_path) == ["manifest.json", "series.parquet"]


def test_a_folder_in_use_is_refused(tmp_path):
    with Store(tmp_path, plan()):
        assert "another run is writing there" in refusal(tmp_path)
    assert contents(tmp_path) == ["manifest.json"]


def lose(folder):
    (folder / "manifest.json").unlink()


def empty(folder):
    (folder / "manifest.json").write_bytes(b"")


@pytest.mark.parametrize("spoil", [lose, empty])
def test_a_manifest_that_was_lost_does_not_block_its_plan(tmp_path, spoil):
    fill_with_figures(tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    spoil(tmp_path)
    assert "no results of qsim" in refusal(tmp_path, plan(seed=2))
    with pytest.raises(ValueError, match="trouble"):
        spoilt(tmp_path, ValueError("trouble"))
    fill_with_figures(tmp_path)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("name", ["notes.txt", "mine.csv", "mine.parquet", "runs.csv"])
def test_without_a_manifest_what_no_table_of_the_plan_shows_to_be_its_own_is_foreign(tmp_path, name):
    fill(tmp_path)
    lose(tmp_path)
    (tmp_path / name).write_text("mine")
    assert f"no results of qsim ({name})" in refusal(tmp_path)
    assert (tmp_path / name).read_text() == "mine"


def test_figures_alone_are_of_no_plan(tmp_path):
    (tmp_path / "figures").mkdir()
    assert "no results of qsim (figures)" in refusal(tmp_path)


def test_figures_move_into_their_folder(tmp_path):
    for _ in range(2):
        with Store(tmp_path, plan()) as store:
            figures = store.file("figures")
            figures.mkdir()
            (figures / "gap.svg").write_text("<svg/>")
    assert contents(tmp_path) == ["figures", "figures/gap.svg", "manifest.json"]


class Killed(BaseException):
    """The end of a process that does nothing any more."""


def killed(folder, monkeypatch, renamed):
    """Fill a folder in a process that is killed once so many files have got their names; return whether it was."""
    count, plain = [], Path.replace

    def replace(self, target):
        if len(count) == renamed:
            raise Killed
        count.append(self)
        return plain(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", replace)
        patch.setattr(Store, "_remove_unfinished", lambda self, needed: None)
        patch.setattr(Store, "remove_made", lambda self: None)
        try:
            fill_with_figures(folder)
        except Killed:
            return True
    return False


def fill_with_figures(folder, manifest=None):
    with Store(folder, manifest or plan(), csv=DIALECTS["en"]) as store:
        store.append("series", frame(0))
        store.append("runs", frame(2))
        store.file("figures").mkdir(exist_ok=True)
        for name in ("gap.svg", "paper.svg"):
            (store.file("figures") / name).write_text("<svg/>")


def test_killed_at_any_moment_the_same_plan_goes_on(tmp_path, monkeypatch):
    fill_with_figures(tmp_path / "whole")
    renamed = 0
    while killed(tmp_path / f"out{renamed}", monkeypatch, renamed):
        out = tmp_path / f"out{renamed}"
        if "series.parquet" in contents(out):
            assert "seed 1 there and 2 here" in refusal(out, plan(seed=2))
            with pytest.raises(ValueError, match="trouble"):
                spoilt(out, ValueError("trouble"))
            assert "seed 1 there and 2 here" in refusal(out, plan(seed=2))
        assert killed(out, monkeypatch, 1)
        fill_with_figures(out)
        assert contents(out) == contents(tmp_path / "whole")
        renamed += 1
    assert renamed == 8
