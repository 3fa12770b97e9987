"""Rule 12: practice needs willingness, knowledge and time together, and becomes routine."""

from types import SimpleNamespace as Record

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qsim.mechanisms import practice
from worlds import START, city, off, open_world, parameter, plain, run_month, run_months, run_rule, value_of, world_of

carried, motivation = plain(practice.carried), plain(practice.motivation)
usable_knowledge = plain(practice.usable_knowledge)
SHARES = st.floats(0.02, 1.0)
STANCE = {
    "openness": 0.4,
    "backing": 0.3,
    "binding": 0.5,
    "commitment": 0.6,
    "concreteness": 0.5,
    "routine": 0.2,
    "blocking": 0.2,
}


def ready():
    """A world in which only practice moves, with departments that are willing, able and have time."""
    world = world_of(city(rules=off("practice")))
    world.stances["openness"] = world.stances["knowledge"] = world.stances["process_knowledge"] = 0.8
    world.stances["time"] = 0.8
    return world


@given(SHARES, SHARES, SHARES)
def test_the_target_lies_between_the_smallest_input_and_the_mean(m, k, t):
    target = carried(m, k, t, -2.0)
    assert min(m, k, t) - 1e-12 <= target <= (m + k + t) / 3 + 1e-12
    assert carried(k, t, m, -2.0) == pytest.approx(target)
    assert carried(m, k, t, -8.0) <= target + 1e-12 <= carried(m, k, t, -0.2) + 2e-12


@given(SHARES, SHARES, SHARES, st.floats(0.0, 0.5))
def test_more_of_any_input_carries_more(m, k, t, more):
    assert carried(min(m + more, 1.0), k, t, -2.0) >= carried(m, k, t, -2.0) - 1e-12


def test_nothing_is_stuck_at_zero():
    assert carried(0.0, 0.0, 0.0, -2.0) == pytest.approx(0.02)
    assert carried(0.0, 1.0, 1.0, -2.0) > 0.02
    assert carried(1.0, 1.0, 1.0, -2.0) == pytest.approx(1.0)


def willing(**values):
    stance = Record(**{**STANCE, **values})
    return motivation(stance, stance.openness, stance.backing, stance.binding, ready().parameters.view(np.recarray)[0])


@pytest.mark.parametrize(
    ("name", "rises"),
    [("openness", True), ("backing", True), ("binding", True), ("commitment", True), ("concreteness", True),
     ("routine", True), ("blocking", False)],
)  # fmt: skip
def test_willingness_is_monotone(name, rises):
    steps = [willing(**{name: value}) for value in np.linspace(0.0, 1.0, 6)]
    assert (np.diff(steps) > 0.0).all() if rises else (np.diff(steps) < 0.0).all()
    assert min(steps) >= 0.0
    assert max(steps) <= 1.0


def test_a_paper_that_does_not_bind_moves_nobody():
    assert willing(binding=0.0, commitment=1.0) == willing(binding=0.0, commitment=0.0)
    assert willing(concreteness=0.0, commitment=1.0) == willing(concreteness=0.0, commitment=0.0)


def test_a_paper_counts_by_what_it_promises_and_how_concretely():
    """B sqrt(c concreteness): the mean of both, as far as it binds."""
    assert willing(commitment=0.9, concreteness=0.4) == pytest.approx(willing(commitment=0.4, concreteness=0.9))
    assert willing(commitment=0.9, concreteness=0.4) == pytest.approx(willing(commitment=0.6, concreteness=0.6))
    alone = {"openness": 0.0, "backing": 0.0, "routine": 0.0, "blocking": 0.0}
    weight = value_of(ready(), "practice_binding_weight")
    assert willing(binding=0.5, commitment=0.9, concreteness=0.4, **alone) == pytest.approx(weight * 0.5 * 0.6)


def test_routine_passes_over_a_part_of_unwillingness():
    alone = {"openness": 0.2, "backing": 0.0, "binding": 0.0, "blocking": 0.0}
    passed = value_of(ready(), "practice_routine_willing") * 0.5
    assert willing(routine=0.5, **alone) == pytest.approx(1.0 - 0.8 * (1.0 - passed))


def test_routine_protects_against_blocking():
    assert willing(blocking=1.0, routine=1.0) == willing(blocking=0.0, routine=1.0)


def ability(world, d):
    """Return the geometric mean of a department's usable knowledge of the subject and of procedures."""
    subject, process = usable_knowledge(open_world(world), d, 0)
    return np.sqrt(subject * process)


def test_dialogue_makes_up_for_gaps_in_knowledge():
    """K09: whoever can ask the unit or a colleague needs to know less."""
    world = parameter(ready(), learning_process_source=0.5)
    world.stances["knowledge"] = 0.1
    world.ties["strength"] = 0.0
    d = 3

    def able():
        return ability(world, d)

    world.units["filled"] = 0.0
    lonely = able()
    assert lonely == pytest.approx(np.sqrt(0.1 * 0.8))
    world.units["filled"], world.units["knowledge"] = 1.0, 0.9
    assert able() == lonely  # nobody knows the unit
    world.relations["familiarity"][d] = 0.8
    reach = value_of(world, "practice_reach")
    assert able() == pytest.approx(np.sqrt((0.1 + reach * 0.8 * (0.9 - 0.1)) * 0.8))
    world.units["workload"] = 4.0  # a unit with too much work answers a part of the questions
    assert able() == pytest.approx(np.sqrt((0.1 + reach * 0.2 * (0.9 - 0.1)) * 0.8))
    world.relations["familiarity"][d] = 0.0
    neighbour = world.tie_first[d]
    world.ties["strength"][neighbour] = 0.5
    world.stances["knowledge"][world.ties["department"][neighbour]] = 1.0
    assert able() == pytest.approx(np.sqrt((0.1 + reach * 0.5 * (1.0 - 0.1)) * 0.8))


def test_knowledge_of_procedures_counts_as_much():
    world = ready()
    world.ties["strength"], world.units["filled"] = 0.0, 0.0
    assert ability(world, 0) == pytest.approx(0.8)
    world.stances["process_knowledge"][0] = 0.2
    assert ability(world, 0) == pytest.approx(np.sqrt(0.16))


def test_others_help_with_procedures_too():
    """A colleague with what the colleague knows, a unit with the part of its knowledge that is about procedures."""
    world = parameter(ready(), learning_process_source=0.5)
    reach, d = value_of(world, "practice_reach"), 3
    world.ties["strength"] = 0.0
    world.stances["process_knowledge"][d] = 0.2
    alone = np.sqrt(0.8 * 0.2)
    world.units["filled"], world.units["knowledge"] = 0.0, 0.9
    world.relations["familiarity"][d], world.relations["agreed"][d] = 0.6, 0.5
    assert ability(world, d) == pytest.approx(alone)  # nobody is there
    world.units["filled"] = 1.0
    near = 1.0 - (1.0 - 0.6) * (1.0 - 0.5 * 0.5)
    by_unit = np.sqrt((0.8 + reach * near * (0.9 - 0.8)) * (0.2 + reach * near * (0.45 - 0.2)))
    assert ability(world, d) == pytest.approx(by_unit)
    world.units["knowledge"] = 0.3  # less of procedures than the department knows by itself
    assert ability(world, d) == pytest.approx(alone)
    world.ties["strength"][world.tie_first[d]] = 0.5
    by_colleague = np.sqrt(0.8 * (0.2 + reach * 0.5 * (0.8 - 0.2)))
    assert ability(world, d) == pytest.approx(by_colleague)


def test_the_best_help_counts_and_who_knows_less_takes_nothing_away():
    world = parameter(ready(), learning_process_source=0.5)
    world.units["filled"], d = 0.0, 3
    world.ties["strength"] = 0.9
    world.stances["knowledge"], world.stances["process_knowledge"] = 0.3, 0.3
    world.stances["knowledge"][d] = world.stances["process_knowledge"][d] = 0.6
    assert ability(world, d) == pytest.approx(0.6)


def test_practice_grows_below_its_target_and_declines_above():
    world = ready()
    world.stances["practice"] = np.linspace(0.0, 1.0, 10)[:, None]
    before = world.stances["practice"].copy()
    run_rule(world, "practice", START)
    direction = np.sign(world.stances["practice"] - before)
    assert np.array_equal(direction, np.sign(world.stances["target"] - before))
    assert {-1.0, 1.0} <= set(direction[:, 0])


def test_routine_holds_practice():
    loose, settled = ready(), ready()
    for world in (loose, settled):
        world.stances["practice"], world.stances["time"], world.stances["openness"] = 0.8, 0.05, 0.05
        parameter(world, practice_routine_rate=0.0)
    settled.stances["routine"] = 1.0
    for world in (loose, settled):
        run_months(world, 24)
    assert (settled.stances["practice"] > loose.stances["practice"] + 0.1).all()


def test_routine_has_a_threshold():
    """Below it routine stays near zero, above it comes near one: two stable states."""
    low, high = ready(), ready()
    threshold = value_of(low, "practice_routine_threshold")
    for world, level in ((low, threshold - 0.15), (high, threshold + 0.15)):
        parameter(world, practice_up=0.0, practice_down=0.0)
        world.stances["practice"] = level
        run_months(world, 200)
    assert (low.stances["routine"] < 0.1).all()
    assert (high.stances["routine"] > 0.9).all()


def test_a_gate_raises_what_is_considered_and_not_what_is_done():
    """Report 1.3: a climate check makes cases considered, not done."""
    gated, free = (parameter(ready(), practice_routine_gate=0.0) for _ in range(2))
    for month in range(START, START + 24):
        gated.stances["gate"] = 0.9
        run_rule(gated, "practice", month)
        run_rule(free, "practice", month)
    assert (gated.stances["considered"] > free.stances["considered"]).all()
    assert np.array_equal(gated.stances["practice"], free.stances["practice"])
    assert np.array_equal(gated.stances["target"], free.stances["target"])


def test_a_gate_makes_a_part_routine():
    """Report 1.3: what is formalised is done as a matter of course, as far as it is done at all: here a quarter."""
    world = parameter(
        ready(), practice_up=0.0, practice_down=0.0, practice_consider_rate=0.0, practice_routine_gate=0.6
    )
    world.stances["practice"], world.stances["considered"] = 0.1, 0.4
    world.stances["gate"] = np.linspace(0.0, 1.0, 10)[:, None]
    for month in range(START, START + 600):
        run_rule(world, "practice", month)
    habit = 1.0 / (1.0 + np.exp((value_of(world, "practice_routine_threshold") - 0.1) / 0.05))
    expected = 1.0 - (1.0 - habit) * (1.0 - 0.6 * 0.25 * np.linspace(0.0, 1.0, 10))
    assert world.stances["routine"][:, 0] == pytest.approx(expected)


@pytest.mark.parametrize("familiarity", [0.0, 0.7])
def test_a_case_is_considered_where_will_and_knowledge_meet_or_at_a_gate(familiarity):
    """q approaches 1 - (1 - gate)(1 - sqrt(M e')) where less than that is done; e' counts whom one can ask."""
    world = parameter(ready(), practice_consider_rate=1.0, practice_up=0.0, practice_routine_rate=0.0)
    world.stances["practice"] = world.stances["considered"] = 0.0
    world.stances["gate"] = np.linspace(0.0, 1.0, 10)[:, None]
    world.units["filled"], world.units["knowledge"], world.relations["familiarity"] = 1.0, 1.0, familiarity
    run_rule(world, "practice", START)
    usable = 0.8 + value_of(world, "practice_reach") * familiarity * 0.2
    missed = (1.0 - world.stances["gate"]) * (1.0 - np.sqrt(world.stances["motivation"] * usable))
    assert world.stances["considered"] == pytest.approx(1.0 - missed)


def test_considered_follows_openness_and_knowledge():
    aware, unaware = ready(), ready()
    unaware.stances["knowledge"] = 0.01
    for world in (aware, unaware):
        parameter(world, practice_up=0.0)
        run_months(world, 48)
    assert (aware.stances["considered"] > unaware.stances["considered"] + 0.1).all()


def test_means_of_the_task_are_weighted():
    world = ready()
    run_month(world, START)
    weight, practice_now = world.stances["weight"][:, 0], world.stances["practice"][:, 0]
    assert world.tasks["mean_practice"][0] == pytest.approx((weight * practice_now).sum())
    relevance = world.stances["relevance"][:, 0]
    gap = relevance * np.maximum(world.stances["need"][:, 0] - practice_now, 0.0)
    assert world.tasks["mean_gap"][0] == pytest.approx(gap[relevance >= 0.05].mean())


def test_one_missing_input_is_not_made_up_by_the_others():
    """The report's bundle: knowledge, time and willingness; a third of each is worth more than two alone."""
    assert carried(0.5, 0.5, 0.5, -2.0) > carried(0.75, 0.75, 0.0, -2.0) * 3


def test_practice_needs_all_three():
    base = ready()
    run_months(base, 48)
    for lacking in ("openness", "knowledge", "time"):
        world = ready()
        world.stances[lacking] = 0.05
        parameter(world, practice_reach=0.0)
        run_months(world, 48)
        assert (world.stances["practice"] < 0.7 * base.stances["practice"]).all(), lacking
