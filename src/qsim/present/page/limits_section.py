"""What the page cannot say, and what it rests on: facts, assumptions and open values, each with its grade of evidence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd
from pydantic import BaseModel

from qsim.comparison.report import Report
from qsim.mechanisms.month import RULES
from qsim.present.page.blocks import Block, Bullets, Details, Section, Table, Text
from qsim.present.page.verdict_section import EXPLAINED, explained
from qsim.present.text.names import key_name, scenario_names
from qsim.present.text.setting_text import setting_text
from qsim.present.text.units import value_text
from qsim.present.words.speaker import MISSING, Speaker, capital
from qsim.runs.designs import Variable
from qsim.scenario.labels import Label
from qsim.scenario.schema import Scenario
from qsim.scenario.values import Unknown, month_text
from qsim.world.parameters import Grade, Parameter
from qsim.world.unknowns import find_unknowns

PLACES = {"report": "section", "public figure": "source"}


SOURCES: dict[str, Grade] = {
    "report": "report",
    "public": "public figure",
    "literature": "literature",
    "assumption": "assumption",
}
"""How a source begins in a file, and the grade of evidence that this is."""

PLACE_PATTERNS = {"report": re.compile(r"\b[0-9](?:\.[0-9])?\b"), "public": re.compile(r"\bB-[A-Z]?[0-9]+\b")}
"""How the places of a source are written: a section of the report, the number of a public source."""

OWN_KEYS = ("parameters.", "facts[")
"""What is told elsewhere, or that no rule uses."""


@dataclass(frozen=True)
class Statement:
    """One source of one thing: the thing's ``key``, the grade, and the ``places``, sections or numbers, it names.

    A value without a source is an assumption.
    """

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


NAMES = frozenset(("id", "label", "description", "schema_version", "kind", "start", "months", "source"))
"""What says nothing of the administration: names, and the time that is run."""


def _statements(part: Any, key: str = "", sourced: bool = False) -> Iterator[Statement]:
    """Yield what a part states: its sources, and each value that neither it nor what it stands in has a source for."""
    if isinstance(part, BaseModel) and not isinstance(part, Unknown):
        source = getattr(part, "source", None)
        if source:
            yield from _graded(key, source)
        for name in (name for name in type(part).model_fields if name in part.model_fields_set - NAMES):
            yield from _statements(getattr(part, name), f"{key}.{name}" if key else name, sourced or bool(source))
    elif isinstance(part, tuple) and any(isinstance(entry, BaseModel) for entry in part):
        for index, entry in enumerate(part):
            yield from _statements(entry, f"{key}[{getattr(entry, 'id', None) or index}]", sourced)
    elif isinstance(part, str | int | float | tuple) and not sourced:
        yield Statement(key, "assumption", ())


def _graded(key: str, source: str) -> Iterator[Statement]:
    """Yield a statement for each grade in a source such as ``report 1.2 (year); assumption: hours``."""
    result: dict[str, list[str]] = {}
    for part in source.split(";"):
        word = part.split()[0].rstrip(":,") if part.strip() else ""
        if word in SOURCES:
            places = PLACE_PATTERNS[word].findall(part) if word in PLACE_PATTERNS else []
            result.setdefault(word, []).extend(places)
    for word, places in result.items():
        yield Statement(key, SOURCES[word], tuple(dict.fromkeys(places)))


def source_text(source: str, speak: Speaker) -> str:
    """Return a source in words, the grade of each of its parts with its places; one that says nothing is an assumption."""
    parts = [*_graded("", source)] or [Statement("", "assumption", ())]
    return ", ".join(grade_text(one.grade, speak) + (f" ({_place(one, speak)})" if one.places else "") for one in parts)


def limits_section(report: Report, speak: Speaker) -> Section:
    """Return the limits of a page and, folded up, everything it rests on."""
    single = len(report.scenarios) == 1
    names = scenario_names(report.scenarios, speak)
    evidence = [evidence_of(scenario) for scenario in report.scenarios]
    counts = [_counts(name, each, speak) for name, each in zip(names, evidence, strict=True)]
    said = ("levels", "ranking", "strength")
    blocks: list[Block] = [
        Text(speak("limits.lead_run" if single else "limits.lead"), "lead"),
        Bullets((*counts, *(speak(f"limits.{name}") for name in said), _months(report.scenarios[0], single, speak))),
        *([explained(report.compared, speak)] if report.compared is not None else []),
        _grades(evidence[0], speak),
    ]
    for name, scenario, each in zip(names, report.scenarios, evidence, strict=True):
        blocks += _rests_on(name, scenario, each, speak)
    blocks.append(_parameters(speak))
    return Section(EXPLAINED, speak("limits.title"), tuple(blocks))


def _counts(name: str, evidence: Evidence, speak: Speaker) -> str:
    return speak(
        "limits.counts",
        scenario=name,
        facts=_counted("facts", evidence.facts, speak),
        assumptions=_counted("assumptions", evidence.assumptions, speak),
        unknown=_counted("unknown", len(evidence.unknown), speak),
    )


def _counted(name: str, number: int, speak: Speaker) -> str:
    return speak.counted(f"limits.{name}", number) if number else speak(f"limits.{name}.none")


def _months(scenario: Scenario, single: bool, speak: Speaker) -> str:
    ends = (scenario.start, scenario.start + scenario.months - 1)
    first, last = (speak.month(pd.Timestamp(f"{month_text(month)}-01"), full=True) for month in ends)
    return speak("limits.same_months_run" if single else "limits.same_months", first=first, last=last)


def _grades(evidence: Evidence, speak: Speaker) -> Table:
    rows = [
        (grade_text(grade, speak), speak.decimal(evidence.parameters.get(grade, 0), 0)) for grade in SOURCES.values()
    ]
    heads = (speak("limits.evidence"), speak("limits.number"))
    return Table(speak("limits.rules"), heads, tuple(rows))


def grade_text(grade: Grade, speak: Speaker) -> str:
    """Return a grade of evidence in words."""
    return speak(f"limits.grade.{grade.replace(' ', '_')}")


def _rests_on(name: str, scenario: Scenario, evidence: Evidence, speak: Speaker) -> list[Block]:
    """Return the statements of a scenario and its open values, folded up; nothing where there are none."""
    found: list[Block] = []
    if evidence.statements:
        rows = tuple(
            (_thing(one, scenario, speak), grade_text(one.grade, speak), _place(one, speak))
            for one in evidence.statements
        )
        heads = tuple(speak(f"limits.{head}") for head in ("thing", "evidence", "where"))
        table = Table(speak("limits.statements_caption", scenario=name), heads, _each_once(rows), words=3)
        found.append(Details(speak("limits.statements", scenario=name), (table,)))
    if evidence.unknown:
        left_open = tuple(
            (key_name(key, scenario, speak), setting_text(key, unknown, scenario, speak))
            for key, unknown in evidence.unknown
        )
        heads = (speak("limits.thing"), speak("limits.range"))
        table = Table(speak("limits.open_caption", scenario=name), heads, _each_once(left_open), words=2)
        found.append(Details(speak("limits.open", scenario=name), (table,)))
    return found


def _thing(statement: Statement, scenario: Scenario, speak: Speaker) -> str:
    facts = {f"facts[{fact.id}]": fact.text for fact in scenario.facts}
    stated = facts.get(statement.key)
    return speak.label(stated) if stated else key_name(statement.key, scenario, speak)


def _each_once(rows: Iterable[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """Return rows, each once."""
    return tuple(dict.fromkeys(rows))


def _place(statement: Statement, speak: Speaker) -> str:
    if not statement.places:
        return MISSING
    return speak(f"limits.{PLACES[statement.grade]}", places=", ".join(statement.places))


def _parameters(speak: Speaker) -> Details:
    """Return all parameters of the rules with default, plausible range and grade."""
    labels = Counter(capital(speak.called(parameter)) for rule in RULES for parameter in rule.parameters)
    rows = []
    for rule in RULES:
        of_rule = speak.called(rule)
        for parameter in rule.parameters:
            label = capital(speak.called(parameter))
            name = f"{label} ({of_rule})" if labels[label] > 1 else label
            rows.append((name, *_values(parameter, speak), grade_text(parameter.grade, speak)))
    heads = tuple(speak(f"limits.{head}") for head in ("value", "usual", "plausible", "evidence"))
    table = Table(speak("limits.parameters_caption"), heads, tuple(rows), words=4)
    return Details(speak("limits.parameters"), (table,))


def _values(parameter: Parameter, speak: Speaker) -> tuple[str, str]:
    factor = Variable(parameter.name, Label(de=parameter.label_de, en=parameter.label_en), unit=parameter.unit)
    usual, low, high = (
        value_text(value, factor, speak) for value in (parameter.default, parameter.low, parameter.high)
    )
    return usual, low if low == high else speak.span(_bare(low, high), high)


def _bare(low: str, high: str) -> str:
    """Return the lower end without its unit if the upper end has the same: ``3`` before ``10 % a month``."""
    number, *unit = low.split(maxsplit=1)
    return number if high.split(maxsplit=1)[1:] == unit else low
