"""Finds claims files: by path, by name, or all of the folder ``claims/`` here or of those that come with qsim."""

from __future__ import annotations

import os
from pathlib import Path

import qsim
from qsim.files.messages import InputError, Message
from qsim.scenario.discovery import ENDINGS, missing

FOLDER = "claims"
ROLES = "roles"
"""How names of files begin that hold the roles of statements, in the same folder."""

LATEST = "latest.json"
"""The results of the ledger as it stands, in the same folder."""

RIVALS = "rivals.json"
CALIBRATION = "calibration.json"
"""The results of the ledger in rival models, in the same folder."""


def packaged_claims() -> Path:
    """Return the folder of the claims that come with qsim: inside the package, or at the top of its sources."""
    package = Path(qsim.__file__).resolve().parent
    inside = package / "data" / FOLDER
    return inside if inside.is_dir() else package.parent.parent / FOLDER


def claims_folder() -> Path:
    """Return the folder whose files form the ledger: the current folder's ``claims/``, or else the packaged one."""
    here = Path(FOLDER)
    return here if _files(here) else packaged_claims()


def claims_files(folder: Path | None = None) -> list[Path]:
    """Return the claims files of a folder, by default of the ledger; raise InputError if there is none."""
    wanted = claims_folder() if folder is None else folder
    result = [path for path in _files(wanted) if not is_roles_file(path)]
    if not result:
        raise InputError([Message(str(wanted), None, None, "", "there are no claims files (*.yaml)")])
    return result


def roles_files(folder: Path | None = None) -> list[Path]:
    """Return the files of a folder, by default of the ledger, that hold the roles of statements."""
    return [path for path in _files(claims_folder() if folder is None else folder) if is_roles_file(path)]


def is_roles_file(path: Path) -> bool:
    """Return whether a file holds roles of statements, by its name."""
    return path.stem.startswith(ROLES)


def find_claims(name: str | Path) -> Path:
    """Return the path of a claims file given by path or by name; raise InputError, with the nearest name, without one."""
    given = Path(name)
    if given.is_file():
        return given
    known = {path.stem: path for path in _files(claims_folder())}
    if given.parent == Path() and given.stem in known:
        return known[given.stem]
    raise missing("claims file", str(name), given.stem, known)


def shown_name(path: Path) -> str:
    """Return a claims file as messages name it: from the current folder on, or from the folder of claims on."""
    absolute = Path(os.path.abspath(path))
    for folder in (Path.cwd(), packaged_claims().parent):
        if absolute.is_relative_to(folder):
            return absolute.relative_to(folder).as_posix()
    return str(path)


def _files(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.glob("*")) if path.suffix in ENDINGS] if folder.is_dir() else []
