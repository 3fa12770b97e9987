"""Where twins diverge: the first month, rule and field in which the same run of two scenarios differs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, NamedTuple

import numpy as np

from qsim.engine.own_month import OwnMonths
from qsim.engine.prepare import Prepared
from qsim.engine.run import run_rules
from qsim.engine.seeds import check_rows
from qsim.mechanisms.month import MONTH
from qsim.runs.execution import Row
from qsim.runs.to_json import Named, key
from qsim.world.blueprint import Plan
from qsim.world.fields import Field
from qsim.world.parameters import Rule
from qsim.world.records import TABLES, World

AXES: dict[str, tuple[str, ...]] = {
    "administration": (),
    "tasks": ("tasks",),
    "departments": ("departments",),
    "stances": ("departments", "tasks"),
    "leaders": ("leaders",),
    "support": ("leaders", "tasks"),
    "units": ("units",),
    "relations": ("departments", "units"),
    "groups": ("groups",),
    "formats": ("formats",),
}
"""The tables whose fields are compared, with the agents along their axes; twins know each other by their slots."""


class What(NamedTuple):
    """What differs: a field of a table, and in whom: ``("departments", "youth")``, one pair an axis of the table."""

    table: str
    field: Named[Field]
    whose: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Divergence:
    """The first difference: its absolute month (None: before the first one) and rule (None: there, too).

    ``sides`` are the values of both twins; ``many`` says how many differ in this field: told is the largest difference.
    """

    month: int | None
    rule: Named[Rule | None]
    what: What
    sides: Annotated[tuple[float, float], key("values")]
    many: int


def first_divergence(one: Prepared, other: Prepared, seed: int = 1, row: Row = (0, 0)) -> Divergence | None:
    """Return where a run, ``row`` of replicate and setting, of two scenarios first differs, None if it never does.

    Only agents that both have are compared, and only what moves: the scenarios' own settings are no difference. The
    shorter run ends the comparison. Raise ValueError if the scenarios start in different months.
    """
    first, second = one.scenario, other.scenario
    if first.start != second.start:
        raise ValueError("the scenarios start in different months; twins start together")
    check_rows(seed, [row])
    twins = [prepared.blueprint.world(seed, *row) for prepared in (one, other)]
    result = _difference(twins, None)
    last = first.start + min(first.months, second.months)
    month = first.start
    running = [prepared.months_of(world) for prepared, world in zip((one, other), twins, strict=True)]
    while result is None and month < last:
        before = [World(*(array.copy() for array in world)) for world in twins]
        for each in running:
            each.month(month)
        if _difference(twins, None) is not None:
            result = _by_rule(before, [p.months_of(w) for p, w in zip((one, other), before, strict=True)], month)
        month += 1
    return None if result is None else _named(result, one.blueprint.plan(seed, row[1])[0])


class _Difference(NamedTuple):
    month: int | None
    rule: Rule | None
    table: str
    field: Field
    places: tuple[int, ...]
    sides: tuple[float, float]
    many: int


def _by_rule(twins: list[World], running: list[OwnMonths], month: int) -> _Difference | None:
    """Run a month rule by rule, own rules at their places and own agents last, and return the first difference."""
    for each in running:
        each.begin(month)
    for position, rule in enumerate((*MONTH, None)):
        for place, each in enumerate(running):
            for own in (own for own in each.extension.rules if own.position == position):
                if position == 0:
                    run_rules(twins[place], month, 0, 0)  # a month starts by setting flows to zero, before any rule
                each.rule(own, month)
                if (result := _difference(twins, own.declared)) is not None:
                    return result._replace(month=month)
        for place, each in enumerate(running):
            if rule is None:
                each.end(month)
            else:
                run_rules(twins[place], month, position, position + 1)
        if (result := _difference(twins, rule)) is not None:
            return result._replace(month=month)
    return None


def _difference(twins: list[World], rule: Rule | None) -> _Difference | None:
    """Return a field that differs, of those the rule writes if there is one; None if all agree."""
    fields = [(table, field) for table in AXES for field in TABLES[table] if field.kind in ("state", "derived")]
    written = set(rule.writes if rule is not None else ())
    for table, field in sorted(fields, key=lambda entry: f"{entry[0]}.{entry[1].name}" not in written):
        axes = [_common(*(getattr(world, axis)["slot"] for world in twins)) for axis in AXES[table]]
        a, b = (_values(world, table, field, [places[side] for places in axes]) for side, world in enumerate(twins))
        apart = ~((a == b) | (np.isnan(a) & np.isnan(b)))
        if apart.any():
            size = np.where(apart, np.nan_to_num(np.abs(a - b), nan=np.inf), -1.0)
            at = np.unravel_index(int(np.argmax(size)), size.shape)
            places = tuple(int(axis[0][index]) for axis, index in zip(axes, at[: len(axes)], strict=True))
            return _Difference(None, rule, table, field, places, (float(a[at]), float(b[at])), int(apart.sum()))
    return None


def _common(one: np.ndarray, other: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the places, in each of two arrays of slots, of the slots that both have."""
    return np.intersect1d(one, other, return_indices=True)[1:]


def _values(world: World, table: str, field: Field, places: list[np.ndarray]) -> np.ndarray:
    values = np.asarray(getattr(world, table)[field.name], dtype=np.float64)
    return values[np.ix_(*places)] if places else values


def _named(result: _Difference, plan: Plan) -> Divergence:
    """Return a difference with the ids of the agents in place of their places."""
    agents: dict[str, Sequence[Any]] = {
        "departments": plan.house.departments,
        "leaders": plan.house.leaders,
        "tasks": plan.scenario.tasks,
        "units": plan.scenario.commissioners,
        "groups": plan.scenario.civil_society,
        "formats": plan.scenario.formats,
    }
    whose = tuple((axis, agents[axis][at].id) for axis, at in zip(AXES[result.table], result.places, strict=True))
    return Divergence(result.month, result.rule, What(result.table, result.field, whose), result.sides, result.many)
