"""Known solutions: with the other rules off or their rates at zero, each rule reduces to one that can be written down."""

import numpy as np
import pytest

from qsim.scenario.values import month_text
from worlds import START, city, off, only, parameter, run_month, run_months, value_of, world_of


@pytest.mark.parametrize("kept", [0.0, 0.5, 1.0])
def test_without_contact_knowledge_is_forgotten_exponentially(kept):
    """e(t) = e(0) (1 - f (1 - kept part))^t; documents keep a part."""
    world = only("learning", administration={"departments": 10, "knowledge_management": kept})
    world.stances["openness"] = 0.0
    world.stances["practice"] = 0.0
    start = {name: world.stances[name].copy() for name in ("knowledge", "process_knowledge", "chain_knowledge")}
    run_months(world, 60)
    rate = value_of(world, "learning_forgetting") * (1.0 - value_of(world, "staffing_document_share") * kept)
    for name, values in start.items():
        assert world.stances[name] == pytest.approx(values * (1.0 - rate) ** 60, rel=1e-10)


def test_routine_slows_forgetting():
    world = only("learning", administration={"departments": 10, "knowledge_management": 0})
    parameter(world, learning_doing_rate=0.0)
    world.stances["openness"] = 0.0
    world.stances["routine"] = 1.0
    start = world.stances["knowledge"].copy()
    run_months(world, 24)
    rate = value_of(world, "learning_forgetting") * (1.0 - value_of(world, "learning_routine_memory"))
    assert world.stances["knowledge"] == pytest.approx(start * (1.0 - rate) ** 24, rel=1e-10)


@pytest.mark.parametrize(("first", "name"), [(0.0, "practice_up"), (0.9, "practice_down")])
def test_practice_approaches_a_fixed_target_exponentially(first, name):
    """p(t) = p* - (p* - p(0)) (1 - rate)^t, with the rate of growth below and of decline above."""
    world = only("practice")
    parameter(world, practice_routine_rate=0.0)
    world.stances["time"] = 0.5
    world.stances["practice"] = first
    run_month(world, START)
    target = world.stances["target"].copy()
    assert (abs(target - first) > 0.01).all()
    run_months(world, 47, START + 1)
    assert world.stances["target"] == pytest.approx(target, rel=1e-12)
    left = (1.0 - value_of(world, name)) ** 48
    assert world.stances["practice"] == pytest.approx(target + (first - target) * left, rel=1e-10)


def test_routine_approaches_its_threshold_function():
    world = only("practice")
    parameter(world, practice_up=0.0, practice_down=0.0)
    world.stances["practice"] = np.linspace(0.2, 0.5, 10)[:, None]
    run_months(world, 30)
    threshold, rate = value_of(world, "practice_routine_threshold"), value_of(world, "practice_routine_rate")
    settled = 1.0 / (1.0 + np.exp(-(np.linspace(0.2, 0.5, 10) - threshold) / 0.05))
    assert world.stances["routine"][:, 0] == pytest.approx(settled * (1.0 - (1.0 - rate) ** 30), rel=1e-9)


def quiet_openness(world, **rates):
    """Set all pulls on openness to zero but these."""
    zero = dict.fromkeys(
        ("culture", "peer", "example", "contact", "experience", "relief", "overload", "order", "friction"), 0.0
    )
    return parameter(world, **{f"openness_{name}_rate": rate for name, rate in (zero | rates).items()})


def test_openness_returns_to_the_own_culture_exponentially():
    world = quiet_openness(only("openness"), culture=0.015)
    culture = world.stances["culture"].copy()
    world.stances["openness"] = 0.9
    run_months(world, 60)
    assert world.stances["openness"] == pytest.approx(culture + (0.9 - culture) * 0.985**60, rel=1e-10)


def strengths(world):
    """The matrix of tie strengths, and the rate at which each department moves towards those it knows."""
    size = world.departments.size
    matrix = np.zeros((size, size))
    for d in range(size):
        for tie in world.ties[world.tie_first[d] : world.tie_first[d + 1]]:
            matrix[d, tie["department"]] = tie["strength"]
    return matrix, 0.03 / np.maximum(matrix.sum(axis=1), 1.0)


def test_ties_alone_lead_to_consensus():
    """DeGroot: all come to one view, the mean weighted by 1 / rate, which no month changes."""
    world = parameter(quiet_openness(only("openness"), peer=0.03), openness_confidence=2.0)
    matrix, rate = strengths(world)
    assert matrix == pytest.approx(matrix.T)
    weight = (1.0 / rate) / (1.0 / rate).sum()
    consensus = weight @ world.stances["openness"][:, 0]
    spread = []
    for month in range(START, START + 1200):
        run_month(world, month)
        spread.append(float(np.ptp(world.stances["openness"])))
    assert weight @ world.stances["openness"][:, 0] == pytest.approx(consensus, rel=1e-10)
    assert (np.diff(spread) <= 1e-15).all()
    assert world.stances["openness"][:, 0] == pytest.approx(consensus, abs=1e-4)


def test_anchored_views_come_to_rest_between_culture_and_peers():
    """Friedkin and Johnsen: the fixed point of eta (culture - o) + sum of w (o_j - o) = 0."""
    world = parameter(quiet_openness(only("openness"), culture=0.015, peer=0.03), openness_confidence=2.0)
    matrix, rate = strengths(world)
    influence = rate[:, None] * matrix
    laplace = np.diag(influence.sum(axis=1)) - influence
    rest = np.linalg.solve(0.015 * np.eye(len(rate)) + laplace, 0.015 * world.stances["culture"][:, 0])
    run_months(world, 1200)
    assert world.stances["openness"][:, 0] == pytest.approx(rest, abs=1e-6)


def test_views_apart_by_more_than_the_bound_of_confidence_do_not_meet():
    world = quiet_openness(only("openness"), peer=0.03)
    world.stances["openness"][:5] = 0.1
    world.stances["openness"][5:] = 0.9
    run_months(world, 120)
    assert world.stances["openness"][:5] == pytest.approx(0.1)
    assert world.stances["openness"][5:] == pytest.approx(0.9)


@pytest.mark.parametrize("council", [False, True])
def test_binding_halves_in_its_half_life(council):
    """Papers by the council hold longer; the promise itself stays on paper (or the gap would close by forgetting)."""
    paper = {"id": "plan", "tasks": ["integration"], "adopted": "2015-01", "council": council, "ambition": 0.6}
    world = only("commitment", months=120, concepts=[paper])
    run_month(world, START)
    bound = world.stances["commitment"][:, 0] > 0.0
    assert bound.sum() > 5
    first = world.stances["binding"][bound].copy()
    half_life = value_of(world, "commitment_half_life")
    half_life *= value_of(world, "commitment_council_half_life") if council else 1.0
    run_months(world, 72, START + 1)
    assert world.stances["binding"][bound] == pytest.approx(first * 0.5 ** (72 / half_life), rel=1e-9)
    assert world.stances["commitment"][bound] == pytest.approx(0.6)


def test_an_older_paper_has_lost_what_it_would_have_lost():
    """A concept adopted before the run binds as if it had been simulated since."""
    early = city(start="2015-01", months=60, concepts=[{"id": "plan", "tasks": ["integration"], "adopted": "2015-01"}],
                 rules=off("commitment"))  # fmt: skip
    late = city(start="2018-01", months=24, concepts=[{"id": "plan", "tasks": ["integration"], "adopted": "2015-01"}],
                rules=off("commitment"))  # fmt: skip
    one, other = world_of(early), world_of(late)
    run_months(one, 48)
    run_months(other, 12, START + 36)
    assert other.stances["binding"] == pytest.approx(one.stances["binding"], rel=1e-9)


@pytest.mark.parametrize("age", [0, 6, 24])
def test_a_shock_fades_with_three_half_lives(age):
    """Need, work and attention: rise x exposure x 2^(-age / half-life) each, on top of what is usual."""
    shock = {"kind": "shock", "date": month_text(START), "tasks": ["integration"], "departments": "all", "need": 0.2,
             "workload": 0.3, "salience": 0.4, "need_half_life_months": 48, "workload_half_life_months": 6,
             "salience_half_life_months": 12}  # fmt: skip
    world = only("calendar", events=[shock], months=36)
    parameter(world, calendar_preparedness=0.0)
    run_months(world, age + 1)
    base = np.minimum(world.stances["base_need"] + 0.2 * 0.5 ** (age / 48), 1.0)
    assert world.stances["need"] == pytest.approx(base)
    assert world.departments["shock"] == pytest.approx(0.3 * 0.5 ** (age / 6))
    salience = world.tasks["base_salience"][0] + 0.4 * 0.5 ** (age / 12)
    assert world.tasks["salience"][0] == pytest.approx(min(salience, 1.0))


def test_ties_return_to_their_strength_at_the_start():
    world = only("formats")
    used = slice(0, world.tie_first[-1])
    origin = world.ties["origin"][used].copy()
    world.ties["strength"][used] = 0.9
    world.ties["agreed"][used] = 0.5
    run_months(world, 36)
    left = (1.0 - value_of(world, "formats_tie_loss")) ** 36
    assert world.ties["strength"][used] == pytest.approx(origin + (0.9 - origin) * left, rel=1e-10)
    assert world.ties["agreed"][used] == pytest.approx(0.5 * left, rel=1e-10)


def test_lessons_settle_where_gain_and_loss_balance():
    house = {"departments": 10, "evaluation": 0.6, "knowledge_management": 0.4, "reflection": 0.02}
    world = only("civil_society", administration=house)
    world.departments["workload"], world.departments["hours"] = 1.0, 100.0
    run_months(world, 1200)
    gain = value_of(world, "civil_society_lesson_gain") * 0.6 * 2.0 * 0.5
    loss = value_of(world, "civil_society_lesson_loss") * 0.6
    assert world.administration["reflection_held"][0] == pytest.approx(0.5)
    assert world.administration["lessons"][0] == pytest.approx(gain / (gain + loss), rel=1e-6)


def test_issues_expire():
    world = only("formats")
    world.tasks["issues"] = 4.0
    run_months(world, 10)
    assert world.tasks["issues"][0] == pytest.approx(4.0 * (1.0 - value_of(world, "formats_expiry")) ** 10)


def test_with_every_rule_off_nothing_moves():
    world = only()
    before = {
        name: getattr(world, name).copy() for name in ("departments", "stances", "units", "support", "ties", "tasks")
    }
    run_months(world, 12)
    for name, array in before.items():
        assert array.tobytes() == getattr(world, name).tobytes(), name
