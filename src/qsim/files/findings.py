"""What a check finds: a value that contradicts another, named by its path."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from qsim.files.messages import suggestion
from qsim.files.nodes import Path


@dataclass(frozen=True)
class Finding:
    """One contradiction; ``path`` leads to the value that is wrong, or to the object that lacks one."""

    path: Path
    text: str


@dataclass(frozen=True)
class Names:
    """What can be named in a scenario, by kind."""

    tasks: Collection[str]
    departments: Collection[str]
    divisions: Collection[str]
    leaders: Collection[str]
    commissioners: Collection[str]
    groups: Collection[str]


def unknown_name(path: Path, name: str | None, known: Collection[str], kind: str) -> Iterator[Finding]:
    """Yield a finding if a name is given and is none of those that exist."""
    if name is not None and name not in known:
        yield Finding(path, f'there is no {kind} "{name}"{suggestion(name, known, "there are")}')


def unknown_names(path: Path, names: Sequence[str], known: Collection[str], kind: str) -> Iterator[Finding]:
    """Yield a finding for each name of a list that does not exist, or is there twice."""
    for index, name in enumerate(names):
        yield from unknown_name((*path, index), name, known, kind)
        if name in names[:index]:
            yield Finding((*path, index), f'"{name}" is named twice')
