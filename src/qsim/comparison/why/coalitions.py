"""Which coalitions of changes the shares are computed from, and the scenarios that they make.

A coalition is written as a number whose bit i says whether group i is in it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from math import factorial
from typing import Any

import numpy as np
from pydantic import BaseModel, ValidationError

from qsim.comparison.why.changes import Change, Twin, changes, fields, is_whole, twins
from qsim.engine.rows import SETTINGS
from qsim.files.findings import told
from qsim.files.messages import InputError, Message, Place
from qsim.files.nodes import Node
from qsim.runs.intervals import Array
from qsim.runs.unit_cube import Places, random_orders
from qsim.scenario.checks import check
from qsim.scenario.schema import Scenario
from qsim.scenario.structure import Leader

EXACT = 6
"""Groups up to which all coalitions are run, 64 of them."""

DRAWS = 2
"""Random orders of the groups in each setting beyond that; each is also taken backwards."""


@dataclass(frozen=True)
class Design:
    """The coalitions of ``groups`` groups that are run in each of ``settings`` settings.

    ``orders`` (settings, draws, 2, groups) holds the orders in which groups join, each beside its reverse; None where all
    coalitions are run.
    """

    groups: int
    settings: int
    orders: Places | None

    @property
    def everyone(self) -> int:
        """The coalition of all groups."""
        return (1 << self.groups) - 1

    def wanted(self) -> dict[int, list[int]]:
        """Return the settings in which each coalition is run, in order."""
        if self.orders is None:
            return {coalition: list(range(self.settings)) for coalition in range(self.everyone + 1)}
        result: dict[int, set[int]] = {0: set(), self.everyone: set()}
        for setting, orders in enumerate(self.orders.reshape(self.settings, -1, self.groups)):
            for coalition in {coalition for order in orders for coalition in joining(order)}:
                result.setdefault(coalition, set()).add(setting)
        return {coalition: sorted(settings) for coalition, settings in sorted(result.items())}


def design(groups: int, settings: int, seed: int) -> Design:
    """Return the coalitions that are run for so many groups."""
    if groups <= EXACT:
        return Design(groups, settings, None)
    forward = random_orders(groups, settings * DRAWS, seed).reshape(settings, DRAWS, 1, groups)
    return Design(groups, settings, np.concatenate([forward, forward[..., ::-1]], axis=2))


def joining(order: Sequence[int] | Places) -> list[int]:
    """Return the coalitions from none to all as the groups join in an order.

    >>> joining([1, 0])
    [0, 2, 3]
    """
    result = [0]
    for group in order:
        result.append(result[-1] | 1 << int(group))
    return result


def exact_shares(values: Array) -> Array:
    """Return the Shapley value of each group (groups, settings) from those of all coalitions (2 ** groups, settings).

    φ_i = Σ_S |S|! (n − |S| − 1)! / n! · (v(S ∪ {i}) − v(S)), over all coalitions S without i (Shapley 1953, A value for
    n-person games).
    """
    groups = len(values).bit_length() - 1
    shares = np.zeros((groups, values.shape[1]))
    for coalition in range(len(values)):
        size = coalition.bit_count()
        for group in range(groups):
            if not coalition >> group & 1:
                weight = factorial(size) * factorial(groups - size - 1) / factorial(groups)
                shares[group] += weight * (values[coalition | 1 << group] - values[coalition])
    return shares


def sampled_shares(values: dict[int, Array], orders: Places) -> Array:
    """Return what each group adds where it joins (draws, groups, settings), mean of an order and its reverse.

    ``values`` holds those of each coalition (settings,), ``orders`` is as in :class:`Design`. Its mean over orders is the
    Shapley value (Castro et al. 2009, Computers & Operations Research 36); an order and its reverse err in opposite
    directions where groups help or hinder each other (Mitchell et al. 2022, Journal of Machine Learning Research 23).
    """
    settings, draws, _, groups = orders.shape
    shares = np.zeros((draws, groups, settings))
    for setting, draw, way in np.ndindex(settings, draws, 2):
        order = orders[setting, draw, way]
        reached = [values[coalition][setting] for coalition in joining(order)]
        shares[draw, order, setting] += 0.5 * np.diff(reached)
    return shares


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
        wrong = [Message(first.id, None, None, ".".join(map(str, one["loc"])), one["msg"]) for one in error.errors()]
        raise InputError(wrong) from None
    messages = told(Node({}, Place(first.id)), check(hybrid))
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


MOST = 10
"""Groups beyond which the changes of one object are taken together, and those of one part of the scenario beyond that."""

Group = tuple[Change, ...]


def change_groups(first: Scenario, second: Scenario, seed: int = 1, settings: int = SETTINGS) -> tuple[Group, ...]:
    """Return the differences between two scenarios as groups; each coalition of them that is run is a scenario.

    A change is a group of its own, unless a coalition that has it is none: an event moves a unit that is not there. Then
    the smallest part of the coalition at fault is joined with what it lacks. ``seed`` and ``settings`` say which
    coalitions are run where they are not all.
    """
    result = changes(first, second)
    groups = next(
        (groups for by in ("name", "thing") if len(groups := _grouped(result, by)) <= MOST),
        _grouped(result, "part"),
    )

    def stands(chosen: Iterable[Group]) -> bool:
        return can_stand(first, second, [change for group in chosen for change in group])

    while (fault := _fault(groups, seed, settings, stands)) is not None:
        fault = _shrunk(fault, lambda rest: not stands(rest), kept=())
        whole = _shrunk(groups, stands, kept=fault)
        groups = _joined(groups, whole)
    return tuple(groups)


def _grouped(result: Sequence[Change], by: str) -> list[Group]:
    """Return changes as groups that have a property alike."""
    names = dict.fromkeys(getattr(change, by) for change in result)
    return [tuple(change for change in result if getattr(change, by) == name) for name in names]


def _fault(
    groups: Sequence[Group], seed: int, settings: int, stands: Callable[[Iterable[Group]], bool]
) -> list[Group] | None:
    """Return a coalition that is no scenario, None if all that are run are; what is wrong by itself is found first."""
    alone = [1 << place for place in range(len(groups))]
    for coalition in (*alone, *design(len(groups), settings, seed).wanted()):
        members = [group for place, group in enumerate(groups) if coalition >> place & 1]
        if not stands(members):
            return members
    return None


def _shrunk(groups: Sequence[Group], holds: Callable[[Iterable[Group]], bool], kept: Sequence[Group]) -> list[Group]:
    """Return the groups without those that, one after another, something holds without; ``kept`` ones stay."""
    left = list(groups)
    for group in groups:
        rest = [other for other in left if other is not group]
        if group not in kept and holds(rest):
            left = rest
    return left


def _joined(groups: Sequence[Group], whole: Sequence[Group]) -> list[Group]:
    """Return the groups with some of them as one, at the place of the first."""
    first, *others = whole
    together = tuple(change for group in whole for change in group)
    return [together if group is first else group for group in groups if group not in others]
