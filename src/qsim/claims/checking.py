"""Checks what the schema of claims cannot see: that statements, measures, worlds, dates and mechanisms exist.

Editors learn from the JSON Schema which there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from qsim.claims.schema import CLAIMS, Claim, Mechanism
from qsim.claims.statements import all_statements, unknown_statement
from qsim.claims.terms import LOG, measures_of, scales_of, term_of, terms_of
from qsim.files.findings import Finding, unknown_name
from qsim.files.json_schema import json_schema
from qsim.files.messages import suggestion
from qsim.files.nodes import Path
from qsim.measures.catalogue import Measure
from qsim.mechanisms.month import NAMES, RULES
from qsim.runs.readings import MEASURES, TIMES, measure_problem, time_problem
from qsim.scenario.schema import Scenario
from qsim.scenario.values import MONTH_PATTERN

SINGLE = ("equivalence", "difference_of_differences")
"""Kinds of tests with one contrast."""

SEVERAL = ("order", "shape")
"""Kinds of tests that take two contrasts or more; a bend, of three worlds, is a shape, too."""


def check_claim(claim: Claim, worlds: Mapping[str, Scenario | None], path: Path) -> Iterator[Finding]:
    """Yield what is wrong with a claim at a path; ``worlds`` are its scenarios, None where one is wrong by itself."""
    for index, statement in enumerate(claim.statements):
        text = unknown_statement(statement)
        if text is not None:
            yield Finding((*path, "statements", index), text)
    readings = [*_readings(claim, worlds, path)]
    yield from readings
    yield from _contrasts(claim, path)
    if not readings:
        yield from _relevant(claim, path)
    yield from check_mechanism(claim.mechanism, (*path, "mechanism"))


def _readings(claim: Claim, worlds: Mapping[str, Scenario | None], path: Path) -> Iterator[Finding]:
    """Yield what is wrong with measures and times, where a term names them or else where the claim does."""
    found = {
        (*path, "measure"): measure_problem(claim.measure),
        (*path, "at"): time_problem(claim.measure, claim.at, ()),
    }
    if claim.equal is not None:
        found[*path, "equal", "measure"] = measure_problem(claim.equal.measure)
    for text, term in terms_of(claim).items():
        index = next((index for index, contrast in enumerate(claim.expected) if text in contrast), 0)
        place = (*path, "expected", index, text)
        if term.own_measure and measure_problem(term.reading.measure) is not None:
            found[place] = measure_problem(term.reading.measure)
            continue
        scenario = worlds.get(term.world)
        problem = time_problem(
            term.reading.measure, term.reading.at, [] if scenario is None else [scenario], f"the world {term.world}"
        )
        at = place if term.own_time else (*path, "at")
        found[at] = found.get(at) or problem
    yield from (Finding(place, problem) for place, problem in found.items() if problem is not None)


def _relevant(claim: Claim, path: Path) -> Iterator[Finding]:
    """Yield what is wrong with measuring these things together, or with the difference that counts between them."""
    names = measures_of(claim)
    other = next((name for name in names if MEASURES[name].unit != MEASURES[names[0]].unit), None)
    if other is not None:
        yield Finding((*path, "expected"), f"{names[0]} and {other} have different units; a test takes one")
    elif names and claim.exists is None and claim.relevant is None:
        at = (*path, "measure") if "measure" in claim.model_fields_set else path
        without = next((name for name in names if not _has_relevant(MEASURES[name])), None)
        if scales_of(claim) == (LOG,):
            yield Finding(at, f"{names[0]} is compared as a ratio; write relevant, a share such as 0.05")
        elif without is not None:
            yield Finding(at, f"{without} has no smallest relevant difference of its own; write relevant")


def _has_relevant(measure: Measure) -> bool:
    return measure.smallest_relevant is not None or measure.by_size


def _contrasts(claim: Claim, path: Path) -> Iterator[Finding]:
    if claim.test == "existence" and claim.exists is not None:
        low, high = claim.exists.in_share
        if low >= high:
            yield Finding((*path, "exists", "in_share"), f"{low:g} to {high:g} is no range; expected the lower first")
        yield from unknown_name((*path, "exists", "world"), claim.exists.world, claim.worlds, "world")
        if claim.expected:
            yield Finding((*path, "expected"), "a claim has expected or exists, not both")
        return
    if claim.exists is not None:
        yield Finding((*path, "exists"), f"exists belongs to the test existence, not to {claim.test}")
    count = len(claim.expected)
    if count == 0:
        yield Finding(path, 'missing key "expected"; it holds the contrasts that are expected, such as [{a: 1, b: -1}]')
    if claim.test in SINGLE and count > 1:
        yield Finding((*path, "expected"), f"{claim.test} takes one contrast; found {count}")
    bent = claim.test == "shape" and count == 1 and len(claim.expected[0]) > 2
    if claim.test in SEVERAL and count == 1 and not bent:
        yield Finding((*path, "expected"), f"{claim.test} takes two contrasts or more; found one")
    used: set[str] = set()
    for index, contrast in enumerate(claim.expected):
        for text in contrast:
            name = term_of(text, claim).world
            yield from unknown_name((*path, "expected", index, text), name, claim.worlds, "world")
            used.add(name)
        weights = [weight for weight in contrast.values() if weight]
        if not weights:
            yield Finding((*path, "expected", index), "a contrast without a weight; expected such as {a: 1, b: -1}")
        elif len(weights) > 1 and (min(weights) > 0 or max(weights) < 0):
            text = "all weights have the same sign; what is smaller has a negative one, such as {a: 1, b: -1}"
            yield Finding((*path, "expected", index), text)
    for name in claim.worlds if used <= claim.worlds.keys() else ():
        if count and name not in used:
            yield Finding((*path, "worlds", name), "no contrast uses this world")


def check_mechanism(mechanism: Mechanism, path: Path) -> Iterator[Finding]:
    """Yield what is wrong with a mechanism at a path."""
    if (mechanism.parameter is None) == (mechanism.rule is None):
        yield Finding(path, "expected one of parameter, with neutral, and rule")
        return
    if mechanism.rule is not None:
        yield from unknown_name((*path, "rule"), mechanism.rule, NAMES, "rule that can be switched off")
        if mechanism.neutral is not None:
            yield Finding((*path, "neutral"), "neutral belongs to a parameter; a rule is switched off as a whole")
        return
    assert mechanism.parameter is not None
    rule_name, dot, name = mechanism.parameter.partition(".")
    rule = next((rule for rule in RULES if rule.name == rule_name), None)
    at = (*path, "parameter")
    if not dot:
        yield Finding(at, f'"{mechanism.parameter}" is not a parameter; expected rule.name, such as outreach.pull')
    elif rule is None:
        yield from unknown_name(at, rule_name, [rule.name for rule in RULES], "rule")
    elif name not in [parameter.name for parameter in rule.parameters]:
        names = [parameter.name for parameter in rule.parameters]
        yield Finding(at, f'{rule_name} has no parameter "{name}"{suggestion(name, names)}')
    if mechanism.neutral is None:
        yield Finding(path, 'missing key "neutral"; the value at which the parameter does nothing')


def claims_schema() -> dict[str, Any]:
    """Return a JSON Schema (draft 2020-12) of claims files, with the names of statements, measures, rules, parameters."""
    schema = json_schema(CLAIMS)
    definitions = schema["$defs"]
    claim, mechanism = definitions["Claim"]["properties"], definitions["Mechanism"]["properties"]
    claim["statements"]["items"] = {"enum": list(all_statements())}
    claim["measure"] = {**claim["measure"], "enum": list(MEASURES)}
    claim["expected"]["items"] = _contrast_schema(claim["expected"]["items"])
    claim["worlds"]["additionalProperties"] = {"type": ["object", "null"]}
    definitions["EqualCost"]["properties"]["measure"]["enum"] = list(MEASURES)
    mechanism["rule"] = {**_plain(mechanism["rule"]), "enum": [*NAMES]}
    names = [f"{rule.name}.{parameter.name}" for rule in RULES for parameter in rule.parameters]
    mechanism["parameter"] = {**_plain(mechanism["parameter"]), "enum": names}
    definitions["Mechanism"]["oneOf"] = [{"required": ["parameter", "neutral"]}, {"required": ["rule"]}]
    return schema


def _contrast_schema(contrast: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a contrast whose terms can only name measures and times that exist."""
    (weight,) = contrast["patternProperties"].values()
    term = rf"^[a-z][a-z0-9_]*(\.({'|'.join(MEASURES)}))?(@({'|'.join(TIMES)}|{MONTH_PATTERN.pattern.strip('^$')}))?$"
    return {**contrast, "patternProperties": {term: weight}, "additionalProperties": False}


def _plain(field: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a field without the form that it has where it is left out."""
    return {name: value for name, value in field.items() if name not in ("anyOf", "default")}
