"""The experiments that can be named, with what their files say they are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from qsim.files.messages import InputError
from qsim.files.nodes import Node, plain
from qsim.files.reading import read_file
from qsim.scenario.values import Label
from qsim.sweep.discovery import experiment_files, shown_name


@dataclass(frozen=True)
class ExperimentEntry:
    """An experiment that can be named: its id, its file, its label and its question."""

    id: str
    path: Path
    label: Label
    question: Label | None


def available_experiments() -> list[ExperimentEntry]:
    """Return the experiments that can be named, in the order of their ids; a file without a label goes by its name."""
    found = []
    for name, path in sorted(experiment_files().items()):
        try:
            root = read_file(path, shown_name(path))
        except InputError:
            root = None
        label, question = (_label(root, key) for key in ("label", "question"))
        found.append(ExperimentEntry(name, path, label or Label(de=name, en=name), question))
    return found


def _label(root: Node | None, key: str) -> Label | None:
    node = None if root is None else root.child(key)
    try:
        return None if node is None else Label.model_validate(plain(node))
    except ValidationError:
        return None
