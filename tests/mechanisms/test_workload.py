"""Rule 4: workload, hours, and the time that is left for the task."""

from types import SimpleNamespace as Record

import numpy as np
import pytest

from qsim.engine.run import run_rules
from qsim.mechanisms import workload
from qsim.world.kinds import TASK
from worlds import START, city, off, parameter, plain, run_month, run_months, run_rule, value_of, world_of

time_for = plain(workload.time_for)


def time_at(load, granted=0.0, released=0.0, steepness=6.0, relevance=0.5, routine=0.0, own_shock=0.0, filled=1.0):
    p = Record(workload_steepness=steepness, workload_task_effort=0.08, workload_routine_saving=0.5)
    stance = Record(granted=granted, relevance=relevance, routine=routine, own_shock=own_shock)
    return time_for(Record(workload=load, released=released, filled=filled), stance, p)


def quiet():
    return parameter(world_of(city(rules=off("workload"))), workload_noise=0.0)


def test_time_falls_with_workload_without_an_edge():
    loads = np.linspace(0.0, 2.5, 251)
    times = np.array([time_at(load) for load in loads])
    assert times[0] == 1.0
    assert times[100] == 0.5
    assert (np.diff(times) <= 0.0).all()
    assert np.abs(np.diff(times)).max() < 0.03
    assert times[-1] > 0.0


def test_granted_time_and_released_staff_give_time():
    assert time_at(1.2, granted=0.3) > time_at(1.2, granted=0.1) > time_at(1.2)
    assert time_at(1.2, granted=2.0) == 1.0
    assert time_at(1.2, released=0.01) > time_at(1.2)


def test_freed_staff_give_their_time_over_what_the_task_takes():
    """Half the effort of .08 x .5 frees half of what colleagues lack; less is needed where it is routine or hardly concerns."""
    lacking = 1.0 - time_at(1.2)
    assert 1.0 - time_at(1.2, released=0.02) == pytest.approx(0.5 * lacking)
    assert 1.0 - time_at(1.2, released=0.02, routine=0.8) == pytest.approx((1.0 - 0.5 / 0.6) * lacking)
    assert time_at(1.2, released=0.04) == time_at(1.2, released=0.3) == 1.0
    assert time_at(1.2, released=0.02, relevance=0.25) == 1.0
    assert time_at(1.2, relevance=0.0) == time_at(1.2)


def test_the_work_of_a_crisis_about_the_task_does_not_keep_from_it():
    """It presses on all else: the load less the work that is the task itself, over the posts that are filled."""
    assert time_at(1.2, own_shock=0.3) == pytest.approx(time_at(0.9))
    assert time_at(1.2, own_shock=0.3, filled=0.75) == pytest.approx(time_at(0.8))
    assert time_at(1.2, own_shock=-0.3) == time_at(1.2)


def test_steeper_pressure_bites_later_and_harder():
    assert time_at(0.9, steepness=12) > time_at(0.9, steepness=4)
    assert time_at(1.2, steepness=12) < time_at(1.2, steepness=4)


@pytest.mark.parametrize(
    ("field", "sign"),
    [("shock", 1), ("released", 1), ("relief", -1), ("filled", -1), ("base_demand", 1)],
)
def test_what_raises_and_lowers_workload(field, sign):
    one, other = quiet(), quiet()
    other.departments[field] += 0.1
    run_rule(one, "workload", START)
    run_rule(other, "workload", START)
    difference = other.departments["workload"] - one.departments["workload"]
    assert (sign * difference > 0.05).all()
    if field == "shock":
        assert difference == pytest.approx(0.1 / one.departments["filled"])


def test_doing_the_task_takes_work_and_routine_saves_it():
    idle, doing, routine = quiet(), quiet(), quiet()
    for world, practice, settled in ((idle, 0.0, 0.0), (doing, 1.0, 0.0), (routine, 1.0, 1.0)):
        world.stances["practice"], world.stances["routine"] = practice, settled
        run_rule(world, "workload", START)
    effort, saving = value_of(doing, "workload_task_effort"), value_of(doing, "workload_routine_saving")
    relevance = doing.stances["relevance"][:, 0]
    assert doing.departments["task_work"] == pytest.approx(effort * relevance)
    assert routine.departments["task_work"] == pytest.approx(effort * relevance * (1.0 - saving))
    assert (idle.departments["task_work"] == 0.0).all()
    assert (doing.departments["workload"] > routine.departments["workload"]).all()


def test_the_task_is_booked_in_the_ledger():
    world = quiet()
    world.stances["practice"] = 0.5
    run_month(world, START)
    booked = world.ledger[: world.departments.size, TASK]
    assert booked == pytest.approx(world.departments["task_work"] * world.departments["hours"])
    assert booked.sum() > 0.0


def test_meetings_of_last_month_are_work_of_this_month():
    one, other = quiet(), quiet()
    for world in (one, other):
        run_rule(world, "workload", START)
    other.departments["spent_before"] = 0.1 * other.departments["hours"]
    for world in (one, other):
        run_rule(world, "workload", START + 1)
    assert (other.departments["workload"] > one.departments["workload"]).all()


def test_every_month_starts_with_an_empty_time_sheet():
    world = quiet()
    world.departments["spent"] = 7.0
    run_rules(world, START, 0, 1)
    assert (world.departments["spent_before"] == 7.0).all()
    assert (world.departments["spent"] == 0.0).all()


def test_hours_for_the_task_are_a_share_of_those_there_are():
    world = quiet()
    run_rule(world, "workload", START)
    departments = world.departments
    expected = departments["hours"] * value_of(world, "workload_task_time") * world.stances["time"][:, 0]
    concerned = world.stances["relevance"][:, 0] >= 0.05
    assert departments["task_hours"] == pytest.approx(np.where(concerned, expected, 0.0))
    departments["released"] = 3.0
    run_rule(world, "workload", START + 1)
    assert departments["task_hours"] == pytest.approx(0.5 * departments["hours"])


def test_the_busier_house_has_less_time():
    means = []
    for load in (0.7, 1.0, 1.3):
        world = world_of(city(administration={"departments": 20, "workload": load}))
        run_months(world, 6)
        means.append(world.stances["time"].mean())
    assert means[0] > means[1] > means[2]


def test_vacancies_are_work_for_those_who_are_there():
    one, other = quiet(), quiet()
    other.departments["filled"] *= 0.8
    run_rule(one, "workload", START)
    run_rule(other, "workload", START)
    assert other.departments["workload"] == pytest.approx(one.departments["workload"] / 0.8, rel=0.02)
    assert other.departments["hours"] == pytest.approx(0.8 * one.departments["hours"])
