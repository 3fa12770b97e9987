"""Rule 13: volunteers tire unrecognised, press and warn; lessons are a stock that has to be kept."""

import numpy as np
import pytest

from qsim.scenario.values import month_text
from qsim.world.kinds import REFLECTION
from worlds import START, city, meeting, off, parameter, run_month, run_months, run_rule, unit, value_of, world_of

GROUP = {
    "id": "clubs",
    "tasks": ["integration"],
    "engagement": 0.6,
    "expertise": 0.8,
    "pressure": 0.5,
    "recognition": 0.5,
}


def with_group(house=None, **parts):
    world = world_of(city(civil_society=[{**GROUP, **parts}], rules=off("civil_society"),
                          administration={"departments": 10, **(house or {})}))  # fmt: skip
    world.departments["workload"], world.departments["hours"] = 1.0, 1000.0
    return world


def test_unrecognised_volunteers_tire():
    known, unknown = with_group(), with_group()
    for world in (known, unknown):
        parameter(world, civil_society_recognition_rate=0.0)
    known.groups["recognition"], unknown.groups["recognition"] = 1.0, 0.0
    for world in (known, unknown):
        run_months(world, 240)
    assert known.groups["engagement"][0] == pytest.approx(0.6, rel=1e-6)
    assert unknown.groups["engagement"][0] == pytest.approx(0.24, rel=0.05)


def test_overworked_volunteers_tire():
    rested, overworked = with_group(), with_group()
    for month in range(START, START + 36):
        overworked.groups["asked"] = 60.0
        run_rule(rested, "civil_society", month)
        run_rule(overworked, "civil_society", month)
    assert overworked.groups["engagement"][0] < rested.groups["engagement"][0]
    assert overworked.groups["workload"][0] > 1.0


def test_who_is_asked_for_more_than_there_is_gives_what_there_is_and_tires():
    """Report 3.1: volunteers are asked for more than they have; they pay what they have, and engage less."""
    format_parts = {"owner": "clubs", "civil_society": ["clubs"], "coordination_hours": 90}
    group = {**GROUP, "id": "clubs", "volunteer_hours": 30}
    world = meeting(format_parts, ("formats", "civil_society"), civil_society=[group])
    before = world.groups["engagement"][0]
    run_month(world, START)
    assert world.groups["asked"][0] > 90.0
    assert world.groups["spent"][0] == pytest.approx(30 * before)
    assert world.groups["workload"][0] > 1.0
    assert world.groups["engagement"][0] < before


def test_work_is_hours_asked_over_hours_they_have():
    world = with_group(volunteer_hours=50)
    world.groups["asked"] = 15.0
    run_rule(world, "civil_society", START)
    assert world.groups["workload"][0] == pytest.approx(15.0 / (50 * 0.6))


def test_what_is_achieved_is_recognition():
    little, much = with_group(), with_group()
    much.tasks["mean_practice"] = 0.6
    for world in (little, much):
        run_months(world, 24)
    assert much.groups["recognition"][0] > little.groups["recognition"][0]


def test_pressure_comes_of_engagement_and_more_with_a_hearing_right():
    plain, heard, tired = with_group(), with_group(hearing_right=True), with_group()
    tired.groups["engagement"] = 0.2
    for world in (plain, heard, tired):
        run_month(world, START)
    more = 1.0 + value_of(plain, "civil_society_hearing")
    assert heard.tasks["pressure"][0] == pytest.approx(more * plain.tasks["pressure"][0])
    assert tired.tasks["pressure"][0] < plain.tasks["pressure"][0]
    assert plain.tasks["pressure"][0] == pytest.approx(plain.groups["pressure"][0])


def test_two_groups_press_together():
    groups = [GROUP, {**GROUP, "id": "church"}]
    world = world_of(city(civil_society=groups, rules=off("civil_society")))
    run_month(world, START)
    alone = world.groups["pressure"]
    assert world.tasks["pressure"][0] == pytest.approx(1.0 - (1.0 - alone[0]) * (1.0 - alone[1]))


def test_groups_press_while_they_exist_and_for_their_task():
    tasks = [{"id": "integration", "kind": "integration"}, {"id": "climate", "kind": "climate_mitigation"}]
    group = {**GROUP, "start": month_text(START + 2), "end": month_text(START + 4)}
    world = world_of(city(tasks=tasks, civil_society=[group], rules=off("civil_society")))
    seen = []
    for month in range(START, START + 6):
        run_month(world, month)
        seen.append(world.tasks["pressure"][0] > 0.0)
        assert world.tasks["pressure"][1] == 0.0
    assert seen == [False, False, True, True, False, False]
    assert world.groups["warning"][0] == 0.0


def test_early_warning_sharpens_the_units_overview():
    """Report 3.1: civil society as a seismograph, for a unit of its task that is there."""
    world = with_group()
    world.units["filled"] = 1.0
    before = world.units["overview"][0]
    run_month(world, START)
    warning = world.groups["warning"][0]
    engagement = world.groups["engagement"][0]
    assert warning == pytest.approx(value_of(world, "civil_society_warning") * engagement * 0.8)
    assert world.units["overview"][0] == pytest.approx(before + 0.1 * warning * (1.0 - before))
    empty = with_group()
    empty.units["filled"] = 0.0
    run_month(empty, START)
    assert empty.units["overview"][0] == before


def test_a_unit_for_another_task_is_not_warned():
    tasks = [{"id": "integration", "kind": "integration"}, {"id": "climate", "kind": "climate_mitigation"}]
    world = world_of(
        city(tasks=tasks, civil_society=[GROUP], commissioners=[unit(tasks=["climate"])], rules=off("civil_society"))
    )
    world.units["filled"] = 1.0
    before = world.units["overview"][0]
    run_month(world, START)
    assert world.units["overview"][0] == before


def test_a_busy_house_drops_reflection_first():
    held = []
    for load in (0.5, 1.0, 1.5):
        world = with_group()
        world.departments["workload"] = load
        run_month(world, START)
        held.append(world.administration["reflection_held"][0])
    assert held[0] > held[1] > held[2]
    assert held[1] == pytest.approx(0.5)


def test_reflection_is_paid_for():
    world = with_group(house={"reflection": 0.02})
    run_month(world, START)
    assert world.ledger[:10, REFLECTION] == pytest.approx(0.02 * 0.5 * 1000.0)
    assert world.departments["spent"] == pytest.approx(10.0)
    none = with_group(house={"reflection": 0})
    run_month(none, START)
    assert (none.ledger[:, REFLECTION] == 0.0).all()


@pytest.mark.parametrize("name", ["evaluation", "knowledge_management", "reflection"])
def test_lessons_need_evaluation_reflection_and_keeping(name):
    """Report 2.3: evaluation without knowledge management does not stay."""
    usual = {"evaluation": 0.6, "knowledge_management": 0.6, "reflection": 0.01}
    stocks = []
    for value in (0.2, 1.0):
        house = {**usual, name: value * usual[name]}
        world = with_group(house=house)
        run_months(world, 120)
        stocks.append(world.administration["lessons"][0])
    assert stocks[0] < stocks[1] < 1.0


def test_without_evaluation_lessons_fade():
    world = with_group(house={"evaluation": 0, "knowledge_management": 0})
    world.administration["lessons"] = 0.8
    run_months(world, 24)
    left = (1.0 - value_of(world, "civil_society_lesson_loss")) ** 24
    assert world.administration["lessons"][0] == pytest.approx(0.8 * left)
    kept = with_group(house={"evaluation": 0, "knowledge_management": 1})
    kept.administration["lessons"] = 0.8
    run_months(kept, 24)
    assert kept.administration["lessons"][0] == pytest.approx(0.8)


def test_engagement_stays_a_share():
    world = parameter(with_group(engagement=1.0), civil_society_tiring=1.0)
    for month in range(START, START + 6):
        run_month(world, month)
        assert np.all((world.groups["engagement"] >= 0.0) & (world.groups["engagement"] <= 1.0))
