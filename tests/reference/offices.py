"""The tree of offices: which offices a paper reaches on its way, and how long they keep it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reference.agents import Commissioner, Department, Leader

if TYPE_CHECKING:
    from reference.model import ReferenceModel


class Way:
    """An official channel: one level for each office that a paper reaches."""

    def __init__(self, offices: list[Department | Leader]) -> None:
        self.levels = len(offices)
        self.busy = sum(busy(office) for office in offices) / len(offices)


def busy(office: Department | Leader) -> float:
    if isinstance(office, Department):
        return 1.0 + max(office.shock, 0.0)
    return office.workload / office.base_demands


def way_between(model: ReferenceModel, one: Department, other: Department) -> Way:
    """Return the way from one department to another."""
    down = [other.head, other]
    return Way(down if one.head is other.head else [one.head, model.leaders[0], *down])


def way_from(model: ReferenceModel, unit: Commissioner, department: Department) -> Way:
    """Return the way from a unit to a department."""
    own = model.departments[unit.department] if unit.level == 3 else None
    if own is department:
        return Way([department])
    up: list[Department | Leader] = [] if own is None else [own]
    if unit.division != department.division:
        up += [model.leaders[i] for i in sorted({unit.leader, 0}, reverse=True)]
    return Way([*up, department.head, department])
