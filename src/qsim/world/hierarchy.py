"""The tree of offices: official channels (Dienstwege) between units and departments, and who is above whom.

The mayor stands at level 0; heads of divisions and staff units of the house at level 1; departments and line units at
level 2; a section within a department at level 3. A paper goes up to the lowest common superior and down again, and waits
in every office that it reaches: there are as many of them as levels that it crosses. A channel is as busy as these offices
are in the mean: leaders by their demands over those of calm times, departments by the work that shocks bring.
"""

from __future__ import annotations

from typing import Any

from qsim.world.compiling import compiled
from qsim.world.kinds import IN_DEPARTMENT, IN_DIVISION, IN_HOUSE
from qsim.world.records import World

MAYOR = 0
DEPUTY = 1
FIRST_HEAD = 2
"""Indices of leaders; the head of division i is leader FIRST_HEAD + i."""


@compiled
def levels_between_departments(one: Any, other: Any) -> float:
    """Return the official levels a paper crosses between two departments: 2 within a division, else 4."""
    return 2.0 if one.division == other.division else 4.0


@compiled
def levels_to_department(unit: Any, department: Any, index: int) -> float:
    """Return the official levels a paper crosses from a unit to the department with this index: 1 to 5.

    A section: 1 to its own department, 3 within its division, else 5. A line unit: 2 and 4. A unit directly under a
    leader of the whole house: 3 to every department (leader, division, department), one more under any
    other leader, whose papers pass the mayor's office.
    """
    if unit.level == IN_HOUSE:
        return 3.0 if unit.leader == MAYOR else 4.0
    if unit.level == IN_DEPARTMENT and unit.department == index:
        return 1.0
    within = unit.division == department.division
    if unit.level == IN_DIVISION:
        return 2.0 if within else 4.0
    return 3.0 if within else 5.0


@compiled
def busy_leader(world: World, i: int) -> float:
    """Return how busy a leader is: demands over those of calm times, 1 in calm times."""
    return world.leaders[i].workload / world.leaders[i].base_demands


@compiled
def busy_department(world: World, d: int) -> float:
    """Return how busy shocks make a department: 1 in calm times."""
    return 1.0 + max(world.departments[d].shock, 0.0)


@compiled
def busy_between_departments(world: World, a: int, b: int) -> float:
    """Return how busy the offices are that a paper reaches from department a to b, those of two divisions by the mayor."""
    one = world.departments[a]
    other = world.departments[b]
    busy = busy_leader(world, FIRST_HEAD + other.division) + busy_department(world, b)
    if one.division != other.division:
        busy += busy_leader(world, FIRST_HEAD + one.division) + busy_leader(world, MAYOR)
    return busy / levels_between_departments(one, other)


@compiled
def busy_to_department(world: World, u: int, d: int) -> float:
    """Return how busy the offices are that a paper reaches from unit u to department d."""
    unit = world.units[u]
    department = world.departments[d]
    busy = busy_department(world, d)
    if unit.level == IN_DEPARTMENT and unit.department == d:
        return busy
    busy += busy_leader(world, FIRST_HEAD + department.division)
    if unit.division != department.division:
        busy += busy_leader(world, MAYOR)
        if unit.leader != MAYOR:
            busy += busy_leader(world, unit.leader)
    if unit.level == IN_DEPARTMENT:
        busy += busy_department(world, unit.department)
    return busy / levels_to_department(unit, department, d)


@compiled
def authority_over(leader: Any, index: int, department: Any) -> float:
    """Return the share of its backing that a leader lends in a department: 1 in the own line, else its authority."""
    if index == MAYOR or leader.division == department.division:
        return 1.0
    return leader.authority
