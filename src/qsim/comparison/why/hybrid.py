"""Scenarios in which only some of the differences to a second one are made."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Set
from typing import Any

from pydantic import BaseModel, ValidationError

from qsim.comparison.why.changed import Change, changes
from qsim.comparison.why.side_by_side import Twin, fields, is_whole, twins
from qsim.files.messages import InputError, Message, Place
from qsim.files.nodes import Node
from qsim.scenario.checks import check
from qsim.scenario.schema import Leader, Scenario

Names = Set[tuple[str, str]]
"""Kind and key of each change that is made."""


def with_changes(first: Scenario, second: Scenario, chosen: Collection[Change]) -> Scenario:
    """Return the first scenario with those of its differences to the second that are chosen.

    None of them gives the first, all of them the second. In between the id is that of the first, and there are no notes.
    Raise InputError, with all that is wrong, if the chosen ones make no scenario without the others.
    """
    names = {change.name for change in chosen}
    if not names:
        return first
    if names == {change.name for change in changes(first, second)}:
        return second
    try:
        hybrid = Scenario.model_validate(_mixed(first, second, "", names).model_dump())
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


def _mixed(first: Any, second: Any, key: str, chosen: Names) -> Any:
    """Return a value of the first scenario with the chosen changes at its key and below."""
    if is_whole(first, second):
        return second if ("changed", key) in chosen else first
    if isinstance(first, BaseModel):
        below = {
            name: _mixed(one, other, f"{key}.{name}" if key else name, chosen)
            for name, one, other in fields(first, second)
        }
        label = getattr(second, "label", None)  # by which phases of funding side by side are told apart
        return first.model_copy(update=below if label is None else {**below, "label": label})
    mixed = [(twin.step, _mixed_entry(twin, f"{key}{twin.step}", chosen)) for twin in twins(first, second)]
    there = [(step, entry) for step, entry in mixed if entry is not None and not _says_nothing(entry)]
    if isinstance(first, Mapping):
        return {step.removeprefix("."): entry for step, entry in there}
    return tuple(entry for _, entry in there)


def _mixed_entry(twin: Twin, step: str, chosen: Names) -> Any:
    """Return an entry of the first scenario with the chosen changes; None if it is not there."""
    if twin.first is None:
        return twin.second if ("added", step) in chosen else None
    if twin.second is None:
        return None if ("removed", step) in chosen else twin.first
    return _mixed(twin.first, twin.second, step, chosen)


def _says_nothing(entry: Any) -> bool:
    """Whether this is the entry of an office of which nothing is said; the house may be without that office."""
    return isinstance(entry, Leader) and entry == Leader(id=entry.id, kind=entry.kind)
