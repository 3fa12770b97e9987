"""The kinds of files: what each is called, where its files are found, which class says what they hold, which keys they have."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Generic, TypeVar, get_args

from pydantic import BaseModel

import qsim
from qsim.files.messages import InputError, message_at, shown, suggestion
from qsim.files.nodes import UNKNOWN_FORMS, Node

NAMES = ("scenario", "experiment", "claims", "roles", "levers", "prices")
RUN_BY = {
    "scenario": ("scenarios", "is a scenario; `qsim run {}` runs it"),
    "experiment": ("experiments", "is an experiment; `qsim sweep {} --out FOLDER` runs it"),
}
"""The kinds that a command runs by name: their folder, and what is said of one that is named in place of another kind."""

VERSION = 1
ENDINGS = (".yaml", ".yml")

Content = TypeVar("Content", bound=BaseModel)


def as_it_is(root: Node, folder: Path | None = None) -> Node:
    """Return the content of a file."""
    return root


def no_entry(key: str, name: str) -> Mapping[str, str] | None:
    """Return None: naming an entry that a list does not have makes none."""
    return None


@dataclass(frozen=True)
class Kind(Generic[Content]):
    """A kind of files, by the name that stands behind their key ``kind``."""

    name: str
    folder: str
    """Where files of this kind are found by name, here and among those that come with qsim."""
    model: type[Content]
    """What a file holds."""
    extends: bool = False
    """Whether a file may extend another, and remove entries that the other has."""
    id_field: str = ""
    """The field that holds the name of the file, which is not written in it."""
    noun: str = ""
    """What people call such a file, if not by the name of the kind."""
    explained_by: str = "description"
    """The key of the label that says more than the label of the file does."""
    bare: bool = False
    """Whether messages name a file that comes with qsim without its folder."""
    new_entry: Callable[[str, str], Mapping[str, str] | None] = no_entry
    """What an entry holds that a list gets when a change names it: of the key of the list and the name of the entry."""
    of_file: Callable[[Node, Path], Node] = as_it_is
    """What becomes of the content of a file in a folder, before it is merged with what it extends."""
    of_whole: Callable[[Node], Node] = as_it_is
    """What becomes of a file with all that it extends."""

    def check_header(self, root: Node) -> None:
        """Raise InputError if a file says that it is of another kind or version."""
        kind, version = root.child("kind"), root.child("schema_version")
        if kind is not None and kind.value != self.name:
            another = kind.value in NAMES if isinstance(kind.value, str) else False
            text = (
                f"this file is of the kind {kind.value}; expected {self.name}"
                if another
                else f"{shown(kind.value)} is not a kind of file{suggestion(kind.value, NAMES)}"
            )
            raise InputError([message_at(kind.place, "kind", text)])
        if version is not None and (version.value != VERSION or isinstance(version.value, bool)):
            text = f"{shown(version.value)} is not a version this qsim reads; expected {VERSION}"
            raise InputError([message_at(version.place, "schema_version", text)])

    def parts_at(self, steps: Sequence[str | int]) -> list[type[BaseModel]]:
        """Return the classes of what may stand at a path of a file, whose steps may include the kind of an event."""
        return [*_parts_at(self.model, tuple(step for step in steps if isinstance(step, str)))]

    def field_with(self, steps: Sequence[str | int], key: str) -> str | None:
        """Return the field of the objects at a path below which a key belongs that they do not have, or None."""
        return _fields_by_key(tuple(self.parts_at(steps))).get(key)

    def keys_at(self, steps: Sequence[str | int]) -> list[str]:
        """Return the keys that objects at a path may have, in the order of their classes."""
        found = list(dict.fromkeys(key for part in self.parts_at(steps) for key in part.model_fields))
        if steps:
            return found
        return [*(("extends",) if self.extends else ()), *(key for key in found if key != self.id_field)]


def parts(annotation: Any) -> list[type[BaseModel]]:
    """Return the classes of objects that a type holds, itself or in a list or union; a value nobody knows is none."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [] if annotation.model_fields.keys() >= set(UNKNOWN_FORMS) else [annotation]
    return [part for argument in get_args(annotation) for part in parts(argument)]


@lru_cache(maxsize=256)
def _parts_at(model: type[BaseModel], steps: tuple[str, ...]) -> tuple[type[BaseModel], ...]:
    """Return the classes of what may stand at a path, without the indices of lists, below an object of a class."""
    found: list[type[BaseModel]] = [model]
    for step in steps:
        fields = [part.model_fields[step] for part in found if step in part.model_fields]
        if fields:
            found = [part for field in fields for part in parts(field.annotation)]
        else:
            found = [part for part in found if kind_of_part(part) == step]
    return tuple(found)


@lru_cache(maxsize=256)
def _fields_by_key(holders: tuple[type[BaseModel], ...]) -> dict[str, str]:
    """Return the first field of some classes below which a key belongs, for each key of what their fields hold."""
    found: dict[str, str] = {}
    for part in holders:
        for name, field in part.model_fields.items():
            for inner in parts(field.annotation):
                found |= {key: found.get(key, name) for key in inner.model_fields}
    return found


def kind_of_part(part: type[BaseModel]) -> str:
    """Return the kind that tells an object from others of the same list, or nothing."""
    field = part.model_fields.get("kind")
    kinds = get_args(field.annotation) if field is not None else ()
    return str(kinds[0]) if len(kinds) == 1 else ""


def packaged(folder: str) -> Path:
    """Return a folder of files that come with qsim: inside the package, or at the top of its sources."""
    package = Path(qsim.__file__).resolve().parent
    inside = package / "data" / folder
    return inside if inside.is_dir() else package.parent.parent / folder


def files_in(folder: Path) -> list[Path]:
    """Return the files of a folder that may be of some kind and have names that are text, in the order of their names."""
    if not folder.is_dir():
        return []
    paths = (path for path in sorted(folder.glob("*")) if path.suffix in ENDINGS and is_text(path.name))
    return [path for path in paths if path.is_file()]


def is_text(name: str) -> bool:
    """Return whether a name can be written as UTF-8, which not every file's can."""
    return name.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in name)


def known_files(kind: Kind[Any]) -> dict[str, Path]:
    """Return the files that can be named without path and ending, by name; the current folder's come first."""
    found: dict[str, Path] = {}
    for folder in _folders(kind.folder):
        for path in files_in(folder):
            found.setdefault(path.stem, path)
    return found


def _folders(name: str) -> list[Path]:
    """Return the folders of this name that are searched, in order."""
    return list(dict.fromkeys(Path(os.path.realpath(folder)) for folder in (Path(name), packaged(name))))


def find(kind: Kind[Any], name: str | Path, beside: Path = Path()) -> Path:
    """Return the path of a file given by name or path, with or without its ending, wherever somebody names one.

    It lies beside the file that names it (by default in the current folder), in the folder of its kind here, or among those
    that come with qsim, in this order. Raise InputError, with the nearest name, if there is none.
    """
    given = Path(name)
    by_name = given.parent == Path() and given.suffix not in ENDINGS
    if os.path.lexists(beside / given) and not (by_name and (beside / given).is_dir()):
        return beside / given
    if places := found_at(kind, name, beside):
        return places[0]
    for other, (folder, text) in RUN_BY.items() if by_name else ():
        if other != kind.name and any(path.stem == given.name for each in _folders(folder) for path in files_in(each)):
            raise InputError.about(str(name), text.format(name))
    noun = kind.noun or kind.name if by_name else "file"
    raise InputError.about(str(name) or '""', f"there is no such {noun}{meant(kind, name, beside, by_name)}")


def found_at(kind: Kind[Any], name: str | Path, beside: Path) -> list[Path]:
    """Return the files that a name may stand for, the first of them first."""
    given = Path(name)
    if not given.name:
        return []
    written = [given] if given.suffix in ENDINGS else [given.with_name(f"{given.name}{ending}") for ending in ENDINGS]
    folders = [beside, *(_folders(kind.folder) if given.parent == Path() else ())]
    paths = (folder / each for folder in folders for each in written)
    return [path for path in paths if os.path.isfile(path)]


def meant(kind: Kind[Any], name: str | Path, beside: Path, by_name: bool) -> str:
    """Return the end of a message about a file that is not there: the nearest that is, or all."""
    known, given = known_files(kind), Path(name)
    near = files_in(beside / given.parent)
    if by_name:
        names = [*known, *(path.stem for path in near)]
    else:
        names = [path.name for path in (*near, *(known.values() if given.parent == Path() else ()))]
    return suggestion(given.name, dict.fromkeys(names), "there are")


def lasting_name(kind: Kind[Any], name: str | Path) -> str:
    """Return what names a file from any folder: its whole path, but for the name of one that comes with qsim.

    Raise InputError, with the nearest name, if there is no such file.
    """
    path = find(kind, name)
    comes_along = Path(os.path.realpath(path)).is_relative_to(packaged(kind.folder)) and Path(name).name == str(name)
    return str(name) if comes_along else os.path.abspath(path)


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


def is_packaged(kind: Kind[Any], named: str) -> bool:
    """Return whether a file that messages name so comes with qsim, and is none of one's own."""
    path = packaged(kind.folder) / Path(named).name
    return path.is_file() and file_name(path, kind) == named and not os.path.isfile(named)
