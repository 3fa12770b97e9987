"""What the page cannot say, and what it rests on: facts, assumptions and open values, each with its grade of evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pandas as pd

from qsim.comparison.report import Evidence, Report, Statement
from qsim.mechanisms.month import RULES
from qsim.present.page.blocks import Block, Bullets, Details, Section, Table, Text
from qsim.present.page.limits_words import LIMITS
from qsim.present.text.discovery_text import value_text
from qsim.present.text.keys.key_names import key_name
from qsim.present.text.keys.setting_text import setting_text
from qsim.present.text.names import scenario_names
from qsim.present.text.numbers import MISSING, RANGE_WORDS, decimal, month_name
from qsim.present.words.language import Language
from qsim.runs.variable import Variable
from qsim.scenario.schema import Scenario
from qsim.scenario.values import Label, month_text
from qsim.world.parameters import Grade, Parameter

ID = "limits"
GRADES: tuple[Grade, ...] = ("report", "public figure", "literature", "assumption")
PLACES = {"report": "section", "public figure": "source"}


def limits_section(report: Report, language: Language) -> Section:
    """Return the limits of a page and, folded up, everything it rests on."""
    single = len(report.scenarios) == 1
    names = scenario_names(report.scenarios, language)
    counts = [_counts(name, each, language) for name, each in zip(names, report.evidence, strict=True)]
    said = ("levels", "ranking", "strength")
    blocks: list[Block] = [
        Text(LIMITS("lead_run" if single else "lead", language), "lead"),
        Bullets((*counts, *(LIMITS(name, language) for name in said), _months(report.scenarios[0], single, language))),
        _grades(report.evidence[0], language),
    ]
    for name, scenario, evidence in zip(names, report.scenarios, report.evidence, strict=True):
        blocks += _rests_on(name, scenario, evidence, language)
    blocks.append(_parameters(language))
    return Section(ID, LIMITS("title", language), tuple(blocks))


def _counts(name: str, evidence: Evidence, language: Language) -> str:
    return LIMITS(
        "counts",
        language,
        scenario=name,
        facts=_counted("facts", evidence.facts, language),
        assumptions=_counted("assumptions", evidence.assumptions, language),
        unknown=_counted("unknown", len(evidence.unknown), language),
    )


def _counted(name: str, number: int, language: Language) -> str:
    return LIMITS.counted(name, number, language) if number else LIMITS(f"{name}.none", language)


def _months(scenario: Scenario, single: bool, language: Language) -> str:
    ends = (scenario.start, scenario.start + scenario.months - 1)
    first, last = (month_name(pd.Timestamp(f"{month_text(month)}-01"), language, full=True) for month in ends)
    return LIMITS("same_months_run" if single else "same_months", language, first=first, last=last)


def _grades(evidence: Evidence, language: Language) -> Table:
    rows = [(grade_text(grade, language), decimal(evidence.parameters.get(grade, 0), language, 0)) for grade in GRADES]
    heads = (LIMITS("evidence", language), LIMITS("number", language))
    return Table(LIMITS("rules", language), heads, tuple(rows))


def grade_text(grade: Grade, language: Language) -> str:
    """Return a grade of evidence in words."""
    return LIMITS(f"grade.{grade.replace(' ', '_')}", language)


def _rests_on(name: str, scenario: Scenario, evidence: Evidence, language: Language) -> list[Block]:
    """Return the statements of a scenario and its open values, folded up; nothing where there are none."""
    found: list[Block] = []
    if evidence.statements:
        rows = tuple(
            (_thing(one, scenario, language), grade_text(one.grade, language), _place(one, language))
            for one in evidence.statements
        )
        heads = tuple(LIMITS(head, language) for head in ("thing", "evidence", "where"))
        table = Table(LIMITS("statements_caption", language, scenario=name), heads, _each_once(rows), words=3)
        found.append(Details(LIMITS("statements", language, scenario=name), (table,)))
    if evidence.unknown:
        left_open = tuple(
            (key_name(key, scenario, language), setting_text(key, unknown, scenario, language))
            for key, unknown in evidence.unknown
        )
        heads = (LIMITS("thing", language), LIMITS("range", language))
        table = Table(LIMITS("open_caption", language, scenario=name), heads, _each_once(left_open), words=2)
        found.append(Details(LIMITS("open", language, scenario=name), (table,)))
    return found


def _thing(statement: Statement, scenario: Scenario, language: Language) -> str:
    facts = {f"facts[{fact.id}]": fact.text for fact in scenario.facts}
    stated = facts.get(statement.key)
    return stated.in_language(language) if stated else key_name(statement.key, scenario, language)


def _each_once(rows: Iterable[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """Return rows, each once."""
    return tuple(dict.fromkeys(rows))


def _place(statement: Statement, language: Language) -> str:
    if not statement.places:
        return MISSING
    return LIMITS(PLACES[statement.grade], language, places=", ".join(statement.places))


def _parameters(language: Language) -> Details:
    """Return all parameters of the rules with default, plausible range and grade."""
    labels = Counter(_label(parameter, language) for rule in RULES for parameter in rule.parameters)
    rows = []
    for rule in RULES:
        of_rule = rule.label_de if language == "de" else rule.label_en
        for parameter in rule.parameters:
            label = _label(parameter, language)
            name = f"{label} ({of_rule})" if labels[label] > 1 else label
            rows.append((name, *_values(parameter, language), grade_text(parameter.grade, language)))
    heads = tuple(LIMITS(head, language) for head in ("value", "usual", "plausible", "evidence"))
    table = Table(LIMITS("parameters_caption", language), heads, tuple(rows), words=4)
    return Details(LIMITS("parameters", language), (table,))


def _label(parameter: Parameter, language: Language) -> str:
    label = parameter.label_de if language == "de" else parameter.label_en
    return label[:1].upper() + label[1:]


def _values(parameter: Parameter, language: Language) -> tuple[str, str]:
    factor = Variable(parameter.name, Label(de=parameter.label_de, en=parameter.label_en), unit=parameter.unit)
    usual, low, high = (
        value_text(value, factor, language) for value in (parameter.default, parameter.low, parameter.high)
    )
    return usual, low if low == high else f"{_bare(low, high)} {RANGE_WORDS[language]} {high}"


def _bare(low: str, high: str) -> str:
    """Return the lower end without its unit if the upper end has the same: ``3`` before ``10 % a month``."""
    number, *unit = low.split(maxsplit=1)
    return number if high.split(maxsplit=1)[1:] == unit else low
