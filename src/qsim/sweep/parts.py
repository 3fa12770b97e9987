"""The files of a study's parts: which are there as they were written, which are not, and what else lies among them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from zlib import crc32

import pyarrow as pa
import pyarrow.parquet

from qsim.files.messages import InputError
from qsim.files.opening import read_bytes
from qsim.runs.store import UNREADABLE, Stamp, is_of, is_plain
from qsim.runs.to_json import from_json

RUNS = "runs"
POINTS = "points.parquet"
CHECKSUMS = "checksums"
TABLES = {"runs": (RUNS,), "series": (RUNS, "series"), "departments": (RUNS, "series", "departments")}
"""The tables of a study by what it puts out."""

PART_NAME = re.compile(r"part-([0-9]{6,})\.parquet")
BLOCK = 1 << 20
LARGEST_NOTE = 1 << 20
"""Bytes of a small file about a part."""

Sums = dict[str, int]
"""Checksums of the files of a part, by table."""


def part_name(index: int) -> str:
    """Return the name of the file of a part, the same in every table."""
    return f"part-{index:06d}.parquet"


def table_folder(name: str) -> str:
    """Return the folder of a table; it can be read like the file of the same name that ``qsim run`` writes."""
    return f"{name}.parquet"


def sums_path(folder: Path, index: int) -> Path:
    """Return the file that holds the checksums of a part."""
    return folder / CHECKSUMS / f"part-{index:06d}.json"


@dataclass
class Parts:
    """What lies in the folders of tables: parts that are ``done``, and those among them whose checksums were lost.

    ``damaged`` are files in the place of a part that are not as they were written, ``foreign`` those that are none.
    """

    done: set[int] = field(default_factory=set)
    without_sums: dict[int, Sums] = field(default_factory=dict)
    damaged: list[Path] = field(default_factory=list)
    foreign: list[Path] = field(default_factory=list)


def look_at(
    folder: Path, tables: Sequence[str], parts: int, key: str, asked: Callable[[int], bool] = lambda index: True
) -> Parts:
    """Look at the files of a study of a plan's ``key``, reading each: with its checksum, or else as a table.

    Of parts that are not ``asked`` for, which others may be writing, nothing is said.
    """
    found = Parts()
    there: set[int] = set()
    for table in tables:
        for path, index in _listed(folder / table_folder(table)):
            if index is None or index >= parts:
                found.foreign.append(path)
            elif asked(index):
                there.add(index)
    for index in sorted(there):
        sums, missing = read_sums(sums_path(folder, index)), False
        for table in reversed(tables):
            path = folder / table_folder(table) / part_name(index)
            if not _lies_there(path):
                missing = True
            elif not is_whole(path, sums.get(table), Stamp(key, index)) or (table == RUNS and missing):
                missing = True
                found.damaged.append(path)
        if not missing:
            found.done.add(index)
            if set(tables) - set(sums):
                found.without_sums[index] = {
                    table: checksum(folder / table_folder(table) / part_name(index)) for table in tables
                }
    return found


def planned_files(folder: Path, table: str, parts: int) -> dict[int, Path]:
    """Return the files of a table's parts that a plan of so many has, by their numbers; links and folders are none."""
    listed = ((index, path) for path, index in _listed(folder / table_folder(table)) if index is not None)
    return {index: path for index, path in sorted(listed) if index < parts and is_plain(path)}


def is_whole(path: Path, known: int | None, stamp: Stamp) -> bool:
    """Return whether a file is as it was written: a plain file with its stamp, and with its checksum or all readable."""
    try:
        if not is_plain(path) or not is_of(path, stamp):
            return False
        if known is not None:
            return checksum(path) == known
        pa.parquet.read_table(path.absolute(), page_checksum_verification=True)
    except UNREADABLE:
        return False
    return True


def read_sums(path: Path) -> Sums:
    """Return checksums by table; none if they cannot be read."""
    with suppress(InputError, ValueError):
        return dict(from_json(read_bytes(path, path.name, LARGEST_NOTE).decode(), Sums))
    return {}


def checksum(path: Path) -> int:
    """Return the checksum of a file."""
    total = 0
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            total = crc32(block, total)
    return total


def _listed(folder: Path) -> Iterator[tuple[Path, int | None]]:
    """Yield what lies in the folder of a table, but for hidden files, with the number of the part it is called by."""
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if not path.name.startswith("."):
            name = PART_NAME.fullmatch(path.name)
            yield path, int(name[1]) if name and path.name == part_name(int(name[1])) else None


def _lies_there(path: Path) -> bool:
    return path.exists() or path.is_symlink()
