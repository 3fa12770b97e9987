"""The tree of offices: official channels (Dienstwege) between units and departments, and who is above whom.

The mayor stands at level 0; heads of divisions and staff units of the house at level 1; departments and line units at
level 2; a section within a department at level 3. A paper goes up to the lowest common superior and down again.
"""

from __future__ import annotations

from typing import Any

from qsim.world.compiling import compiled
from qsim.world.kinds import IN_DEPARTMENT, IN_DIVISION, IN_HOUSE

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
def authority_over(leader: Any, index: int, department: Any) -> float:
    """Return the share of its backing that a leader lends in a department: 1 in the own line, else its authority."""
    if index == MAYOR or leader.division == department.division:
        return 1.0
    return leader.authority
