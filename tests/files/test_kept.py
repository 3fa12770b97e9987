from __future__ import annotations

from pathlib import Path

import pytest

import qsim
from qsim.files.kept import cache_home, kept

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
