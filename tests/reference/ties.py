"""Who knows whom across departments: acquaintances of functions, and neighbours in a process."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from qsim.scenario.catalogue import load_catalogue
from qsim.scenario.house import House
from reference.agents import Tie

if TYPE_CHECKING:
    from reference.agents import Department
    from reference.model import ReferenceModel

COPY_SLOTS = 64
OWN_SLOTS = 5000
OWN_EDITION = 99
MOST_ACQUAINTANCES = 8


class Function(NamedTuple):
    """What knows others: a function of the catalogue, a copy of one, or a department of the scenario's own."""

    slot: int
    department: Department
    group: int
    edition: int


def functions_of(model: ReferenceModel, house: House) -> list[Function]:
    """Return all functions in their order."""
    catalogue = load_catalogue()
    functions = [
        Function(entry.slot, model.departments[house.department_index(entry.id)], entry.division, 0)
        for entry in catalogue.departments
        if entry.id in house.holders
    ]
    for department in model.departments:
        if COPY_SLOTS <= department.slot < OWN_SLOTS:
            edition, number = divmod(department.slot, COPY_SLOTS)
            group = next(entry.division for entry in catalogue.departments if entry.slot == number)
            functions.append(Function(department.slot, department, group, edition))
    catalogued = {entry.id for entry in catalogue.departments}
    own = [d for d in model.departments if d.slot >= OWN_SLOTS and house.departments[d.index].id not in catalogued]
    first = [function for function in functions if function.edition == 0]
    for department in sorted(own, key=lambda department: department.slot):
        group = group_of_division(first, department.division)
        functions.append(Function(department.slot, department, group, OWN_EDITION))
    return functions


def group_of_division(functions: list[Function], division: int) -> int:
    """Return the division of the catalogue from which a division of the house has most functions; below 0 without any."""
    groups = [function.group for function in functions if function.department.division == division]
    return max(sorted(set(groups)), key=groups.count, default=-1 - division)


def partner(model: ReferenceModel, functions: list[Function], mine: Function, number: int) -> Function:
    """Return an acquaintance of a function, or the function itself."""
    u, v = model.draws.uniform_pair("ties.partner", number, mine.slot)
    within = model.parameters["ties.within_division"]
    first = [function for function in functions if function.edition == 0] or functions
    close = [function for function in first if function.group == mine.group]
    known = close if u < within and close else first
    other = known[int(v * len(known))]
    if 0 < mine.edition < OWN_EDITION and not (u >= within and u - within > 0.75 * (1.0 - within)):
        twin = COPY_SLOTS * mine.edition + other.slot
        return next((f for f in functions if f.edition == mine.edition and f.slot == twin), other)
    return other


def tie(model: ReferenceModel, house: House) -> None:
    """Give every department its ties, and every link of a process its tie to the next."""
    p = model.parameters
    ends: list[list[tuple[Department, float]]] = [[] for _ in model.departments]

    def know(one: Department, other: Department, strength: float) -> None:
        ends[one.index].append((other, strength))
        ends[other.index].append((one, strength))

    functions = functions_of(model, house)
    wanted = min(int(p["ties.acquaintances"] + 0.5), MOST_ACQUAINTANCES)
    for function in functions:
        for number in range(wanted):
            other = partner(model, functions, function, number)
            if other.department is not function.department:
                know(function.department, other.department, p["ties.strength"])
    for chain in model.chains:
        for link, following in zip(chain.links, chain.links[1:], strict=False):
            know(link.department, following.department, p["ties.chain_strength"])
    for department in model.departments:
        join(model, department, ends[department.index])
    for chain in model.chains:
        for link, following in zip(chain.links, chain.links[1:], strict=False):
            link.tie = next(t for t in link.department.ties if t.department is following.department)


def join(model: ReferenceModel, department: Department, ends: list[tuple[Department, float]]) -> None:
    """Unite the ends of a department with the same other one."""
    strengths: dict[int, float] = {}
    for other, strength in ends:
        before = strengths.get(other.index)
        strengths[other.index] = strength if before is None else 1.0 - (1.0 - before) * (1.0 - strength)
    for index, strength in strengths.items():
        found = Tie(len(model.ties), model.departments[index], strength)
        department.ties.append(found)
        model.ties.append(found)
