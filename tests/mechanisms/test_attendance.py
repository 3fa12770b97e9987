"""Who comes to a meeting, what it costs them, and what knowledge can be met there."""

import math

import numpy as np
import pytest

from qsim.scenario.values import month_text
from qsim.world.flows import MEETING, VOLUNTEERING
from worlds import MONTHLY, START, meeting, run_month, run_months, value_of


def test_nobody_comes_to_a_format_without_members():
    world = meeting({"members": "none"})
    run_months(world, 6)
    assert (world.ledger[: world.departments.size] == 0.0).all()


def attendance(openness=0.5, time=0.5, backing=0.0, voluntary=True):
    world = meeting({"voluntary": voluntary})
    world.stances["openness"], world.stances["time"], world.stances["backing"] = openness, time, backing
    run_month(world, START)
    return float(world.members["attendance"][0])


def test_voluntary_attendance_follows_openness_and_time():
    """Report 2.1: people come if they have time, more than if they are interested."""
    assert attendance(openness=0.4) == pytest.approx(1.0 / (1.0 + math.exp(-(0.4 + 0.15 - 0.55) / 0.06)))
    assert attendance(openness=0.2) < attendance(openness=0.4) < attendance(openness=0.6)
    assert attendance(time=0.1) < attendance(time=0.9)
    assert attendance(backing=0.9) == attendance(backing=0.0)


def test_orders_bring_people_as_far_as_they_are_backed():
    assert attendance(openness=0.1, voluntary=False) == pytest.approx(attendance(openness=0.1))
    assert attendance(openness=0.1, voluntary=False, backing=0.2) > attendance(openness=0.1)
    assert attendance(openness=0.1, voluntary=False, backing=1.0) == pytest.approx(1.0)


def test_orders_are_felt_as_orders():
    ordered, free = meeting({"voluntary": False}), meeting()
    for world in (ordered, free):
        world.stances["openness"], world.stances["backing"] = 0.1, 0.5
        run_month(world, START)
    assert (ordered.stances["ordered"] > 0.5).all()
    assert (free.stances["ordered"] == 0.0).all()


def test_members_pay_for_the_hours_they_sit_there():
    world = meeting({"hours": 3.0})
    run_month(world, START)
    paid = world.ledger[: world.departments.size, MEETING]
    assert paid == pytest.approx(3.0 * world.members["attendance"])
    assert world.departments["spent"] == pytest.approx(paid)


def test_who_has_no_hours_left_does_not_come():
    world = meeting({"hours": 20.0})
    world.departments["task_hours"] = np.linspace(0.0, 18.0, 10)
    run_month(world, START)
    assert world.members["attendance"] == pytest.approx(
        np.minimum(world.members["attendance"].max(), np.linspace(0, 0.9, 10))
    )
    assert (world.departments["spent"] <= world.departments["task_hours"] + 1e-9).all()


def test_heads_come_as_far_as_they_attend_to_the_task():
    world = meeting({"rank": "heads"})
    for attention in (0.0, 0.1, 0.5):
        world.support["attention"] = attention
        world.departments["spent"] = 0.0
        run_month(world, START)
        assert world.members["attendance"] == pytest.approx(1.0 - (1.0 - attention) ** 6)


@pytest.mark.parametrize(
    ("parts", "source"),
    [
        ({}, 0.3),
        ({"source_knowledge": 0.55}, 0.55),
        ({"owner": "unit"}, 0.7),
        ({"civil_society": ["clubs"]}, 0.9),
        ({"owner": "mayor"}, 0.45),
    ],
)
def test_the_best_source_at_the_table_counts(parts, source):
    world = meeting(
        {"channels": {"learn": 1.0}, **parts}, leaders=[{"id": "mayor", "kind": "mayor", "knowledge": 0.45}]
    )
    run_month(world, START)
    met = world.stances["source"][:, 0] / world.stances["exchange"][:, 0]
    assert met == pytest.approx(source)


def test_tired_volunteers_bring_less():
    fresh, tired = (meeting({"channels": {"learn": 1.0}, "civil_society": ["clubs"]}) for _ in range(2))
    tired.groups["engagement"] = 0.2
    for world in (fresh, tired):
        run_month(world, START)
    met = [w.stances["source"][0, 0] / w.stances["exchange"][0, 0] for w in (fresh, tired)]
    assert met[1] == pytest.approx(0.9 * 0.4)
    assert met[0] == pytest.approx(0.9)


def test_volunteers_pay_with_their_hours():
    world = meeting({"civil_society": ["clubs"], "interval_weeks": MONTHLY / 2})
    run_month(world, START)
    hours = value_of(world, "formats_volunteer_meeting")
    assert world.groups["spent"][0] == pytest.approx(2 * hours)
    assert world.ledger[-1, VOLUNTEERING] == pytest.approx(2 * hours)


def test_a_group_that_is_gone_comes_to_no_meeting():
    clubs = [
        {"id": "clubs", "tasks": ["integration"], "expertise": 0.9, "engagement": 0.6, "end": month_text(START + 2)}
    ]
    world = meeting({"civil_society": ["clubs"], "channels": {"learn": 1.0}}, civil_society=clubs)
    run_months(world, 4)
    assert world.groups["spent"][0] == 0.0
    assert world.stances["source"][0, 0] / world.stances["exchange"][0, 0] == pytest.approx(0.3)
