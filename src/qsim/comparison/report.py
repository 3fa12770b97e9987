"""All that a page is written from: the runs, what explains them, and what a scenario rests on."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from qsim.comparison.comparing import Compared
from qsim.comparison.when.conditions import Conditions, all_conditions
from qsim.comparison.when.conditions import planned_runs as condition_runs
from qsim.comparison.why.case import Case, follow_case
from qsim.comparison.why.divergence import Divergence, first_divergence
from qsim.comparison.why.shares import Shares, shares
from qsim.comparison.why.shares import planned_runs as share_runs
from qsim.engine.result import Result
from qsim.files.messages import InputError, Message
from qsim.mechanisms.month import RULES
from qsim.runs.execution import Progress
from qsim.runs.manifest import Manifest
from qsim.scenario.schema import Scenario
from qsim.scenario.values import Unknown, month_text
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
    result: dict[str, list[str]] = {}
    for part in source.split(";"):
        word = part.split()[0].rstrip(":,") if part.strip() else ""
        if word in GRADES:
            places = PLACE[word].findall(part) if word in PLACE else []
            result.setdefault(word, []).extend(places)
    for word, places in result.items():
        yield Statement(key, GRADES[word], tuple(dict.fromkeys(places)))


CASE_RUNS = 20
"""Runs over which a case is averaged; it is followed step by step, which takes longer than a run."""

Stage = Callable[[int, str], AbstractContextManager[Progress]]
"""Opens the progress of a stage from its number of runs and its name."""


@dataclass(frozen=True)
class Report:
    """What a page is written from.

    ``results`` and ``cases`` hold one entry a scenario, a case as it is in run 0 and as a mean; ``shares``,
    ``conditions`` and ``divergences`` one for each pair of ``compared``, which is None on the page of one scenario.
    """

    results: tuple[Result, ...]
    cases: tuple[tuple[Case, Case] | None, ...]
    evidence: tuple[Evidence, ...]
    manifest: Manifest
    compared: Compared | None = None
    shares: tuple[Shares | None, ...] = ()
    conditions: tuple[Conditions, ...] = ()
    divergences: tuple[Divergence | None, ...] = ()

    @property
    def scenarios(self) -> tuple[Scenario, ...]:
        """The scenarios on the page."""
        return tuple(result.scenario for result in self.results)


def check_comparable(scenarios: tuple[Scenario, ...] | list[Scenario]) -> None:
    """Raise InputError, with a line for each reason, unless scenarios have the same tasks and months, as a page needs."""
    first = scenarios[0]
    wrong = []
    for other in scenarios[1:]:
        kinds = [sorted(f"{task.id} ({task.kind})" for task in each.tasks) for each in (first, other)]
        if kinds[0] != kinds[1]:
            text = f"its tasks are {', '.join(kinds[1])}, those of {first.id} {', '.join(kinds[0])}"
            wrong.append(_refused(other, text))
        times = [_months(each) for each in (first, other)]
        if times[0] != times[1]:
            wrong.append(_refused(other, f"it runs from {times[1]}, {first.id} from {times[0]}"))
    if wrong:
        raise InputError(wrong)


def _months(scenario: Scenario) -> str:
    return f"{month_text(scenario.start)} to {month_text(scenario.start + scenario.months - 1)}"


def _refused(scenario: Scenario, text: str) -> Message:
    return Message(scenario.id, None, None, "", f"cannot be compared on a page: {text}; expected the same")


def report_of_comparison(
    result: Compared,
    manifest: Manifest,
    workers: int | None = None,
    stage: Stage = lambda runs, name: nullcontext(lambda done: None),
) -> Report:
    """Explain a comparison: shares of what was changed, conditions of the verdict, where twins diverge, a case each.

    Raise RunError for a run that fails.
    """
    worlds, scenarios = result.worlds, result.scenarios
    seed, plausible = worlds.seed, worlds.plausible
    first, each = scenarios[0], worlds.replications
    with stage(sum(share_runs(first, other, seed, plausible, of=each) for other in scenarios[1:]), "why") as progress:
        carried = tuple(shares(first, other, seed, plausible, workers, progress, of=each) for other in scenarios[1:])
    with stage(condition_runs(result), "when") as progress:
        when = all_conditions(result, workers, progress)
    return Report(
        results=tuple(worlds.results),
        cases=tuple(_case(scenario, seed) for scenario in scenarios),
        evidence=tuple(evidence_of(scenario) for scenario in scenarios),
        manifest=manifest,
        compared=result,
        shares=carried,
        conditions=when,
        divergences=tuple(first_divergence(first, other, seed) for other in scenarios[1:]),
    )


def report_of_run(result: Result, manifest: Manifest) -> Report:
    """Explain the runs of one scenario."""
    scenario = result.scenario
    return Report((result,), (_case(scenario, result.seed),), (evidence_of(scenario),), manifest)


def _case(scenario: Scenario, seed: int) -> tuple[Case, Case] | None:
    """Return a case of the first chain in the last month, in run 0 and as a mean; None if there is no chain of two."""
    try:
        return follow_case(scenario, None, scenario.start + scenario.months - 1, seed, range(CASE_RUNS))
    except InputError:
        return None
