"""The arrays of a house, as the page lays them out, are those that the model makes of the same scenario file."""

import numpy as np
import pytest

from qsim.engine.prepare import Prepared
from qsim.scenario.structure import POSITIONS
from qsim.world.blueprint import Plan
from qsim.world.unknowns import replaced
from trial_city import applied, drawn_answers

EMPTY = {"ties", "tie_first", "relations", "scratch", "ledger"}


def plan_of(scenario, position=POSITIONS[0]):
    key = "commissioners[unit].position"
    blueprint = Prepared(scenario, plausible=True).blueprint
    if key in blueprint.structural:
        scenario = replaced(scenario, {key: position})
    return Plan(scenario, np.zeros(1, dtype=blueprint.parameters.dtype), np.ones(13, np.int64))


def number(value):
    value = value["middle"] if isinstance(value, dict) else value
    return np.nan if value is None else value


def assert_records(array, rows, words, name):
    assert array.shape[0] == len(rows), name
    for index, row in enumerate(rows):
        for field, value in row.items():
            want = np.inf if value is None and field in ("term", "next_election") else number(value)
            assert array[field][index] == pytest.approx(want, rel=1e-14, nan_ok=True), (name, index, field)
            if isinstance(value, dict):
                word = (index * array.dtype.itemsize + array.dtype.fields[field][1]) // 8
                assert words[(name, word)] == value["key"], (name, index, field)


def assert_same(arrays, plan):
    template = plan.template
    words = {(template._fields[place], word): key for place, word, key, _, _ in plan.patches}
    for name in ("departments", "leaders", "members", "chains", "links", "functions"):
        assert_records(getattr(template, name), arrays[name], words, name)
    assert_records(
        template.stances.reshape(-1), [stance for row in arrays["stances"] for stance in row], words, "stances"
    )
    support = [{"support": value} for row in arrays["support"] for value in row]
    assert_records(template.support.reshape(-1), support, words, "support")
    assert template.member_first.tolist() == arrays["member_first"]
    assert template.concept_departments.tolist() == arrays["concept_departments"]
    for name in EMPTY:
        size = arrays["sizes"][name]
        assert list(getattr(template, name).shape) == (size if isinstance(size, list) else [size]), name
    found = {key for (name, _), key in words.items() if name in ("departments", "stances", "leaders", "support")}
    assert found == {value["key"] for value in below(arrays)}


def below(value):
    if isinstance(value, dict) and "key" in value:
        yield value
    elif isinstance(value, (dict, list)):
        for each in value.values() if isinstance(value, dict) else value:
            yield from below(each)


@pytest.mark.parametrize(("known", "hostile"), [(0.6, 0.0), (0.2, 0.0), (0.3, 0.4)])
def test_arrays_are_those_of_the_model(load, known, hostile):
    for done in applied(*[drawn_answers(seed, known, hostile) for seed in range(100, 115)]):
        assert_same(done["arrays"], plan_of(load(done["settledText"])))


def test_an_office_of_its_own_in_a_division_of_its_own(load):
    answers = {"start": "2026-11", "task": "climate", "position": "section", "host": "own_1"}
    answers |= {"offices": [{"id": "own_1", "label": "Digitales", "division": "division_1"}]}
    answers |= {"divisions": [{"id": "central", "label": "Eins"}, {"id": "division_1", "label": "Zwei"}]}
    [done] = applied(answers)
    assert done["arrays"]["functions"][-1]["group"] == -2
    assert_same(done["arrays"], plan_of(load(done["settledText"])))


def test_the_unit_has_its_place_for_every_position(load):
    for done in applied(*[{**drawn_answers(seed, 0.5), "position": None} for seed in range(8)]):
        scenario = load(done["settledText"])
        for position in POSITIONS:
            unit = plan_of(scenario, position).template.units[0]
            assert {name: int(unit[name]) for name in done["arrays"]["places"][position]} == done["arrays"]["places"][
                position
            ]


def test_no_other_array_hangs_on_the_house(load):
    one, other = applied(
        {"start": "2026-11"}, {"start": "2026-11", "offices": [{"id": "legal"}, {"id": "own_1", "label": "X"}]}
    )
    plans = [plan_of(load(done["settledText"])) for done in (one, other)]
    differ = {
        name
        for name, first, second in zip(plans[0].template._fields, plans[0].template, plans[1].template, strict=True)
        if first.tobytes() != second.tobytes()
    }
    told = {"departments", "stances", "leaders", "support", "units", "members", "member_first", "concept_departments"}
    assert differ <= told | {"chains", "links", "functions"} | EMPTY
