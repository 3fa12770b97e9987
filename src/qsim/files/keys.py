"""The grammar of keys: ``commissioners[integration].funding[0].duration_months`` names one value of a file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from qsim.files.nodes import Node, Path

ID_PATTERN = r"^[a-z][a-z0-9_]*$"
"""How the id of an object in a file is written."""

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
ENTRY = re.compile(r"\[\s*([A-Za-z0-9_]+)\s*\]")


@dataclass(frozen=True)
class Entry:
    """A step to an entry of a list: by the ``id`` of the entry, or by its index from 0."""

    name: str | int

    def index(self, ids: list[str | None]) -> int | None:
        """Return the index of the entry in a list with these ids, or None."""
        if isinstance(self.name, int):
            return self.name if self.name < len(ids) else None
        return ids.index(self.name) if self.name in ids else None


Key = tuple[str | Entry, ...]


def parse_key(text: str) -> Key:
    """Return the steps of a key; raise ValueError, with what was expected, for other text."""
    steps: list[str | Entry] = []
    position, expected = 0, NAME
    while True:
        found = expected.match(text, position)
        if found is None:
            rest = text[position:]
            raise ValueError(f'expected {"a name" if expected is NAME else "an id or index in brackets"} at "{rest}"')
        if expected is NAME:
            steps.append(found[0])
        else:
            steps.append(Entry(int(found[1]) if found[1].isdecimal() else found[1]))
        position = found.end()
        if position == len(text):
            return tuple(steps)
        expected = NAME if text[position] == "." else ENTRY
        position += expected is NAME


def value_at(whole: Any, key: str) -> Any:
    """Return what stands at a key in an object of objects; raise AttributeError or TypeError if there is nothing."""
    value = whole
    for step in parse_key(key):
        if isinstance(step, Entry):
            value = value[step.index([getattr(entry, "id", None) for entry in value])]
        else:
            value = getattr(value, step)
    return value


def key_text(root: Node | None, path: Path) -> str:
    """Return the key of a path in a file: entries that have an id of their own by it, the others by their index."""
    text, node = "", root
    for step in path:
        below = None if node is None else node.child(step)
        if isinstance(step, int):
            name = None if below is None else below.id
            own = name is not None and re.fullmatch(ID_PATTERN, name) and node is not None and node.ids[name] == 1
            text += f"[{name if own else step}]"
        else:
            text += f".{step}" if text else step
        node = below
    return text


def find(root: Node, key: Key) -> Node | None:
    """Return the node a key names, or None if the file does not have it."""
    node: Node | None = root
    for step in key:
        if node is None:
            return None
        if isinstance(step, str):
            node = node.child(step)
        else:
            entries = node.value if isinstance(node.value, list) else []
            index = step.index([entry.id for entry in entries])
            node = None if index is None else entries[index]
    return node
