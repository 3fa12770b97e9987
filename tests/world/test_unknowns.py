"""Unknown values: found by key, drawn with equal chance, replaced where the structure hangs on them."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qsim.files.keys import find, parse_key
from qsim.scenario.loading import load_scenario
from qsim.scenario.values import Unknown
from qsim.world.draws import wide_slot
from qsim.world.unknowns import drawn_numbers, drawn_value, find_unknowns, is_structural, replaced, setting_uniforms
from strategies import scenarios
from worlds import city

RANGE = Unknown(between=(2.0, 5.0))
CHOICES = Unknown(one_of=("a", "b", "c"))


@given(st.floats(0, 1, exclude_min=True, exclude_max=True))
def test_drawn_values_lie_within(u):
    assert 2.0 <= drawn_value(RANGE, u) <= 5.0
    assert drawn_value(RANGE, u, whole=True) in (2.0, 3.0, 4.0, 5.0)
    assert drawn_value(CHOICES, u) in CHOICES.one_of


def test_drawn_values_rise_with_the_draw():
    assert drawn_value(RANGE, 0.5) == 3.5
    assert [drawn_value(RANGE, u, whole=True) for u in (0.1, 0.3, 0.6, 0.9)] == [2.0, 3.0, 4.0, 5.0]
    assert [drawn_value(CHOICES, u) for u in (0.1, 0.5, 0.9)] == ["a", "b", "c"]


@given(st.lists(st.floats(0, 1, exclude_min=True, exclude_max=True), min_size=1), st.booleans())
def test_many_numbers_are_drawn_as_each_by_itself(draws, whole):
    for unknown in (RANGE, Unknown(between=(0.1, 0.7)), Unknown(one_of=(1.5, 0.25, 4.0))):
        many = drawn_numbers(unknown, np.array(draws), whole)
        assert many.tolist() == [drawn_value(unknown, u, whole) for u in draws]


def test_uniforms_of_a_setting_are_the_same_for_the_same_key():
    names = ["tasks[integration].need", "administration.hierarchy"]
    slots = np.array([wide_slot(name) for name in names], np.int64)
    both, one = setting_uniforms(3, 4, slots), setting_uniforms(3, 4, slots[1:])
    assert both[1] == one[0]
    assert both[0] != both[1]
    assert not np.array_equal(setting_uniforms(3, 5, slots), both)
    assert not np.array_equal(setting_uniforms(4, 4, slots), both)
    assert setting_uniforms(3, 4, slots[:0]).shape == (0,)


@pytest.mark.parametrize("name", ["halle", "remscheid"])
def test_keys_are_those_of_the_file(name):
    """A key that is reported can be written into the file or after --set."""
    scenario = load_scenario(name)
    found = dict(find_unknowns(scenario))
    assert len(found) > 20
    for key in found:
        assert find(scenario._origin.root, parse_key(key)) is not None, key
    slots = Counter(wide_slot(key) for key in found)
    assert max(slots.values()) == 1


def test_structural_are_names_and_the_size():
    assert is_structural("administration.departments", Unknown(between=(3, 5)))
    assert is_structural("commissioners[unit].position", Unknown(one_of=("section", "staff_unit")))
    assert not is_structural("tasks[integration].need", Unknown(one_of=(0.1, 0.2)))
    assert not is_structural("tasks[integration].need", RANGE)


@given(scenarios())
def test_replacing_all_leaves_nothing_unknown(scenario):
    unknowns = dict(find_unknowns(scenario))
    known = replaced(scenario, {key: unknown.middle for key, unknown in unknowns.items()})
    assert dict(find_unknowns(known)) == {}
    assert replaced(scenario, {}) is scenario
    assert known.tasks[0].id == scenario.tasks[0].id


def test_replacing_touches_only_what_is_named():
    scenario = city(
        administration={"departments": 10, "hierarchy": {"between": [0, 1]}},
        tasks=[{"id": "integration", "kind": "integration", "need": {"between": [0, 1]}}],
    )
    known = replaced(scenario, {"tasks[integration].need": 0.25})
    assert known.tasks[0].need == 0.25
    assert known.administration is scenario.administration
    assert known.commissioners is scenario.commissioners
