"""Files are whole or not there, whatever happens while they are written."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from qsim.files.writing import whole_folder, write_whole


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


def test_a_folder_takes_the_place_of_another_as_a_whole(tmp_path: Path) -> None:
    site = tmp_path / "site"
    for names in (("a.html", "b.html"), ("b.html", "c.html")):
        with whole_folder(site) as folder:
            for name in names:
                (folder / name).write_text(name)
            assert not site.exists() or sorted(path.name for path in site.iterdir()) == ["a.html", "b.html"]
        assert sorted(path.name for path in site.iterdir()) == list(names)
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
    assert site.stat().st_mode & 0o700 == 0o700


@pytest.mark.parametrize("failure", [KeyboardInterrupt(), OSError(errno.ENOSPC, "full")])
def test_a_folder_stays_as_it_is_where_another_fails(tmp_path: Path, failure: BaseException) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "a.html").write_text("before")

    def fail(folder: Path) -> None:
        (folder / "a.html").write_text("half")
        raise failure

    with pytest.raises(type(failure)), whole_folder(tmp_path / "site") as folder:
        fail(folder)
    assert [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")] == ["site", "site/a.html"]
    assert (tmp_path / "site" / "a.html").read_text() == "before"


def test_what_cannot_take_the_place_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "a.html").write_text("before")
    replace = Path.replace

    def refused(path: Path, target: Path) -> Path:
        if path.name == "new":
            raise PermissionError(errno.EACCES, "denied", str(path))
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", refused)
    with pytest.raises(OSError, match="denied") as caught, whole_folder(tmp_path / "site"):
        pass
    assert caught.value.filename == str(tmp_path / "site")
    assert [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")] == ["site", "site/a.html"]


def test_a_file_that_does_not_fit_is_told_by_its_place_in_the_folder(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such") as caught, whole_folder(tmp_path / "site") as folder:
        (folder / "none" / "a.html").write_text("a")
    assert caught.value.filename == str(tmp_path / "site" / "none" / "a.html")
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_process_left_of_a_folder_is_removed(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        gone.wait()
    (tmp_path / f".site.abc.{gone.pid}.unfinished" / "new").mkdir(parents=True)
    with whole_folder(tmp_path / "site"):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
