"""What a check finds: a value that contradicts another, named by its path, and the message that is made of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from qsim.files.keys import key_text
from qsim.files.messages import Message, message_at, suggestion
from qsim.files.nodes import Node, Path, deepest


@dataclass(frozen=True)
class Finding:
    """One contradiction; ``path`` leads to the value that is wrong, or to the object that lacks one.

    ``lacks`` is the key or the name of which it only says that it is not there.
    """

    path: Path
    text: str
    lacks: str | None = None


def told(root: Node, findings: Iterable[Finding]) -> list[Message]:
    """Return the messages about findings in a file, each at its place."""
    return [message_at(deepest(root, one.path)[0].place, key_text(root, one.path), one.text) for one in findings]


def unknown_name(path: Path, name: str | None, known: Collection[str], kind: str) -> Iterator[Finding]:
    """Yield a finding if a name is given and is none of those that exist."""
    if name is not None and name not in known:
        yield Finding(path, f'there is no {kind} "{name}"{suggestion(name, known, "there are")}', name)


def unknown_names(path: Path, names: Sequence[str], known: Collection[str], kind: str) -> Iterator[Finding]:
    """Yield a finding for each name of a list that does not exist, or is there twice."""
    for index, name in enumerate(names):
        yield from unknown_name((*path, index), name, known, kind)
        if name in names[:index]:
            yield Finding((*path, index), f'"{name}" is named twice')
