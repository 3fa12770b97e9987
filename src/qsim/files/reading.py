"""Reads a YAML 1.2 file into nodes, and says in plain words what keeps it from being read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.reader import ReaderError

from qsim.files.messages import InputError, Message, Place, message_at, shown
from qsim.files.nodes import Node
from qsim.files.opening import read_utf8

LARGEST_YAML = 8 * 2**20
"""Bytes of the largest file of keys and values; reading it takes a quarter of a minute, an administration has 0.1 million."""

DEEPEST = 40
STARTS, ENDS = (MappingStartEvent, SequenceStartEvent), (MappingEndEvent, SequenceEndEvent)
TEXT_TAGS = ("tag:yaml.org,2002:str", "tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:value")
SCALAR_TAGS = ("tag:yaml.org,2002:int", "tag:yaml.org,2002:float", "tag:yaml.org,2002:bool", "tag:yaml.org,2002:null")

INTEGER, DIGITS = re.compile(r"[-+]?[0-9]+"), re.compile(r"[0-9]+")
TAB_INDENT = re.compile(r"^ *\t")

AT_PROBLEM = (
    ("mapping values are not allowed", 'a ":" does not fit here; put text that holds one in quotes, or align the keys'),
    ("could not find expected ':'", 'a key without ":" comes before this'),
    ("sequence entries are not allowed", 'a list cannot start here; put each "- " on a line of its own'),
    ("expected <block end>", "this does not fit the indentation of the lines before it"),
    ("unknown escape character", 'a "\\" in double quotes needs a second one'),
    ("found another document", "a second document starts here; expected one"),
    ("expected the node content", "a value is expected here"),
    ("expected ',' or", "a comma or a closing bracket is missing before this"),
)
"""What the library says, and what it means to the person who wrote the file."""


def read_file(path: Path, shown_as: str, wrong: list[Message] | None = None) -> Node:
    """Return the content of a file, a group of keys; raise InputError with all that keeps it from being read.

    What leaves the rest to be read, such as a key that is there twice, is added to ``wrong`` instead if that is given.
    """
    text = read_utf8(path, shown_as, LARGEST_YAML)
    if not text.strip():
        raise InputError(
            [Message(shown_as, 1, 1, "", "the file is empty; expected keys and values such as kind: scenario")]
        )
    node = read_text(text, shown_as, wrong)
    if not isinstance(node.value, dict):
        found = "only comments" if node.value is None else shown(node.value)
        raise InputError(
            [message_at(node.place, "", f"found {found}; expected keys and values such as kind: scenario")]
        )
    return node


def read_text(text: str, shown_as: str, wrong: list[Message] | None = None) -> Node:
    """Return the one document of a YAML text; raise InputError as :func:`read_file` does. Nodes must not be changed."""
    root, found = _document(text, shown_as)
    if wrong is not None:
        wrong += found
    elif found:
        raise InputError(found)
    return root


@lru_cache(maxsize=256)
def _document(text: str, shown_as: str) -> tuple[Node, tuple[Message, ...]]:
    """Return the one document of a text, and what leaves the rest to be read."""
    yaml = YAML(typ="safe", pure=True)
    events, depth = [], 0
    try:
        for event in yaml.parse(text):
            events.append(event)
            depth += isinstance(event, STARTS) - isinstance(event, ENDS)
            if depth > DEEPEST + 1:  # the rest could take minutes, and is not read anyway
                break
    except YAMLError as error:
        raise InputError(_syntax_messages(error, text, shown_as)) from None
    except Exception:  # on some malformed escapes and directives the library fails with other errors of its own
        mark = events[-1].end_mark
        text = "what follows here is not valid YAML"
        raise InputError([Message(shown_as, mark.line + 1, mark.column + 1, "", text)]) from None
    builder = _Builder(yaml, shown_as)
    return builder.document(iter(events)), tuple(builder.messages)


class _Builder:
    """Makes nodes of the events of a YAML parser, and collects what is wrong on the way."""

    def __init__(self, yaml: Any, file: str) -> None:
        self.yaml = yaml
        self.file = file
        self.messages: list[Message] = []

    def document(self, events: Iterator[Any]) -> Node:
        root: Node | None = None
        for event in events:
            if isinstance(event, DocumentStartEvent):
                if root is not None:
                    self.refuse(event, "a second document starts here; expected one")
                    break
                if event.version is not None and tuple(event.version) != (1, 2):
                    self.refuse(event, "this file asks for another version of YAML; expected 1.2, or no %YAML line")
            elif isinstance(event, (ScalarEvent, MappingStartEvent, SequenceStartEvent, AliasEvent)):
                root = self.node(event, events, 0, None)
        return root or Node(None, Place(self.file, 1, 1))

    def place(self, event: Any) -> Place:
        return Place(self.file, event.start_mark.line + 1, event.start_mark.column + 1)

    def refuse(self, event: Any, text: str) -> None:
        self.messages.append(message_at(self.place(event), "", text))

    def node(self, event: Any, events: Iterator[Any], depth: int, name: Place | None) -> Node:
        """Return the node that begins with an event; ``name`` is the place of its key."""
        if depth > DEEPEST:
            raise InputError([message_at(self.place(event), "", "nested too deeply")])
        if getattr(event, "anchor", None):
            mark = "*" if isinstance(event, AliasEvent) else "&"
            self.refuse(event, f"{mark}{event.anchor} is not read here; write the value out, or use extends")
        if isinstance(event, MappingStartEvent):
            return Node(self.mapping(events, depth), self.place(event), name)
        if isinstance(event, SequenceStartEvent):
            entries = []
            while not isinstance(entry := next(events), SequenceEndEvent):
                entries.append(self.node(entry, events, depth + 1, None))
            return Node(entries, self.place(event), name)
        if isinstance(event, AliasEvent):
            return Node(None, self.place(event), name)
        written = event.value != "" or event.style is not None
        return Node(self.scalar(event), self.place(event) if written or name is None else name, name)

    def mapping(self, events: Iterator[Any], depth: int) -> dict[str, Node]:
        content: dict[str, Node] = {}
        key: Any = None
        before: Any = None
        while not isinstance(key_event := next(events), MappingEndEvent):
            place, last = self.place(key_event), key
            key = self.node(key_event, events, depth + 1, None).value
            value_event = next(events)
            value = self.node(value_event, events, depth + 1, place)
            if isinstance(last, str) and last in content and _decimals_follow(before, key_event, value_event):
                content[last] = replace(content[last], value=f"{before.value},{key_event.value}")
                key = last
            elif not isinstance(key, str):
                self.messages.append(message_at(place, "", f"{shown(key)} is not the name of a key"))
            elif key in content:
                first = content[key].named.line
                self.messages.append(message_at(place, "", f'key "{key}" is there twice; first in line {first}'))
            else:
                content[key] = value
            before = value_event
        return content

    def scalar(self, event: Any) -> Any:
        tag = event.ctag or self.yaml.resolver.resolve(ScalarNode, event.value, event.implicit)
        if str(tag) in TEXT_TAGS or str(tag) == "tag:yaml.org,2002:merge":
            return self.text(event)
        if str(tag) not in SCALAR_TAGS:
            self.refuse(event, f"the tag {tag} is not read here; write the value without it")
            return None
        try:
            return self.yaml.constructor.construct_object(ScalarNode(tag, event.value, event.start_mark))
        except (YAMLError, ValueError, KeyError, IndexError):
            number = f"{shown(event.value)} is not a number that can be read; put text in quotes"
            flag = f"{shown(event.value)} is neither true nor false; write the value without the tag"
            self.refuse(event, flag if str(tag).endswith(":bool") else number)
            return None

    def text(self, event: Any) -> str:
        if not event.value.isascii() and any("\ud800" <= letter <= "\udfff" for letter in event.value):
            self.refuse(event, "holds half of a character; expected text in UTF-8")
            return ""
        return str(event.value)


def _decimals_follow(before: Any, key: Any, value: Any) -> bool:
    """Return whether a key without a value is what follows the decimal comma of the value before, as in {posts: 0,75}."""
    parts = before, key, value
    if not all(isinstance(part, ScalarEvent) and part.style is None for part in parts):
        return False
    touching = before.end_mark.index + 1 == key.start_mark.index
    return touching and value.value == "" and bool(INTEGER.fullmatch(before.value) and DIGITS.fullmatch(key.value))


def _syntax_messages(error: YAMLError, text: str, file: str) -> list[Message]:
    """Return what keeps a text from being YAML: each line indented by a tab, or else what the library found."""
    tabs = [
        Message(file, number, found.group().index("\t") + 1, "", "a tab indents this line; YAML takes spaces only")
        for number, line in enumerate(text.split("\n"), start=1)
        if (found := TAB_INDENT.match(line))
    ]
    if tabs:
        return tabs
    if isinstance(error, ReaderError):
        before = text[: error.position] if isinstance(error.position, int) else ""
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        return [Message(file, line, column, "", f"the character U+{ord(_letter(error)):04X} is not allowed")]
    if not isinstance(error, MarkedYAMLError):
        return [Message(file, 1, 1, "", "the file is not valid YAML")]
    mark, words = _explained(error, text)
    return [Message(file, mark.line + 1 if mark else None, mark.column + 1 if mark else None, "", words)]


def _letter(error: ReaderError) -> str:
    found = error.character
    return found if isinstance(found, str) else chr(found)


def _explained(error: MarkedYAMLError, text: str) -> tuple[Any, str]:
    """Return where the error is for a person, and what it is."""
    problem, context = error.problem or "", error.context or ""
    here = error.problem_mark or error.context_mark
    opened = error.context_mark or here
    if "quoted scalar" in context and "unexpected" in problem:
        return opened, "the quotation mark that opens here is not closed"
    if "flow" in context and "<stream end>" in problem:
        return opened, "the bracket that opens here is not closed"
    start = re.match(r"found character (.+) that cannot start", problem)
    if start and start[1] == r"'\t'":
        return here, "a tab stands here; YAML takes spaces only"
    if start:
        return here, f"a value cannot start with {shown(start[1].strip(chr(39)))}; put it in quotes"
    before = text.split("\n")[here.line][: here.column] if here and here.line < text.count("\n") + 1 else ""
    if "expected <block end>" in problem and before.strip(" -"):
        return here, "this does not belong to the value before it; put the whole value in quotes"
    for part, words in AT_PROBLEM:
        if part in problem:
            return here, words
    said = " ".join(problem.split()).replace('"', "'")
    return here, f'not valid YAML; the library says "{said}"' if said else "not valid YAML; the text breaks off"
