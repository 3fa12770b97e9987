"""Scenarios in which only some of the differences to a second one are made."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from pydantic import BaseModel, ValidationError

from qsim.scenario.checks import check
from qsim.scenario.messages import InputError, Message, Place
from qsim.scenario.nodes import Node
from qsim.scenario.schema import Leader, Scenario
from qsim.study.comparison.changed import Change
from qsim.study.comparison.side_by_side import fields, is_whole, twins


def with_changes(first: Scenario, second: Scenario, chosen: Collection[Change]) -> Scenario:
    """Return the first scenario with those of its differences to the second that are chosen.

    None of them is the first, all of them the second, up to what no rule reads: id and names are those of the first,
    notes are left out. Raise InputError, with all that is wrong, if the chosen ones make no scenario by themselves.
    """
    mixed = _mixed(first, second, "", {(change.kind, change.key) for change in chosen})
    assert isinstance(mixed, Scenario)
    try:
        hybrid = Scenario.model_validate(mixed.model_dump())
    except ValidationError as error:
        told = [Message(first.id, None, None, ".".join(map(str, one["loc"])), one["msg"]) for one in error.errors()]
        raise InputError(told) from None
    messages = check(hybrid, Node({}, Place(first.id)))
    if messages:
        raise InputError(messages)
    return hybrid


def can_stand(first: Scenario, second: Scenario, chosen: Collection[Change]) -> bool:
    """Whether the chosen changes make a scenario without the others."""
    try:
        with_changes(first, second, chosen)
    except InputError:
        return False
    return True


def _mixed(first: Any, second: Any, key: str, chosen: Collection[tuple[str, str]]) -> Any:
    """Return a value of the first scenario with the chosen changes below it."""
    if is_whole(first, second):
        return second if ("changed", key) in chosen else first
    if isinstance(first, BaseModel):
        below = {
            name: _mixed(one, other, f"{key}.{name}" if key else name, chosen)
            for name, one, other in fields(first, second)
        }
        return first.model_copy(update=below)
    entries: dict[str, Any] = {}
    for twin in twins(first, second):
        step = f"{key}{twin.step}"
        if twin.first is None:
            entry = twin.second if ("added", step) in chosen else None
        elif twin.second is None:
            entry = None if ("removed", step) in chosen else twin.first
        else:
            entry = _mixed(twin.first, twin.second, step, chosen)
        if entry is not None and not _says_nothing(entry):
            entries[f"{step} {'added' if twin.first is None else ''}"] = entry
    if isinstance(first, dict):
        return {step.strip().rpartition(".")[2].removesuffix(" added"): entry for step, entry in entries.items()}
    return tuple(entries.values())


def _says_nothing(entry: Any) -> bool:
    """Whether an entry is that of an office of which nothing is said."""
    return isinstance(entry, Leader) and entry == Leader(id=entry.id, kind=entry.kind)
