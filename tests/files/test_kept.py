from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

import qsim
from qsim.files.kept import cache_home, kept, write_whole

CALLS: list[str] = []


def _lines(text: str) -> dict[str, tuple[str, ...]]:
    CALLS.append(text)
    return {"lines": tuple(text.split("\n"))}


def _length(text: str) -> int:
    return len(text)


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QSIM_CACHE_DIR", str(tmp_path / "cache"))
    CALLS.clear()


def test_a_file_is_made_into_something_once_until_it_changes(tmp_path: Path) -> None:
    source = tmp_path / "a.yaml"
    source.write_text("ä\nb")
    assert [kept(source, _lines) for _ in range(3)] == [{"lines": ["ä", "b"]}] * 3
    assert CALLS == ["ä\nb"]
    source.write_text("c")
    assert kept(source, _lines) == {"lines": ["c"]}
    assert kept(source, _length) == 1


def test_another_version_of_qsim_makes_it_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = tmp_path / "a.yaml"
    source.write_text("a")
    kept(source, _lines)
    monkeypatch.setattr(qsim, "__version__", "of another day")
    assert kept(source, _lines) == {"lines": ["a"]}
    assert len(CALLS) == 2


def test_a_spoilt_entry_is_made_again(tmp_path: Path) -> None:
    source = tmp_path / "a.yaml"
    source.write_text("a")
    kept(source, _lines)
    [entry] = cache_home().rglob("*.json")
    entry.write_text("{")
    assert kept(source, _lines) == {"lines": ["a"]}
    assert len(CALLS) == 2


def test_without_a_folder_it_is_made_each_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("QSIM_CACHE_DIR", str(tmp_path / "file" / "folder"))
    source = tmp_path / "a.yaml"
    source.write_text("a")
    assert [kept(source, _lines) for _ in range(2)] == [{"lines": ["a"]}] * 2
    assert len(CALLS) == 2


def test_what_a_killed_process_left_of_a_file_is_removed(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        gone.wait()
    mine, other = f".page.html.abc.{os.getpid()}.unfinished", f".other.html.abc.{gone.pid}.unfinished"
    for name in (f".page.html.abc.{gone.pid}.unfinished", mine, other):
        (tmp_path / name).write_text("half")
    write_whole(tmp_path / "page.html", b"whole")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([mine, other, "page.html"])


def test_a_full_disk_is_told_of_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    (tmp_path / "page.html").write_bytes(b"before")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left") as caught:
        write_whole(tmp_path / "page.html", b"whole")
    assert caught.value.filename == str(tmp_path / "page.html")
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]
    assert (tmp_path / "page.html").read_bytes() == b"before"
