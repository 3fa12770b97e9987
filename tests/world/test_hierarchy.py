"""Official channels: how many levels a paper crosses, and whose word counts where."""

from types import SimpleNamespace as Office

import pytest

from qsim.world import hierarchy
from worlds import plain

levels_to_department = plain(hierarchy.levels_to_department)
levels_between_departments = plain(hierarchy.levels_between_departments)
authority_over = plain(hierarchy.authority_over)

STAFF_UNIT = Office(level=1, leader=0, division=-1, department=-1)
UNDER_DEPUTY = Office(level=1, leader=1, division=-1, department=-1)
LINE_UNIT = Office(level=2, leader=4, division=2, department=-1)
SECTION = Office(level=3, leader=4, division=2, department=7)


@pytest.mark.parametrize(
    ("unit", "division", "index", "levels"),
    [
        (STAFF_UNIT, 0, 0, 3),
        (STAFF_UNIT, 2, 7, 3),
        (UNDER_DEPUTY, 2, 7, 4),
        (LINE_UNIT, 2, 7, 2),
        (LINE_UNIT, 1, 3, 4),
        (SECTION, 2, 7, 1),
        (SECTION, 2, 8, 3),
        (SECTION, 1, 3, 5),
    ],
)
def test_levels_from_a_unit_to_a_department(unit, division, index, levels):
    assert levels_to_department(unit, Office(division=division), index) == levels


def test_levels_between_departments():
    assert levels_between_departments(Office(division=1), Office(division=1)) == 2
    assert levels_between_departments(Office(division=1), Office(division=2)) == 4


def test_authority_reaches_the_own_line_whole_and_others_by_its_share():
    head = Office(division=2, authority=0.3)
    assert authority_over(head, 4, Office(division=2)) == 1.0
    assert authority_over(head, 4, Office(division=0)) == 0.3
    assert authority_over(Office(division=-1, authority=0.0), 0, Office(division=0)) == 1.0  # the mayor
    assert authority_over(Office(division=-1, authority=0.5), 1, Office(division=0)) == 0.5
