"""The public figures from outside the report, and what the model can say of each."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import StringConstraints, TypeAdapter

from qsim.files.kept import kept_yaml
from qsim.scenario.labels import Label
from qsim.scenario.values import Id, Part

FOLDER = Path(__file__).parent
EXPECTED = FOLDER / "expected.yaml"
"""The expectations, a claims file."""
LATEST = FOLDER / "latest.json"
"""What came out, as ``qsim claims --json`` tells it."""


class Figure(Part):
    """A public figure with its source; ``level`` where it may be compared as a level, not as a sign or an order only."""

    id: Id
    figure: Label
    source: Annotated[str, StringConstraints(min_length=1)]
    level: bool = False
    kind: Literal["tested", "put_in", "not_in_model"]
    """``put_in``: the model is given it, or its settings were chosen by it, so that a comparison is no test."""
    claims: tuple[Id, ...] = ()
    """The expectations of it, by id."""
    why: Label
    """What of it is looked at, or why the model cannot say anything of it."""


@cache
def figures() -> tuple[Figure, ...]:
    """Return all figures in the order of the collection; raise ValidationError if the file is wrong."""
    return TypeAdapter(tuple[Figure, ...]).validate_python(kept_yaml(FOLDER / "figures.yaml"))


@cache
def notes() -> dict[str, Label]:
    """Return what lies behind results that are not as expected, by the id of the expectation."""
    return TypeAdapter(dict[Id, Label]).validate_python(kept_yaml(FOLDER / "notes.yaml"))
