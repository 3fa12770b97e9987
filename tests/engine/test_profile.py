"""The profile: states that a run really reaches, parts that add up to the whole, nothing left changed."""

import time

import numba
import numpy as np
import pytest

from qsim.engine import profile
from qsim.engine.prepare import prepare
from qsim.engine.profile import fastest, months_timed, profile_run
from qsim.mechanisms.month import NAMES
from qsim.runs.execution import simulate
from qsim.scenario.loading import load_scenario
from qsim.world.records import gathered
from worlds import city, off, run_months, same_worlds, world_of

ATTEMPTS, PAUSE = 25, 0.5
"""Another process may take the processor away while one of the two is timed that must agree."""


def attempted(holds):
    return any(holds() or time.sleep(PAUSE) for _ in range(ATTEMPTS))  # other work on the machine passes


@pytest.mark.parametrize("name", ["small", "large"])
def test_the_parts_add_up_to_a_run(name):
    prepared = prepare(load_scenario(name))
    found = []

    def within_a_fifth():
        timed = profile_run(prepared)
        found.append(timed.parts / timed.run)
        return 0.75 < found[-1] < 1.25

    assert attempted(within_a_fifth), found


def test_a_profile_has_every_rule_in_the_order_of_the_month():
    timed = profile_run(prepare(city()), rounds=2)
    assert tuple(timed.rules) == NAMES
    assert timed.months == 24
    assert min(timed.building, timed.outcomes, timed.run) > 0.0
    assert timed.month == pytest.approx(timed.start + sum(timed.rules.values()) + timed.measuring)
    assert timed.parts == pytest.approx(timed.building + 24 * timed.month + timed.outcomes)


def test_a_rule_that_is_switched_off_takes_no_time():
    scenario = city(administration={"departments": 80})
    without = city(administration={"departments": 80}, rules=off(*(name for name in NAMES if name != "practice")))

    def almost_none():
        times = [profile_run(prepare(each), rounds=10).rules["practice"] for each in (scenario, without)]
        return times[1] < 0.15 * times[0]

    assert attempted(almost_none)


def test_more_departments_take_more_time():
    def more():
        few, many = (profile_run(prepare(city(administration={"departments": n})), rounds=5) for n in (10, 160))
        return all(many.rules[name] > 4 * few.rules[name] for name in ("outreach", "practice"))

    assert attempted(more)


def test_profiling_changes_no_result():
    before = simulate(city(), 2)
    profile_run(before.prepared, rounds=1)
    after = simulate(city(), 2)
    assert before.output.series.tobytes() == after.output.series.tobytes()
    assert before.output.ledger.tobytes() == after.output.ledger.tobytes()


def test_a_gathered_world_is_the_world_with_memory_of_its_own():
    world = world_of(city())
    memory, own = gathered(world)
    assert same_worlds(world, own)
    assert [numba.typeof(array) for array in own] == [numba.typeof(array) for array in world]
    kept = memory.copy()
    run_months(own, 3)
    assert not same_worlds(world, own)
    memory[:] = kept
    assert same_worlds(world, own)


def test_the_states_are_those_that_a_run_reaches():
    world = world_of(city())
    months, states = profile._states(world, 24)
    assert same_worlds(world, world_of(city())), "the world itself has moved"
    assert list(months) == list(range(city().start, city().start + 24))
    assert np.array_equal(states[-1, :-1], states[0, 1:]), "a month begins where the last one ends"
    run_months(world, 24)
    assert np.array_equal(gathered(world)[0], states[-1, -1])


def test_what_is_repeated_is_the_rule():
    """Each rule, run as it is timed, takes the state before it to the state before the next one."""
    world = world_of(city())
    months, states = profile._states(world, 24)
    memory, own = gathered(world)
    handle = profile.reference(own)
    nothing = (np.empty(0), np.empty((0, 0)), np.empty((0, 0, 0)), np.empty((0, 0)), np.empty((0, 0)))
    moved = set()
    for rule, name in enumerate(NAMES):
        for k in range(months.size):
            memory[:] = 0
            part = (rule, rule + 1, False)
            profile._repeat(handle, memory, states[rule, k : k + 1], months[k : k + 1], *part, *nothing)
            assert np.array_equal(memory, states[rule + 1, k]), name
            if not np.array_equal(states[rule, k], states[rule + 1, k]):
                moved.add(name)
    assert {"workload", "outreach", "learning", "practice"} <= moved


@pytest.mark.skipif(bool(numba.config.DISABLE_JIT), reason="nothing is compiled")
def test_one_signature_is_compiled_for_all_scenarios():
    for scenario in (city(), load_scenario("two_units")):
        profile_run(prepare(scenario), rounds=1)
    assert len(profile._repeat.signatures) == 1


@pytest.mark.parametrize("length", [1, 11, 24, 60, 120, 192, 264, 600])
def test_the_months_that_are_timed_spread_over_years_and_seasons(length):
    months = months_timed(length, 1)
    assert months[0] == 0
    assert months[-1] > length - 1 - 12
    assert {month % 12 for month in months} == set(range(min(length, 12)))
    assert len(months) <= profile.MOST_MONTHS or length > 11 * profile.MOST_MONTHS


def test_large_worlds_are_timed_in_fewer_months():
    assert len(months_timed(120, profile.MOST_MEMORY // 8)) < len(months_timed(120, 1))


def test_the_fastest_round_counts_and_pieces_take_turns(monkeypatch):
    calls = []
    clock = iter([0, 5, 10, 18, 20, 23, 30, 39])
    monkeypatch.setattr(profile.time, "thread_time", lambda: next(clock))
    assert fastest([lambda: calls.append("a"), lambda: calls.append("b")], 2) == [3, 8]
    assert calls == ["a", "b"] * 3
