"""Peeling and pasting, step by step."""

import math
from itertools import pairwise

import numpy as np
import pytest
from plants import label, planted

from qsim.comparison.when.boxes import Box, Cases, Limit, quality
from qsim.comparison.when.peeling import choice, limit_chances, paste, peel, pruned
from qsim.runs.designs import Variable

X = Variable("x", label("x"))
KIND = Variable("kind", label("kind"), levels=("a", "b", "c"))


def line(number=100, above=0.7):
    """Cases along one number, wanted above a value."""
    x = (np.arange(number) + 0.5) / number
    return Cases((X,), x[:, None], x > above)


def test_each_box_lies_in_the_one_before_and_loses_a_slice():
    cases, _ = planted(1)
    steps = peel(cases)
    assert not steps[0].box.limits
    for before, after in pairwise(steps):
        smaller, larger = after.box.holds(cases), before.box.holds(cases)
        assert (larger | ~smaller).all()
        assert smaller.sum() < larger.sum()
        assert after.quality == quality(after.box, cases)
    slices = [a.quality.cases / b.quality.cases for b, a in pairwise(steps)]
    assert min(slices) > 0.55  # a level of four at most
    assert steps[-1].quality.mass >= 0.05


def test_peeling_ends_when_all_are_wanted():
    steps = peel(line())
    assert steps[-1].quality.density == 1.0
    assert all(step.quality.coverage == 1.0 for step in steps)
    assert steps[-1].box.limits[0].low == pytest.approx(0.705, abs=0.03)
    assert steps[-1].box.limits[0].high == math.inf


def test_peeling_ends_before_the_box_is_too_small():
    draw = np.random.default_rng(1)
    cases = Cases((X,), draw.random((200, 1)), draw.random(200) < 0.5)
    assert peel(cases, least_mass=0.4)[-1].quality.cases >= 80


def test_values_that_are_the_same_stay_together():
    x = np.repeat([1.0, 2.0, 3.0, 4.0], 50)
    steps = peel(Cases((X,), x[:, None], x >= 3))
    assert [step.quality.cases for step in steps] == [200, 150, 100]
    assert steps[-1].box.limits[0] == Limit(3.0, math.inf)


def test_levels_go_one_at_a_time():
    kind = np.repeat([0.0, 1.0, 2.0], 40)
    steps = peel(Cases((KIND,), kind[:, None], kind == 1))
    assert [sorted(step.box.limits[0].levels) for step in steps[1:]] == [[1, 2], [1]]


def test_nothing_to_find_is_one_box():
    x = np.linspace(0, 1, 100)
    for wanted in (np.zeros(100, bool), np.ones(100, bool)):
        assert len(peel(Cases((X,), x[:, None], wanted))) == 1


@pytest.mark.parametrize("alpha", [0.0, 1.0, -0.1])
def test_a_slice_that_is_no_share_is_refused(alpha):
    with pytest.raises(ValueError, match="a slice is a share"):
        peel(line(), alpha)


def test_pasting_gives_back_what_costs_nothing():
    cases = line()
    grown = paste(Box({0: Limit(0.9, math.inf)}), cases)
    assert quality(grown, cases).density == 1.0
    assert quality(grown, cases).coverage == 1.0


def test_pasting_gives_back_levels():
    kind = np.repeat([0.0, 1.0, 2.0], 40)
    cases = Cases((KIND,), kind[:, None], kind > 0)
    assert paste(Box({0: Limit(levels=frozenset({1}))}), cases).limits[0].levels == {1, 2}


def test_pasting_stops_where_the_density_would_fall():
    cases = line()
    exact = Box({0: Limit(0.705, math.inf)})
    assert paste(exact, cases) == exact


def test_the_chance_of_a_limit_is_that_of_a_random_part():
    cases = line(100, 0.7)
    box = Box({0: Limit(0.8, math.inf)})
    assert limit_chances(box, cases)[0] == pytest.approx(0.3**20)
    idle = Box({0: Limit(-1.0, math.inf)})
    assert limit_chances(idle, cases)[0] == 1.0


def test_limits_that_chance_may_have_made_go():
    cases, _ = planted(2)
    true = {0: Limit(high=0.4), 4: Limit(levels=frozenset({1, 2})), 5: Limit(low=2.0)}
    box, chances = pruned(Box({**true, 1: Limit(high=0.97), 2: Limit(low=0.02)}), cases)
    assert set(box.limits) == set(true) == set(chances)
    assert all(chance < 0.05 / 6 for chance in chances.values())


def test_the_choice_reaches_the_density_and_holds_most_beyond_its_share():
    cases, _ = planted(3)
    steps = peel(cases)
    chosen = choice(steps, cases, 0.8)
    others = [pruned(step.box, cases)[0] for step in steps]
    reached = [quality(box, cases) for box in others if box.limits and quality(box, cases).density >= 0.8]
    assert chosen.quality.density >= 0.8
    assert chosen.quality.coverage - chosen.quality.mass == max(one.coverage - one.mass for one in reached)
    noise, _ = planted(3, inside=0.3, outside=0.3)
    assert choice(peel(noise), noise) is None


def test_without_the_density_the_choice_holds_most_beyond_its_share():
    cases, box = planted(4, number=2400, inside=0.6, outside=0.1)
    chosen = choice(peel(cases), cases, 0.95)
    found = chosen.box.holds(cases)
    assert (found & box).sum() / (found | box).sum() > 0.5


def test_cases_must_fit_their_factors():
    with pytest.raises(ValueError, match="2 cases and 1 factors"):
        Cases((X,), np.zeros((3, 1)), np.zeros(2, bool))
    with pytest.raises(ValueError, match="no value"):
        Cases((X,), np.full((2, 1), np.nan), np.zeros(2, bool))
