"""Loads a scenario file, checked, as a frozen object; lists the files of a kind that can be named."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from qsim.files.changes import Changes, changes_text
from qsim.files.inheritance import read, told_at_child
from qsim.files.kinds import Kind, find, known_files
from qsim.files.loading import Loaded, load, validated
from qsim.files.messages import InputError
from qsim.files.nodes import Node, Origin, plain
from qsim.files.reading import read_text
from qsim.scenario.checks import check
from qsim.scenario.labels import Label
from qsim.scenario.schema import SCENARIO, Scenario


def load_scenario(name: str | Path, changes: Changes = ()) -> Scenario:
    """Return the scenario of a file, given by its path or as a name in ``scenarios/``.

    ``changes`` are texts such as ``administration.departments=80``, or values by key; they are applied to the file with
    all it extends, before it is checked. A changed scenario has an id and a label that say so. Raise InputError, with
    all errors at once, if anything is wrong.
    """
    if not isinstance(name, (str, Path)):
        raise TypeError(f"name is the name of a scenario or its path, not {type(name).__name__}")
    path = find(SCENARIO, name)
    try:
        scenario = _checked(load(SCENARIO, path, changes))
    except InputError as error:
        raise InputError(told_at_child(SCENARIO, path, error.messages)) from None
    done = changes_text(changes)
    if not done:
        return scenario
    label = Label(de=f"{scenario.label.de}, geändert", en=f"{scenario.label.en}, changed")
    return scenario.model_copy(update={"id": f"{scenario.id}[{done}]", "label": label})


def as_scenario(given: Scenario | str | Path, name: str = "scenario") -> Scenario:
    """Return a scenario, given as such, by its name or by the path of its file.

    Raise InputError as :func:`load_scenario` does, TypeError, with the ``name`` of the argument, for anything else.
    """
    if isinstance(given, Scenario):
        return given
    if isinstance(given, (str, Path)):
        return load_scenario(given)
    raise TypeError(f"{name} is a scenario, its name or its path, not {type(given).__name__}")


def checked_scenario(root: Node, name: str) -> Scenario:
    """Return the scenario of a file's content, with this id; raise InputError, with all errors at once."""
    return _checked(validated(SCENARIO, root, name))


def content_of(text: str, shown_as: str) -> Node:
    """Return the content of a scenario that a manifest holds; raise InputError if it cannot be read."""
    return SCENARIO.of_whole(read_text(text, shown_as))


def _checked(loaded: Loaded[Scenario]) -> Scenario:
    """Return a scenario whose parts do not contradict each other either; they are checked beside wrong values, too."""
    part = loaded.right_part()
    scenario = loaded.checked([] if part is None else part.told(check(part.content)))
    scenario._origin = Origin(loaded.root)
    return scenario


@dataclass(frozen=True)
class Listed:
    """A file that can be named: its id, its path, what it says it is, and what explains this."""

    id: str
    path: Path
    label: Label
    explanation: Label | None


def listed(kind: Kind[Any]) -> list[Listed]:
    """Return the files that can be named, in the order of their ids; a file without a label goes by its name."""
    found = []
    for name, path in sorted(known_files(kind).items()):
        try:
            root = read(kind, path)
        except InputError:
            root = None
        label, explanation = (_label(root, key) for key in ("label", kind.explained_by))
        found.append(Listed(name, path, label or Label(de=name, en=name), explanation))
    return found


def _label(root: Node | None, key: str) -> Label | None:
    node = None if root is None else root.child(key)
    try:
        return None if node is None else Label.model_validate(plain(node))
    except ValidationError:
        return None
