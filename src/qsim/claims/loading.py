"""Loads claims files: read, validated and joined to a ledger, with all errors at once, each at its place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from qsim.claims.checking import check_claim
from qsim.claims.discovery import ROLES, claims_files, find_claims, is_roles_file, shown_name
from qsim.claims.schema import Claim, ClaimsFile
from qsim.claims.worlds import build_world
from qsim.files.findings import Finding
from qsim.files.header import check_header
from qsim.files.messages import InputError, Message, Place, message_at, nearest, suggestion
from qsim.files.nodes import Node, deepest, plain
from qsim.files.reading import read_file
from qsim.scenario.inheritance import repeated_ids
from qsim.scenario.keys import key_text
from qsim.scenario.schema import Scenario
from qsim.scenario.translation import translate

KIND, VERSION = "claims", 1
NEAREST = 3
"""Ids that are named to somebody who wrote one that does not exist."""


@dataclass(frozen=True)
class LoadedClaim:
    """A claim that is right, with the scenarios of its worlds and the place where it stands."""

    claim: Claim
    worlds: dict[str, Scenario]
    place: Place

    @property
    def group(self) -> str:
        """The letter of the group of the statement that is tested."""
        return self.claim.statements[0][0]


@dataclass(frozen=True)
class Ledger:
    """All claims of some files, in order; ``texts`` holds the files by name."""

    claims: tuple[LoadedClaim, ...]
    texts: dict[str, str]

    def chosen(self, ids: Sequence[str] = (), groups: Sequence[str] = ()) -> tuple[LoadedClaim, ...]:
        """Return the claims of these ids (by default all) and groups; raise InputError for an id that does not exist."""
        known = [loaded.claim.id for loaded in self.claims]
        wrong = [
            Message("", None, None, "", f'there is no claim "{name}"{_nearest(name, known)}')
            for name in ids
            if name not in known
        ]
        letters = sorted({loaded.group for loaded in self.claims})
        wrong += [
            Message("", None, None, "", f'there is no claim of group "{group}"; there are {", ".join(letters)}')
            for group in groups
            if group not in letters
        ]
        if wrong:
            raise InputError(wrong)
        return tuple(
            loaded
            for loaded in self.claims
            if (not ids or loaded.claim.id in ids) and (not groups or loaded.group in groups)
        )


def _nearest(name: str, known: Sequence[str]) -> str:
    """Return the end of the message about an unknown id: what was meant, or else the nearest three and how to see all."""
    if nearest(name, known) is not None:
        return suggestion(name, known)
    close = get_close_matches(name, known, n=NEAREST, cutoff=0.0)
    if not close:
        return ""
    return f"; the nearest are {', '.join(close)}; `qsim claims --list` shows all {len(known)}"


def kind_of(path: Path) -> str:
    """Return the kind that a file says it is of, ``roles`` for a file of that name without one; else nothing."""
    try:
        kind = read_file(path, shown_name(path)).child("kind")
    except InputError:
        return ""
    if kind is None:
        return ROLES if is_roles_file(path) else ""
    return str(kind.value)


def read_claims(folder: Path | None = None) -> list[Claim]:
    """Return the claims of a folder, by default of the ledger, without building their worlds; raise InputError."""
    return [claim for path in claims_files(folder) for claim in _content(read_file(path, shown_name(path))).claims]


def load_ledger(names: Iterable[str | Path] = (), folder: Path | None = None) -> Ledger:
    """Return the claims of these files, or of all files of a folder, by default the ledger's.

    Raise InputError, with all errors of all files at once, if anything is wrong.
    """
    paths = [find_claims(name) for name in names] or claims_files(folder)
    claims: list[LoadedClaim] = []
    wrong: list[Message] = []
    for path in paths:
        try:
            claims += _load(path)
        except InputError as error:
            wrong += error.messages
    first: dict[str, Place] = {}
    for loaded in claims:
        earlier = first.setdefault(loaded.claim.id, loaded.place)
        if earlier is not loaded.place:
            text = f'the id "{loaded.claim.id}" is there twice; first in {earlier.file}, line {earlier.line}'
            wrong.append(message_at(loaded.place, f"claims[{loaded.claim.id}]", text))
    if wrong:
        raise InputError(wrong)
    return Ledger(tuple(claims), {shown_name(path): path.read_text(encoding="utf-8") for path in paths})


def _content(root: Node) -> ClaimsFile:
    """Return the content of a file as the schema reads it."""
    check_header(root, KIND)
    wrong = repeated_ids(root)
    try:
        content = ClaimsFile.model_validate(plain(root))
    except ValidationError as error:
        wrong += translate(error.errors(include_url=False), root, ClaimsFile)
        for index, claim in enumerate(_right_claims(root)):
            wrong += [] if claim is None else _checked(claim, root, index)[1]
    if wrong:
        raise InputError(wrong)
    return content


def _load(path: Path) -> list[LoadedClaim]:
    root = read_file(path, shown_name(path))
    content = _content(root)
    wrong: list[Message] = []
    loaded = []
    for index, claim in enumerate(content.claims):
        worlds, messages = _checked(claim, root, index)
        wrong += messages
        loaded.append(LoadedClaim(claim, worlds, deepest(root, ("claims", index))[0].place))
    if wrong:
        raise InputError(wrong)
    return loaded


def _right_claims(root: Node) -> list[Claim | None]:
    """Return the claims of a file that has errors, None for those that are wrong by themselves."""
    node = root.child("claims")
    result: list[Claim | None] = []
    for entry in node.value if node is not None and isinstance(node.value, list) else ():
        try:
            result.append(Claim.model_validate(plain(entry)))
        except ValidationError:
            result.append(None)
    return result


def _checked(claim: Claim, root: Node, index: int) -> tuple[dict[str, Scenario], list[Message]]:
    """Return the worlds of a claim that are right, and all that is wrong with it."""
    path = ("claims", index)
    nodes = {name: deepest(root, (*path, "worlds", name))[0] for name in claim.worlds}
    base = None if claim.base is None else deepest(root, (*path, "base"))[0]
    worlds: dict[str, Scenario | None] = {}
    wrong: list[Message] = []
    for name, node in nodes.items():
        try:
            worlds[name] = build_world(base, node, key_text(root, (*path, "worlds", name)))
        except InputError as error:
            worlds[name] = None
            wrong += [message for message in error.messages if message not in wrong]
    wrong += [_message(root, finding) for finding in check_claim(claim, worlds, path)]
    return {name: scenario for name, scenario in worlds.items() if scenario is not None}, _once(wrong)


def _message(root: Node, finding: Finding) -> Message:
    return message_at(deepest(root, finding.path)[0].place, key_text(root, finding.path), finding.text)


def _once(messages: list[Message]) -> list[Message]:
    """Return the messages without those that say the same at the same place for another world, such as a wrong base."""
    seen: set[tuple[Any, ...]] = set()
    kept = []
    for message in messages:
        mark = (message.file, message.line, message.column, message.text)
        if mark not in seen:
            kept.append(message)
        seen.add(mark)
    return kept
