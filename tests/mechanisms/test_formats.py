"""Rule 7: formats meet when due, members come and pay, and each channel does what it says."""

import math

import numpy as np
import pytest

from qsim.scenario.values import month_text
from qsim.world.kinds import CHECK
from worlds import (
    MONTHLY,
    START,
    city,
    meeting,
    off,
    parameter,
    run_month,
    run_months,
    unit,
    value_of,
    world_of,
)

pytestmark = pytest.mark.usefixtures("usual")


@pytest.mark.parametrize(
    ("interval", "count"), [(MONTHLY, 24), (2 * MONTHLY, 12), (MONTHLY / 4, 96), (5.3 * MONTHLY, 4)]
)
def test_formats_meet_in_their_interval(interval, count):
    world = meeting({"interval_weeks": interval})
    held = []
    for month in range(START, START + 24):
        run_month(world, month)
        held.append(float(world.formats["meetings"][0]))
    assert sum(held) == pytest.approx(count, abs=1)
    assert all(number == int(number) for number in held)
    assert max(held) - min(held) <= 1


@pytest.mark.parametrize("interval", [6 * MONTHLY, MONTHLY])
def test_the_first_meeting_is_in_the_first_month(interval):
    world = meeting({"start": month_text(START + 3), "end": month_text(START + 12), "interval_weeks": interval})
    held = []
    for month in range(START, START + 20):
        run_month(world, month)
        held.append(int(world.formats["meetings"][0]))
    assert held[:3] == [0, 0, 0]
    assert held[3] == 1
    assert held[12:] == [0] * 8
    assert sum(held) == pytest.approx(1 + 8 * MONTHLY / interval, abs=1)


def test_learning_channels_bring_exchange_and_its_source():
    world = meeting({"channels": {"learn": 0.5}, "source_knowledge": 0.7})
    run_month(world, START)
    hours = 2.0 * world.members["attendance"] * 0.8
    assert world.stances["exchange"][:, 0] == pytest.approx(0.5 * hours)
    assert world.stances["source"][:, 0] == pytest.approx(0.7 * 0.5 * hours)
    silent = meeting({"channels": {"tie": 1.0}})
    run_month(silent, START)
    assert (silent.stances["exchange"] == 0.0).all()


def test_procedures_are_shown_by_members_who_meet_or_by_drafting_and_deciding():
    """A lecture shows none, however much the lecturer knows (report 3.3)."""
    shown = {}
    for name, channels in {
        "lecture": {"learn": 1.0},
        "talk": {"learn": 0.5, "meet": 1.0},
        "half": {"learn": 0.5, "meet": 0.5},
        "draft": {"learn": 0.5, "draft": 0.8},
        "decide": {"learn": 0.5, "decide": 0.6},
    }.items():
        world = meeting({"channels": channels, "source_knowledge": 0.7})
        world.stances["process_knowledge"] = 0.4
        run_month(world, START)
        shown[name] = world.stances["process_source"][0, 0] / world.stances["exchange"][0, 0]
    assert shown == pytest.approx({"lecture": 0.0, "talk": 0.4, "half": 0.2, "draft": 0.8 * 0.7, "decide": 0.6 * 0.7})


def test_the_know_how_met_is_that_of_those_who_come():
    world = meeting({"channels": {"learn": 1.0, "meet": 1.0}})
    world.stances["process_knowledge"][:5], world.stances["openness"][:5] = 0.9, 0.0
    run_month(world, START)
    came = world.members["attendance"]
    mean = (came * world.stances["process_knowledge"][:, 0]).sum() / came.sum()
    assert world.stances["process_source"][9, 0] / world.stances["exchange"][9, 0] == pytest.approx(mean)
    assert mean < 0.5


def test_views_are_exchanged_in_meetings():
    world = meeting({"channels": {"meet": 1.0}})
    world.stances["openness"][:5] = 0.7
    run_month(world, START)
    hours, met = world.stances["peer_hours"][:, 0], world.stances["peer_openness"][:, 0]
    weighted = world.members["attendance"] * world.stances["openness"][:, 0]
    present = world.members["attendance"].sum()
    talk = 1.0 / (1.0 + (present - 1.0) / value_of(world, "formats_talk_size"))
    assert hours == pytest.approx(2.0 * world.members["attendance"] * 0.8 * talk)
    assert met / hours == pytest.approx(weighted.sum() / world.members["attendance"].sum())


def test_talk_is_divided_among_those_present_and_teaching_is_not():
    """Fay, Garrod and Carletta 2000: five talk with each other, ten listen."""
    gained = {}
    for channel, size in [("talk", 1.0e9), ("talk", 4.0), ("taught", 1.0e9), ("taught", 4.0)]:
        world = meeting({"channels": {"learn": 0.5, "meet": 1.0 if channel == "talk" else 0.0}})
        parameter(world, formats_talk_size=size)
        run_month(world, START)
        gained[channel, size] = world.stances["exchange"].sum()
        present = world.members["attendance"].sum()
    assert present > 2.0
    assert gained["talk", 4.0] == pytest.approx(gained["talk", 1.0e9] / (1.0 + (present - 1.0) / 4.0))
    assert gained["taught", 4.0] == gained["taught", 1.0e9] == pytest.approx(gained["talk", 1.0e9])


def test_who_talks_with_nobody_else_loses_nothing():
    world = parameter(meeting({"channels": {"learn": 0.5, "meet": 1.0}, "members": ["youth"]}), formats_talk_size=0.1)
    run_month(world, START)
    assert world.stances["exchange"].sum() == pytest.approx(0.5 * 2.0 * world.members["attendance"].sum() * 0.8)


def test_people_of_mixed_rank_are_silent():
    """Report 3.1: groups of equal rank speak openly."""
    spoken = {}
    for rank in ("staff", "mixed"):
        world = meeting({"channels": {"learn": 1.0, "meet": 1.0}, "rank": rank})
        run_month(world, START)
        spoken[rank] = world.stances["exchange"].sum()
    silence = value_of(world, "formats_rank_silence")
    assert spoken["mixed"] == pytest.approx(math.exp(-silence) * spoken["staff"])


def test_what_staff_work_out_waits_for_heads_to_decide():
    """Neither staff alone (who cannot decide) nor heads alone (who work nothing out) settle anything."""
    decided = {}
    for rank in ("staff", "heads", "mixed"):
        world = meeting({"channels": {"decide": 1.0, "draft": 0.5}, "rank": rank})
        run_months(world, 2)
        decided[rank] = world.stances["decided"].sum()
        if rank == "staff":
            assert world.tasks["issues"][0] > 0.0
    assert decided["staff"] == 0.0
    assert decided["heads"] == 0.0
    assert decided["mixed"] > 0.0


def test_issues_worked_out_elsewhere_are_decided_by_heads():
    world = meeting({"channels": {"decide": 1.0}, "rank": "heads"})
    world.tasks["issues"] = 2.0
    run_month(world, START)
    assert (world.stances["decided"] > 0.0).all()
    assert world.tasks["issues"][0] < 1.0


def test_in_a_crisis_issues_expire_within_a_month():
    world = meeting({"channels": {"tie": 1.0}})
    world.tasks["issues"], world.departments["shock"] = 2.0, 0.5
    run_month(world, START)
    assert world.tasks["issues"][0] == 0.0


def test_a_gate_makes_cases_considered_and_costs_hours():
    world = meeting({"channels": {"gate": 0.6}})
    before = world.stances["practice"].copy()
    run_month(world, START)
    assert world.stances["gate"] == pytest.approx(0.6 * (0.5 + 0.5 * 0.8))
    assert np.array_equal(world.stances["practice"], before)
    assert world.ledger[: world.departments.size, CHECK].sum() > 0.0


def test_a_unit_without_a_head_can_only_comment():
    gates = {}
    for position in ("staff_unit", "staff_unit_with_head"):
        world = meeting({"channels": {"gate": 1.0}, "owner": "unit"}, commissioners=[unit(position=position)])
        run_month(world, START)
        gates[position] = world.stances["gate"][0, 0]
    assert gates["staff_unit"] == pytest.approx(
        value_of(world, "formats_comment_force") * gates["staff_unit_with_head"]
    )


def test_two_gates_let_less_pass_unseen():
    one = meeting({"channels": {"gate": 0.5}})
    entry = {"tasks": ["integration"], "members": "all", "start": "2014-01", "quality": 0.8, "channels": {"gate": 0.5}}
    two = world_of(city(formats=[{"id": name, **entry} for name in "ab"], rules=off("formats")))
    run_month(one, START)
    run_month(two, START)
    assert 1.0 - two.stances["gate"] == pytest.approx((1.0 - one.stances["gate"]) ** 2)


@pytest.mark.parametrize("embedded", [False, True])
def test_embedded_formats_survive_their_owner(embedded):
    """Report 3.1: instruments that became routine go on when the post has gone; their members keep them up."""
    world = meeting({"channels": {"gate": 0.6}, "owner": "unit", "embedded": embedded}, rules=("formats", "outreach"))
    world.units["filled"] = 0.0
    run_months(world, 6)
    if embedded:
        assert world.formats["served"][0] == pytest.approx(np.sqrt(0.8 * 0.9))
        assert (world.stances["gate"] > 0.0).all()
    else:
        assert world.formats["served"][0] == 0.0
        assert (world.stances["gate"] == 0.0).all()


def test_an_underserved_format_does_less():
    full, half = (
        meeting({"channels": {"learn": 1.0}, "owner": "unit"}),
        meeting({"channels": {"learn": 1.0}, "owner": "unit"}),
    )
    half.formats["served"] = 0.5
    for world in (full, half):
        run_month(world, START)
    taken = [world.stances["exchange"][:, 0] / world.members["attendance"] for world in (full, half)]
    assert taken[1] == pytest.approx(0.5 * taken[0])


def test_a_leaders_format_is_served_by_attention():
    world = meeting({"owner": "mayor"})
    world.support["attention"] = 0.2
    run_month(world, START)
    assert world.formats["served"][0] == pytest.approx(1.0 - 0.8 ** value_of(world, "leadership_occasions"))


def test_a_groups_format_is_served_by_its_volunteers():
    world = meeting({"owner": "clubs", "coordination_hours": 48})
    run_month(world, START)
    assert world.formats["served"][0] == pytest.approx(40 * 0.6 / 48)


def test_project_staff_take_work_off_and_released_staff_leave_it_to_colleagues():
    world = meeting({"channels": {"relieve_posts": 3, "release_posts": 6}})
    run_month(world, START)
    staff = world.departments["staff"].sum()
    assert world.departments["relief"] == pytest.approx(3 / staff)
    assert world.departments["released"] == pytest.approx(6 / staff)
    run_months(world, 3, START + 1)
    assert world.departments["relief"] == pytest.approx(3 / staff)


def test_meeting_makes_ties_and_agreements():
    def tied(**channels):
        world = meeting({"channels": channels})
        parameter(world, formats_tie_loss=0.0)
        before = world.ties["strength"].sum()
        run_months(world, 6)
        return world.ties["strength"].sum() - before, world.ties["agreed"].sum()

    assert tied(learn=1.0) == (0.0, 0.0)
    met, agreed = tied(meet=1.0)
    assert met > 0.0
    assert agreed == 0.0
    met, agreed = tied(tie=1.0)
    assert met > 0.0
    assert agreed > 0.0


def test_only_those_who_come_are_tied():
    world = meeting({"channels": {"tie": 1.0}, "members": ["schools", "youth", "social_services"]})
    parameter(world, formats_tie_loss=0.0)
    before = world.ties["strength"].copy()
    run_months(world, 6)
    members = set(world.members["department"].tolist())
    for d in range(world.departments.size):
        for j in range(world.tie_first[d], world.tie_first[d + 1]):
            both = d in members and int(world.ties["department"][j]) in members
            assert (world.ties["strength"][j] > before[j]) == both


def test_the_owners_unit_gets_to_know_who_comes():
    world = meeting({"owner": "unit", "members": ["schools"], "channels": {"meet": 1.0}})
    run_month(world, START)
    schools = int(world.members["department"][0])
    known = world.relations["familiarity"][:, 0]
    assert known[schools] > 0.0
    assert np.delete(known, schools) == pytest.approx(0.0)
    assert world.stances["reached"][schools, 0] == START


@pytest.mark.parametrize(
    ("channels", "part"), [({"gate": 1.0}, 0.0), ({"learn": 0.4}, 0.4), ({"meet": 0.2, "decide": 0.7}, 0.7)]
)
def test_a_checklist_acquaints_nobody_with_the_unit(channels, part):
    """Familiarity comes by meeting, learning, drafting and deciding together."""
    known = {}
    for name, shares in (("this", channels), ("full", {"meet": 1.0})):
        world = meeting({"owner": "unit", "channels": shares})
        run_month(world, START)
        known[name] = world.relations["familiarity"][0, 0]
    assert known["this"] == pytest.approx(part * known["full"])


def test_drafting_together_is_remembered():
    world = meeting({"channels": {"draft": 1.0}})
    run_months(world, 3)
    assert world.stances["drafted"][:, 0] == pytest.approx(0.3 * world.members["attendance"], rel=1e-6)
    assert (world.stances["commitment"] == 0.0).all()


def test_evaluation_and_lessons_improve_a_format():
    qualities = {}
    for evaluation in (0.0, 1.0):
        world = meeting({}, administration={"departments": 10, "evaluation": evaluation})
        world.administration["lessons"] = 0.8
        run_months(world, 24)
        qualities[evaluation] = world.formats["quality"][0]
    assert qualities[0.0] == 0.8
    assert 0.8 < qualities[1.0] <= 1.0


def test_departments_do_not_check_more_hours_than_there_are():
    """Hours are conserved, however many papers have to pass however many gates."""
    entry = {"tasks": ["integration"], "members": "all", "start": "2014-01", "hours": 200, "channels": {"gate": 1}}
    formats = [{"id": f"gate_{i}", **entry} for i in range(6)]
    world = world_of(city(administration={"departments": 10, "staff": 10}, formats=formats))
    for month in range(START, START + 6):
        run_month(world, month)
        assert (world.departments["spent"] <= world.departments["hours"]).all()
