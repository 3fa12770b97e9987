"""What the page cannot say, and what it rests on: facts, assumptions and open values, each with its grade of evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pandas as pd

from qsim.comparison.report import Evidence, Report, Statement
from qsim.mechanisms.month import RULES
from qsim.present.page.blocks import Block, Bullets, Details, Section, Table, Text
from qsim.present.text.discovery_text import value_text
from qsim.present.text.key_names import key_name
from qsim.present.text.names import scenario_names
from qsim.present.text.setting_text import setting_text
from qsim.present.words.speaker import MISSING, Speaker
from qsim.runs.variable import Variable
from qsim.scenario.schema import Scenario
from qsim.scenario.values import Label, month_text
from qsim.world.parameters import Grade, Parameter

ID = "limits"
GRADES: tuple[Grade, ...] = ("report", "public figure", "literature", "assumption")
PLACES = {"report": "section", "public figure": "source"}


def limits_section(report: Report, speak: Speaker) -> Section:
    """Return the limits of a page and, folded up, everything it rests on."""
    single = len(report.scenarios) == 1
    names = scenario_names(report.scenarios, speak)
    counts = [_counts(name, each, speak) for name, each in zip(names, report.evidence, strict=True)]
    said = ("levels", "ranking", "strength")
    blocks: list[Block] = [
        Text(speak("limits.lead_run" if single else "limits.lead"), "lead"),
        Bullets((*counts, *(speak(f"limits.{name}") for name in said), _months(report.scenarios[0], single, speak))),
        _grades(report.evidence[0], speak),
    ]
    for name, scenario, evidence in zip(names, report.scenarios, report.evidence, strict=True):
        blocks += _rests_on(name, scenario, evidence, speak)
    blocks.append(_parameters(speak))
    return Section(ID, speak("limits.title"), tuple(blocks))


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
    rows = [(grade_text(grade, speak), speak.decimal(evidence.parameters.get(grade, 0), 0)) for grade in GRADES]
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
    labels = Counter(_label(parameter, speak) for rule in RULES for parameter in rule.parameters)
    rows = []
    for rule in RULES:
        of_rule = speak.called(rule)
        for parameter in rule.parameters:
            label = _label(parameter, speak)
            name = f"{label} ({of_rule})" if labels[label] > 1 else label
            rows.append((name, *_values(parameter, speak), grade_text(parameter.grade, speak)))
    heads = tuple(speak(f"limits.{head}") for head in ("value", "usual", "plausible", "evidence"))
    table = Table(speak("limits.parameters_caption"), heads, tuple(rows), words=4)
    return Details(speak("limits.parameters"), (table,))


def _label(parameter: Parameter, speak: Speaker) -> str:
    label = speak.called(parameter)
    return label[:1].upper() + label[1:]


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
