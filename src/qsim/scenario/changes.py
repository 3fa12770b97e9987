"""Applies changes given as ``key=value`` to the content of a file, before it is checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qsim.files.messages import COMMAND_LINE, InputError, Message, Place, message_at, suggestion
from qsim.files.nodes import Node
from qsim.files.reading import read_text
from qsim.scenario.keys import Entry, Key, parse_key
from qsim.scenario.known_keys import keys_at

HERE = Place(COMMAND_LINE)


def apply_changes(root: Node, changes: Sequence[str]) -> Node:
    """Return the content with each change made, in order; raise InputError with a message for each that is wrong.

    A key that the file leaves at its default can be set, and so can one of a leader without an entry. Whether the key
    and the value are right is left to the checks that follow.
    """
    messages: list[Message] = []
    for change in changes:
        key, equals, value = change.partition("=")
        key = key.strip()
        try:
            if not equals or not key:
                raise _ChangeError(f'"{change}" is not a change; expected key=value')
            root = _changed(root, _steps(key), _value(value), ())
        except _ChangeError as error:
            messages.append(Message(COMMAND_LINE, None, None, key if equals else "", str(error)))
    if messages:
        raise InputError(messages)
    return root


def set_values(root: Node, values: Mapping[str, Node]) -> Node:
    """Return the content with each key set to a value of another file; its places are kept for later messages.

    Raise InputError, at the places of the keys, as :func:`apply_changes` does.
    """
    messages: list[Message] = []
    for key, value in values.items():
        try:
            root = _changed(root, _steps(key.strip()), value, ())
        except _ChangeError as error:
            messages.append(message_at(value.named, key, str(error)))
    if messages:
        raise InputError(messages)
    return root


class _ChangeError(Exception):
    """A change that cannot be made."""


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


def _changed(node: Node | None, steps: Key, value: Node, done: Key) -> Node:
    """Return ``node``, the content at the steps ``done``, with ``value`` at the steps that are left."""
    if not steps:
        return value
    step, rest = steps[0], steps[1:]
    if isinstance(step, Entry):
        return _changed_entry(node, step, rest, value, done)
    content = {} if node is None or node.value is None or node.is_unknown else node.value
    if isinstance(content, list):
        raise _ChangeError(
            f"{_words(done)} is a list; name one entry in brackets, such as {_words(done)}[{_example(content)}]"
        )
    if not isinstance(content, dict):
        raise _ChangeError(f'{_words(done)} has no keys, so no "{step}"')
    below = _changed(content.get(step), rest, value, (*done, step))
    return Node({**content, step: below}, *_places(node, value))


def _changed_entry(node: Node | None, step: Entry, rest: Key, value: Node, done: Key) -> Node:
    entries = node.value if node is not None and isinstance(node.value, list) else []
    names = [name for name in done if isinstance(name, str)]
    if not entries and names and names[-1] not in keys_at(names[:-1]):
        raise _ChangeError(f'unknown key "{names[-1]}"{suggestion(names[-1], keys_at(names[:-1]))}')
    index = step.index([entry.id for entry in entries])
    if index is None:
        office = _office(step.name, value.place) if done == ("leaders",) else None
        if office is None:
            ids = [entry.id for entry in entries if entry.id]
            known = suggestion(step.name, ids, "there are") or f"; it has {len(entries)}, counted from 0"
            raise _ChangeError(f'{_words(done)} has no entry "{step.name}"{known}')
        index, entries = len(entries), [*entries, office]
    below = _changed(entries[index], rest, value, (*done, step))
    changed = [*entries[:index], below, *entries[index + 1 :]]
    return Node(changed, *_places(node, value))


def _places(node: Node | None, value: Node) -> tuple[Place, Place | None]:
    """Return where content that is changed was written: where it was, or with the value that made it."""
    return (value.place, value.named) if node is None else (node.place, node.name)


def _office(name: str | int, here: Place) -> Node | None:
    """Return the entry of a leader of whom the file says nothing."""
    kind = str(name).partition("_")[0]
    if kind not in ("mayor", "deputy", "head"):
        return None
    return Node({"id": Node(str(name), here, here), "kind": Node(kind, here, here)}, here, here)


def _example(entries: Sequence[Node]) -> str:
    return next((entry.id for entry in entries if entry.id), "0")


def _words(done: Key) -> str:
    text = ""
    for step in done:
        text += f"[{step.name}]" if isinstance(step, Entry) else f".{step}" if text else step
    return text or "a scenario"
