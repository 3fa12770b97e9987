"""Loads a file of any kind: what it says and inherits, changed on request, as its class, with all that is wrong at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import count, islice
from pathlib import Path
from typing import Any, Generic

from pydantic import ValidationError

from qsim.files.changes import Changes, changed
from qsim.files.findings import Finding, told
from qsim.files.inheritance import read, repeated_ids
from qsim.files.kinds import Content, Kind, find
from qsim.files.messages import InputError, Message, message_at
from qsim.files.nodes import Node, deepest, plain, walk
from qsim.files.nodes import Path as FilePath
from qsim.files.translation import counts_wrong, translate

ROUNDS = 6
"""How often values are left out before the rest is given up: what lacks a key is left out after the key was."""


@dataclass(frozen=True)
class RightPart(Generic[Content]):
    """What a file holds without its wrong values, which are ``left_out``, by their paths in the file."""

    root: Node
    content: Content
    left_out: frozenset[FilePath] = frozenset()

    def written(self, path: FilePath) -> FilePath:
        """Return the path in the file of what stands at a path of the content: entries that were left out count there."""
        return _written(path, self.left_out)

    def touches(self, *path: str | int) -> bool:
        """Return whether something at or below a path of the file was left out."""
        return any(one[: len(path)] == path for one in self.left_out)

    def told(self, findings: Iterable[Finding]) -> list[Message]:
        """Return messages about findings in the content, but for those that only miss what was left out."""
        written = [replace(one, path=self.written(one.path)) for one in findings]
        return told(self.root, [one for one in written if not self._only_misses_what_was_left_out(one)])

    def _only_misses_what_was_left_out(self, finding: Finding) -> bool:
        """Return whether what is lacking was left out, or is a key of something from which another was left out."""
        return finding.lacks is not None and (finding.lacks in self._absent or self.touches(*finding.path))

    @cached_property
    def _absent(self) -> set[str | None]:
        """The keys that were left out, or on the way to it, and the ids of entries that were."""
        keys: set[str | None] = {step for path in self.left_out for step in path if isinstance(step, str)}
        return keys | {node.id for path in self.left_out for _, node in walk(deepest(self.root, path)[0])}


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

    def right_part(self) -> RightPart[Content] | None:
        """Return what the file holds without its wrong values, for errors between its parts; None if nothing stands then.

        Keys may be missing for this reason alone.
        """
        if self.content is not None:
            return RightPart(self.root, self.content)
        left_out: set[FilePath] = set()
        for _ in range(ROUNDS):
            content = _named(self.kind, plain(self.root), self.name)
            for path in sorted(left_out, key=_from_the_end, reverse=True):
                _leave_out(content, path)
            try:
                return RightPart(self.root, self.kind.model.model_validate(content), frozenset(left_out))
            except ValidationError as error:
                found = [one for one in error.errors(include_url=False) if not counts_wrong(one)]
                left_out |= {_written(_path(content, one["loc"]), left_out) for one in found}
        return None


def load(kind: Kind[Content], name: str | Path, changes: Changes = ()) -> Loaded[Content]:
    """Return a file, given by its path or by name, with changes made to it and all that it extends.

    Raise InputError if it cannot be read or changed at all.
    """
    path = find(kind, name)
    wrong: list[Message] = []
    root = read(kind, path, wrong)
    try:
        return validated(kind, changed(kind, root, changes), path.stem, wrong)
    except InputError as error:
        raise InputError([*wrong, *error.messages]) from None


def validated(kind: Kind[Content], root: Node, name: str = "", wrong: Sequence[Message] = ()) -> Loaded[Content]:
    """Return a file of this content and name, of which reading has found ``wrong``; a place that is told is told once."""
    found = repeated_ids(root)
    if kind.id_field and (written := root.child(kind.id_field)) is not None:
        text = f'unknown key "{kind.id_field}"; the id of a {kind.name} is the name of its file'
        found.append(message_at(written.named, "", text))
    content = None
    try:
        content = kind.model.model_validate(_named(kind, plain(root), name))
    except ValidationError as error:
        found += translate(error.errors(include_url=False), root, kind)
    places = {one.place for one in wrong}
    return Loaded(kind, root, name, content, [*wrong, *(one for one in found if one.place not in places)])


def _named(kind: Kind[Any], content: Any, name: str) -> Any:
    return {**content, kind.id_field: name} if kind.id_field else content


def _written(path: FilePath, left_out: Collection[FilePath]) -> FilePath:
    """Return the path in a file of what stands at a path of its content, from which some entries were left out."""
    result: FilePath = ()
    for step in path:
        if isinstance(step, int):
            entries = (index for index in count() if (*result, index) not in left_out)
            step = next(islice(entries, step, None))
        result = (*result, step)
    return result


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
