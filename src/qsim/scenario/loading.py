"""Loads a scenario file: what it says and inherits, changed on request, checked, as a frozen object."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from qsim.files.messages import InputError, Message, message_at
from qsim.files.nodes import Node, Origin, plain
from qsim.scenario.changes import apply_changes
from qsim.scenario.checks import check
from qsim.scenario.discovery import find_scenario, scenario_files
from qsim.scenario.inheritance import read_merged, repeated_ids
from qsim.scenario.partial import errors_between_parts
from qsim.scenario.schema import Scenario
from qsim.scenario.translation import translate
from qsim.scenario.values import Label


@dataclass(frozen=True)
class ScenarioFile:
    """A scenario that can be named: its id, its file, and what the file says it is."""

    id: str
    path: Path
    label: Label
    description: Label | None


def load_scenario(name: str | Path, changes: Sequence[str] = ()) -> Scenario:
    """Return the scenario of a file, given by its path or as a name in ``scenarios/``.

    ``changes`` are texts such as ``administration.departments=80``; they are applied to the file with all it extends,
    before it is checked. Raise InputError, with all errors at once, if anything is wrong.
    """
    path = find_scenario(name)
    return checked_scenario(apply_changes(read_merged(path), changes), path.stem)


def checked_scenario(root: Node, name: str) -> Scenario:
    """Return the scenario of a file's content, with this id; raise InputError, with all errors at once."""
    messages = [*repeated_ids(root), *_written_id(root)]
    try:
        scenario = Scenario.model_validate({**plain(root), "id": name})
    except ValidationError as error:
        wrong = error.errors(include_url=False)
        told = [*messages, *translate(wrong, root)]
        raise InputError([*told, *errors_between_parts(root, name)]) from None
    messages += check(scenario, root)
    if messages:
        raise InputError(messages)
    scenario._origin = Origin(root)
    return scenario


def _written_id(root: Node) -> list[Message]:
    node = root.child("id")
    text = 'unknown key "id"; the id of a scenario is the name of its file'
    return [] if node is None else [message_at(node.named, "", text)]


def available_scenarios() -> list[ScenarioFile]:
    """Return the scenarios that can be named, in the order of their ids; a file without a label goes by its name."""
    found = []
    for name, path in sorted(scenario_files().items()):
        try:
            root = read_merged(path)
        except InputError:
            root = None
        label, description = (_label(root, key) for key in ("label", "description"))
        found.append(ScenarioFile(name, path, label or Label(de=name, en=name), description))
    return found


def _label(root: Node | None, key: str) -> Label | None:
    node = None if root is None else root.child(key)
    try:
        return None if node is None else Label.model_validate(plain(node))
    except ValidationError:
        return None
