"""The matrix of statements: what each of the report's statements is in the model, as a generated document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evidence.documents.markdown import table
from qsim.claims.held_out import is_held_out
from qsim.claims.schema import Claim, Role
from qsim.claims.statements import Statement, all_groups, all_statements

HEADS = ("statement", "section", "in own words", "is", "tested by, or where and why")
ORDER = ("tested", "input", "definition", "not expressed", "missing")


@dataclass(frozen=True)
class Placed:
    """A statement in the matrix: its role, if it has one, and the claims that test it first or touch it."""

    statement: str
    role: Role | None
    tested_by: tuple[str, ...]
    touched_by: tuple[str, ...]


def matrix_document(claims: Sequence[Claim], roles: Mapping[str, Role]) -> str:
    """Return the matrix: a table a group, a row a statement."""
    placed = place_statements(claims, roles)
    counted = Counter(kind_of(one) for one in placed)
    first = sum(1 for one in placed if one.tested_by)
    parts = [
        "# Every statement of the report, and what the model does with it",
        "<!-- Written by `make docs` from claims/*.yaml; changes belong there. -->",
        f"{len(placed)} statements: {', '.join(f'{counted[kind]} {kind}' for kind in ORDER if counted[kind])}. *Tested* by "
        f"a claim of the [ledger](../claims): {first} of them are what a claim is about, the others are touched by the same "
        "test; *input* is written into a rule or a scenario as its form and cannot be confirmed; "
        "*definition* is what words mean here; *not expressed* is left out, with the reason. A circle ° marks what is "
        "inferred beyond the report's words.",
    ]
    statements = all_statements()
    for group in all_groups().values():
        rows = [_cells(statements[one.statement], one) for one in placed if one.statement[0] == group.id]
        parts += [f"## {group.id}: {group.label.en} ({group.label.de})", table(HEADS, rows)]
    return "\n\n".join(parts) + "\n"


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


def kind_of(one: Placed) -> str:
    """Return what a statement is, in a word: tested comes before its role."""
    if one.tested_by or one.touched_by:
        return "tested"
    return "missing" if one.role is None else one.role.role.replace("_", " ")


def _cells(statement: Statement, one: Placed) -> tuple[str, ...]:
    circle = "°" if statement.inferred else ""
    said = [", ".join(f"`{name}`" for name in one.tested_by)] if one.tested_by else []
    if is_held_out(one.statement):
        said.append("held out")
    if one.touched_by:
        said.append("touched by " + ", ".join(f"`{name}`" for name in one.touched_by))
    if one.role is not None:
        where = f"{one.role.where.strip()}: " if one.role.where.strip(" -") else ""
        what = "" if kind_of(one) != "tested" else f"{one.role.role.replace('_', ' ')}: "
        said.append(f"{what}{where}{one.role.why.en}")
    return f"{statement.id}{circle}", statement.section, statement.name_en, kind_of(one), "; ".join(said)
