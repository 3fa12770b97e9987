"""Rule 8: knowledge from contact, exchange, colleagues, gates and doing."""

import numpy as np
import pytest

from qsim.mechanisms import learning
from worlds import START, city, off, parameter, plain, run_month, run_months, run_rule, value_of, world_of

absorption = plain(learning.absorption)


def quiet(**parts):
    """A world in which only learning runs, nobody forgets, and nobody learns by doing or from colleagues."""
    world = world_of(city(rules=off("learning"), **parts))
    world.stances["openness"], world.stances["time"], world.stances["practice"] = 0.8, 0.5, 0.0
    return parameter(
        world, learning_forgetting=0.0, learning_doing_rate=0.0, learning_colleague_rate=0.0, learning_unit_rate=0.0
    )


def met(world, hours=6.0, source=0.7, channel="exchange", process=None):
    """Give every department hours of contact with this knowledge, or other know-how; run one month; return what it gained."""
    before = world.stances["knowledge"].copy(), world.stances["process_knowledge"].copy()
    world.stances[channel], world.stances["source"] = hours, hours * source
    world.stances["process_source"] = hours * (source if process is None else process)
    run_rule(world, "learning", START)
    return world.stances["knowledge"] - before[0], world.stances["process_knowledge"] - before[1]


def test_absorption_rises_with_what_one_knows():
    """Cohen and Levinthal: from g without knowledge towards 1."""
    values = [absorption(e, 0.15) for e in np.linspace(0, 1, 11)]
    assert values[0] == 0.15
    assert (np.diff(values) > 0.0).all()
    assert values[-1] < 1.0


def test_contact_teaches_towards_its_source():
    world = quiet()
    e = world.stances["knowledge"].copy()
    gained, _ = met(world)
    rate = value_of(world, "learning_contact_rate")
    contact = 1.0 - np.exp(-6.0 / value_of(world, "learning_contact_scale"))
    floor = value_of(world, "learning_absorption")
    willing = np.sqrt(0.8 * 0.5)
    expected = rate * contact * willing * (floor + (1.0 - floor) * e / (e + 0.3)) * np.maximum(0.7 - e, 0.0)
    assert gained == pytest.approx(expected)


@pytest.mark.parametrize(
    ("change", "rises"),
    [({"openness": 0.2}, False), ({"openness": 1.0}, True), ({"time": 0.1}, False), ({"time": 1.0}, True)],
)
def test_the_open_with_time_learn_more(change, rises):
    usual, _ = met(quiet())
    world = quiet()
    for field, value in change.items():
        world.stances[field] = value
    gained, _ = met(world)
    assert (gained > usual).all() if rises else (gained < usual).all()


def test_more_hours_and_better_sources_teach_more():
    assert (met(quiet(), hours=12.0)[0] > met(quiet(), hours=3.0)[0]).all()
    assert (met(quiet(), source=0.9)[0] > met(quiet(), source=0.5)[0]).all()
    assert (met(quiet(), source=0.0)[0] == 0.0).all()


def test_outreach_and_exchange_teach_alike():
    assert met(quiet(), channel="outreach")[0] == pytest.approx(met(quiet(), channel="exchange")[0])


def test_closed_departments_learn_nothing_by_contact():
    world = quiet()
    world.stances["openness"] = 0.0
    assert met(world)[0] == pytest.approx(0.0)


def test_procedures_are_learned_from_the_know_how_that_was_met():
    """Report 3.3: who hears a lecture knows the subject, who works with those who do it the procedures."""
    gains = []
    for process in (0.0, 0.3, 0.5, 0.7):
        world = quiet()
        world.stances["knowledge"] = world.stances["process_knowledge"] = 0.2
        subject, procedures = met(world, process=process)
        gains.append(procedures[0, 0] / subject[0, 0])
    assert gains == pytest.approx([0.0, 0.2, 0.6, 1.0])


def test_doing_teaches_as_far_as_it_is_done():
    """Routine of what nobody does teaches nothing."""
    world = quiet()
    parameter(world, learning_doing_rate=0.02)
    world.stances["practice"] = np.linspace(0, 1, 10)[:, None]
    world.stances["routine"] = np.linspace(1, 0, 10)[:, None]
    before = world.stances["knowledge"].copy()
    run_month(world, START)
    gained = (world.stances["knowledge"] - before) / (1.0 - before)
    assert gained[:, 0] == pytest.approx(0.02 * np.linspace(0, 1, 10))


def test_cases_that_a_crisis_brings_teach_as_those_of_every_day():
    """Their work over that of the full task, as far as there is time (one half here), counts like practice."""
    gains = {}
    for practice, crisis in (
        (0.0, 0.0),
        (0.3, 0.0),
        (0.0, 0.6),
        (0.2, 0.2),
        (0.5, 0.0),
        (1.0, 0.0),
        (0.8, 0.8),
        (0.0, 3.0),
    ):
        world = parameter(quiet(), learning_doing_rate=0.02, workload_task_effort=0.1)
        world.stances["knowledge"], world.stances["practice"] = 0.0, practice
        world.stances["own_shock"] = crisis * 0.1 * world.stances["relevance"]
        run_rule(world, "learning", START)
        gains[practice, crisis] = world.stances["knowledge"][0, 0]
    assert gains[0.0, 0.0] == 0.0
    assert gains[0.0, 0.6] == pytest.approx(gains[0.3, 0.0])
    assert gains[0.2, 0.2] == pytest.approx(gains[0.3, 0.0])
    assert gains[0.8, 0.8] == pytest.approx(gains[1.0, 0.0])
    assert gains[0.0, 3.0] == pytest.approx(gains[0.5, 0.0])


def test_without_doing_knowledge_vanishes_and_with_it_stays():
    """Ten years after the money: what became routine keeps knowledge up."""
    left = {}
    for routine in (0.0, 1.0):
        world = world_of(city(administration={"departments": 10}, rules=off("learning")))
        parameter(world, learning_colleague_rate=0.0, learning_forgetting=0.012)
        world.stances["practice"] = world.stances["routine"] = routine
        world.stances["knowledge"] = 0.4
        run_months(world, 120)
        left[routine] = world.stances["knowledge"].mean()
    assert left[0.0] < 0.2
    assert left[1.0] > 0.4


def test_colleagues_who_know_more_teach():
    world = parameter(quiet(), learning_colleague_rate=0.05)
    world.stances["knowledge"] = 0.1
    world.stances["knowledge"][0] = 0.9
    knows = {int(world.ties["department"][j]) for j in range(world.tie_first[0], world.tie_first[1])}
    run_month(world, START)
    for d in range(1, 10):
        assert (world.stances["knowledge"][d, 0] > 0.1) == (d in knows)
    assert world.stances["knowledge"][0, 0] == pytest.approx(0.9)


def test_all_see_the_others_as_they_were_before():
    """What one department learns this month reaches the next only in the month after."""
    world = parameter(quiet(), learning_colleague_rate=0.05)
    world.stances["knowledge"] = 0.1
    world.stances["knowledge"][0] = 0.9
    knows = {int(world.ties["department"][j]) for j in range(world.tie_first[0], world.tie_first[1])}
    second = set(range(1, 10)) - knows
    run_month(world, START)
    assert all(world.stances["knowledge"][d, 0] == pytest.approx(0.1) for d in second)


def test_a_gate_teaches_the_procedure_it_asks_for_and_no_more():
    """Report 1.3: considered is not yet done; whoever knows more already learns nothing by it."""
    world = quiet()
    limit = value_of(world, "learning_gate_knowledge")
    world.stances["gate"], world.stances["practice"], world.stances["considered"] = 0.8, 0.15, 0.5
    world.stances["process_knowledge"][:5], world.stances["process_knowledge"][5:] = 0.1, limit + 0.1
    before = world.stances["knowledge"].copy()
    _, gained = met(world, hours=0.0)
    rate = value_of(world, "learning_gate_rate")
    assert gained[:5] == pytest.approx(rate * 0.8 * (0.15 / 0.5) * 0.5 * (limit - 0.1))
    assert gained[5:] == pytest.approx(0.0)
    assert np.array_equal(world.stances["knowledge"], before)


def test_a_check_that_stays_paper_teaches_nothing():
    """What is considered and not done is decoupled (Meyer and Rowan 1977)."""
    gains = []
    for practice in (0.0, 0.2, 0.4):
        world = quiet()
        world.stances["gate"], world.stances["practice"], world.stances["considered"] = 0.8, practice, 0.4
        world.stances["process_knowledge"] = 0.1
        gains.append(met(world, hours=0.0)[1][0, 0])
    assert gains[0] == 0.0
    assert gains[2] == pytest.approx(2.0 * gains[1])


def test_decisions_teach_procedures_as_far_as_the_subject_is_understood():
    world = quiet()
    h = world.stances["process_knowledge"].copy()
    world.stances["knowledge"] = np.linspace(0, 1, 10)[:, None]
    world.stances["decided"] = 0.5
    understood = absorption(world.stances["knowledge"], value_of(world, "learning_absorption"))
    subject, gained = met(world, hours=0.0)
    assert gained == pytest.approx(value_of(world, "learning_decision_rate") * 0.5 * understood * (1.0 - h))
    assert (np.diff(understood[:, 0]) > 0.0).all()
    assert (subject == 0.0).all()


def test_meeting_others_teaches_the_whole_chain():
    """Exchange between departments teaches the chain more than talks with the unit."""
    chains = {}
    for channel in ("exchange", "outreach"):
        world = quiet()
        before = world.stances["chain_knowledge"].copy()
        met(world, channel=channel)
        chains[channel] = world.stances["chain_knowledge"] - before
    assert (chains["exchange"] > chains["outreach"]).all()
    assert (chains["outreach"] > 0.0).all()


def test_staffed_units_learn_on_the_job():
    world = world_of(city(rules=off("learning")))
    world.units["knowledge"], world.units["filled"] = 0.5, 0.0
    run_months(world, 6)
    assert world.units["knowledge"][0] == 0.5
    world.units["filled"] = 1.0
    seen = []
    for month in range(START, START + 60):
        run_month(world, month)
        seen.append(float(world.units["knowledge"][0]))
    assert (np.diff(seen) > 0.0).all()
    assert seen[-1] < 1.0


def test_hours_of_cases_count_several_times():
    """At the right moment one learns what several times the hours would teach."""
    gained = {}
    for cases, outreach in [(0.0, 1.0), (1.0, 1.0), (0.0, 2.5)]:
        world = quiet()
        world.stances["outreach"], world.stances["cases"] = outreach, cases
        parameter(world, learning_moment=2.5)
        world.stances["source"] = 0.9 * (outreach + 1.5 * cases)
        run_rule(world, "learning", START)
        gained[cases, outreach] = world.stances["knowledge"].copy()
    assert gained[1.0, 1.0] == pytest.approx(gained[0.0, 2.5])
    assert (gained[1.0, 1.0] > gained[0.0, 1.0]).all()
