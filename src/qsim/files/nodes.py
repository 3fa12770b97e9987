"""A scenario file as it was read: a tree of values that each know the place they were written at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from qsim.files.messages import Place

Path = tuple[str | int, ...]
"""The way from the root to a value: names of keys, and indices of list entries."""

UNKNOWN_FORMS = ("between", "one_of")


@dataclass(frozen=True)
class Node:
    """A value of a file: a scalar, a dict of nodes or a list of nodes; ``name`` is the place of its key."""

    value: Any
    place: Place
    name: Place | None = None

    @property
    def named(self) -> Place:
        """The place of the key, or of the value where it has none."""
        return self.name or self.place

    @property
    def id(self) -> str | None:
        """The id of a group of keys that has one."""
        entry = self.value.get("id") if isinstance(self.value, dict) else None
        return entry.value if entry is not None and isinstance(entry.value, str) else None

    @property
    def is_unknown(self) -> bool:
        """Whether this is a value nobody knows, ``{between: ...}`` or ``{one_of: ...}``."""
        return isinstance(self.value, dict) and any(form in self.value for form in UNKNOWN_FORMS)

    @cached_property
    def ids(self) -> Counter[str | None]:
        """How often each id stands among the entries of a list."""
        return Counter(entry.id for entry in self.value) if isinstance(self.value, list) else Counter()

    def child(self, step: str | int) -> Node | None:
        """Return the node one step down, or None."""
        if isinstance(self.value, dict):
            found = self.value.get(step)
            return found if isinstance(found, Node) else None
        if isinstance(self.value, list) and isinstance(step, int) and 0 <= step < len(self.value):
            return self.value[step] if isinstance(self.value[step], Node) else None
        return None


def has_ids(entries: Sequence[Node]) -> bool:
    """Whether a list holds objects with ids, and nothing else."""
    return all(entry.id is not None for entry in entries)


def plain(node: Node) -> Any:
    """Return the values without their places."""
    if isinstance(node.value, dict):
        return {key: plain(child) for key, child in node.value.items()}
    if isinstance(node.value, list):
        return [plain(child) for child in node.value]
    return node.value


def walk(node: Node, path: Path = ()) -> Iterator[tuple[Path, Node]]:
    """Yield every node below this one, and itself, with its path."""
    yield path, node
    children: Any = ()
    if isinstance(node.value, dict):
        children = node.value.items()
    elif isinstance(node.value, list):
        children = enumerate(node.value)
    for step, child in children:
        yield from walk(child, (*path, step))


def deepest(root: Node, path: Path) -> tuple[Node, bool]:
    """Return the node at a path, or the last one on the way to it, and whether the way went to its end."""
    node = root
    for step in path:
        below = node.child(step)
        if below is None:
            return node, False
        node = below
    return node, True


class Origin:
    """Where a scenario was read from. All origins are equal: where it was written does not change a scenario."""

    def __init__(self, root: Node | None = None) -> None:
        self.root = root

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Origin)

    def __hash__(self) -> int:
        return hash(Origin)
