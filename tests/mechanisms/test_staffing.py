"""Rule 3: posts are filled late, people leave and take along what they know."""

import numpy as np
import pytest

from qsim.mechanisms import staffing
from worlds import START, city, off, open_world, parameter, plain, run_month, run_months, unit, value_of, world_of


def hiring_chance(world, fixed):
    return plain(staffing.hiring_chance)(open_world(world), 0, fixed)


def test_hiring_is_harder_in_tight_budgets_unless_a_law_asks_for_it():
    world = world_of(city())
    steps = []
    for tightness in np.linspace(0, 1, 5):
        world.administration["tightness"] = tightness
        steps.append(hiring_chance(world, False))
    assert (np.diff(steps) < 0.0).all()
    assert steps[0] == pytest.approx(1.0 / value_of(world, "staffing_hiring_months"))
    world.tasks["mandate"] = 1.0
    assert hiring_chance(world, False) == pytest.approx(steps[0])


def test_fixed_term_posts_appeal_less_but_know_no_freeze():
    world = world_of(city())
    world.administration["tightness"] = 0.0
    appeal = value_of(world, "staffing_fixed_term_appeal")
    assert hiring_chance(world, True) == pytest.approx(appeal * hiring_chance(world, False))
    open_budget = hiring_chance(world, True)
    world.administration["tightness"] = 1.0
    assert hiring_chance(world, True) == open_budget


def test_new_posts_stand_empty_for_the_months_of_hiring():
    scenario = city(
        administration={"departments": 4, "budget_tightness": 0},
        commissioners=[unit(funding=[{"posts": 150, "start": "2015-01", "kind": "permanent"}])],
        rules=off("funding", "staffing"),
    )
    world = world_of(scenario)
    parameter(world, staffing_unit_turnover=0.0)
    filled = []
    for month in range(START, START + 24):
        run_month(world, month)
        filled.append(world.units["filled"][0] / 150)
    hired = 1.0 / value_of(world, "staffing_hiring_months")
    expected = 1.0 - (1.0 - hired) ** np.arange(1, 25)
    assert filled == pytest.approx(expected, abs=0.1)
    assert filled[0] < 0.4


def leavers(duration, months, **values):
    """The share of posts of a phase that somebody left within some months, with nobody hired anew."""
    scenario = city(
        administration={"departments": 4},
        commissioners=[unit(funding=[{"posts": 150, "start": "2014-12", **duration}])],
        rules=off("funding", "staffing"),
    )
    world = parameter(world_of(scenario), staffing_hiring_months=1e9, **values)
    run_months(world, months)
    return 1.0 - world.units["filled"][0] / 150


def test_people_leave_before_a_fixed_term_ends():
    far = leavers({"kind": "fixed", "duration_months": 240}, 6, staffing_unit_turnover=0.4)
    near = leavers({"kind": "fixed", "duration_months": 9}, 6, staffing_unit_turnover=0.4)
    permanent = leavers({"kind": "permanent"}, 6, staffing_unit_turnover=0.4)
    assert near > 1.5 * far
    assert far == pytest.approx(permanent, abs=0.05)


def test_turnover_is_a_rate_a_year():
    assert leavers({"kind": "permanent"}, 24, staffing_unit_turnover=0.12) == pytest.approx(1 - 0.99**24, abs=0.08)


def test_when_the_money_ends_everybody_leaves_and_takes_knowledge_along():
    phase = {"posts": 2, "start": "2014-01", "kind": "fixed", "duration_months": 15, "after": "end"}
    scenario = city(commissioners=[unit(funding=[phase], handover=0.0)], rules=off("funding", "staffing"),
                    administration={"departments": 10, "knowledge_management": 0})  # fmt: skip
    world = parameter(world_of(scenario), staffing_unit_turnover=0.0)
    world.relations["familiarity"] = 0.9
    world.units["overview"] = 0.8
    run_months(world, 3)
    before = world.units["knowledge"][0], world.units["overview"][0]
    assert world.units["filled"][0] == 2.0
    run_month(world, START + 3)
    assert world.units["filled"][0] == 0.0
    loss = value_of(world, "staffing_leaving_loss")
    left = (1.0 - 0.5 * loss) * (1.0 - loss)  # one after another: first half of the staff, then all of it
    assert world.units["knowledge"][0] == pytest.approx(before[0] * left)
    assert world.units["overview"][0] == pytest.approx(before[1] * left)
    assert world.relations["familiarity"] == pytest.approx(0.9 * left)


@pytest.mark.parametrize(("handover", "documents"), [(0.0, 0.0), (0.5, 0.0), (0.0, 1.0), (0.8, 1.0)])
def test_handover_and_documents_keep_a_part(handover, documents):
    phase = {"posts": 1, "start": "2014-01", "kind": "fixed", "duration_months": 13, "after": "end"}
    scenario = city(commissioners=[unit(funding=[phase], handover=handover)], rules=off("funding", "staffing"),
                    administration={"departments": 10, "knowledge_management": documents})  # fmt: skip
    world = world_of(scenario)
    parameter(world, staffing_unit_turnover=0.0)
    before = world.units["knowledge"][0]
    run_months(world, 2)
    lost = (1.0 - handover) * (1.0 - value_of(world, "staffing_document_share") * documents)
    assert world.units["knowledge"][0] == pytest.approx(
        before * (1.0 - value_of(world, "staffing_leaving_loss") * lost)
    )


def test_whoever_is_hired_brings_the_units_knowledge_back():
    scenario = city(commissioners=[unit(knowledge=0.9, funding=[{"posts": 2, "start": "2015-01", "kind": "permanent"}])],
                    rules=off("funding", "staffing"), administration={"departments": 10, "budget_tightness": 0})  # fmt: skip
    world = parameter(world_of(scenario), staffing_hiring_months=1.0)
    world.units["knowledge"] = 0.1
    run_month(world, START)
    assert world.units["filled"][0] == 2.0
    assert world.units["knowledge"][0] == pytest.approx(0.9)


def test_an_open_personnel_department_brings_experience():
    """Report 1.2: newcomers who know the task from their own lives, where the personnel department lets them in."""
    known = []
    for openness in (0.0, 0.5, 1.0):
        house = {"departments": 20, "personnel_openness": openness, "turnover_per_year": 0.5}
        world = world_of(city(administration=house, rules=off("staffing")))
        run_months(world, 60)
        known.append(world.stances["knowledge"].mean())
    assert known[0] < known[1] < known[2]


def test_part_posts_fill_in_part():
    phase = {"posts": 1.5, "start": "2014-01", "kind": "permanent"}
    world = world_of(city(commissioners=[unit(funding=[phase])], rules=off("funding", "staffing")))
    parameter(world, staffing_unit_turnover=0.0)
    run_month(world, START)
    assert world.units["filled"][0] == pytest.approx(1.5)
    assert world.units["posts"][0] == pytest.approx(1.5)


def test_departments_never_lose_more_than_seven_tenths_of_their_staff():
    house = {"departments": 20, "vacancy_share": 0.9}
    world = world_of(city(administration=house, rules=off("staffing")))
    run_months(world, 24)
    assert (world.departments["filled"] >= 0.3).all()


def test_a_freeze_leaves_more_posts_of_departments_vacant():
    """In a budget crisis posts are filled more slowly: vacancy rises as the chance to fill a post falls."""
    house = {"departments": 10, "vacancy_share": 0.1, "budget_tightness": 0.3}
    world = parameter(world_of(city(administration=house, rules=off("staffing"))), staffing_vacancy_noise=0.0)
    freeze, vacant = value_of(world, "staffing_freeze"), []
    for tightness in (0.3, 0.6, 1.0):
        world.administration["tightness"] = tightness
        run_months(world, 600)
        slower = (1.0 - freeze * 0.3) / (1.0 - freeze * tightness)
        vacant.append(1.0 - float(world.departments["filled"][0]))
        assert vacant[-1] == pytest.approx(min(0.1 * slower, 0.7))
    assert vacant[0] == pytest.approx(0.1)
    assert vacant[0] < vacant[1] < vacant[2]


def test_no_freeze_leaves_more_than_seven_tenths_vacant():
    """However slowly posts are filled, departments tend to three tenths of their staff, no lower."""
    house = {"departments": 10, "vacancy_share": 0.6, "budget_tightness": 0}
    world = world_of(city(administration=house, rules=off("staffing")))
    parameter(world, staffing_vacancy_noise=0.0, staffing_freeze=0.9)
    world.administration["tightness"], world.departments["filled"] = 1.0, 0.8
    run_month(world, START)
    towards = value_of(world, "staffing_vacancy_return") * (0.3 - 0.8)
    assert world.departments["filled"] == pytest.approx(0.8 + towards)


def test_turnover_of_none_loses_nothing():
    world = world_of(city(administration={"departments": 10, "turnover_per_year": 0}, rules=off("staffing")))
    before = world.stances.copy()
    run_months(world, 24)
    for name in ("knowledge", "process_knowledge", "chain_knowledge"):
        assert np.array_equal(before[name], world.stances[name])
