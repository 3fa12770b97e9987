"""Loads claims files: read, validated and joined to a ledger, with all errors at once, each at its place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from qsim.claims.checking import check_claim
from qsim.claims.held_out import is_held_out
from qsim.claims.schema import CLAIMS, ROLES, Claim, ClaimsFile, claims_files, is_roles_file
from qsim.engine.overrides import chosen_overrides
from qsim.files.changes import changed
from qsim.files.findings import told
from qsim.files.inheritance import read
from qsim.files.keys import key_text
from qsim.files.kinds import file_name, find
from qsim.files.loading import validated
from qsim.files.messages import InputError, Message, Place, message_at, nearest, shown, suggestion
from qsim.files.nodes import Node, deepest, plain
from qsim.files.opening import read_utf8
from qsim.files.reading import read_file
from qsim.runs.manifest import command_line
from qsim.scenario.loading import checked_scenario
from qsim.scenario.schema import SCENARIO, Scenario

OTHER_BASE = ("scenario", "set")
"""The keys of a world that starts from another scenario than the claim's base."""

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

    @property
    def held_out(self) -> bool:
        """Whether the statement that is tested is held out."""
        return is_held_out(self.claim.statements[0])


@dataclass(frozen=True)
class Ledger:
    """All claims of some files, in order; ``texts`` holds the files by name, ``given`` are those that somebody named."""

    claims: tuple[LoadedClaim, ...]
    texts: dict[str, str]
    given: tuple[str, ...] = ()

    def chosen(self, ids: Sequence[str] = (), groups: Sequence[str] = ()) -> tuple[LoadedClaim, ...]:
        """Return the claims of these ids (by default all) and groups; raise InputError for an id that does not exist."""
        known = [loaded.claim.id for loaded in self.claims]
        wrong = [
            Message("", None, None, "", f'there is no claim "{name}"{self._nearest(name, known)}')
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

    def _nearest(self, name: str, known: Sequence[str]) -> str:
        """Return the end of the message about an unknown id: what was meant, or else the nearest three and how to see all."""
        if nearest(name, known) is not None:
            return suggestion(name, known)
        close = get_close_matches(name, known, n=NEAREST, cutoff=0.0)
        if not close:
            return ""
        command = command_line("claims", *self.given, "--list")
        return f"; the nearest are {', '.join(close)}; `{command}` shows all {len(known)}"


def kind_of(path: Path) -> str:
    """Return the kind that a file says it is of, ``roles`` for a file of that name without one; else nothing."""
    try:
        kind = read_file(path, file_name(path, SCENARIO), []).child("kind")  # as it is read next, most likely
    except InputError:
        return ""
    if kind is None:
        return ROLES.name if is_roles_file(path) else ""
    return str(kind.value)


def read_claims(folder: Path | None = None) -> list[Claim]:
    """Return the claims of a folder, by default of the ledger, without building their worlds; raise InputError."""
    return [claim for path in claims_files(folder) for claim in _content(*_read(path)).claims]


def load_ledger(names: Iterable[str | Path] = (), folder: Path | None = None) -> Ledger:
    """Return the claims of these files, or of all files of a folder, by default the ledger's.

    Raise InputError, with all errors of all files at once, if anything is wrong.
    """
    given = tuple(map(str, names))
    paths = [find(CLAIMS, name) for name in given] or claims_files(folder)
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
    return Ledger(
        tuple(claims), {file_name(path, CLAIMS): read_utf8(path, file_name(path, CLAIMS)) for path in paths}, given
    )


def _read(path: Path) -> tuple[Node, list[Message]]:
    """Return the content of a file, and what is wrong with it that leaves the rest to be checked."""
    wrong: list[Message] = []
    return read(CLAIMS, path, wrong), wrong


def _content(root: Node, unread: list[Message]) -> ClaimsFile:
    """Return the content of a file as the schema reads it; raise InputError, with all that is wrong, if anything is."""
    loaded = validated(CLAIMS, root, wrong=unread)
    if loaded.wrong:
        found = [
            _checked(claim, root, index)[1] for index, claim in enumerate(_right_claims(root)) if claim is not None
        ]
        return loaded.checked(message for messages in found for message in messages)
    return loaded.checked()


def _load(path: Path) -> list[LoadedClaim]:
    root, unread = _read(path)
    content = _content(root, unread)
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
            worlds[name] = _built(base, node, key_text(root, (*path, "worlds", name)))
        except InputError as error:
            worlds[name] = None
            wrong += [message for message in error.messages if message not in wrong]
    wrong += told(root, check_claim(claim, worlds, path))
    return {name: scenario for name, scenario in worlds.items() if scenario is not None}, _once(wrong)


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


def _built(base: Node | None, world: Node, key: str) -> Scenario:
    """Return the scenario of a world: its base by name, changed; ``key`` names the world in messages.

    Raise InputError, with all errors at the places of the claims file, for a base that does not exist, keys the scenario
    does not have, or changes that make it wrong.
    """
    start, changes = _parts(base, world, key)
    try:
        path = _base_path(start)
    except InputError as error:
        raise InputError([message_at(start.place, key, _named(start, message)) for message in error.messages]) from None
    try:
        scenario = checked_scenario(changed(SCENARIO, read(SCENARIO, path), changes), path.stem)
        chosen_overrides(scenario, plausible=False)
    except InputError as error:
        raise InputError([_here(message, world, key) for message in error.messages]) from None
    return scenario


def _parts(base: Node | None, world: Node, key: str) -> tuple[Node, Mapping[str, Node]]:
    """Return the node of the scenario that a world starts from, and its changes."""
    content = world.value or {}
    if base is None and "scenario" not in content:
        raise InputError([message_at(world.named, key, 'missing key "scenario"; the claim has no base')])
    if base is not None and not any(name in content for name in OTHER_BASE):
        return base, content
    for name, node in content.items():
        if name not in OTHER_BASE:
            text = f"unknown key {shown(name)}{suggestion(name, OTHER_BASE)}; changes belong below set"
            raise InputError([message_at(node.named, key, text)])
    start, changes = content.get("scenario", base), content.get("set")
    assert start is not None
    if changes is not None and changes.value is not None and not isinstance(changes.value, dict):
        text = f"set: found {shown(changes.value)}; expected keys and their values"
        raise InputError([message_at(changes.place, key, text)])
    return start, (changes.value if changes is not None else None) or {}


def _base_path(start: Node) -> Path:
    if not isinstance(start.value, str) or not start.value:
        raise InputError([message_at(start.place, "", f"found {shown(start.value)}; expected the name of a scenario")])
    return find(SCENARIO, start.value, Path(start.place.file).parent)


def _named(start: Node, message: Message) -> str:
    """Return what is wrong with a base, with its name."""
    return f"{message.file}: {message.text}" if message.file == start.value else message.text


def _here(message: Message, world: Node, key: str) -> Message:
    """Return a message about a world at its place in the claims file: as it is if it stands there already."""
    if message.file == world.place.file:
        return message
    return message_at(world.named, key, f"with these changes the scenario is wrong: {message}")
