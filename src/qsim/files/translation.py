"""What pydantic finds wrong, said in words a person can act on, at the place in the file where it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from pydantic_core import ErrorDetails

from qsim.files.keys import ID_PATTERN, key_text
from qsim.files.kinds import Kind, kind_of_part
from qsim.files.messages import Message, message_at, shown, suggestion
from qsim.files.nodes import Node, Path, deepest

SOURCE_PATTERN = r"^(report|public|literature|assumption)\b"
"""How a source begins."""

TERM_PATTERN = r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)?(@[A-Za-z0-9_-]+)?$"
"""How a term of a contrast is written: a world, what is measured in it and when."""

PATTERNS = {
    ID_PATTERN: "is not an id; expected lower case letters, digits and underscores, a letter first",
    TERM_PATTERN: "is not a term; expected world, world.measure, world@time or world.measure@time",
    SOURCE_PATTERN: 'is not a source; expected one that begins with "report", "public", "literature" or "assumption"',
}
QUOTED = re.compile(r"'([^']*)'")


def translate(errors: Iterable[ErrorDetails], root: Node, kind: Kind[Any]) -> list[Message]:
    """Return a message for each error that validation of the values below ``root``, a file of some kind, gave.

    A list whose entries are wrong is not too short: pydantic counts the right ones only.
    """
    return [_message(error, root, kind) for error in errors if not counts_wrong(error)]


def counts_wrong(error: ErrorDetails) -> bool:
    """Return whether an error only counts the entries of a list that are right by themselves."""
    return error["type"] == "too_short" and len(error["input"]) >= error.get("ctx", {})["min_length"]


def _message(error: ErrorDetails, root: Node, kind: Kind[Any]) -> Message:
    wrong, steps = error["type"], error["loc"]
    if wrong in ("extra_forbidden", "missing"):
        return _about_key(wrong, steps, root, kind)
    if steps and steps[-1] == "[key]":
        path = _path(root, steps[:-1])
        return message_at(deepest(root, path)[0].named, key_text(root, path[:-1]), _text(error))
    path = _path(root, steps)
    if wrong in ("union_tag_invalid", "union_tag_not_found"):
        return _about_event(error, path, root, kind)
    return message_at(deepest(root, path)[0].place, key_text(root, path), _text(error))


def _path(root: Node, steps: Iterable[str | int]) -> Path:
    """Return the steps that lead through the file; pydantic also names the members of unions on the way."""
    node, path = root, []
    for step in steps:
        below = node.child(step)
        if below is not None:
            node = below
            path.append(step)
    return tuple(path)


def _about_key(wrong: str, steps: tuple[str | int, ...], root: Node, kind: Kind[Any]) -> Message:
    """Return the message about a key that is not known, at the key, or one that is missing, at what lacks it."""
    around, key = _path(root, steps[:-1]), steps[-1]
    holder = deepest(root, around)[0]
    if wrong == "missing":
        return message_at(holder.place, key_text(root, around), f'missing key "{key}"')
    below = holder.child(key)
    text = f"unknown key {shown(key)}{_meant(key, steps[:-1], kind)}"
    if key == "remove" and kind.extends:
        text = 'unknown key "remove"; only an entry that the extended file has can be removed'
    return message_at(below.named if below is not None else holder.place, key_text(root, around), text)


def _meant(key: str | int, around: tuple[str | int, ...], kind: Kind[Any]) -> str:
    """Return the end of the message about an unknown key: the field below which it belongs, or the nearest key."""
    field = kind.field_with(around, key) if isinstance(key, str) else None
    return (
        f'; it belongs below "{field}"'
        if field
        else suggestion(key, [name for name in kind.keys_at(around) if name != key])
    )


def _about_event(error: ErrorDetails, path: Path, root: Node, kind: Kind[Any]) -> Message:
    node = deepest(root, path)[0]
    tags = error.get("ctx", {}).get("expected_tags", "")
    kinds = QUOTED.findall(tags) or [kind_of_part(part) for part in kind.parts_at(path)]
    written = node.child("kind")
    if written is None:
        return message_at(node.place, key_text(root, path), f'missing key "kind"; expected one of {", ".join(kinds)}')
    text = f"{shown(written.value)} is not a choice here{suggestion(written.value, kinds)}"
    return message_at(written.place, key_text(root, (*path, "kind")), text)


def _text(error: ErrorDetails) -> str:
    """Return what was found and what was expected, for an error about a value."""
    write = TEXTS.get(error["type"], _unforeseen)
    return write(error["input"], error.get("ctx", {}))


def _not_text(found: Any, context: Mapping[str, Any]) -> str:
    quoted = f', in quotes: "{shown(found)}"' if isinstance(found, (bool, int, float)) else ""
    return f"found {shown(found)}; expected text{quoted}"


def _not_list(found: Any, context: Mapping[str, Any]) -> str:
    example = f", such as [{found}]" if isinstance(found, str) and re.fullmatch(ID_PATTERN, found) else ""
    return f"found {shown(found)}; expected a list{example}"


def _not_flag(found: Any, context: Mapping[str, Any]) -> str:
    meant = {"yes": "true", "on": "true", "no": "false", "off": "false"}.get(str(found).lower())
    return f"found {shown(found)}; expected true or false{f', here {meant}' if meant else ''}"


def _not_choice(found: Any, context: Mapping[str, Any]) -> str:
    options = QUOTED.findall(context["expected"]) or [context["expected"]]
    return f"{shown(found)} is not a choice here{suggestion(found, options)}"


def _too_few(found: Any, context: Mapping[str, Any]) -> str:
    fewest, there = context["min_length"], context["actual_length"]
    return f"{'an empty list' if there == 0 else f'a list of {there}'}; expected at least {fewest}"


def _unforeseen(found: Any, context: Mapping[str, Any]) -> str:
    return f"{shown(found)} does not fit here"


TEXTS: Mapping[str, Callable[[Any, Mapping[str, Any]], str]] = {
    "refused": lambda found, context: context["text"],
    "string_type": _not_text,
    "string_pattern_mismatch": lambda found, context: f"{shown(found)} {PATTERNS[context['pattern']]}",
    "string_too_short": lambda found, context: "found empty text; expected some",
    "string_too_long": lambda found, context: f"{len(found)} characters; expected at most {context['max_length']}",
    "bool_type": _not_flag,
    "tuple_type": _not_list,
    "too_short": _too_few,
    "too_long": lambda found, context: f"a list of {len(found)}; expected at most {context['max_length']}",
    "literal_error": _not_choice,
    "model_type": lambda found, context: f"found {shown(found)}; expected a group of keys",
    "model_attributes_type": lambda found, context: f"found {shown(found)}; expected a group of keys",
    "dict_type": lambda found, context: f"found {shown(found)}; expected a group of keys",
}
