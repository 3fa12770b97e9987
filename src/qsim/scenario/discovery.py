"""Finds scenario files: by path, or by name in the folder ``scenarios/`` and among those that come with qsim."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import qsim
from qsim.files.messages import InputError, Message, suggestion

ENDINGS = (".yaml", ".yml")
FOLDER = "scenarios"


def packaged_folder() -> Path:
    """Return the folder of the scenarios that come with qsim: inside the package, or at the top of its sources."""
    package = Path(qsim.__file__).resolve().parent
    inside = package / "data" / FOLDER
    return inside if inside.is_dir() else package.parent.parent / FOLDER


def scenario_folders() -> list[Path]:
    """Return the folders that are searched, in order."""
    return list(dict.fromkeys(folder.resolve() for folder in (Path(FOLDER), packaged_folder())))


def scenario_files() -> dict[str, Path]:
    """Return the files that can be named without path and ending, by name; the current folder's come first."""
    found: dict[str, Path] = {}
    for folder in scenario_folders():
        for path in sorted(folder.glob("*")) if folder.is_dir() else ():
            if path.suffix in ENDINGS and path.is_file():
                found.setdefault(path.stem, path)
    return found


def find_scenario(name: str | Path) -> Path:
    """Return the path of a scenario given by name or path; raise InputError, with the nearest name, without one."""
    given = Path(name)
    if given.exists() and (given.suffix in ENDINGS or given.parent != Path() or not given.is_dir()):
        return given
    files = scenario_files()
    if given.parent == Path():
        wanted = given.stem if given.suffix in ENDINGS else given.name
        if wanted in files:
            return files[wanted]
    kind = "file" if given.suffix in ENDINGS or given.parent != Path() else "scenario"
    beside = [path.name for path in sorted(given.parent.glob("*")) if path.suffix in ENDINGS] if kind == "file" else []
    named = [path.name if kind == "file" else stem for stem, path in files.items()]
    raise missing(kind, str(name) or '""', given.name, [*beside, *named] if given.parent == Path() else beside)


def missing(kind: str, file: str, name: str, options: Iterable[str]) -> InputError:
    """Return the error about a scenario that does not exist."""
    text = f"there is no such {kind}{suggestion(name, dict.fromkeys(options), 'there are')}"
    return InputError([Message(file, None, None, "", text)])


def file_name(path: Path) -> str:
    """Return a file as messages name it: from the current folder on, or by its name alone if it came with qsim."""
    absolute = Path(os.path.abspath(path))
    for folder, prefix in ((Path.cwd(), True), (packaged_folder(), False)):
        if absolute.is_relative_to(folder):
            return absolute.relative_to(folder).as_posix() if prefix else absolute.name
    return str(path)
