"""Which statements are held out: drawn once from those that head a test, and not run while rules and settings are worked on."""

from __future__ import annotations

from qsim.claims.statements import SOURCE
from qsim.files.kept import kept_yaml


def is_held_out(statement: str) -> bool:
    """Return whether a statement, by its id, is held out, and with it all tests that it heads."""
    return statement in held_out_statements()


def held_out_statements() -> list[str]:
    """Return the statements that are held out, in order; none before they are drawn."""
    return list(kept_yaml(SOURCE)["held_out"])
