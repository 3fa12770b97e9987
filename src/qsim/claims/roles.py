"""The roles of statements that no claim tests, or beside being tested: input, definition or not expressed, and where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from qsim.claims.discovery import ROLES, roles_files, shown_name
from qsim.claims.schema import Claim, Role
from qsim.claims.statements import all_statements, unknown_statement
from qsim.files.header import check_header
from qsim.files.messages import InputError, Message, Place, message_at
from qsim.files.nodes import Node, plain
from qsim.files.reading import read_file
from qsim.scenario.translation import translate

HEADER = ("kind", "schema_version", "label", "description")


@dataclass(frozen=True)
class Placed:
    """A statement in the matrix: its role, if it has one, and the claims that test it first or touch it."""

    statement: str
    role: Role | None
    tested_by: tuple[str, ...]
    touched_by: tuple[str, ...]


def load_roles(paths: Sequence[Path] | None = None) -> dict[str, Role]:
    """Return the roles by statement, of these files or of all of the ledger.

    Raise InputError, with all errors at once, for files that are wrong and statements with two roles.
    """
    found: dict[str, Role] = {}
    places: dict[str, Place] = {}
    wrong: list[Message] = []
    for path in roles_files() if paths is None else paths:
        try:
            root = read_file(path, shown_name(path))
            check_header(root, ROLES)
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
                found[statement] = role
    if wrong:
        raise InputError(wrong)
    return found


def _role(statement: str, node: Node) -> tuple[Role | None, list[Message]]:
    unknown = unknown_statement(statement)
    if unknown is not None:
        return None, [message_at(node.named, "", unknown)]
    try:
        return Role.model_validate(plain(node)), []
    except ValidationError as error:
        return None, [
            Message(one.file, one.line, one.column, f"{statement}.{one.key}".rstrip("."), one.text)
            for one in translate(error.errors(include_url=False), node, Role)
        ]


def place_statements(claims: Sequence[Claim], roles: Mapping[str, Role]) -> list[Placed]:
    """Return every statement with its role and its claims, in order."""
    return [
        Placed(
            name,
            roles.get(name),
            tuple(claim.id for claim in claims if claim.statements[0] == name),
            tuple(claim.id for claim in claims if name in claim.statements[1:]),
        )
        for name in all_statements()
    ]


def without_place(placed: Sequence[Placed]) -> list[str]:
    """Return the statements that have no role and that no claim tests or touches."""
    return [one.statement for one in placed if one.role is None and not one.tested_by and not one.touched_by]
