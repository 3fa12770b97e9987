"""Loads a file of any kind: what it says and inherits, changed on request, as its class, with all that is wrong at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic

from pydantic import ValidationError

from qsim.files.changes import Changes, changed
from qsim.files.inheritance import read, repeated_ids
from qsim.files.kinds import Content, Kind, find
from qsim.files.messages import InputError, Message, message_at
from qsim.files.nodes import Node, plain
from qsim.files.translation import counts_wrong, translate

ROUNDS = 6
"""How often values are left out before the rest is given up: what lacks a key is left out after the key was."""


@dataclass(frozen=True)
class Loaded(Generic[Content]):
    """A file as it was loaded: its nodes, its name, its content, None where its class refuses it, and what is wrong."""

    kind: Kind[Content]
    root: Node
    name: str
    content: Content | None
    wrong: list[Message]

    def checked(self, found: Iterable[Message] = ()) -> Content:
        """Return the content if nothing is wrong and checks have found nothing; raise InputError, with all errors."""
        messages = [*self.wrong, *found]
        if messages or self.content is None:
            raise InputError(messages)
        return self.content


def load(kind: Kind[Content], name: str | Path, changes: Changes = ()) -> Loaded[Content]:
    """Return a file, given by its path or by name, with changes made to it and all that it extends.

    Raise InputError if it cannot be read or changed at all.
    """
    path = find(kind, name)
    return validated(kind, changed(kind, read(kind, path), changes), path.stem)


def validated(kind: Kind[Content], root: Node, name: str = "") -> Loaded[Content]:
    """Return a file of this content and name."""
    wrong = repeated_ids(root)
    if kind.id_field and (written := root.child(kind.id_field)) is not None:
        text = f'unknown key "{kind.id_field}"; the id of a {kind.name} is the name of its file'
        wrong.append(message_at(written.named, "", text))
    try:
        return Loaded(kind, root, name, kind.model.model_validate(_named(kind, plain(root), name)), wrong)
    except ValidationError as error:
        return Loaded(kind, root, name, None, [*wrong, *translate(error.errors(include_url=False), root, kind)])


def _named(kind: Kind[Any], content: Any, name: str) -> Any:
    return {**content, kind.id_field: name} if kind.id_field else content


def right_part(loaded: Loaded[Content]) -> Content | None:
    """Return what a file holds without its wrong values, for errors between its parts; None if nothing stands without them.

    Keys may be missing for this reason alone.
    """
    kind, content = loaded.kind, _named(loaded.kind, plain(loaded.root), loaded.name)
    for _ in range(ROUNDS):
        try:
            return kind.model.model_validate(content)
        except ValidationError as error:
            found = [one for one in error.errors(include_url=False) if not counts_wrong(one)]
            paths = {_path(content, one["loc"]) for one in found}
            for path in sorted(paths, key=_from_the_end, reverse=True):
                _leave_out(content, path)
    return None


def _path(content: Any, steps: Sequence[str | int]) -> tuple[str | int, ...]:
    """Return the steps that lead through the content; pydantic also names the members of unions on the way."""
    path: list[str | int] = []
    for step in steps:
        below = isinstance(content, dict) and step in content
        if below or (isinstance(content, list) and isinstance(step, int) and step < len(content)):
            content = content[step]
            path.append(step)
    return tuple(path)


def _from_the_end(path: tuple[str | int, ...]) -> list[tuple[int, str]]:
    return [(step, "") if isinstance(step, int) else (-1, step) for step in path]


def _leave_out(content: Any, path: tuple[str | int, ...]) -> None:
    try:
        for step in path[:-1]:
            content = content[step]
        if path:
            del content[path[-1]]
    except (KeyError, IndexError):  # it was a part of something that has been left out
        return
