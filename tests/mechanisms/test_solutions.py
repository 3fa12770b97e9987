"""Known solutions: with the other rules off or their rates at zero, each rule reduces to one that can be written down.

Views of departments are in test_solutions_views, people and work in test_solutions_staff, posts in
test_solutions_funding.
"""

import numpy as np
import pytest

from qsim.scenario.values import month_text
from worlds import START, city, off, only, parameter, run_month, run_months, value_of, world_of

ROUNDING = 1e-12
"""Relative tolerance where the solution is exact: a hundred months of ten operations lose at most 1000 x 2^-53 = 1e-13."""


@pytest.mark.parametrize("kept", [0.0, 0.5, 1.0])
def test_without_contact_knowledge_is_forgotten_exponentially(kept):
    """e(t) = e(0) (1 - f (1 - kept part))^t; documents keep a part. Exact, hence the tolerance of rounding."""
    world = only("learning", administration={"departments": 10, "knowledge_management": kept})
    world.stances["openness"] = 0.0
    world.stances["practice"] = 0.0
    start = {name: world.stances[name].copy() for name in ("knowledge", "process_knowledge", "chain_knowledge")}
    run_months(world, 60)
    rate = value_of(world, "learning_forgetting") * (1.0 - value_of(world, "staffing_document_share") * kept)
    for name, values in start.items():
        assert world.stances[name] == pytest.approx(values * (1.0 - rate) ** 60, rel=ROUNDING)


def test_routine_slows_forgetting():
    """e(t) = e(0) (1 - f (1 - mu r))^t at fixed routine; exact, hence the tolerance of rounding."""
    world = only("learning", administration={"departments": 10, "knowledge_management": 0})
    parameter(world, learning_doing_rate=0.0)
    world.stances["openness"] = 0.0
    world.stances["routine"] = 1.0
    start = world.stances["knowledge"].copy()
    run_months(world, 24)
    rate = value_of(world, "learning_forgetting") * (1.0 - value_of(world, "learning_routine_memory"))
    assert world.stances["knowledge"] == pytest.approx(start * (1.0 - rate) ** 24, rel=ROUNDING)


@pytest.mark.parametrize(("first", "routine"), [(0.0, 0.0), (0.0, 1.0), (0.9, 0.0), (0.9, 0.5), (0.9, 1.0)])
def test_practice_approaches_a_fixed_target_exponentially(first, routine):
    """p(t) = p* - (p* - p(0)) (1 - rate)^t with rate up from below, and down (1 - .7 r) from above, at fixed routine.

    Exact, hence the tolerance of rounding; p* itself must not move at all, as the same inputs give the same bits.
    """
    world = only("practice")
    parameter(world, practice_routine_rate=0.0)
    world.stances["time"] = 0.5
    world.stances["practice"] = first
    world.stances["routine"] = routine
    run_month(world, START)
    target = world.stances["target"].copy()
    assert (abs(target - first) > 0.01).all()
    run_months(world, 47, START + 1)
    assert (world.stances["target"] == target).all()
    hold = 1.0 - value_of(world, "practice_routine_hold") * routine
    rate = np.where(target > first, value_of(world, "practice_up"), value_of(world, "practice_down") * hold)
    assert world.stances["practice"] == pytest.approx(target + (first - target) * (1.0 - rate) ** 48, rel=ROUNDING)


@pytest.mark.parametrize("complementarity", [-8.0, -2.0, -0.2])
def test_the_target_is_the_power_mean_of_its_inputs(complementarity):
    """p* = [(M^z + K^z + T^z) / 3]^(1/z); three powers and a root lose some |z| roundings each, far below 1e-12."""
    world = only("practice")
    parameter(world, practice_complementarity=complementarity, practice_reach=0.0)
    world.stances["time"] = np.linspace(0.05, 0.95, 10)[:, None]
    run_month(world, START)
    stances = world.stances
    known = np.sqrt(stances["knowledge"] * stances["process_knowledge"])
    inputs = np.maximum([stances["openness"], known, stances["time"]], 0.02)  # without backing or paper, M = o
    mean = (inputs**complementarity).mean(axis=0) ** (1.0 / complementarity)
    assert stances["target"] == pytest.approx(mean, rel=ROUNDING)


def test_routine_approaches_its_threshold_function():
    """r(t) = sigma((p - theta) / .05) (1 - (1 - rate)^t) at fixed practice; exact, hence the tolerance of rounding."""
    world = only("practice")
    parameter(world, practice_up=0.0, practice_down=0.0)
    world.stances["practice"] = np.linspace(0.2, 0.5, 10)[:, None]
    run_months(world, 30)
    threshold, rate = value_of(world, "practice_routine_threshold"), value_of(world, "practice_routine_rate")
    settled = 1.0 / (1.0 + np.exp(-(np.linspace(0.2, 0.5, 10) - threshold) / 0.05))
    assert world.stances["routine"][:, 0] == pytest.approx(settled * (1.0 - (1.0 - rate) ** 30), rel=ROUNDING)


@pytest.mark.parametrize("council", [False, True])
def test_binding_halves_in_its_half_life(council):
    """B(t) = B(0) 2^(-t / half-life), longer by council; exact, hence the tolerance of rounding.

    The promise itself stays on paper, to the last bit (or the gap would close by forgetting).
    """
    paper = {"id": "plan", "tasks": ["integration"], "adopted": "2015-01", "council": council, "ambition": 0.6}
    world = only("commitment", months=120, concepts=[paper])
    run_month(world, START)
    bound = world.stances["commitment"][:, 0] > 0.0
    assert bound.sum() > 5
    world.stances["arranged"] = 0.7
    first = world.stances["binding"][bound].copy()
    half_life = value_of(world, "commitment_half_life")
    half_life *= value_of(world, "commitment_council_half_life") if council else 1.0
    run_months(world, 72, START + 1)
    assert world.stances["binding"][bound] == pytest.approx(first * 0.5 ** (72 / half_life), rel=ROUNDING)
    assert world.stances["arranged"][bound] == pytest.approx(0.7 * 0.5 ** (72 / half_life), rel=ROUNDING)
    assert (world.stances["commitment"][bound] == 0.6).all()


def test_an_older_paper_has_lost_what_it_would_have_lost():
    """A concept adopted before the run binds as if it had been simulated since, but for rounding."""
    early = city(start="2015-01", months=60, concepts=[{"id": "plan", "tasks": ["integration"], "adopted": "2015-01"}],
                 rules=off("commitment"))  # fmt: skip
    late = city(start="2018-01", months=24, concepts=[{"id": "plan", "tasks": ["integration"], "adopted": "2015-01"}],
                rules=off("commitment"))  # fmt: skip
    one, other = world_of(early), world_of(late)
    run_months(one, 48)
    run_months(other, 12, START + 36)
    assert other.stances["binding"] == pytest.approx(one.stances["binding"], rel=ROUNDING)


@pytest.mark.parametrize("age", [0, 6, 24])
def test_a_shock_fades_with_three_half_lives(age):
    """Need, work and attention: rise x exposure x 2^(-age / half-life) each, on top of what is usual.

    Computed from the age, not month by month; exact, hence the tolerance of rounding.
    """
    shock = {"kind": "shock", "date": month_text(START), "tasks": ["integration"], "departments": "all", "need": 0.2,
             "workload": 0.3, "salience": 0.4, "need_half_life_months": 48, "workload_half_life_months": 6,
             "salience_half_life_months": 12}  # fmt: skip
    world = only("calendar", events=[shock], months=36)
    parameter(world, calendar_preparedness=0.0)
    run_months(world, age + 1)
    base = np.minimum(world.stances["base_need"] + 0.2 * 0.5 ** (age / 48), 1.0)
    assert world.stances["need"] == pytest.approx(base, rel=ROUNDING)
    assert world.departments["shock"] == pytest.approx(0.3 * 0.5 ** (age / 6), rel=ROUNDING)
    salience = world.tasks["base_salience"][0] + 0.4 * 0.5 ** (age / 12)
    assert world.tasks["salience"][0] == pytest.approx(min(salience, 1.0), rel=ROUNDING)


def test_ties_return_to_their_strength_at_the_start():
    """Strength nears its origin and agreements fade by the same share a month; exact, hence the tolerance of rounding."""
    world = only("formats")
    used = slice(0, world.tie_first[-1])
    origin = world.ties["origin"][used].copy()
    world.ties["strength"][used] = 0.9
    world.ties["agreed"][used] = 0.5
    run_months(world, 36)
    left = (1.0 - value_of(world, "formats_tie_loss")) ** 36
    assert world.ties["strength"][used] == pytest.approx(origin + (0.9 - origin) * left, rel=ROUNDING)
    assert world.ties["agreed"][used] == pytest.approx(0.5 * left, rel=ROUNDING)


def test_lessons_settle_where_gain_and_loss_balance():
    """L = gain / (gain + loss). What is left of the start, .922^1200, is nothing; so the tolerance is that of rounding."""
    house = {"departments": 10, "evaluation": 0.6, "knowledge_management": 0.4, "reflection": 0.02}
    world = only("civil_society", administration=house)
    world.departments["workload"], world.departments["hours"] = 1.0, 100.0
    run_months(world, 1200)
    gain = value_of(world, "civil_society_lesson_gain") * 0.6 * 2.0 * 0.5
    loss = value_of(world, "civil_society_lesson_loss") * 0.6
    assert world.administration["reflection_held"][0] == pytest.approx(0.5, rel=ROUNDING)
    assert world.administration["lessons"][0] == pytest.approx(gain / (gain + loss), rel=ROUNDING)


def test_issues_expire():
    """Exact, hence the tolerance of rounding."""
    world = only("formats")
    world.tasks["issues"] = 4.0
    run_months(world, 10)
    assert world.tasks["issues"][0] == pytest.approx(
        4.0 * (1.0 - value_of(world, "formats_expiry")) ** 10, rel=ROUNDING
    )


def test_with_every_rule_off_nothing_moves():
    world = only()
    before = {
        name: getattr(world, name).copy() for name in ("departments", "stances", "units", "support", "ties", "tasks")
    }
    run_months(world, 12)
    for name, array in before.items():
        assert array.tobytes() == getattr(world, name).tobytes(), name
