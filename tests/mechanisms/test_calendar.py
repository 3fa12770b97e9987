"""Rule 1: shocks, elections, new heads, re-cuts, moves of units."""

import numpy as np
import pytest

from qsim.scenario.house import build_house
from qsim.scenario.values import month_text
from worlds import START, city, off, parameter, run_month, run_months, run_rule, unit, value_of, world_of

LATER = month_text(START + 2)


def with_event(replicate=0, rules=("calendar",), **event):
    return world_of(city(months=48, events=[{"date": LATER, **event}], rules=off(*rules)), replicate)


def shock(**parts):
    return {"kind": "shock", "tasks": ["integration"], "departments": "all", **parts}


def test_before_its_month_an_event_changes_nothing():
    world, calm = with_event(**shock(need=0.2, workload=0.3, salience=0.4)), world_of(city(rules=off("calendar")))
    for month in (START, START + 1):
        run_month(world, month)
        run_month(calm, month)
        assert world.stances.tobytes() == calm.stances.tobytes()
        assert world.tasks.tobytes() == calm.tasks.tobytes()
    run_month(world, START + 2)
    assert (world.stances["need"] > world.stances["base_need"]).all()


def test_two_shocks_add_up():
    events = [{**shock(need=0.1, workload=0.2), "date": month_text(START + i)} for i in (0, 3)]
    world = parameter(world_of(city(events=events, rules=off("calendar"))), calendar_preparedness=0.0)
    run_months(world, 4)
    assert world.departments["shock"] == pytest.approx(0.2 * (0.5 ** (3 / 12) + 1.0))


def test_exposure_says_how_hard_a_shock_strikes():
    world = with_event(kind="shock", tasks=["integration"], workload=0.5)
    parameter(world, calendar_preparedness=0.0)
    run_months(world, 3)
    assert world.departments["shock"] == pytest.approx(0.5 * world.stances["exposure"][:, 0])


def test_who_knows_the_process_copes_with_more():
    """Report 3.3: thinking along in a problem takes work off."""
    world = with_event(**shock(workload=0.5))
    world.stances["chain_knowledge"] = np.linspace(0, 1, 10)[:, None]
    run_months(world, 3)
    expected = 0.5 * (1.0 - value_of(world, "calendar_preparedness") * np.linspace(0, 1, 10))
    assert world.departments["shock"] == pytest.approx(expected)


def test_need_stays_a_share():
    world = with_event(**shock(need=1.0))
    run_months(world, 3)
    assert (world.stances["need"] == 1.0).all()
    world = with_event(**shock(need=-1.0))
    run_months(world, 3)
    assert (world.stances["need"] == 0.0).all()


def test_the_work_of_a_shock_is_work_on_its_task():
    """An inflow is integration at work; a pandemic is about no task here and keeps from all."""
    tasks = [{"id": "integration", "kind": "integration"}, {"id": "climate", "kind": "climate_mitigation"}]
    inflow = {**shock(workload=0.3), "date": LATER}
    other = {**shock(workload=0.2), "tasks": [], "date": LATER}
    world = world_of(city(tasks=tasks, events=[inflow, other], rules=off("calendar")))
    world.stances["chain_knowledge"] = 0.5
    run_months(world, 3)
    left = 1.0 - 0.5 * value_of(world, "calendar_preparedness")
    assert world.departments["shock"] == pytest.approx(0.5 * left)
    assert world.stances["own_shock"][:, 0] == pytest.approx(0.3 * left)
    assert (world.stances["own_shock"][:, 1] == 0.0).all()
    run_months(world, 12, START + 3)
    assert world.stances["own_shock"][:, 0] == pytest.approx(0.3 * left * 0.5)


def test_a_shock_raises_attention_to_its_task_only():
    tasks = [{"id": "integration", "kind": "integration"}, {"id": "climate", "kind": "climate_mitigation"}]
    event = {**shock(salience=0.4), "date": LATER}
    world = world_of(city(tasks=tasks, events=[event], rules=off("calendar")))
    run_months(world, 3)
    base = world.tasks["base_salience"]
    assert world.tasks["salience"].tolist() == pytest.approx([base[0] + 0.4, base[1]])


def test_civil_society_keeps_a_topic_on_the_agenda():
    """Report 3.1: agenda setting lengthens the half-life; pressure raises attention by itself, too."""
    quiet, pressed = with_event(**shock(salience=0.4)), with_event(**shock(salience=0.4))
    parameter(quiet, calendar_pressure_salience=0.0)
    parameter(pressed, calendar_pressure_salience=0.0)
    pressed.tasks["pressure"] = 0.8
    run_months(quiet, 15)
    run_months(pressed, 15)
    assert pressed.tasks["salience"][0] > quiet.tasks["salience"][0]
    base = pressed.tasks["base_salience"][0]
    half_life = 12 * (1.0 + 0.8 * value_of(pressed, "calendar_agenda"))
    assert pressed.tasks["salience"][0] == pytest.approx(base + 0.4 * 0.5 ** (12 / half_life))
    alone = world_of(city(rules=off("calendar")))
    alone.tasks["pressure"] = 0.8
    run_month(alone, START)
    expected = base + value_of(alone, "calendar_pressure_salience") * 0.8 * (1.0 - base)
    assert alone.tasks["salience"][0] == pytest.approx(expected)


def test_a_budget_crisis_makes_money_short_and_passes():
    world = with_event(kind="budget_crisis", tightness=0.3, half_life_months=10)
    seen = []
    for month in range(START, START + 23):
        run_month(world, month)
        seen.append(world.administration["tightness"][0])
    assert seen[:2] == [0.5, 0.5]
    assert seen[2] == pytest.approx(0.8)
    assert seen[12] == pytest.approx(0.65)
    assert seen[22] == pytest.approx(0.575)


def bound(world):
    """Give all departments binding papers, arrangements and agreed channels."""
    world.stances["binding"] = world.stances["arranged"] = 0.8
    world.relations["agreed"] = 0.6
    world.ties["agreed"] = 0.5
    return world


def test_a_new_head_lowers_binding_and_channels_in_the_line_only():
    world = bound(with_event(kind="new_leader", leader="head_social"))
    before = world.leaders.copy(), world.support.copy()
    run_months(world, 3)
    division = build_house(city()).division_index("social")
    line = world.departments["division"] == division
    assert line.any()
    assert world.stances["binding"][line] == pytest.approx(0.8 * (1.0 - value_of(world, "calendar_binding_loss")))
    assert world.relations["agreed"][line] == pytest.approx(0.6 * (1.0 - value_of(world, "calendar_channel_loss")))
    assert (world.stances["binding"][~line] == 0.8).all()
    assert np.array_equal(world.stances["arranged"], world.stances["binding"])
    assert (world.relations["agreed"][~line] == 0.6).all()
    head = 2 + division
    assert world.leaders["knowledge"][head] != before[0]["knowledge"][head]
    assert world.support["disposition"][head, 0] != before[1]["disposition"][head, 0]
    others = [i for i in range(world.leaders.size) if i != head]
    assert (world.support["disposition"][others] == before[1]["disposition"][others]).all()


def test_a_new_mayor_lowers_binding_by_half_as_much_everywhere():
    world = bound(with_event(kind="new_leader", leader="mayor"))
    run_months(world, 3)
    assert world.stances["binding"] == pytest.approx(0.8 * (1.0 - 0.5 * value_of(world, "calendar_binding_loss")))
    assert np.array_equal(world.stances["arranged"], world.stances["binding"])
    assert world.administration["mayor_since"][0] == START + 2


def test_a_new_leader_brings_the_stated_support():
    world = with_event(kind="new_leader", leader="mayor", support=-0.7)
    run_months(world, 3)
    assert world.support["disposition"][0, 0] == pytest.approx(np.arctanh(-0.7))
    assert world.support["support"][0, 0] == pytest.approx(-0.7)


def test_without_a_change_nothing_is_lost():
    world = bound(world_of(city(rules=off("calendar"))))
    run_months(world, 24)
    assert (world.stances["binding"] == 0.8).all()
    assert (world.relations["agreed"] == 0.6).all()


@pytest.mark.parametrize(("chance", "replaced"), [(1.0, 0.0), (0.0, 1.0), (0.7, 0.3)])
def test_elections_confirm_with_their_chance(chance, replaced):
    taken = 0
    for replicate in range(100):
        world = with_event(replicate, kind="election", reelection_share=chance)
        run_months(world, 3)
        taken += world.administration["mayor_since"][0] == START + 2
    assert taken / 100 == pytest.approx(replaced, abs=0.15)


def test_terms_repeat():
    mayor = {"id": "mayor", "kind": "mayor", "next_election": "2015-03", "term_months": 8, "reelection_share": 0}
    world = parameter(world_of(city(leaders=[mayor], rules=off("calendar"))), calendar_recut_rate=0.0)
    since = []
    for month in range(START, START + 24):
        run_month(world, month)
        since.append(int(world.administration["mayor_since"][0]))
    assert sorted(set(since[2:])) == [START + 2, START + 10, START + 18]


def test_in_the_first_year_of_a_mayor_heads_follow_and_departments_move():
    """Report 2.2: new appointments and re-cuts; afterwards the house is quiet again."""
    world = with_event(kind="new_leader", leader="mayor")
    parameter(world, calendar_follow_rate=0.2, calendar_recut_rate=0.3, calendar_recut_share=0.2)
    moved, appointed = [], []
    for month in range(START, START + 40):
        before = world.departments["division"].copy(), world.support["disposition"][2:].copy()
        run_month(world, month)
        moved.append((world.departments["division"] != before[0]).any())
        appointed.append((world.support["disposition"][2:] != before[1]).any())
    assert not any(moved[:3])
    assert not any(appointed[:3])
    assert any(moved[3:15])
    assert any(appointed[3:15])
    assert not any(moved[15:])
    assert not any(appointed[15:])


def test_a_recut_moves_whom_it_names():
    world = bound(with_event(kind="recut", departments=["schools"], division="social"))
    schools = build_house(city()).department_index("schools")
    before = world.departments["division"].copy()
    run_months(world, 3)
    target = build_house(city()).division_index("social")
    assert before[schools] != target
    assert world.departments["division"][schools] == target
    others = [d for d in range(10) if d != schools]
    assert (world.departments["division"][others] == before[others]).all()
    assert (world.stances["binding"][others] == 0.8).all()
    assert (world.stances["binding"][schools] < 0.8).all()


def test_a_recut_without_names_moves_a_drawn_share():
    loosened = []
    for replicate in range(40):
        world = bound(with_event(replicate, kind="recut", share=0.3))
        run_months(world, 3)
        loosened.append((world.stances["binding"][:, 0] < 0.8).mean())
        divisions = world.leaders.size - 2
        assert ((world.departments["division"] >= 0) & (world.departments["division"] < divisions)).all()
    assert np.mean(loosened) == pytest.approx(0.3, abs=0.06)


def test_a_section_moves_with_its_department():
    recut = {"kind": "recut", "date": LATER, "departments": ["schools"], "division": "social"}
    section = unit(position="section", department="schools")
    world = world_of(city(commissioners=[section], events=[recut], rules=off("calendar")))
    run_months(world, 3)
    target = build_house(city()).division_index("social")
    assert int(world.units["division"][0]) == target
    assert int(world.units["leader"][0]) == 2 + target


def test_a_unit_moves_and_loses_part_of_its_channels():
    world = bound(with_event(kind="unit_move", commissioner="unit", position="staff_unit_with_head", under="deputy"))
    run_months(world, 3)
    entry = world.units[0]
    assert [int(entry[name]) for name in ("level", "leader", "division", "department")] == [1, 1, -1, -1]
    assert entry["has_head"] == 1.0
    assert world.relations["agreed"] == pytest.approx(0.6 * (1.0 - value_of(world, "calendar_channel_loss")))
    assert (world.stances["binding"] == 0.8).all()


def test_a_mandate_makes_the_task_a_duty_for_good():
    world = with_event(kind="mandate", task="integration")
    seen = []
    for month in range(START, START + 5):
        run_month(world, month)
        seen.append(float(world.tasks["mandate"][0]))
    assert seen == [0, 0, 1, 1, 1]


def test_a_repeated_run_of_the_rule_is_the_same():
    """Need, attention and load are computed anew from the calendar, not added to what is there."""
    world = with_event(**shock(need=0.2, workload=0.3, salience=0.4))
    run_months(world, 3)
    before = world.stances["need"].copy(), world.departments["shock"].copy(), world.tasks["salience"].copy()
    run_rule(world, "calendar", START + 2)
    assert np.array_equal(before[0], world.stances["need"])
    assert np.array_equal(before[1], world.departments["shock"])
    assert np.array_equal(before[2], world.tasks["salience"])


def test_elections_recur_only_where_the_first_is_dated():
    once = {"kind": "election", "date": LATER, "leader": "mayor", "reelection_share": 0.0}
    for stated, expected in ((None, np.inf), (month_text(START + 40), START + 2 + 12)):
        mayor = {"id": "mayor", "kind": "mayor", "term_months": 12, "next_election": stated}
        world = world_of(city(months=48, events=[once], leaders=[mayor], rules=off("calendar")))
        run_months(world, 3)
        assert world.leaders["next_election"][0] == expected


def test_a_shock_strikes_a_department_once_whatever_functions_it_holds():
    scenario = city(administration={"departments": 4})
    holders = build_house(scenario).holders
    one, other = next((a, b) for a in holders for b in holders if a < b and holders[a] == holders[b])
    event = {"kind": "shock", "date": LATER, "tasks": ["integration"], "workload": 0.5}
    loads = []
    for names in ([one], [one, other]):
        world = world_of(city(administration={"departments": 4}, rules=off("calendar"),
                              events=[{**event, "departments": names}]))  # fmt: skip
        run_months(world, 3)
        loads.append(world.departments["shock"].tolist())
    assert loads[0] == loads[1]


def test_shocks_of_opposite_sign_add_up_before_need_is_cut():
    events = [{**shock(need=need), "date": LATER} for need in (1.0, -1.0)]
    world = world_of(city(events=events, rules=off("calendar")))
    run_months(world, 3)
    assert world.stances["need"] == pytest.approx(world.stances["base_need"])
