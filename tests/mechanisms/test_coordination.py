"""Rule 6, what comes before outreach: coordinating formats and rival structures."""

import pytest

from qsim.mechanisms import outreach
from qsim.world.flows import COORDINATION
from worlds import MONTHLY, START, open_world, plain, run_month, run_rule, staffed, unit, value_of

rivals = plain(outreach.rivals)


def formats_of(count, coordination=30.0):
    return [{"id": f"format_{i}", "tasks": ["integration"], "owner": "unit", "start": "2014-01",
             "coordination_hours": coordination, "interval_weeks": MONTHLY} for i in range(count)]  # fmt: skip


def test_formats_are_coordinated_first_up_to_a_cap():
    world = staffed(1.0, formats=formats_of(5))
    run_month(world, START)
    cap = value_of(world, "outreach_coordination_cap") * world.units["hours"][0]
    assert world.formats["served"] == pytest.approx(cap / 150.0)
    assert world.ledger[world.departments.size, COORDINATION] == pytest.approx(cap)
    few = staffed(1.0, formats=formats_of(1))
    run_month(few, START)
    assert few.formats["served"][0] == 1.0
    assert few.ledger[few.departments.size, COORDINATION] == pytest.approx(30.0)
    assert few.units["hours_needed"][0] < world.units["hours_needed"][0]


def test_nobody_serves_the_formats_of_an_empty_unit():
    world = staffed(0.0, formats=formats_of(2))
    run_month(world, START)
    assert (world.formats["served"] == 0.0).all()


def test_two_structures_for_one_task_coordinate_or_annoy():
    """Report 4: rival structures contact the same departments twice, unless coordinating takes their hours."""
    friction, paid = {}, {}
    for coordination in (0.0, 1.0):
        world = staffed(8.0, commissioners=[unit(coordination=coordination), unit("other", coordination=coordination)])
        run_month(world, START)
        assert rivals(open_world(world), 0) == 1.0
        friction[coordination] = world.stances["friction"].sum()
        paid[coordination] = world.ledger[world.departments.size :, COORDINATION].sum()
    assert friction[0.0] > 0.0
    assert friction[1.0] == 0.0
    assert paid[0.0] == 0.0
    assert paid[1.0] == pytest.approx(2 * value_of(world, "outreach_overlap_hours"))


def test_units_for_different_tasks_are_no_rivals():
    tasks = [{"id": "integration", "kind": "integration"}, {"id": "climate", "kind": "climate_mitigation"}]
    world = staffed(2.0, tasks=tasks, commissioners=[unit(), unit("other", tasks=["climate"])])
    assert rivals(open_world(world), 0) == 0.0
    run_month(world, START)
    assert (world.stances["friction"] == 0.0).all()


def test_workload_of_the_unit_is_what_it_would_need():
    small, large = staffed(1.0), staffed(1.0, administration={"departments": 40})
    run_rule(small, "outreach", START)
    run_rule(large, "outreach", START)
    assert large.units["workload"][0] > small.units["workload"][0] > 0.0
    assert small.units["workload"][0] == pytest.approx(small.units["hours_needed"][0] / small.units["hours"][0])
