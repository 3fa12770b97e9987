"""Rule 2: phases of posts, and what the city decides at their end."""

import numpy as np
import pytest

from qsim.mechanisms import funding
from qsim.scenario.values import month_text
from worlds import START, city, off, open_world, parameter, plain, run_month, run_months, unit, value_of, world_of


def fixed(**parts):
    phase = {"posts": 2, "start": "2014-01", "kind": "fixed", "duration_months": 18, **parts}
    return city(commissioners=[unit(funding=[phase])], rules=off("funding"), months=60)


def chance(world):
    return plain(funding.renewal_chance)(open_world(world), 0)


def prepared(**values):
    """A world with some belief, salience and support, all changed by ``values``."""
    world = world_of(fixed())
    world.tasks["belief"], world.tasks["salience"] = values.get("belief", 0.3), values.get("salience", 0.4)
    world.support["support"] = values.get("support", 0.1)
    world.phases["own_share"] = values.get("own_share", 0.3)
    world.administration["tightness"] = values.get("tightness", 0.5)
    return world


@pytest.mark.parametrize(
    ("name", "low", "high", "rises"),
    [
        ("belief", 0.1, 0.6, True),
        ("salience", 0.1, 0.9, True),
        ("support", -0.5, 0.5, True),
        ("own_share", 0.1, 0.9, False),
        ("tightness", 0.1, 0.9, False),
    ],
)
def test_posts_are_kept_for_effect_attention_and_support_and_cut_for_cost(name, low, high, rises):
    steps = [chance(prepared(**{name: value})) for value in np.linspace(low, high, 6)]
    assert (np.diff(steps) > 0.0).all() if rises else (np.diff(steps) < 0.0).all()


def test_the_chance_is_the_stated_logistic():
    world = parameter(prepared(), leadership_usual_salience=0.25)
    names = ("base", "effect_weight", "salience_weight", "support_weight", "cost_weight")
    p = {name: value_of(world, f"funding_{name}") for name in names}
    logit = p["base"] + p["effect_weight"] * 0.3 + p["salience_weight"] * (0.4 - 0.25)
    logit += p["support_weight"] * 0.1 - p["cost_weight"] * 0.3 * 0.5
    assert chance(world) == pytest.approx(1.0 / (1.0 + np.exp(-logit)))


def test_a_mandate_takes_the_decision_away():
    world = prepared(support=-1.0, belief=0.0)
    assert chance(world) < 0.5
    world.tasks["mandate"] = 1.0
    assert chance(world) == 1.0


def test_the_best_reason_counts_where_a_unit_has_two_tasks():
    tasks = [{"id": "integration", "kind": "integration"}, {"id": "climate", "kind": "climate_mitigation"}]
    funding_phase = [{"posts": 1, "start": "2014-01", "kind": "fixed", "duration_months": 18}]
    world = world_of(city(tasks=tasks, commissioners=[unit(tasks=["integration", "climate"], funding=funding_phase)]))
    world.support["support"] = 0.0
    world.tasks["belief"], world.tasks["salience"] = [0.1, 0.8], [0.5, 0.5]
    both = chance(world)
    world.tasks["belief"] = [0.8, 0.1]
    assert chance(world) == pytest.approx(both)
    world.tasks["belief"] = [0.1, 0.1]
    assert chance(world) < both


@pytest.mark.parametrize(("after", "kept"), [("end", 0.0), ("continue", 2.0)])
def test_what_comes_after_a_phase_can_be_certain(after, kept):
    world = world_of(fixed(after=after))
    run_months(world, 6)
    assert world.units["posts"][0] == 2.0
    run_months(world, 6, START + 6)
    assert world.units["posts"][0] == kept
    assert (world.phases["end"][0] == np.inf) == (after == "continue")


def test_the_city_decides_once_at_the_end():
    kept = []
    for replicate in range(60):
        world = world_of(fixed(), replicate)
        run_months(world, 30)
        kept.append(float(world.units["posts"][0]))
        assert kept[-1] in (0.0, 2.0)
    assert 0.1 < np.mean(kept) / 2 < 0.9


def test_decided_posts_cost_the_city_all():
    world = world_of(fixed(after="continue", own_share=0.1))
    run_months(world, 12)
    assert world.phases["own_share"][0] == 1.0


@pytest.mark.parametrize("length", [18, 17.4, 17.99])
def test_a_phase_of_part_months_ends_in_the_month_it_is_over(length):
    world = world_of(fixed(duration_months=length, after="end"))
    posts = []
    for month in range(START, START + 9):
        run_month(world, month)
        posts.append(float(world.units["posts"][0]))
    assert posts == [2.0] * 6 + [0.0] * 3


def test_a_phase_that_ended_before_the_run_is_not_decided_again():
    world = world_of(fixed(duration_months=3, after="continue"))
    run_months(world, 12)
    assert world.units["posts"][0] == 0.0


@pytest.mark.parametrize(("need", "met"), [(0.8, 0.25), (0.4, 0.5), (0.2, 1.0), (0.15, 1.0), (0.0, 1.0)])
def test_belief_comes_to_the_share_of_the_need_that_is_met(need, met):
    world = parameter(world_of(city(rules=off("funding"))), funding_visible_noise=0.0, funding_belief_rate=1.0)
    world.tasks["mean_practice"], world.tasks["base_need"] = 0.2, need
    run_month(world, START)
    assert world.tasks["belief"][0] == pytest.approx(met)


def test_hardly_any_need_counts_as_a_tenth():
    world = parameter(world_of(city(rules=off("funding"))), funding_visible_noise=0.0, funding_belief_rate=1.0)
    world.tasks["mean_practice"], world.tasks["base_need"] = 0.02, 0.01
    run_month(world, START)
    assert world.tasks["belief"][0] == pytest.approx(0.2)


def test_evaluation_makes_belief_follow_the_effect_faster():
    moved = []
    for evaluation in (0.0, 0.5, 1.0):
        world = world_of(city(administration={"departments": 10, "evaluation": evaluation}, rules=off("funding")))
        parameter(world, funding_visible_noise=0.0)
        world.tasks["mean_practice"], world.tasks["belief"] = 0.6, 0.1
        run_months(world, 6)
        moved.append(float(world.tasks["belief"][0]))
    assert moved[0] < moved[1] < moved[2]


def test_evaluation_ends_what_does_not_work():
    """Report 3.1: joint evaluation keeps what works; so it also ends what fails."""
    shares = {}
    for effect in (0.02, 0.7):
        for evaluation in (0.0, 1.0):
            world = prepared(belief=0.3)
            world.administration["evaluation"] = evaluation
            world.tasks["mean_practice"] = effect
            parameter(world, funding_visible_noise=0.0)
            run_months(world, 5)
            shares[effect, evaluation] = chance(world)
    assert shares[0.7, 1.0] > shares[0.7, 0.0]
    assert shares[0.02, 1.0] < shares[0.02, 0.0]


def test_phases_start_in_their_month():
    world = world_of(fixed(start=month_text(START + 4)))
    posts = []
    for month in range(START, START + 6):
        run_month(world, month)
        posts.append(float(world.phases["active"][0]))
    assert posts == [0, 0, 0, 0, 1, 1]
