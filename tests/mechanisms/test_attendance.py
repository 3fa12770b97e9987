"""Who comes to a meeting, what it costs them, and what knowledge can be met there."""

import math

import numpy as np
import pytest

from qsim.scenario.values import month_text
from qsim.world.kinds import MEETING, VOLUNTEERING
from worlds import MONTHLY, START, meeting, parameter, run_month, run_months, value_of

pytestmark = pytest.mark.usefixtures("usual")


def test_nobody_comes_to_a_format_without_members():
    world = meeting({"members": "none"})
    run_months(world, 6)
    assert (world.ledger[: world.departments.size] == 0.0).all()


def attendance(openness=0.5, time=0.5, backing=0.0, voluntary=True, quality=0.5, served=1.0):
    world = meeting({"owner": "unit", "voluntary": voluntary, "quality": quality})
    world.stances["openness"], world.stances["time"], world.stances["backing"] = openness, time, backing
    world.formats["served"] = served
    run_month(world, START)
    return float(world.members["attendance"][0])


def wished(openness, time, useful=0.0):
    """Return how many would come by themselves to a meeting that is more useful than a middling one by this."""
    middle, spread = value_of(meeting(), "formats_attendance_middle"), value_of(meeting(), "formats_attendance_spread")
    weight = value_of(meeting(), "formats_time_weight")
    return 1.0 / (1.0 + math.exp(-(openness + weight * time + useful - middle) / spread))


def test_voluntary_attendance_follows_openness_and_time():
    """Report 2.1: people come if they have time, more than if they are interested."""
    assert attendance(openness=0.4) == pytest.approx(wished(0.4, 0.5))
    assert attendance(openness=0.2) < attendance(openness=0.4) < attendance(openness=0.6)
    assert attendance(time=0.1) < attendance(time=0.9)
    assert attendance(backing=0.9) == attendance(backing=0.0)


def test_better_meetings_attract_people():
    """Report 3.1: what a meeting is worth to who comes, as far as it is prepared at all."""
    draw = value_of(meeting(), "formats_usefulness")
    assert attendance(openness=0.4, quality=0.9) == pytest.approx(wished(0.4, 0.5, draw * 0.4))
    assert attendance(openness=0.4, quality=0.9) > attendance(openness=0.4, quality=0.2)
    assert attendance(openness=0.4, quality=0.8, served=0.25) == pytest.approx(wished(0.4, 0.5, draw * (0.2 - 0.5)))


def test_orders_bring_a_share_of_those_who_would_not_come_and_more_with_backing():
    complied = value_of(meeting(), "formats_compliance")
    stays = 1.0 - attendance(openness=0.1)
    for backing in (0.0, 0.2, 0.7):
        expected = 1.0 - stays * (1.0 - complied) * (1.0 - backing)
        assert attendance(openness=0.1, voluntary=False, backing=backing) == pytest.approx(expected)
    assert attendance(openness=0.1, voluntary=False, backing=1.0) == pytest.approx(1.0)


def taken_in(world):
    """Run a month; return the exchange of members for each hour they sit there: the quality of the meeting."""
    run_month(world, START)
    return world.stances["exchange"][:, 0] / (world.members["attendance"] * 2.0)


def sent(harm, openness=0.1, **parts):
    """Return a meeting in which half the members are of this openness, and people sent do this harm."""
    world = parameter(meeting({"channels": {"learn": 1.0}, **parts}), formats_sent_weight=harm)
    world.stances["openness"][:5], world.stances["openness"][5:], world.stances["time"] = openness, 0.7, 0.5
    return world


def test_people_who_were_sent_spoil_a_meeting_for_all():
    """Report 4: delegation that seems arbitrary. Of attendance, the part sent counts as far as it is unwilling."""
    harm = 0.6
    world = sent(harm, voluntary=False)
    quality = taken_in(world)
    unwilling = world.stances["ordered"][:, 0] * (1.0 - world.stances["openness"][:, 0])
    assert quality == pytest.approx(0.8 * (1.0 - harm * unwilling.sum() / world.members["attendance"].sum()))
    assert (quality < taken_in(sent(0.0, voluntary=False))).all()
    assert taken_in(sent(harm, voluntary=False)).min() < taken_in(sent(harm, openness=0.6, voluntary=False)).min()


def test_nobody_is_sent_to_voluntary_meetings_nor_to_those_of_heads():
    assert taken_in(sent(1.0)) == pytest.approx(0.8)
    assert taken_in(sent(1.0, voluntary=False, rank="heads")) == pytest.approx(0.8)


def test_orders_are_felt_as_orders():
    ordered, free = meeting({"voluntary": False}), meeting()
    for world in (ordered, free):
        world.stances["openness"], world.stances["backing"] = 0.1, 0.5
        run_month(world, START)
    came = free.members["attendance"][0]
    assert ordered.stances["ordered"] == pytest.approx(ordered.members["attendance"][0] - came)
    assert (ordered.stances["ordered"] > 0.0).all()
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
        expected = 1.0 - (1.0 - attention) ** value_of(world, "leadership_occasions")
        assert world.members["attendance"] == pytest.approx(expected)


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
