"""Rule 6, what comes before outreach: the base load, coordinating formats and rival structures."""

import pytest

from qsim.mechanisms import coordination
from qsim.world.kinds import COORDINATION
from worlds import MONTHLY, START, open_world, parameter, plain, run_month, run_rule, staffed, unit, value_of

rivals, base_load = plain(coordination.rivals), plain(coordination.base_load)


def formats_of(count, coordination=30.0):
    return [{"id": f"format_{i}", "tasks": ["integration"], "owner": "unit", "start": "2014-01",
             "coordination_hours": coordination, "interval_weeks": MONTHLY} for i in range(count)]  # fmt: skip


def test_every_department_concerned_takes_hours_whatever_the_unit_does():
    """Report 4: below a threshold work stays symbolic."""
    tasks = [{"id": "integration", "kind": "integration"}, {"id": "climate", "kind": "climate_mitigation"}]
    world = staffed(2.0, tasks=tasks, commissioners=[unit(tasks=["integration", "climate"]), unit("other")])
    world.stances["relevance"] = 0.0
    world.stances["relevance"][:3, 0] = 0.05
    world.stances["relevance"][2:7, 1] = 0.5
    world.units["coordination"] = 0.0
    hours = value_of(world, "outreach_base_hours")
    assert base_load(open_world(world), 0) == pytest.approx(7 * hours)  # whoever is concerned twice counts once
    assert base_load(open_world(world), 1) == pytest.approx(3 * hours)
    world.stances["relevance"] = 0.04
    assert base_load(open_world(world), 0) == 0.0


def test_units_that_agree_share_the_base_load():
    world = staffed(2.0, commissioners=[unit(), unit("other"), unit("third")])
    world.stances["relevance"] = 0.5
    alone = 10 * value_of(world, "outreach_base_hours")
    for agreed in (0.0, 0.5, 1.0):
        world.units["coordination"] = agreed
        assert base_load(open_world(world), 0) == pytest.approx(alone / (1.0 + 2.0 * agreed))
    world.units["filled"][1:] = 0.0
    assert base_load(open_world(world), 0) == pytest.approx(alone)


def test_departments_that_know_the_unit_take_fewer_hours():
    world = staffed(2.0)
    world.stances["relevance"] = 0.5
    hours, shorter = value_of(world, "outreach_base_hours"), value_of(world, "outreach_shortened_familiarity")
    world.relations["familiarity"][:4, 0] = 0.5
    assert base_load(open_world(world), 0) == pytest.approx(hours * (6 + 4 * (1.0 - 0.5 * shorter)))


def test_the_base_load_comes_first_and_takes_no_more_than_there_is():
    world = parameter(staffed(0.5, formats=formats_of(1)), outreach_base_hours=20.0)
    world.stances["relevance"] = 0.5
    run_month(world, START)
    assert world.units["hours"][0] < 200.0
    assert world.units["spent"][0] == world.units["hours"][0] == world.ledger[10, COORDINATION]
    assert world.formats["served"][0] == 0.0
    assert world.units["hours_needed"][0] >= 200.0 + 30.0
    assert (world.stances["reached"] < START).all()


def test_an_empty_unit_has_no_base_load():
    world = staffed(0.0)
    run_month(world, START)
    assert world.units["hours_needed"][0] == 0.0


def test_formats_are_coordinated_first_up_to_a_cap():
    world = parameter(staffed(1.0, formats=formats_of(5)), outreach_base_hours=1.0)
    world.stances["relevance"] = 0.5
    run_month(world, START)
    cap = value_of(world, "outreach_coordination_cap") * (world.units["hours"][0] - 10.0)
    assert world.formats["served"] == pytest.approx(cap / 150.0)
    assert world.ledger[world.departments.size, COORDINATION] == pytest.approx(10.0 + cap)
    few = parameter(staffed(1.0, formats=formats_of(1)), outreach_base_hours=1.0)
    few.stances["relevance"] = 0.5
    run_month(few, START)
    assert few.formats["served"][0] == 1.0
    assert few.ledger[few.departments.size, COORDINATION] == pytest.approx(10.0 + 30.0)
    assert few.units["hours_needed"][0] < world.units["hours_needed"][0]


def test_nobody_serves_the_formats_of_an_empty_unit():
    world = staffed(0.0, formats=formats_of(2))
    run_rule(world, "outreach", START)
    run_rule(world, "formats", START)
    assert (world.formats["served"] == 0.0).all()


def test_two_structures_for_one_task_coordinate_or_annoy():
    """Report 4: rival structures contact the same departments twice, unless coordinating takes their hours."""
    friction, paid = {}, {}
    for agreed in (0.0, 1.0):
        world = staffed(8.0, commissioners=[unit(coordination=agreed), unit("other", coordination=agreed)])
        parameter(world, outreach_base_hours=0.0)
        run_month(world, START)
        assert rivals(open_world(world), 0) == 1.0
        friction[agreed] = world.stances["friction"].sum()
        paid[agreed] = world.ledger[world.departments.size :, COORDINATION].sum()
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
