"""Rule 6, what comes before outreach: papers, coordinating formats and rival structures."""

import math

import pytest

from qsim.mechanisms import coordination
from qsim.world.kinds import CONTACT, COORDINATION, NEGOTIATION
from worlds import MONTHLY, START, open_world, parameter, plain, run_month, run_rule, staffed, unit, value_of

pytestmark = pytest.mark.usefixtures("usual")

rivals, papers_of = plain(coordination.rivals), plain(coordination.papers_of)


def formats_of(count, coordination=30.0):
    return [{"id": f"format_{i}", "tasks": ["integration"], "owner": "unit", "start": "2014-01",
             "coordination_hours": coordination, "interval_weeks": MONTHLY} for i in range(count)]  # fmt: skip


def test_every_department_concerned_writes_whatever_the_unit_does():
    """Report 4: below a threshold work stays symbolic."""
    tasks = [{"id": "integration", "kind": "integration"}, {"id": "climate", "kind": "climate_mitigation"}]
    world = staffed(2.0, tasks=tasks, commissioners=[unit(tasks=["integration", "climate"]), unit("other")])
    world.stances["relevance"] = 0.0
    world.stances["relevance"][:3, 0] = 0.05
    world.stances["relevance"][2:7, 1] = 0.5
    world.units["coordination"] = 0.0
    hours = value_of(world, "outreach_base_hours")
    assert papers_of(open_world(world), 0) == pytest.approx(7 * hours)  # whoever is concerned twice counts once
    assert papers_of(open_world(world), 1) == pytest.approx(3 * hours)
    world.stances["relevance"] = 0.04
    assert papers_of(open_world(world), 0) == 0.0


def test_units_that_agree_share_the_papers_of():
    world = staffed(2.0, commissioners=[unit(), unit("other"), unit("third")])
    world.stances["relevance"] = 0.5
    alone = 10 * value_of(world, "outreach_base_hours")
    for agreed in (0.0, 0.5, 1.0):
        world.units["coordination"] = agreed
        assert papers_of(open_world(world), 0) == pytest.approx(alone / (1.0 + 2.0 * agreed))
    world.units["filled"][1:] = 0.0
    assert papers_of(open_world(world), 0) == pytest.approx(alone)


def test_departments_that_know_the_unit_take_fewer_hours():
    world = staffed(2.0)
    world.stances["relevance"] = 0.5
    hours, shorter = value_of(world, "outreach_base_hours"), value_of(world, "outreach_shortened_familiarity")
    world.relations["familiarity"][:4, 0] = 0.5
    assert papers_of(open_world(world), 0) == pytest.approx(hours * (6 + 4 * (1.0 - 0.5 * shorter)))


@pytest.mark.parametrize("hours", [0.5, 20.0, 1000.0])
def test_papers_take_most_hours_while_they_are_few_and_never_more_than_a_share(hours):
    """Report 4: a unit that is too small reads less of what is written, and still has hours for the rest."""
    world = parameter(staffed(0.5, formats=formats_of(1)), outreach_base_hours=hours)
    world.stances["relevance"] = 0.5
    run_month(world, START)
    cap = value_of(world, "outreach_reading_share") * world.units["hours"][0]
    read = cap * (1.0 - math.exp(-10.0 * hours / cap))
    assert 0.0 < read <= min(cap, 10.0 * hours)
    assert world.units["noticed"][0] == pytest.approx(read / (10.0 * hours))
    left = value_of(world, "outreach_coordination_cap") * (world.units["hours"][0] - read)
    served = min(left / 30.0, 1.0)
    assert world.formats["served"][0] == pytest.approx(served)
    assert world.ledger[10, COORDINATION] == pytest.approx(read + 30.0 * served)
    assert world.units["hours_needed"][0] >= 10.0 * hours + 30.0
    assert world.units["spent"][0] <= world.units["hours"][0]
    assert (world.ledger[10, CONTACT] > 0.0) == (served == 1.0)


@pytest.mark.parametrize(("departments", "posts"), [(80, 1.0), (160, 1.0), (160, 0.5)])
def test_one_post_in_a_large_house_has_hours_left(departments, posts):
    """No wall: size thins out, and switches nothing off."""
    world = staffed(posts, administration={"departments": departments})
    run_month(world, START)
    assert world.ledger[departments, [CONTACT, NEGOTIATION]].sum() > 0.4 * world.units["hours"][0]
    run_month(world, START + 1)
    assert (world.stances["reached"] >= START).any()


def test_a_unit_notices_less_in_a_larger_house_and_more_with_more_posts():
    noticed = []
    for departments, posts in [(10, 4.0), (10, 1.0), (20, 1.0), (40, 1.0), (80, 1.0), (160, 1.0), (160, 0.5)]:
        world = staffed(posts, administration={"departments": departments})
        run_month(world, START)
        noticed.append(world.units["noticed"][0])
    assert noticed == sorted(noticed, reverse=True)
    assert noticed[0] > 0.9
    assert 0.0 < noticed[-1] < 0.3


def test_an_empty_unit_reads_nothing_and_there_is_nothing_to_read():
    world = staffed(0.0)
    run_month(world, START)
    assert world.units["hours_needed"][0] == world.ledger[10, COORDINATION] == 0.0
    nothing = parameter(staffed(1.0), outreach_base_hours=0.0)
    run_month(nothing, START)
    assert nothing.units["noticed"][0] == 1.0


def test_formats_are_coordinated_first_up_to_a_cap():
    world = parameter(staffed(1.0, formats=formats_of(5)), outreach_base_hours=1.0)
    world.stances["relevance"] = 0.5
    run_month(world, START)
    most = value_of(world, "outreach_reading_share") * world.units["hours"][0]
    read = most * (1.0 - math.exp(-10.0 / most))
    cap = value_of(world, "outreach_coordination_cap") * (world.units["hours"][0] - read)
    assert world.formats["served"] == pytest.approx(cap / 150.0)
    assert world.ledger[world.departments.size, COORDINATION] == pytest.approx(read + cap)
    few = parameter(staffed(1.0, formats=formats_of(1)), outreach_base_hours=1.0)
    few.stances["relevance"] = 0.5
    run_month(few, START)
    assert few.formats["served"][0] == 1.0
    assert few.ledger[few.departments.size, COORDINATION] == pytest.approx(read + 30.0)
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
