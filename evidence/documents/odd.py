"""The generated parts of the ODD+D document: entities, scales, schedule, parameters and draws, between markers.

The rest of the document is written by hand and stays as it is.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable
from importlib import import_module
from inspect import getdoc
from itertools import groupby
from typing import Any, get_args

from evidence.documents.markdown import anchor, prose, rule_heading, table
from qsim.measures.catalogue import OUTCOMES, SERIES, TASK_SERIES
from qsim.mechanisms.month import MONTH, RULES
from qsim.scenario.catalogue import load_catalogue
from qsim.scenario.schema import Scenario
from qsim.scenario.structure import POSITIONS, TASK_KINDS, Administration
from qsim.scenario.values import Number
from qsim.world.fields import Field
from qsim.world.kinds import ACTIVITIES, EVENT_KINDS
from qsim.world.parameters import Grade, Parameter, Rule
from qsim.world.records import TABLES

MARKER = re.compile(r"^<!-- (?:generated: (?P<name>[^\n]*?)|(?P<end>end)) -->$", re.MULTILINE)


def regions() -> dict[str, Callable[[], str]]:
    """Return what writes each generated region, by the name in its marker."""
    found: dict[str, Callable[[], str]] = {
        "scales": scales,
        "schedule": schedule,
        "evidence": evidence,
        "observation": observation,
        "events": lambda: _names(EVENT_KINDS) + ".",
    }
    found |= {f"entity {name}": _bound(entity, name) for name in TABLES}
    return found | {f"rule {rule.name}": _bound(rule_region, rule) for rule in RULES}


def filled(text: str) -> str:
    """Return the document with its generated regions written anew.

    Raise ValueError if a region is missing, unknown, there twice, or not closed before the next.
    """
    writers = regions()
    parts: list[str] = []
    open_region, copied = "", 0
    seen: list[str] = []
    for marker in MARKER.finditer(text):
        line = text.count("\n", 0, marker.start()) + 1
        name = marker["name"]
        if marker["end"]:
            if not open_region:
                raise ValueError(f"line {line}: an end without a generated region")
            parts.append(f"\n{writers[open_region]()}\n\n")
            copied, open_region = marker.start(), ""
            continue
        if open_region:
            raise ValueError(f"line {line}: the region {open_region!r} has no end before this one")
        if name not in writers:
            raise ValueError(f"line {line}: there is no generated region {name!r}")
        if name in seen:
            raise ValueError(f"line {line}: the region {name!r} stands here twice")
        seen.append(name)
        open_region = name
        parts.append(text[copied : marker.end() + 1])
    if open_region:
        raise ValueError(f"the region {open_region!r} has no end")
    missing = [name for name in writers if name not in seen]
    if missing:
        raise ValueError(f"generated regions are missing: {', '.join(missing)}")
    return "".join(parts) + text[copied:]


def entity(name: str) -> str:
    """Return what moves in an array of records as a table, and what is set at the start as a list."""
    written = {field for rule in MONTH for field in rule.writes}
    moving = [
        field for field in TABLES[name] if field.kind in ("state", "derived") or f"{name}.{field.name}" in written
    ]
    fixed = [_sign(field) for field in TABLES[name] if field not in moving]
    parts = []
    if moving:
        heads = ("symbol", "name", "kind", "unit", "range", "meaning")
        parts.append(table(heads, [_variable(field) for field in moving]))
    if fixed:
        parts.append(f"Set at the start ([fields.md](fields.md#{name})): {', '.join(fixed)}.")
    return "\n\n".join(parts)


def scales() -> str:
    """Return the scales of time and size that the schema allows and the catalogue offers."""
    months, departments = declared_number(Scenario, "months"), declared_number(Administration, "departments")
    tasks = Scenario.model_fields["tasks"].metadata
    most_tasks = max(mark.max_length for mark in tasks if hasattr(mark, "max_length"))
    catalogue = load_catalogue()
    rows = (
        ("step", "one month; dates are absolute months"),
        ("length of a run", f"{months.low:g} to {months.high:g} months"),
        ("rules in a month", f"{len(MONTH)}"),
        ("departments taken from the catalogue", f"up to {departments.high:g}; {len(catalogue.departments)} different"),
        ("divisions of the catalogue", f"{len(catalogue.divisions)}"),
        ("process chains of the catalogue", f"{len(catalogue.chains)}"),
        ("cross-cutting tasks", f"1 to {most_tasks}, of the kinds {_names(TASK_KINDS)}"),
        ("positions of a unit", _names(POSITIONS)),
        ("activities that hours are booked on", _names(ACTIVITIES)),
    )
    return table(("scale", "extent"), rows)


def schedule() -> str:
    """Return what runs at the start and the rules of the month in their order: what each reads, writes and draws."""
    rows = []
    for rule in RULES:
        place = f"{MONTH.index(rule) + 1}" if rule in MONTH else "start"
        link = f"[{rule.label_en}](rules.md#{anchor(rule_heading(rule))})"
        rows.append((place, link, _signs(rule.reads), _signs(rule.writes), _names(rule.decisions)))
    return table(("", "rule", "reads", "writes", "draws"), rows)


def rule_region(rule: Rule) -> str:
    """Return the first sentence of a rule's docstring, where its equations stand, and its parameters."""
    home = "mechanisms" if rule in MONTH else "world"
    explanation = getdoc(import_module(f"qsim.{home}.{rule.name}")) or ""
    summary = " ".join(explanation.split("\n\n")[0].split())
    at = anchor(rule_heading(rule))
    parts = [f"{prose(summary)} Short form: [rules.md](rules.md#{at})."]
    if rule.parameters:
        heads = ("parameter", "default", "plausible", "unit", "evidence")
        parts.append(table(heads, [_parameter(parameter) for parameter in rule.parameters]))
        parts.append(f"Labels and sources: [parameters.md](parameters.md#{at}).")
    return "\n\n".join(parts)


def evidence() -> str:
    """Return how many parameters have which grade of evidence."""
    every = [parameter for rule in RULES for parameter in rule.parameters]
    grades = Counter(parameter.grade for parameter in every)
    rows = [(grade, f"{grades[grade]}", f"{grades[grade] / len(every):.0%}") for grade in get_args(Grade)]
    return table(("evidence", "parameters", "share"), [*rows, ("all", f"{len(every)}", "100%")])


def observation() -> str:
    """Return the names of what is measured, by table of results."""
    house = [measure.name for measure in SERIES if measure not in TASK_SERIES]
    ends = [measure.name for measure in OUTCOMES if measure not in SERIES]
    rows = (
        ("month and task, and the means over tasks", _names(measure.name for measure in TASK_SERIES)),
        ("month", _names(house)),
        ("run (beside means over its last twelve months)", _names(ends)),
    )
    return table(("one value for each", "measures"), rows)


def _bound(write: Callable[[Any], str], subject: Any) -> Callable[[], str]:
    return lambda: write(subject)


def _variable(field: Field) -> tuple[str, ...]:
    symbol = f"`{field.symbol}`" if field.symbol else ""
    return symbol, f"`{field.name}`", field.kind, field.unit, _range(field), field.meaning


def _range(field: Field) -> str:
    if math.isinf(field.low) and math.isinf(field.high):
        return "any"
    return f"{field.low:g} up" if math.isinf(field.high) else f"{field.low:g} to {field.high:g}"


def _sign(field: Field) -> str:
    return f"`{field.name}`" + (f" (`{field.symbol}`)" if field.symbol else "")


def _signs(names: Iterable[str]) -> str:
    """Return fields named ``array.field`` by array, each with its symbol if it has one."""
    parts = []
    for array, members in groupby(sorted(names, key=lambda name: name.split(".")[0]), lambda name: name.split(".")[0]):
        known = {field.name: field for field in TABLES[array]}
        fields = [known[name.split(".")[1]] for name in members if "." in name]
        signs = [f"`{field.symbol or field.name}`" for field in fields]
        parts.append(f"{array}: {', '.join(signs)}" if signs else array)
    return "; ".join(parts)


def _parameter(parameter: Parameter) -> tuple[str, ...]:
    plausible = f"{parameter.low:g} to {parameter.high:g}"
    return f"`{parameter.name}`", f"{parameter.default:g}", plausible, parameter.unit, parameter.grade


def declared_number(part: Any, key: str) -> Number:
    """Return the limits that a part of a scenario declares for a key; raise StopIteration if it is no number."""
    return next(mark for mark in part.model_fields[key].metadata if isinstance(mark, Number))


def _names(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
