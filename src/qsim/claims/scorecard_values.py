"""What a checklist reads from a scenario at a date: posts, places, formats, papers, leaders, groups and events there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from qsim.scenario.schema import BudgetCrisis, CouncilDecision, Mandate, NewLeader, Scenario, Shock, UnitMove
from qsim.scenario.structure import Commissioner, FundingPhase
from qsim.scenario.values import Unknown

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
    return lambda scenario, month: _number(getattr(scenario.administration, name))


def of_task(name: str) -> Value:
    """Return what reads a field of the tasks, on average."""
    return lambda scenario, month: _mean(_number(getattr(task, name)) for task in scenario.tasks)


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
