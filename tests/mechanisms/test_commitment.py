"""Rule 11: papers promise; their binding force fades and is renewed."""

import numpy as np
import pytest

from qsim.scenario.house import build_house
from qsim.scenario.values import month_text
from worlds import START, city, off, run_month, run_months, run_rule, value_of, world_of


def paper(name="plan", after=0, **parts):
    return {"id": name, "tasks": ["integration"], "adopted": month_text(START + after), "ambition": 0.6,
            "concreteness": 0.4, "members": "all", **parts}  # fmt: skip


def with_papers(*papers, **parts):
    return world_of(city(concepts=papers, rules=off("commitment"), **parts))


def concerned(world):
    return world.stances["relevance"][:, 0] >= 0.05


def test_a_paper_promises_from_its_month_on():
    world = with_papers(paper(after=3))
    seen = []
    for month in range(START, START + 6):
        run_month(world, month)
        seen.append(float(world.stances["commitment"].max()))
    assert seen == [0, 0, 0, 0.6, 0.6, 0.6]
    assert (world.stances["concreteness"][concerned(world)] == 0.4).all()


def test_it_speaks_of_its_members_only_and_of_none_it_does_not_concern():
    world = with_papers(paper(members=["schools", "youth"]))
    run_month(world, START)
    house = build_house(city())
    named = {house.department_index("schools"), house.department_index("youth")}
    assert set(np.flatnonzero(world.stances["commitment"][:, 0])) == named
    world = with_papers(paper())
    world.stances["relevance"][3] = 0.04
    run_month(world, START)
    assert world.stances["commitment"][3, 0] == 0.0


def test_a_later_paper_replaces_what_was_promised():
    for order in (("old", "new"), ("new", "old")):
        papers = {"old": paper("old", -24, ambition=0.9), "new": paper("new", -6, ambition=0.3)}
        world = with_papers(*[papers[name] for name in order])
        run_month(world, START)
        assert world.stances["commitment"].max() == 0.3
    world = with_papers(paper("old", 1, ambition=0.9), paper("new", 4, ambition=0.3))
    run_months(world, 6)
    assert world.stances["commitment"].max() == 0.3


def test_a_promise_stays_on_paper():
    world = with_papers(paper())
    run_months(world, 240)
    assert world.stances["commitment"].max() == 0.6
    assert world.stances["binding"].max() < 0.05


def test_council_and_drafting_make_it_bind_more():
    plain, council, drafted = with_papers(paper()), with_papers(paper(council=True)), with_papers(paper())
    drafted.stances["drafted"] = 0.8
    for world in (plain, council, drafted):
        run_month(world, START)
    faded = 0.5 ** (1.0 / value_of(plain, "commitment_half_life"))
    base = value_of(plain, "commitment_binding")
    assert plain.stances["binding"].max() == pytest.approx(base * faded)
    assert drafted.stances["binding"].max() == pytest.approx(
        (base + 0.8 * value_of(plain, "commitment_drafting_binding")) * faded
    )
    assert council.stances["binding"].max() > plain.stances["binding"].max()


@pytest.mark.parametrize("strength", [0.0, 0.5, 1.0])
def test_the_council_renews_what_was_promised(strength):
    event = {"kind": "council_decision", "date": month_text(START + 24), "tasks": ["integration"], "strength": strength}
    world = with_papers(paper(), events=[event], months=36)
    run_months(world, 24)
    before = world.stances["binding"].max()
    run_month(world, START + 24)
    faded = before * 0.5 ** (1.0 / value_of(world, "commitment_half_life"))
    assert world.stances["binding"].max() == pytest.approx(faded + strength * (1.0 - faded))


def test_without_a_promise_there_is_nothing_to_renew():
    event = {"kind": "council_decision", "date": month_text(START), "tasks": ["integration"], "strength": 1.0}
    world = with_papers(events=[event])
    world.stances["decided"] = 1.0
    run_month(world, START)
    assert (world.stances["binding"] == 0.0).all()


def test_decisions_of_groups_bind():
    one, other = with_papers(paper()), with_papers(paper())
    for world in (one, other):
        run_month(world, START)
    other.stances["decided"] = 0.5
    for world in (one, other):
        run_rule(world, "commitment", START + 1)
    assert (other.stances["binding"][concerned(other)] > one.stances["binding"][concerned(one)]).all()


def test_decisions_leave_arrangements_with_or_without_a_paper():
    """g += y decided (1 - g), then it fades: what a circle settles lasts for a while."""
    for papers in ((), (paper(),)):
        world = with_papers(*papers)
        world.stances["arranged"], world.stances["decided"] = 0.2, 0.5
        run_rule(world, "commitment", START)
        left = 0.2 * 0.5 ** (1.0 / value_of(world, "commitment_half_life"))
        gained = value_of(world, "commitment_decision_arrangement") * 0.5
        assert world.stances["arranged"] == pytest.approx(left + gained * (1.0 - left))


def test_a_paper_drafted_together_leaves_arrangements():
    """As far as offices took part and as far as it says what to do in daily work; a paper from above leaves none."""
    world = with_papers(paper(concreteness=0.4))
    world.stances["drafted"] = np.linspace(0.0, 1.0, 10)[:, None]
    run_rule(world, "commitment", START)
    left = 0.5 ** (1.0 / value_of(world, "commitment_half_life"))
    expected = np.where(concerned(world), 0.4 * np.linspace(0.0, 1.0, 10) * left, 0.0)
    assert world.stances["arranged"][:, 0] == pytest.approx(expected)


def test_a_duty_by_law_promises_and_binds():
    world = with_papers(tasks=[{"id": "integration", "kind": "integration", "mandate": True}])
    world.stances["relevance"][3] = 0.04
    run_months(world, 24)
    duty = concerned(world)
    assert world.stances["commitment"][duty, 0] == pytest.approx(value_of(world, "commitment_mandate_commitment"))
    assert (world.stances["binding"][duty, 0] >= value_of(world, "commitment_mandate_binding")).all()
    assert world.stances["commitment"][3, 0] == 0.0


def test_a_duty_does_not_lower_a_higher_promise():
    task = [{"id": "integration", "kind": "integration", "mandate": True}]
    world = with_papers(paper(ambition=0.95), tasks=task)
    run_month(world, START)
    assert world.stances["commitment"].max() == 0.95


def test_taking_part_is_forgotten():
    world = with_papers()
    world.stances["drafted"] = 0.5
    run_months(world, 12)
    assert world.stances["drafted"] == pytest.approx(0.5 * 0.98**12)


def test_papers_are_of_their_task():
    tasks = [{"id": "integration", "kind": "integration"}, {"id": "climate", "kind": "climate_mitigation"}]
    world = with_papers(paper(tasks=["climate"]), tasks=tasks)
    run_month(world, START)
    assert (world.stances["commitment"][:, 0] == 0.0).all()
    assert world.stances["commitment"][:, 1].max() == 0.6
