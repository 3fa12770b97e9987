"""What a scenario rests on: documented facts, assumptions, what is left open, and the parameters of the rules."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from qsim.mechanisms.month import RULES
from qsim.scenario.schema import Scenario
from qsim.scenario.values import Unknown
from qsim.world.parameters import Grade
from qsim.world.unknowns import find_unknowns

GRADES: dict[str, Grade] = {
    "report": "report",
    "public": "public figure",
    "literature": "literature",
    "assumption": "assumption",
}
"""How a source begins in a file, and the grade of evidence that this is."""

PLACE = {"report": re.compile(r"\b[0-9](?:\.[0-9])?\b"), "public": re.compile(r"\bB-[A-Z]?[0-9]+\b")}
"""How the places of a source are written: a section of the report, the number of a public source."""

OWN_KEYS = ("parameters.", "facts[")
"""What is told elsewhere, or that no rule uses."""


@dataclass(frozen=True)
class Statement:
    """One source of one thing: the thing's ``key``, the grade, and the ``places``, sections or numbers, it names."""

    key: str
    grade: Grade
    places: tuple[str, ...]


@dataclass(frozen=True)
class Evidence:
    """What a scenario rests on.

    ``statements`` are the sources it names, one a thing and grade; ``unknown`` the keys of what it leaves open with what
    is known of them; ``parameters`` counts those of the rules by grade.
    """

    statements: tuple[Statement, ...]
    unknown: tuple[tuple[str, Unknown], ...]
    parameters: dict[Grade, int]

    @property
    def facts(self) -> int:
        """How many statements are documented: by the report, a public source or the literature."""
        return sum(statement.grade != "assumption" for statement in self.statements)

    @property
    def assumptions(self) -> int:
        """How many statements are assumed."""
        return len(self.statements) - self.facts


def evidence_of(scenario: Scenario) -> Evidence:
    """Return what a scenario rests on."""
    open_ = [(key, unknown) for key, unknown in find_unknowns(scenario) if not key.startswith(OWN_KEYS)]
    grades: Counter[Grade] = Counter(parameter.grade for rule in RULES for parameter in rule.parameters)
    return Evidence(tuple(_statements(scenario)), tuple(open_), dict(grades))


def _statements(part: Any, key: str = "") -> Iterator[Statement]:
    if isinstance(part, BaseModel) and not isinstance(part, Unknown):
        source = getattr(part, "source", None)
        if source:
            yield from _read(key, source)
        for name in type(part).model_fields:
            yield from _statements(getattr(part, name), f"{key}.{name}" if key else name)
    elif isinstance(part, tuple):
        for index, entry in enumerate(part):
            yield from _statements(entry, f"{key}[{getattr(entry, 'id', None) or index}]")


def _read(key: str, source: str) -> Iterator[Statement]:
    """Yield a statement for each grade in a source such as ``report 1.2 (year); assumption: hours``."""
    found: dict[str, list[str]] = {}
    for part in source.split(";"):
        word = part.split()[0].rstrip(":,") if part.strip() else ""
        if word in GRADES:
            places = PLACE[word].findall(part) if word in PLACE else []
            found.setdefault(word, []).extend(places)
    for word, places in found.items():
        yield Statement(key, GRADES[word], tuple(dict.fromkeys(places)))
