"""Files are whole or not there, whatever happens while they are written."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from qsim.files.writing import write_whole


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
