"""Sets keys of a file to other values before it is checked: given as ``key=value``, or with values of another file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from qsim.files.keys import Entry, Key, parse_key
from qsim.files.kinds import Kind
from qsim.files.messages import COMMAND_LINE, InputError, Message, Place, message_at, suggestion
from qsim.files.nodes import Node, plain
from qsim.files.reading import read_text

HERE = Place(COMMAND_LINE)

Changes = str | Iterable[str] | Mapping[str, Any]
"""Texts ``key=value``, or one of them; or values by key, plain ones or nodes, whose places later messages name."""


class _ChangeError(Exception):
    """A change that cannot be made."""


def changed(kind: Kind[Any], root: Node, changes: Changes) -> Node:
    """Return the content with each change made, in order; raise InputError with a message for each that is wrong.

    A key that the file leaves at its default can be set, and so can one of an entry that ``kind`` makes where it is
    named. Whether the key and the value are right is left to the checks that follow.
    """
    messages: list[Message] = []
    for change in _listed(changes):
        key, value = change if isinstance(change, tuple) else str(change).partition("=")[::2]
        key, at = str(key).strip(), value.named if isinstance(value, Node) else HERE
        if not isinstance(change, tuple) and not ("=" in str(change) and key):
            messages.append(message_at(HERE, "", f'"{change}" is not a change; expected key=value'))
            continue
        try:
            steps = _steps(key)
            if kind.extends and steps[0] == "extends":
                raise _ChangeError("what a file extends cannot be changed; write a file that extends another")
            root = _changed(kind, root, steps, _value(value) if isinstance(change, str) else _node(value), ())
        except _ChangeError as error:
            messages.append(message_at(at, key, str(error)))
    if messages:
        raise InputError(messages)
    return root


def changes_text(changes: Changes) -> str:
    """Return changes as one text, such as ``months=60; administration.departments=80``."""
    pairs = (change if isinstance(change, str) else f"{change[0]}={_shown(change[1])}" for change in _listed(changes))
    return "; ".join(pairs)


def _listed(changes: Changes) -> list[Any]:
    """Return changes one by one: texts, or pairs of key and value."""
    if isinstance(changes, str) or not isinstance(changes, Iterable):
        return [changes]
    return list(changes.items() if isinstance(changes, Mapping) else changes)


def _shown(value: Any) -> str:
    value = plain(_node(value))
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _node(value: Any) -> Node:
    """Return a value of Python as one of a file; NumPy's numbers are plain ones."""
    if isinstance(value, Node):
        return value
    if isinstance(value, Mapping):
        return Node({str(key): _node(each) for key, each in value.items()}, HERE, HERE)
    if isinstance(value, (list, tuple)):
        return Node([_node(each) for each in value], HERE, HERE)
    if hasattr(value, "item"):
        value = value.item()
    if value is None or isinstance(value, (str, bool, int, float)):
        return Node(value, HERE, HERE)
    raise _ChangeError(f"{type(value).__name__} is no value of a file; expected a number, text, list or group of keys")


def _steps(key: str) -> Key:
    try:
        return parse_key(key)
    except ValueError as error:
        raise _ChangeError(str(error)) from None


def _value(text: str) -> Node:
    """Return the value, which is written as in a file; its places are the command line."""
    try:
        return _on_command_line(read_text(text, COMMAND_LINE))
    except InputError as error:
        raise _ChangeError(f'"{text}" cannot be read: {error.messages[0].text}') from None


def _on_command_line(node: Node) -> Node:
    value = node.value
    if isinstance(value, dict):
        value = {key: _on_command_line(child) for key, child in value.items()}
    elif isinstance(value, list):
        value = [_on_command_line(child) for child in value]
    return Node(value, HERE, HERE)


def _changed(kind: Kind[Any], node: Node | None, steps: Key, value: Node, done: Key) -> Node:
    """Return ``node``, the content at the steps ``done``, with ``value`` at the steps that are left."""
    if not steps:
        return value
    step, rest = steps[0], steps[1:]
    where = (value.place, value.named) if node is None else (node.place, node.name)
    if isinstance(step, Entry):
        entries, index = _entries(kind, node, step, value, done)
        below = _changed(kind, entries[index], rest, value, (*done, step))
        return Node([*entries[:index], below, *entries[index + 1 :]], *where)
    content = {} if node is None or node.value is None or node.is_unknown else node.value
    words = _words(done)
    if isinstance(content, list):
        example = next((entry.id for entry in content if entry.id), "0")
        raise _ChangeError(f"{words} is a list; name one entry in brackets, such as {words}[{example}]")
    if not isinstance(content, dict):
        raise _ChangeError(f'{words} has no keys, so no "{step}"')
    return Node({**content, step: _changed(kind, content.get(step), rest, value, (*done, step))}, *where)


def _entries(kind: Kind[Any], node: Node | None, step: Entry, value: Node, done: Key) -> tuple[list[Node], int]:
    """Return the entries of a list, with one that ``kind`` makes where it is named, and the place of the named one."""
    entries: list[Node] = node.value if node is not None and isinstance(node.value, list) else []
    names = [name for name in done if isinstance(name, str)]
    if not entries and names and names[-1] not in kind.keys_at(names[:-1]):
        raise _ChangeError(f'unknown key "{names[-1]}"{suggestion(names[-1], kind.keys_at(names[:-1]))}')
    index = step.index([entry.id for entry in entries])
    if index is not None:
        return entries, index
    new = kind.new_entry(_words(done), str(step.name))
    if new is None:
        ids = [entry.id for entry in entries if entry.id]
        known = suggestion(step.name, ids, "there are") or f"; it has {len(entries)}, counted from 0"
        raise _ChangeError(f'{_words(done)} has no entry "{step.name}"{known}')
    here = value.place
    return [*entries, Node({key: Node(text, here, here) for key, text in new.items()}, here, here)], len(entries)


def _words(done: Key) -> str:
    return "".join(f"[{step.name}]" if isinstance(step, Entry) else f".{step}" for step in done).removeprefix(".")
