"""An additive scorecard of a scenario at a date: what a checklist without dynamics would say, to be compared with.

The score is the sum of features, all of the same weight, each from 0 at the low to 1 at the high end of its range (not cut
off beyond), with the sign that the report gives it. Units, formats, concepts, groups and events count if they are there
at the date; fixed funding ends after its duration unless it is continued; an unknown value counts with its middle.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from qsim.claims.schema import Claim
from qsim.claims.terms import terms_of
from qsim.engine.overrides import all_parameters
from qsim.runs.readings import MEASURES, Reading
from qsim.scenario.schema import BudgetCrisis, CouncilDecision, Mandate, NewLeader, Scenario, Shock, Task, UnitMove
from qsim.scenario.structure import Administration, Commissioner, FundingPhase
from qsim.scenario.values import Unknown, month_number

CLOSENESS = {"section": 0.0, "line_unit": 1 / 3, "deputy_mayor": 2 / 3, "staff_unit": 1.0, "staff_unit_with_head": 1.0}
"""Of a unit to the mayor, by its position."""

Value = Callable[[Scenario, int], float]
"""A number of a scenario at an absolute month."""


def _number(value: Any) -> float:
    return float(value.middle if isinstance(value, Unknown) else value)


def _mean(values: Iterable[float], otherwise: float = 0.0) -> float:
    listed = list(values)
    return sum(listed) / len(listed) if listed else otherwise


def _ends(phase: FundingPhase) -> float:
    if phase.kind == "permanent" or phase.after == "continue":
        return float("inf")
    return _number(phase.start) + _number(phase.duration_months)


def funding_end(scenario: Scenario, last: int) -> int:
    """Return the month in which the last fixed funding ends, at most ``last``."""
    ends = [_ends(phase) for unit in scenario.commissioners for phase in unit.funding]
    return int(min(max(ends, default=last), last))


def first_shock(scenario: Scenario, last: int) -> int:
    """Return the month of the first shock, ``last`` if there is none."""
    return int(min((_number(event.date) for event in scenario.events if isinstance(event, Shock)), default=last))


def posts(scenario: Scenario, month: int) -> float:
    """Return the funded posts."""
    return sum(
        _number(phase.posts)
        for unit in scenario.commissioners
        for phase in unit.funding
        if _number(phase.start) <= month < _ends(phase)
    )


def _place(scenario: Scenario, unit: Commissioner, month: int) -> tuple[str, str | None]:
    """Return the position of a unit at a month and the leader it stands under, if stated."""
    place = (_choice(unit.position), unit.under)
    moves = [event for event in scenario.events if isinstance(event, UnitMove) and event.commissioner == unit.id]
    for move in sorted(moves, key=lambda move: _number(move.date)):
        if _number(move.date) <= month:
            place = (_choice(move.position), move.under)
    return place


def _choice(value: Any) -> str:
    return str(value.middle if isinstance(value, Unknown) else value)


def closeness(scenario: Scenario, month: int) -> float:
    """Return how close the units are to the mayor, on average."""

    def of(unit: Commissioner) -> float:
        position, under = _place(scenario, unit, month)
        close = CLOSENESS[position]
        if under is None or under == "mayor" or close < CLOSENESS["deputy_mayor"]:
            return close
        return CLOSENESS["deputy_mayor" if under == "deputy" else "line_unit"]

    return _mean(of(unit) for unit in scenario.commissioners)


def has_head(scenario: Scenario, month: int) -> float:
    """Return the share of units with a head of their own."""
    return _mean(float(_place(scenario, unit, month)[0] == "staff_unit_with_head") for unit in scenario.commissioners)


def of_unit(name: str) -> Value:
    """Return what reads a field of the units, on average."""
    return lambda scenario, month: _mean(_number(getattr(unit, name)) for unit in scenario.commissioners)


def of_house(name: str) -> Value:
    """Return what reads a field of the administration."""
    return lambda scenario, month: _level(scenario.administration, name)


def of_task(name: str) -> Value:
    """Return what reads a field of the tasks, on average."""
    return lambda scenario, month: _mean(_level(task, name) for task in scenario.tasks)


def _level(part: Administration | Task, name: str) -> float:
    usual = all_parameters().get(f"initial_{name.removeprefix('communication_')}")
    return _number(usual.default if usual and getattr(part, name) is None else getattr(part, name))


def _there(scenario: Scenario, entry: Any, month: int) -> bool:
    start = scenario.start if entry.start is None else _number(entry.start)
    return start <= month and (entry.end is None or month < _number(entry.end))


def channel(name: str) -> Value:
    """Return what sums up a channel over the formats that run."""
    return lambda scenario, month: sum(
        _number(getattr(entry.channels, name)) for entry in scenario.formats if _there(scenario, entry, month)
    )


def of_groups(name: str) -> Value:
    """Return what sums up a field over the civil society groups that are there."""
    return lambda scenario, month: sum(
        _number(getattr(group, name)) for group in scenario.civil_society if _there(scenario, group, month)
    )


def of_concepts(name: str) -> Value:
    """Return what reads the largest value of a field among the concepts adopted."""
    return lambda scenario, month: max(
        (_number(getattr(concept, name)) for concept in scenario.concepts if _number(concept.adopted) <= month),
        default=0.0,
    )


def council(scenario: Scenario, month: int) -> float:
    """Return 1 if the council has decided a concept or renewed what was promised, else 0."""
    decided = any(isinstance(event, CouncilDecision) and _number(event.date) <= month for event in scenario.events)
    return float(decided or of_concepts("council")(scenario, month) > 0)


def mandate(scenario: Scenario, month: int) -> float:
    """Return the share of tasks that are duties by law."""
    made = {event.task for event in scenario.events if isinstance(event, Mandate) and _number(event.date) <= month}
    return _mean(float(task.mandate or task.id in made) for task in scenario.tasks)


def _fading(event: Any, month: int, size: Any, half_life: Any) -> float:
    since = month - _number(event.date)
    return float(_number(size) * 0.5 ** (since / _number(half_life))) if since >= 0 else 0.0


def shocks(size: str) -> Value:
    """Return what sums up a size of the shocks so far, each faded with its half-life."""
    return lambda scenario, month: sum(
        _fading(event, month, getattr(event, size), getattr(event, f"{size}_half_life_months"))
        for event in scenario.events
        if isinstance(event, Shock)
    )


def salience(scenario: Scenario, month: int) -> float:
    """Return the salience of the tasks with what shocks add."""
    return of_task("salience")(scenario, month) + shocks("salience")(scenario, month)


def tightness(scenario: Scenario, month: int) -> float:
    """Return the tightness of the budget with what crises add."""
    crises = (event for event in scenario.events if isinstance(event, BudgetCrisis))
    added = sum(_fading(event, month, event.tightness, event.half_life_months) for event in crises)
    return _number(scenario.administration.budget_tightness) + added


def support(scenario: Scenario, month: int) -> float:
    """Return the stated support of leaders, on average, 0 where none is stated or it was redrawn."""
    stated = {leader.id: _number(leader.support) for leader in scenario.leaders if leader.support is not None}
    changes = [event for event in scenario.events if isinstance(event, NewLeader) and _number(event.date) <= month]
    for event in sorted(changes, key=lambda event: _number(event.date)):
        stated[event.leader] = 0.0 if event.support is None else _number(event.support)
    return _mean(stated.values())


def of_leaders(name: str, otherwise: float) -> Value:
    """Return what reads a stated field of leaders, on average."""

    def value(scenario: Scenario, month: int) -> float:
        stated = [getattr(leader, name) for leader in scenario.leaders]
        return _mean((_number(one) for one in stated if one is not None), otherwise)

    return value


GRID = 6
"""Months between the dates whose scores stand for a whole run."""

NOTHING_SAID = ("workload", "hours_departments", "hours_departments_total", "practice_per_1000_hours")
"""Measures on which adding up good things says nothing, besides those of which neither more nor less is better."""

CHANNELS = ("meet", "learn", "decide", "draft", "gate", "tie")
GROUP_FIELDS = ("expertise", "engagement", "pressure")


@dataclass(frozen=True)
class Feature:
    """A feature with its sign, range and value in a scenario at a month, and what the value is."""

    name: str
    sign: int
    low: float
    high: float
    value: Value
    what: str


def score(scenario: Scenario, month: int) -> float:
    """Return the score of a scenario at an absolute month."""
    total = 0.0
    for feature in FEATURES:
        total += feature.sign * (feature.value(scenario, month) - feature.low) / (feature.high - feature.low)
    return total


def scorecard_contrasts(claim: Claim, worlds: Mapping[str, Scenario]) -> list[float]:
    """Return contrasts of the worlds' scores, as signed as what is measured; empty where the scorecard says nothing.

    It knows no measures apart: of two in one world at one time it says the same.
    """
    scores = {text: _term_score(term.reading, worlds[term.world]) for text, term in terms_of(claim).items()}
    contrasts = [sum(weight * scores[text] for text, weight in contrast.items()) for contrast in claim.expected]
    return [] if any(math.isnan(contrast) for contrast in contrasts) else contrasts


def _term_score(reading: Reading, scenario: Scenario) -> float:
    """Return the score of a scenario at the time of a reading, as signed as its measure; NaN where it says nothing."""
    better = MEASURES[reading.measure].higher_is_better
    if better is None or reading.measure in NOTHING_SAID:
        return math.nan
    return (1.0 if better else -1.0) * score_at(scenario, reading.measure, reading.at)


def score_at(scenario: Scenario, measure: str, at: str) -> float:
    """Return the score at the time of a measure: ``last_year``, ``whole_run``, ``peak`` or a month ``YYYY-MM``."""
    last = scenario.start + scenario.months - 1
    if "_after_funding_" in measure:
        return score(scenario, min(funding_end(scenario, last) + int(measure.rpartition("_")[2]), last))
    if measure.startswith("shock_"):
        return score(scenario, min(first_shock(scenario, last) + 12, last))
    if at == "last_year":
        return score(scenario, last)
    if at in ("whole_run", "peak"):
        scores = [score(scenario, month) for month in range(scenario.start, last + 1, GRID)]
        return max(scores) if at == "peak" else sum(scores) / len(scores)
    return score(scenario, month_number(at))


FEATURES: tuple[Feature, ...] = (
    Feature("posts", 1, 0, 5, posts, "funded posts"),
    Feature("closeness", 1, 0, 1, closeness, "of the unit to the mayor, by its position and whom it is under"),
    Feature("head", 1, 0, 1, has_head, "the unit has a head of its own"),
    Feature("unit_knowledge", 1, 0, 1, of_unit("knowledge"), "of the unit at the start"),
    Feature("mediation", 1, 0, 1, of_unit("mediation"), "of the unit"),
    Feature("overview", 1, 0, 1, of_unit("overview"), "of the unit at the start"),
    Feature("handover", 1, 0, 1, of_unit("handover"), "of the unit"),
    Feature("culture", 1, 0, 1, of_house("communication_culture"), "communication culture"),
    Feature("closed_share", -1, 0, 1, of_house("closed_share"), "departments with a closed culture"),
    Feature("hierarchy", -1, 0, 1, of_house("hierarchy"), "communication through heads"),
    Feature("workload", -1, 0.5, 1.5, of_house("workload"), "of the departments"),
    Feature("vacancy", -1, 0, 0.5, of_house("vacancy_share"), "of posts"),
    Feature("turnover", -1, 0, 0.3, of_house("turnover_per_year"), "a year"),
    Feature("knowledge", 1, 0, 1, of_task("knowledge"), "of the departments at the start"),
    Feature("process_knowledge", 1, 0, 1, of_task("process_knowledge"), "of the departments at the start"),
    *(Feature(name, 1, 0, 2, channel(name), "sum of the channel over running formats") for name in CHANNELS),
    Feature("relief", 1, 0, 5, channel("relieve_posts"), "posts that take work off departments"),
    Feature("ambition", 1, 0, 1, of_concepts("ambition"), "of the most ambitious concept adopted"),
    Feature("concreteness", 1, 0, 1, of_concepts("concreteness"), "of the most concrete concept adopted"),
    Feature("council", 1, 0, 1, council, "a concept by the council, or a decision that renews it"),
    Feature("mandate", 1, 0, 1, mandate, "share of tasks that are duties by law"),
    Feature("salience", 1, 0, 1, salience, "of the tasks"),
    Feature("support", 1, -1, 1, support, "stated support of leaders, on average"),
    Feature("co_responsibility", 1, 0, 1, of_leaders("co_responsibility", 0.4), "stated of leaders, on average"),
    Feature("transparency", 1, 0, 1, of_leaders("transparency", 0.5), "stated of leaders, on average"),
    *(Feature(name, 1, 0, 2, of_groups(name), "sum over civil society groups") for name in GROUP_FIELDS),
    Feature("evaluation", 1, 0, 1, of_house("evaluation"), "of measures"),
    Feature("knowledge_management", 1, 0, 1, of_house("knowledge_management"), "of lessons and documents"),
    Feature("reflection", 1, 0, 0.05, of_house("reflection"), "hours reserved"),
    Feature("personnel_openness", 1, 0, 1, of_house("personnel_openness"), "to unusual candidates"),
    Feature("tightness", -1, 0, 1, tightness, "of the budget, with crises"),
    Feature("size", -1, 0, 100, of_house("departments"), "departments"),
    Feature("shocks", -1, 0, 1, shocks("workload"), "workload by shocks, fading with their half-lives"),
)
"""All features, in the order in which they are added up."""
