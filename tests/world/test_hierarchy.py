"""Official channels: how many levels a paper crosses, and whose word counts where."""

from types import SimpleNamespace as Office

import pytest

from qsim.world import hierarchy
from worlds import city, off, open_world, plain, unit, world_of

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


def busy_ways(place, **parts):
    """Return how busy the ways from a unit in division 0 are to its own department, in its division and to another."""
    world = world_of(
        city(administration={"departments": 12}, commissioners=[unit(position=place, **parts)], rules=off())
    )
    world.departments["division"] = [0, 0, 1, 1] * 3
    world.units["division"][world.units["level"] > 1] = 0
    world.units["leader"][world.units["level"] > 1] = hierarchy.FIRST_HEAD
    world.units["department"][world.units["level"] == 3] = 0
    world.leaders["base_demands"] = 2.0
    world.leaders["workload"][:4] = [20.0, 200.0, 2000.0, 20000.0]  # mayor, deputy, heads of divisions 0 and 1
    world.departments["shock"][:3] = [5.0, 6.0, -7.0]
    return [plain(hierarchy.busy_to_department)(open_world(world), 0, d) for d in range(3)]


@pytest.mark.parametrize(
    ("place", "ways"),
    [
        ("section", [6, (6 + 1000 + 7) / 3, (6 + 1000 + 10 + 10000 + 1) / 5]),
        ("line_unit", [(1000 + 6) / 2, (1000 + 7) / 2, (1000 + 10 + 10000 + 1) / 4]),
        ("staff_unit", [(10 + 1000 + 6) / 3, (10 + 1000 + 7) / 3, (10 + 10000 + 1) / 3]),
        ("deputy_mayor", [(100 + 10 + 1000 + 6) / 4, (100 + 10 + 1000 + 7) / 4, (100 + 10 + 10000 + 1) / 4]),
    ],
)
def test_a_channel_is_as_busy_as_the_offices_that_a_paper_reaches(place, ways):
    """Report 3.1: a unit outside the line goes round the heads of other divisions; fewer tasks than usual speed nothing up."""
    assert busy_ways(place) == pytest.approx(ways)


def test_between_divisions_a_paper_passes_both_heads_and_the_mayor():
    world = world_of(city(administration={"departments": 4}, rules=off()))
    world.departments["division"] = [0, 0, 1, 1]
    busy = plain(hierarchy.busy_between_departments)
    assert busy(open_world(world), 0, 1) == busy(open_world(world), 0, 2) == 1.0
    world.leaders["workload"][:4] *= [3.0, 5.0, 7.0, 9.0]
    world.departments["shock"] = [0.1, 0.2, 0.4, 0.8]
    assert busy(open_world(world), 0, 1) == pytest.approx((7.0 + 1.2) / 2)
    assert busy(open_world(world), 0, 2) == pytest.approx((7.0 + 3.0 + 9.0 + 1.4) / 4)


def test_authority_reaches_the_own_line_whole_and_others_by_its_share():
    head = Office(division=2, authority=0.3)
    assert authority_over(head, 4, Office(division=2)) == 1.0
    assert authority_over(head, 4, Office(division=0)) == 0.3
    assert authority_over(Office(division=-1, authority=0.0), 0, Office(division=0)) == 1.0  # the mayor
    assert authority_over(Office(division=-1, authority=0.5), 1, Office(division=0)) == 0.5
