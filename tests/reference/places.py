"""Where a unit stands, and which departments are meant by the members of a format or concept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from qsim.scenario.house import House
from reference.settings import largest, middle

if TYPE_CHECKING:
    from reference.agents import Department
    from reference.model import ReferenceModel

CONCERNED = 0.05
IN_CONTACT = 0.3


class Place(NamedTuple):
    """The place of a unit in the tree of offices."""

    level: int
    leader: int
    division: int
    department: int
    has_head: float


def place_of(entry: Any, tasks: list[int], house: House) -> Place:
    """Return the place of a unit with these tasks; ``entry`` is a commissioner or an event that moves one."""
    if entry.department is not None:
        at = house.department_index(entry.department)
    else:
        relevance = [sum(middle(office.relevance[k]) for k in tasks) for office in house.departments]
        most = max(relevance)
        at = min((d for d, x in enumerate(relevance) if x == most), key=lambda d: house.departments[d].slot)
    if entry.position == "section":
        division = house.departments[at].division
        return Place(3, 2 + division, division, at, 0.0)
    if entry.position == "line_unit":
        home = house.departments[at].division if entry.division is None else house.division_index(entry.division)
        return Place(2, 2 + home, home, -1, 0.0)
    has_head = 1.0 if entry.position == "staff_unit_with_head" else 0.0
    above = 1 if entry.position == "deputy_mayor" else 0
    if entry.under is not None:
        above = house.leader_index(entry.under)
    if above >= 2:
        return Place(2, above, above - 2, -1, has_head)
    return Place(1, above, -1, -1, has_head)


def stand_at(thing: Any, place: Place) -> None:
    """Write a place into the fields of a unit."""
    thing.level, thing.leader, thing.division, thing.department, thing.has_head = place


def named_departments(model: ReferenceModel, house: House, names: tuple[str, ...]) -> list[Department]:
    """Return the departments that hold functions, in ascending order, each once."""
    return [model.departments[d] for d in sorted({house.department_index(name) for name in names})]


def members_of(model: ReferenceModel, house: House, members: Any, tasks: list[int], host: int) -> list[Department]:
    """Return the departments that a list of names or the name of a group means."""
    if not isinstance(members, str):
        return named_departments(model, house, members)

    def means(department: Department) -> bool:
        office = house.departments[department.index]
        if members == "relevant":
            return max(largest(office.relevance[k]) for k in tasks) >= CONCERNED
        if members == "contact":
            return max(largest(office.contact[k]) for k in tasks) >= IN_CONTACT
        return members == "all" or (members == "host_division" and department.division == host)

    return [department for department in model.departments if means(department)]
