"""What a file inherits by ``extends``: the content of its parent, changed by its own."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from qsim.files.keys import key_text
from qsim.files.kinds import ENDINGS, Kind, file_name, found_at, is_packaged, meant
from qsim.files.messages import InputError, Message, message_at, shown, suggestion
from qsim.files.nodes import Node, has_ids, plain, walk
from qsim.files.reading import read_file

LONGEST_CHAIN = 50
"""Files of which each extends the next."""


def read(kind: Kind[Any], path: Path, wrong: list[Message] | None = None) -> Node:
    """Return the content of a file and all it extends, each value with the place it came from.

    Raise InputError for files that cannot be read, are of another kind, or extend each other in a circle or without end.
    A key or an id that is there twice leaves the rest to be checked: it is added to ``wrong`` instead if that is given.
    """
    found: list[Message] = []
    try:
        root = kind.of_whole(_read(kind, path, found, ()))
    except InputError as error:
        raise InputError([*found, *error.messages]) from None
    if wrong is not None:
        wrong += found
    elif found:
        raise InputError(found)
    return root


def _read(kind: Kind[Any], path: Path, wrong: list[Message], chain: tuple[str, ...]) -> Node:
    root = read_file(path, file_name(path, kind), wrong)
    kind.check_header(root)
    extends = root.child("extends")
    if not kind.extends:
        return root
    own = Node({key: node for key, node in root.value.items() if key != "extends"}, root.place)
    content = kind.of_file(own, path.parent)
    wrong += repeated_ids(content)
    if extends is None:
        return content
    parent = _parent(kind, extends, path)
    chain = (*chain, os.path.realpath(path))
    if (there := os.path.realpath(parent)) in chain:
        names = " -> ".join(Path(member).name for member in (*chain[chain.index(there) :], there))
        raise InputError([message_at(extends.place, "extends", f"the files extend each other in a circle: {names}")])
    if len(chain) > LONGEST_CHAIN:
        text = f"more than {LONGEST_CHAIN} files extend each other, one the next; expected a shorter chain"
        raise InputError([message_at(extends.place, "extends", text)])
    try:
        whole = _read(kind, parent, wrong, chain)
    except InputError as error:
        raise InputError(_placed(message, extends) for message in error.messages) from None
    if content.child("label") is None:
        content.value["label"] = _label_of_variant(whole, path.stem)
    return merge(whole, content)


def _placed(message: Message, extends: Node) -> Message:
    """Return a message about a file as a whole at the place that names it, others as they are."""
    if message.line is not None:
        return message
    return message_at(extends.place, f"extends: {message.file}", message.text)


def told_at_child(kind: Kind[Any], path: Path, messages: Sequence[Message]) -> list[Message]:
    """Return messages; those about a file that comes with qsim, which is right by itself, where one's own extends it."""
    name = file_name(path, kind)
    inherited = {file for file in {message.file for message in messages} if is_packaged(kind, file)}
    if not inherited or is_packaged(kind, name):
        return [*messages]
    extends = read_file(path, name, []).child("extends")
    if extends is None:
        return [*messages]
    return [
        message_at(extends.place, "extends", f"with these changes the scenario is wrong: {message}")
        if message.file in inherited
        else message
        for message in messages
    ]


def _label_of_variant(parent: Node, name: str) -> Node:
    """Return the label of a file that has none of its own: that of the file it extends, with its own name."""
    label = parent.child("label")
    if label is None or not isinstance(label.value, dict):
        return label or Node({}, parent.place)
    marked = {key: Node(f"{text.value} ({name})", text.place, text.name) for key, text in label.value.items()}
    return Node(marked, label.place, label.name)


def repeated_ids(root: Node) -> list[Message]:
    """Return a message for each id that two entries of one list have."""
    messages: list[Message] = []
    for path, node in walk(root):
        first: dict[str, Node] = {}
        for entry in node.value if isinstance(node.value, list) else ():
            if entry.id is None:
                continue
            if entry.id in first:
                earlier = first[entry.id].place.line
                text = f'the id "{entry.id}" is there twice{"" if earlier is None else f"; first in line {earlier}"}'
                messages.append(message_at(entry.value["id"].place, key_text(root, path), text))
            first.setdefault(entry.id, entry)
    return messages


def _parent(kind: Kind[Any], extends: Node, path: Path) -> Path:
    """Return the path of the file that another one, at ``path``, extends."""
    name = extends.value
    if not isinstance(name, str) or not name:
        text = f"found {shown(name)}; expected the name of one file, such as base.yaml"
        raise InputError([message_at(extends.place, "extends", text)])
    here, itself = path.parent, os.path.realpath(path)
    others = [found for found in found_at(kind, name, here) if os.path.realpath(found) != itself]
    if others:
        return others[0]
    if os.path.lexists(here / name) or found_at(kind, name, here):
        return here / name if os.path.lexists(here / name) else path
    text = f"there is no file {shown(name)} to extend{meant(kind, Path(name).name, here, not name.endswith(ENDINGS))}"
    raise InputError([message_at(extends.place, "extends", text)])


def merge(parent: Node, child: Node) -> Node:
    """Return the parent changed by the child: groups of keys key by key, lists whose new entries have ids entry by entry.

    Entries of the parent without an id stay. Other lists and values are replaced, so are values nobody knows. Raise
    InputError if the child removes an entry the parent does not have.
    """
    if isinstance(parent.value, dict) and isinstance(child.value, dict):
        if parent.is_unknown or child.is_unknown:
            return child
        merged = dict(parent.value)
        for key, node in child.value.items():
            merged[key] = merge(merged[key], node) if key in merged else node
        return Node(merged, child.place, child.name)
    lists = isinstance(parent.value, list) and isinstance(child.value, list) and parent.value and child.value
    if lists and all(isinstance(entry.value, dict) for entry in parent.value) and has_ids(child.value):
        return Node(_merge_entries(parent.value, child.value), child.place, child.name)
    return child


def _merge_entries(parents: list[Node], children: list[Node]) -> list[Node]:
    """Return the parent's entries in their order, changed or removed, then the new ones."""
    merged: dict[str | int | None, Node] = {entry.id or index: entry for index, entry in enumerate(parents)}
    for entry in children:
        removal = entry.child("remove")
        if removal is None:
            merged[entry.id] = merge(merged[entry.id], entry) if entry.id in merged else entry
        elif removal.value is not True:
            raise InputError([message_at(removal.place, "", f"remove: found {shown(removal.value)}; expected true")])
        elif entry.id not in merged:
            ids = [name for name in merged if isinstance(name, str)]
            text = f'there is no "{entry.id}" to remove{suggestion(entry.id, ids, "there are")}'
            raise InputError([message_at(removal.named, "", text)])
        else:
            del merged[entry.id]
    return list(merged.values())


def difference(parent: Node, whole: Node) -> Node | None:
    """Return the child that makes ``whole`` of the parent when it is merged, None if there is nothing to change.

    Raise ValueError if ``whole`` lacks a key that the parent has, which no child takes away.
    """
    if plain(parent) == plain(whole):
        return None
    if isinstance(parent.value, dict) and isinstance(whole.value, dict) and not (parent.is_unknown or whole.is_unknown):
        if missing := parent.value.keys() - whole.value.keys():
            raise ValueError(f"the key {min(missing)} is gone")
        return Node({key: found for key, node in whole.value.items() if (found := _differing(parent, key, node))},
                    whole.place, whole.name)  # fmt: skip
    if isinstance(parent.value, list) and isinstance(whole.value, list) and parent.value and whole.value:
        return _differing_entries(parent, whole) or whole
    return whole


def _differing(parent: Node, key: str, node: Node) -> Node | None:
    before = parent.child(key)
    return node if before is None else difference(before, node)


def _differing_entries(parent: Node, whole: Node) -> Node | None:
    """Return the entries that are changed or new; None if they do not make the whole list of that of the parent."""
    before = {entry.id: entry for entry in parent.value if entry.id is not None}
    changed = []
    for entry in whole.value:
        old = before.get(entry.id)
        found = entry if old is None else difference(old, entry)
        if found is not None and entry.id is not None:
            changed.append(Node({"id": entry.value["id"], **found.value}, entry.place, entry.name))
    child = Node(changed, whole.place, whole.name)
    return child if changed and plain(merge(parent, child)) == plain(whole) else None
