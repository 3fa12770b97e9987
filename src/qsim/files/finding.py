"""Finds files of a kind: by path, or by name in the folder of the kind here and among those that come with qsim."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import qsim
from qsim.files.kinds import Kind
from qsim.files.messages import InputError, Message, suggestion

ENDINGS = (".yaml", ".yml")


def packaged(folder: str) -> Path:
    """Return a folder of files that come with qsim: inside the package, or at the top of its sources."""
    package = Path(qsim.__file__).resolve().parent
    inside = package / "data" / folder
    return inside if inside.is_dir() else package.parent.parent / folder


def files_in(folder: Path) -> list[Path]:
    """Return the files of a folder that may be of some kind, in the order of their names."""
    if not folder.is_dir():
        return []
    return [path for path in sorted(folder.glob("*")) if path.suffix in ENDINGS and path.is_file()]


def known_files(kind: Kind[Any]) -> dict[str, Path]:
    """Return the files that can be named without path and ending, by name; the current folder's come first."""
    found: dict[str, Path] = {}
    for folder in dict.fromkeys(folder.resolve() for folder in (Path(kind.folder), packaged(kind.folder))):
        for path in files_in(folder):
            found.setdefault(path.stem, path)
    return found


def find(kind: Kind[Any], name: str | Path) -> Path:
    """Return the path of a file given by name or path; raise InputError, with the nearest name, without one."""
    given = Path(name)
    alone, ends = given.parent == Path(), given.suffix in ENDINGS
    if given.is_file() or (kind.bare and given.exists() and not (alone and not ends and given.is_dir())):
        return given
    known = known_files(kind)
    wanted = given.stem if ends or not kind.bare else given.name
    if alone and wanted in known:
        return known[wanted]
    noun, options = kind.noun or kind.name, list(known)
    if kind.bare and (ends or not alone):
        beside = [path.name for path in files_in(given.parent)]
        noun, options = "file", [*beside, *(path.name for path in known.values())] if alone else beside
    meant = suggestion(given.name if kind.bare else given.stem, dict.fromkeys(options), "there are")
    raise InputError([Message(str(name) or '""', None, None, "", f"there is no such {noun}{meant}")])


def file_name(path: Path, kind: Kind[Any]) -> str:
    """Return a file as messages name it: from the current folder on, or as it is called among those that come with qsim."""
    absolute, folder = Path(os.path.abspath(path)), packaged(kind.folder)
    if absolute.is_relative_to(Path.cwd()):
        return absolute.relative_to(Path.cwd()).as_posix()
    if kind.bare and absolute.is_relative_to(folder):
        return absolute.name
    if not kind.bare and absolute.is_relative_to(folder.parent):
        return absolute.relative_to(folder.parent).as_posix()
    return str(path)
