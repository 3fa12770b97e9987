"""Rule 1: who moves in a re-cut, what loosens, and where a section goes."""

import numpy as np
import pytest

from qsim.scenario.house import build_house
from qsim.scenario.values import month_text
from worlds import START, city, off, run_months, value_of, world_of

LATER = month_text(START + 2)


def with_event(**event):
    return world_of(city(months=48, events=[{"date": LATER, **event}], rules=off("calendar")))


def test_a_drawn_recut_moves_to_another_division():
    world = with_event(kind="recut", share=1.0)
    before = world.departments["division"].copy()
    run_months(world, 3)
    assert (world.departments["division"] != before).all()
    assert set(world.departments["division"]) <= set(range(len(world.leaders) - 2))


@pytest.mark.parametrize("who", ["mayor", "head_social"])
def test_a_tie_loses_agreed_channels_once_whoever_changes(who):
    world = with_event(kind="new_leader", leader=who)
    world.ties["agreed"] = 0.8
    run_months(world, 3)
    loss = value_of(world, "calendar_channel_loss") * (0.5 if who == "mayor" else 1.0)
    count = world.tie_first[-1]
    left = world.ties["agreed"][:count]
    division = world.departments["division"]
    own = np.repeat(np.arange(len(division)), np.diff(world.tie_first))
    place = build_house(city()).division_index("social") if who != "mayor" else None
    ends = np.ones(count, bool) if place is None else (division[own] == place) | (
        division[world.ties["department"][:count]] == place)  # fmt: skip
    assert ends.sum() > 0
    assert left[ends] == pytest.approx(0.8 * (1.0 - loss))
    assert (left[~ends] == 0.8).all()


def test_a_section_moves_to_where_its_department_stands_now():
    events = [{"kind": "recut", "date": LATER, "departments": ["youth"], "division": "central"},
              {"kind": "unit_move", "date": month_text(START + 3), "commissioner": "unit", "position": "section",
               "department": "youth"}]  # fmt: skip
    world = world_of(city(events=events, rules=off("calendar")))
    run_months(world, 4)
    central = build_house(city()).division_index("central")
    assert world.units["division"][0] == central
    assert world.units["leader"][0] == 2 + central
