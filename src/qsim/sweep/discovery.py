"""Finds experiment files: by path, or by name in the folder ``experiments/`` here or among those that come with qsim."""

from __future__ import annotations

import os
from pathlib import Path

import qsim
from qsim.scenario.discovery import ENDINGS, missing

FOLDER = "experiments"


def packaged_experiments() -> Path:
    """Return the folder of the experiments that come with qsim: inside the package, or at the top of its sources."""
    package = Path(qsim.__file__).resolve().parent
    inside = package / "data" / FOLDER
    return inside if inside.is_dir() else package.parent.parent / FOLDER


def experiment_files() -> dict[str, Path]:
    """Return the files that can be named without path and ending, by name; the current folder's come first."""
    found: dict[str, Path] = {}
    for folder in dict.fromkeys(path.resolve() for path in (Path(FOLDER), packaged_experiments())):
        for path in sorted(folder.glob("*")) if folder.is_dir() else ():
            if path.suffix in ENDINGS and path.is_file():
                found.setdefault(path.stem, path)
    return found


def find_experiment(name: str | Path) -> Path:
    """Return the path of an experiment given by name or path; raise InputError, with the nearest name, without one."""
    given = Path(name)
    if given.is_file():
        return given
    known = experiment_files()
    if given.parent == Path() and given.stem in known:
        return known[given.stem]
    raise missing("experiment", str(name) or '""', given.stem, known)


def shown_name(path: Path) -> str:
    """Return an experiment file as messages name it: from the current folder on, or from ``experiments/`` on."""
    absolute = Path(os.path.abspath(path))
    for folder in (Path.cwd(), packaged_experiments().parent):
        if absolute.is_relative_to(folder):
            return absolute.relative_to(folder).as_posix()
    return str(path)
