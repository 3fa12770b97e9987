"""A researcher's own Python files in a scenario (``rules: {own: [FILE.py]}``): their texts, and whether they may be run.

Reading a scenario reads the text of such a file and runs nothing. What may be run is what somebody names at the time: all
that is read within ``with own_rules(files, allow=True)``, and the ``files`` themselves, which every scenario then has.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from qsim.files.messages import InputError, message_at, shown
from qsim.files.nodes import Node, plain
from qsim.files.opening import read_utf8
from qsim.scenario.values import refused

LARGEST_CODE = 2**18
"""Bytes of the largest file of rules."""

ENDING = ".py"
PATH = ("rules", "own")
KEYS = ("file", "sha256", "text")


@dataclass(frozen=True)
class OwnCode:
    """One file of rules: its name and text, or what was ``made`` in Python instead, and whether it is ``allowed`` to be run.

    ``path`` is the file as it was named, for messages.
    """

    file: str
    text: str = field(default="", repr=False)
    allowed: bool = field(default=False, compare=False, repr=False)
    path: str = field(default="", compare=False, repr=False)
    made: Any = field(default=None, repr=False)

    @property
    def sha256(self) -> str:
        """The checksum of the text."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @classmethod
    def read(cls, path: Path, named: str | None = None, allowed: bool = False) -> OwnCode:
        """Return the text of a file; raise InputError, as it is ``named``, if it is no Python file or cannot be read."""
        shown_as = str(path) if named is None else named
        if path.suffix != ENDING:
            raise InputError.about(shown_as, f"is no Python file; expected one that ends in {ENDING}")
        return cls(path.name, read_utf8(path, shown_as, LARGEST_CODE), allowed, shown_as)


class OwnCodeType:
    """Marks the type of a file of rules in a scenario."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> CoreSchema:
        written = core_schema.plain_serializer_function_ser_schema(_written)
        return core_schema.no_info_plain_validator_function(_read, serialization=written)

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, Any]:
        text = {"type": "string"}
        whole = {"type": "object", "additionalProperties": False, "required": ["file", "text"],
                 "properties": dict.fromkeys(KEYS, text)}  # fmt: skip
        return {"anyOf": [text, whole]}


def _read(raw: Any) -> OwnCode:
    """Return the file of rules in a scenario's content: read already, or with its text."""
    if isinstance(raw, OwnCode):
        return raw
    if not isinstance(raw, dict):
        raise refused(f"found {shown(raw)}; a file of rules is named in a scenario file, or by --rules")
    strange = [key for key in raw if key not in KEYS]
    if strange or not all(isinstance(value, str) for value in raw.values()) or not raw.keys() >= {"file", "text"}:
        raise refused("expected the name of a Python file, or file, text and sha256 as a manifest has them")
    code = OwnCode(raw["file"], raw["text"])
    if raw.get("sha256", code.sha256) != code.sha256:
        raise refused(f"the text of {code.file} is not the one of its sha256")
    return code


def _written(code: OwnCode) -> dict[str, str]:
    """Return a file of rules as a manifest has it."""
    return {"file": code.file, "sha256": code.sha256, "text": code.text}


def check_written(codes: Sequence[OwnCode]) -> None:
    """Raise InputError for rules that are no text, and so cannot be written down."""
    made = [code for code in codes if code.made is not None]
    text = "rules given as Python objects cannot be written down; put them in a file and name it"
    if made:
        raise InputError.about(made[0].file, text)


@dataclass(frozen=True)
class _Asked:
    codes: tuple[OwnCode, ...] = ()
    allow: bool = False


_NOTHING = _Asked()
_ASKED: ContextVar[_Asked] = ContextVar("own_rules", default=_NOTHING)


@contextmanager
def own_rules(files: Sequence[str | Path] = (), allow: bool = False) -> Iterator[None]:
    """Give every scenario that is read meanwhile these files of rules, too, and allow them to be run.

    With ``allow`` those that scenarios and manifests name themselves may be run as well. Raise InputError for a file that
    cannot be read.
    """
    codes = tuple(OwnCode.read(Path(file), allowed=True) for file in files)
    token = _ASKED.set(_Asked(codes, allow))
    try:
        yield
    finally:
        _ASKED.reset(token)


def with_texts(root: Node, folder: Path) -> Node:
    """Return the content of a scenario file in a folder with the texts of the files of rules that it names."""
    own = _own(root)
    if own is None or not isinstance(own.value, list):
        return root
    allow = _ASKED.get().allow
    entries = []
    for index, entry in enumerate(own.value):
        value = entry.value
        if isinstance(value, str):
            try:
                value = OwnCode.read(folder / value, value, allow)
            except InputError as error:
                place, key = entry.place, f"rules.own[{index}]"
                texts = [f"{message.file}: {message.text}" for message in error.messages]
                raise InputError(message_at(place, key, text) for text in texts) from None
        entries.append(Node(value, entry.place, entry.name))
    return _with_own(root, Node(entries, own.place, own.name))


def with_asked(root: Node) -> Node:
    """Return the content of a scenario with the files of rules that were asked for, and those it has allowed as asked."""
    asked = _ASKED.get()
    return with_codes(root, asked.codes, asked.allow)


def with_codes(root: Node, codes: Sequence[OwnCode], allow: bool = False) -> Node:
    """Return the content of a scenario with more files of rules, and, with ``allow``, those it has allowed to be run."""
    own = _own(root)
    there = list(own.value) if own is not None and isinstance(own.value, list) else []
    if allow:
        there = [_allowed(entry) for entry in there]
    if not (there or codes):
        return root
    entries = [*there, *(Node(code, root.place) for code in codes)]
    return _with_own(root, Node(entries, root.place if own is None else own.place, None if own is None else own.name))


def _allowed(entry: Node) -> Node:
    """Return an entry that may be run; as it is if it is no file of rules, which is told later."""
    try:
        code = _read(plain(entry))
    except PydanticCustomError:
        return entry
    return Node(replace(code, allowed=True), entry.place, entry.name)


def _own(root: Node) -> Node | None:
    rules = root.child(PATH[0])
    return None if rules is None else rules.child(PATH[1])


def _with_own(root: Node, own: Node) -> Node:
    rules = root.child(PATH[0])
    content = dict(rules.value) if rules is not None and isinstance(rules.value, dict) else {}
    placed = Node({**content, PATH[1]: own}, own.place if rules is None else rules.place,
                  None if rules is None else rules.name)  # fmt: skip
    return Node({**root.value, PATH[0]: placed}, root.place, root.name)
