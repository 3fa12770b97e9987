"""Rule 6, what a contact costs the unit and how likely it succeeds."""

from types import SimpleNamespace as Record

import numpy as np
import pytest

from qsim.mechanisms import contact
from qsim.world.kinds import CONTACT
from worlds import START, open_world, parameter, plain, run_month, staffed, unit, value_of

channel_hours, success_chance = plain(contact.channel_hours), plain(contact.success_chance)
conflict_hours = plain(contact.conflict_hours)


def hours(world, d=0, u=0):
    return channel_hours(open_world(world), u, d)


def test_a_contact_costs_more_for_each_level():
    places = {"a": "section", "b": "staff_unit", "c": "deputy_mayor"}
    world = staffed(commissioners=[unit(name, position=place) for name, place in places.items()])
    base, level = value_of(world, "outreach_contact_hours"), value_of(world, "outreach_level_hours")
    world.administration["hierarchy"] = 0.5
    own = int(world.units["department"][0])
    assert hours(world, own, 0) == pytest.approx(base)
    assert hours(world, 0, 1) == pytest.approx(base * (1.0 + 2 * level))
    assert hours(world, 0, 2) == pytest.approx(base * (1.0 + 3 * level))
    world.administration["hierarchy"] = 1.0
    assert hours(world, 0, 1) == pytest.approx(base * (1.0 + 4 * level))
    world.administration["hierarchy"] = 0.0
    assert hours(world, 0, 2) == pytest.approx(base)


@pytest.mark.parametrize("field", ["familiarity", "agreed"])
def test_familiarity_and_agreed_channels_shorten(field):
    world = staffed()
    seen = []
    for value in (0.0, 0.5, 1.0):
        world.relations[field] = value
        seen.append(hours(world))
    assert seen[0] > seen[1] > seen[2] >= value_of(world, "outreach_contact_hours")


def asked(prepared=0.3, task_hours=900.0):
    """Return a world whose first four departments, no others, ask for the unit, and what contacts cost otherwise."""
    world = parameter(staffed(30.0), outreach_occasions=1000.0, outreach_pull=1.0, outreach_prepared=prepared)
    world.administration["hierarchy"], world.units["overview"] = 0.8, 0.0
    world.stances["openness"] = 0.0
    world.stances["openness"][:4] = world.stances["practice"][:4] = 1.0
    world.departments["task_hours"][:4] = task_hours
    otherwise = [hours(world, d) + value_of(world, "outreach_search_hours") for d in range(10)]
    run_month(world, START)
    assert world.stances["asked"].sum() == 4.0
    return world, otherwise


def test_who_asks_needs_neither_search_nor_official_channel():
    world, otherwise = asked(prepared=0.0)
    base = value_of(world, "outreach_contact_hours")
    assert world.ledger[10, CONTACT] == pytest.approx(4 * base + sum(otherwise[4:]))
    assert base < min(otherwise) - value_of(world, "outreach_search_hours")


@pytest.mark.parametrize("spare", [900.0, 0.8, 0.0])
def test_who_asks_does_part_of_the_work_as_far_as_it_has_hours(spare):
    """Hours are conserved: what the unit saves the departments spend, whether the contact succeeds or not."""
    own = value_of(staffed(), "outreach_department_hours")
    without, _ = asked(0.0, own + spare)
    world, _ = asked(0.4, own + spare)
    prepared = min(0.4 * value_of(world, "outreach_contact_hours"), spare)
    assert without.ledger[10, CONTACT] - world.ledger[10, CONTACT] == pytest.approx(4 * prepared)
    more = world.departments["spent"][:4] - without.departments["spent"][:4]
    assert more == pytest.approx(prepared)
    reached = world.stances["reached"][:4, 0] == START
    assert world.departments["spent"][:4] == pytest.approx(prepared + np.where(reached, own, 0.25 * own))
    assert world.stances["cases"][:4, 0] == pytest.approx(np.where(reached, prepared + own, 0.0))


def test_negotiation_grows_with_rejection_and_falls_with_mediation_and_backing():
    p = staffed().parameters.view(np.recarray)[0]

    def needed(openness=0.3, mediation=0.5, backing=0.2):
        return conflict_hours(Record(mediation=mediation), Record(openness=openness, backing=backing), p)

    assert needed(openness=0.1) > needed(openness=0.6) > needed(openness=1.0) == 0.0
    assert needed(mediation=0.1) > needed(mediation=0.9)
    assert needed(backing=0.0) > needed(backing=0.9)


USUAL = {"openness": 0.5, "backing": 0.3, "time": 0.5, "blocking": 0.2}
EASY = {"backing": 0.0, "time": 1.0, "blocking": 0.0}


def chance(world, settled=1.0, by_head=False, moment=contact.UNNOTICED, recognition=0.5, mediation=0.5, **stance):
    """Return the chance of a contact of the first unit, with this recognition and mediation, with a stance."""
    world = open_world(world)
    world.units[0].recognition, world.units[0].mediation = recognition, mediation
    return success_chance(world, 0, Record(**{**USUAL, **stance}), settled, by_head, moment)


@pytest.mark.parametrize(
    ("name", "rises"),
    [
        ("openness", True),
        ("backing", True),
        ("time", True),
        ("blocking", False),
        ("recognition", True),
        ("mediation", True),
        ("settled", True),
    ],
)
@pytest.mark.parametrize("by_head", [False, True])
def test_the_chance_of_a_contact_is_monotone(name, rises, by_head):
    world = staffed()
    chances = [chance(world, by_head=by_head, **{name: value}) for value in np.linspace(0.0, 1.0, 6)]
    assert (np.diff(chances) > 0.0).all() if rises else (np.diff(chances) < 0.0).all()
    assert min(chances) >= 0.0
    assert max(chances) <= 1.0


def second(agreed):
    """Let a rival turn to departments that were reached this month already; return the world."""
    world = parameter(staffed(30.0, commissioners=[unit(), unit("other")]), outreach_base_hours=0.0)
    world.units["coordination"], world.units["filled"] = agreed, [1e-9, 30.0]
    world.stances["openness"] = world.stances["time"] = world.units["recognition"] = 1.0
    world.stances["reached"] = START
    run_month(world, START)
    return world


def test_a_second_structure_annoys_or_comes_with_the_first():
    """Report 4: who was reached this month is reached again only as far as the structures agree."""
    cost = value_of(staffed(), "outreach_department_hours")
    apart, together = second(0.0), second(1.0)
    assert apart.stances["friction"] == pytest.approx(1.0)
    assert (apart.stances["outreach"] == 0.0).all()
    assert apart.departments["spent"] == pytest.approx(0.25 * cost)
    assert (together.stances["friction"] == 0.0).all()
    assert (together.stances["outreach"] == cost).all()


def test_who_asked_is_willing():
    """Requests need no openness; recognition and opposition from above count all the same."""
    world = staffed()
    for closed in (0.0, 0.4):
        willing = chance(world, openness=1.0, time=1.0)
        assert chance(world, moment=contact.ASKED, openness=closed) == pytest.approx(willing)
    assert chance(world, moment=contact.ASKED, blocking=1.0) == 0.0


def test_at_the_right_moment_a_contact_needs_no_time_besides_the_case():
    world = staffed()
    for time in (0.0, 0.5):
        assert chance(world, moment=contact.NOTICED, time=time) == pytest.approx(chance(world, time=1.0))
        assert chance(world, time=time) < chance(world, time=1.0)


def test_mediation_makes_up_for_unwillingness_as_far_as_conflict_is_settled():
    """Report 1.1, 3.2: willing = 1 - (1 - o)(1 - weight mediation settled), without backing."""
    world = staffed()
    weight = value_of(world, "outreach_mediation_weight")
    given = {"openness": 0.3, "recognition": 1.0, **EASY}
    for settled in (0.0, 0.5, 1.0):
        willing = 1.0 - 0.7 * (1.0 - weight * 0.8 * settled)
        assert chance(world, settled=settled, mediation=0.8, **given) == pytest.approx(willing * (0.6 + 0.4 * settled))
    assert chance(world, settled=0.0, mediation=1.0) == chance(world, settled=0.0, mediation=0.0)


def test_a_head_of_its_own_settles_with_other_heads():
    """Report 1.2, 3.2: 1 - settling of the unwillingness is left."""
    world = staffed()
    given = {"openness": 0.3, "recognition": 1.0, "mediation": 0.0, **EASY}
    assert chance(world, **given) == pytest.approx(0.3)
    left = 0.7 * (1.0 - value_of(world, "outreach_settling"))
    assert chance(world, by_head=True, **given) == pytest.approx(1.0 - left)


def test_a_head_of_its_own_negotiates_half_of_a_blockade_away():
    world = staffed()
    assert chance(world, blocking=1.0) == 0.0
    freely = chance(world, by_head=True, blocking=0.0)
    assert chance(world, by_head=True, blocking=1.0) == pytest.approx(0.5 * freely)


def test_a_contact_takes_longer_where_heads_have_more_to_do():
    """Report 3.1: the way by busy offices is the longer one, unless people know each other well enough to go round it."""
    world = staffed(commissioners=[unit(position="line_unit"), unit("mayors", position="staff_unit")])
    world.administration["hierarchy"] = 0.5
    base, level = value_of(world, "outreach_contact_hours"), value_of(world, "outreach_level_hours")
    other = int(np.flatnonzero(world.departments["division"] != world.units["division"][0])[0])
    assert [hours(world, other, u) for u in (0, 1)] == pytest.approx([base * (1 + 3 * level), base * (1 + 2 * level)])
    world.leaders["workload"][int(world.units["leader"][0])] *= 5.0
    world.departments["shock"][other] = 0.2
    busy = (5.0 + 1.0 + 1.0 + 1.2) / 4, (1.0 + 1.0 + 1.2) / 3
    assert hours(world, other, 0) == pytest.approx(base * (1 + 3 * level * busy[0]))
    assert hours(world, other, 1) == pytest.approx(base * (1 + 2 * level * busy[1]))
