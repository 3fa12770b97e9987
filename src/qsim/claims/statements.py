"""The statements of the report, by their ids A01 to K23, and the roles of those that no claim tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from qsim.claims.schema import ROLES, Role, roles_files
from qsim.files.inheritance import read
from qsim.files.kept import kept_yaml
from qsim.files.loading import validated
from qsim.files.messages import InputError, Message, Place, message_at
from qsim.files.nodes import Node
from qsim.scenario.labels import Label

SOURCE = Path(__file__).with_name("statements.yaml")


@dataclass(frozen=True)
class Statement:
    """A statement in own words: its section of the report, and whether it is inferred beyond the report's words."""

    id: str
    section: str
    inferred: bool
    name_en: str

    @property
    def group(self) -> str:
        """The letter of its group."""
        return self.id[0]


@dataclass(frozen=True)
class Group:
    """A group of statements."""

    id: str
    label: Label


@cache
def all_statements() -> dict[str, Statement]:
    """Return all statements by id, in order."""
    return {entry["id"]: Statement(**entry) for entry in kept_yaml(SOURCE)["statements"]}


@cache
def all_groups() -> dict[str, Group]:
    """Return the groups by letter, in order."""
    entries = kept_yaml(SOURCE)["groups"]
    return {entry["id"]: Group(entry["id"], Label(**entry["label"])) for entry in entries}


def unknown_statement(name: str) -> str | None:
    """Return what is to be said of an id that is no statement's, with those that were meant; None if it is one."""
    known = all_statements()
    if name in known:
        return None
    if name.upper() in known:
        meant = f'; did you mean "{name.upper()}"?'
    elif name[:1].upper() in all_groups():
        ids = [one.id for one in known.values() if one.group == name[0].upper()]
        meant = f"; group {name[0].upper()} has {ids[0]} to {ids[-1]}"
    else:
        meant = f"; there are groups {', '.join(all_groups())}, such as {next(iter(known))}"
    return f'there is no statement "{name}"{meant}'


HEADER = ("kind", "schema_version", "label", "description")


def load_roles(paths: Sequence[Path] | None = None) -> dict[str, Role]:
    """Return the roles by statement, of these files or of all of the ledger.

    Raise InputError, with all errors at once, for files that are wrong and statements with two roles.
    """
    result: dict[str, Role] = {}
    places: dict[str, Place] = {}
    wrong: list[Message] = []
    for path in roles_files() if paths is None else paths:
        try:
            root = read(ROLES, path, wrong)
        except InputError as error:
            wrong += error.messages
            continue
        for statement, node in root.value.items():
            if statement in HEADER:
                continue
            role, messages = _role(statement, node)
            wrong += messages
            if statement in places:
                first = places[statement]
                text = f"the statement has a role twice; first in {first.file}, line {first.line}"
                wrong.append(message_at(node.named, statement, text))
            places.setdefault(statement, node.named)
            if role is not None:
                result[statement] = role
    if wrong:
        raise InputError(wrong)
    return result


def _role(statement: str, node: Node) -> tuple[Role | None, list[Message]]:
    unknown = unknown_statement(statement)
    if unknown is not None:
        return None, [message_at(node.named, "", unknown)]
    loaded = validated(ROLES, node)
    return loaded.content, [replace(one, key=f"{statement}.{one.key}".rstrip(".")) for one in loaded.wrong]
