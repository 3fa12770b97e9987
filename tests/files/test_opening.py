"""What is opened: files of limited size, never what has no end, and each refusal in one line."""

import os

import pytest

from qsim.files.messages import InputError
from qsim.files.opening import read_bytes, read_utf8
from qsim.files.reading import LARGEST_YAML


def refusal(read, *arguments):
    with pytest.raises(InputError) as caught:
        read(*arguments)
    return [str(message) for message in caught.value.messages]


def test_a_file_is_read_up_to_its_last_byte(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(b"12345")
    assert read_bytes(path, "file", 5) == b"12345"
    assert refusal(read_bytes, path, "file", 4) == [
        "file:  is larger than 3.81e-06 MB, the most that is read of such a file"
    ]


def test_what_has_no_end_is_not_begun(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    writing = os.open(
        tmp_path / "pipe", os.O_RDWR | os.O_NONBLOCK
    )  # whoever reads would get these, and not wait for ever
    os.write(writing, b"12")
    for path in (tmp_path / "pipe", "/dev/zero"):
        assert refusal(read_bytes, tmp_path / path, "it", 1) == ["it:  is a pipe or a device; expected a file"]
    os.close(writing)


def test_folders_links_in_a_circle_and_names_that_are_none(tmp_path):
    (tmp_path / "one").symlink_to("two")
    (tmp_path / "two").symlink_to("one")
    assert refusal(read_bytes, tmp_path, "it") == ["it:  is a folder; expected a file"]
    assert refusal(read_bytes, tmp_path / "gone", "it") == ["it:  there is no such file"]
    assert refusal(read_bytes, tmp_path / "one", "it") == ["it:  cannot be read: too many levels of symbolic links"]
    assert refusal(read_bytes, tmp_path / ("x" * 300), "it") == ["it:  cannot be read: file name too long"]
    assert refusal(read_bytes, tmp_path / "a\0b", "it") == ["it:  no file can have such a name"]


def test_text_that_is_none_has_a_place(tmp_path):
    path = tmp_path / "file"
    path.write_bytes("ä\nöx".encode() + b"\xff")
    assert refusal(read_utf8, path, "file") == ["file:2:3  is not text in UTF-8; save the file with this encoding"]


def test_a_huge_scenario_is_refused_before_it_is_read(complaints, folder):
    (folder / "huge.yaml").write_text("a" * (LARGEST_YAML + 1))
    assert complaints("huge.yaml") == ["huge.yaml:  is larger than 8 MB, the most that is read of such a file"]


def test_thousands_of_wrong_entries_are_each_told(complaints, base, folder):
    """Messages name entries by their ids, which are counted once; counted anew for each message they took minutes."""
    count = 4000
    entries = "".join(f"  - {{id: f{n}, kind: workshop, tsaks: x}}\n" for n in range(count))
    (folder / "many.yaml").write_text(f"{base}formats:\n{entries}")
    lines = complaints("many.yaml")
    assert sum('unknown key "tsaks"' in line for line in lines) == count
