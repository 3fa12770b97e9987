"""Groups of changes whose shares are told apart: those that cannot stand without each other are one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from qsim.comparison.why.changed import Change, changes
from qsim.comparison.why.coalitions import design
from qsim.comparison.why.hybrid import can_stand
from qsim.scenario.schema import Scenario

MOST = 10
"""Groups beyond which the changes of one object are taken together, and those of one part of the scenario beyond that."""

SETTINGS = 100
"""Plausible settings in which the shares are computed."""

Group = tuple[Change, ...]


def change_groups(first: Scenario, second: Scenario, seed: int = 1, settings: int = SETTINGS) -> tuple[Group, ...]:
    """Return the differences between two scenarios as groups; each coalition of them that is run is a scenario.

    A change is a group of its own, unless a coalition that has it is none: an event moves a unit that is not there. Then
    the smallest part of the coalition at fault is joined with what it lacks. ``seed`` and ``settings`` say which
    coalitions are run where they are not all.
    """
    found = changes(first, second)
    groups = next(
        (groups for by in (_change, _thing) if len(groups := _grouped(found, by)) <= MOST),
        _grouped(found, _part),
    )

    def stands(chosen: Iterable[Group]) -> bool:
        return can_stand(first, second, [change for group in chosen for change in group])

    while (fault := _fault(groups, seed, settings, stands)) is not None:
        fault = _shrunk(fault, lambda rest: not stands(rest), kept=())
        whole = _shrunk(groups, stands, kept=fault)
        groups = _joined(groups, whole)
    return tuple(groups)


def _change(change: Change) -> object:
    return change


def _thing(change: Change) -> object:
    return change.thing


def _part(change: Change) -> object:
    return change.part


def _grouped(found: Sequence[Change], by: Callable[[Change], object]) -> list[Group]:
    names = dict.fromkeys(map(by, found))
    return [tuple(change for change in found if by(change) == name) for name in names]


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
