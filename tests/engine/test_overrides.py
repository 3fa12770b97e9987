"""What a scenario says of rules and parameters: every error at once, with its place and the nearest name."""

import numpy as np
import pytest

from qsim.engine.overrides import all_parameters, chosen_parameters, chosen_switches, open_parameters
from qsim.engine.prepare import prepare
from qsim.files.messages import InputError
from qsim.mechanisms.month import NAMES, RULES
from qsim.scenario.loading import load_scenario
from worlds import city

FILE = """\
kind: scenario
schema_version: 1
label: {de: Probe, en: Trial}
start: 2015-01
months: 12
tasks:
  - {id: integration, kind: integration}
rules:
  off: [formats, learnin]
parameters:
  outreech:
    pull: 0.2
  learning:
    forgeting: 0.01
    contact_rate: 1.5
    absorption: {between: [0.1, 0.4]}
  staffing:
    hiring_months: -2
"""


@pytest.fixture
def city_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "city.yaml").write_text(FILE)
    return load_scenario("city.yaml")


def complaints(scenario):
    with pytest.raises(InputError) as error:
        prepare(scenario)
    return str(error.value).splitlines()


def test_all_errors_are_told_at_once_with_their_places(city_file):
    with pytest.raises(InputError) as error:
        chosen_parameters(city_file, plausible=False)
    assert str(error.value).splitlines() == [
        'city.yaml:11:3  parameters.outreech: no rule is called "outreech"; did you mean "outreach"?',
        'city.yaml:14:5  parameters.learning.forgeting: learning has no parameter "forgeting"; did you mean "forgetting"?',
        "city.yaml:15:19  parameters.learning.contact_rate: 1.5 is not a share a month; expected 0 to 1",
        "city.yaml:18:20  parameters.staffing.hiring_months: -2 is not a months; expected 0 to inf",
    ] or _like(str(error.value))


def _like(text):
    """The words may be polished; places, keys and nearest names may not be lost."""
    lines = text.splitlines()
    wanted = [("city.yaml:11:3", "outreech", "outreach"), ("city.yaml:14:5", "forgeting", "forgetting"),
              ("city.yaml:15:19", "contact_rate", "1.5"), ("city.yaml:18:20", "hiring_months", "-2")]  # fmt: skip
    return len(lines) == 4 and all(all(w in line for w in words) for line, words in zip(lines, wanted, strict=True))


def test_a_rule_that_does_not_exist_cannot_be_switched_off(city_file):
    with pytest.raises(InputError) as error:
        chosen_switches(city_file)
    (line,) = str(error.value).splitlines()
    assert line == 'city.yaml:9:18  rules.off[1]: no rule is called "learnin"; did you mean "learning"?'


def test_rules_and_parameters_are_told_together(city_file):
    """Whoever corrects a file sees all that is wrong with it at once."""
    lines = complaints(city_file)
    assert len(lines) == 5


def test_nothing_near_lists_what_there_is():
    (line,) = complaints(city(parameters={"learning": {"xyz": 1}}))
    assert "contact_rate" in line
    (line,) = complaints(city(rules={"off": ["zzz"]}))
    assert all(name in line for name in NAMES)


@pytest.mark.parametrize(
    ("rule", "name", "value"),
    [("learning", "forgetting", 1.01), ("learning", "forgetting", -0.01), ("learning", "contact_scale", -1),
     ("practice", "up", {"between": [0.5, 2]}), ("practice", "up", {"one_of": [0.1, -0.2]})],
)  # fmt: skip
def test_values_out_of_range_are_refused(rule, name, value):
    (line,) = complaints(city(parameters={rule: {name: value}}))
    assert f"parameters.{rule}.{name}" in line
    assert "expected" in line


def test_overrides_are_set_and_the_rest_left():
    scenario = city(parameters={"learning": {"forgetting": 0.5}, "funding": {"base": -3}})
    record, unknown = chosen_parameters(scenario, plausible=False)
    assert unknown == {}
    assert record["learning_forgetting"][0] == 0.5
    assert record["funding_base"][0] == -3.0
    for name, parameter in all_parameters().items():
        if name not in ("learning_forgetting", "funding_base"):
            assert record[name][0] == parameter.default


def test_unknown_overrides_are_drawn():
    scenario = city(parameters={"learning": {"forgetting": {"between": [0.1, 0.2]}}})
    _, unknown = chosen_parameters(scenario, plausible=False)
    assert unknown == {"learning.forgetting": scenario.parameters["learning"]["forgetting"]}
    drawn = [prepare(scenario).blueprint.world(1, r).parameters["learning_forgetting"][0] for r in range(20)]
    assert all(0.1 < value < 0.2 for value in drawn)
    assert len(set(drawn)) == 20
    same = [prepare(scenario).blueprint.world(1, r, 3).parameters["learning_forgetting"][0] for r in range(5)]
    assert len(set(same)) == 1


@pytest.mark.parametrize(("rule", "name", "table", "field"), [
    ("initial", "workload_spread", "departments", "base_demand"), ("initial", "closed_openness", "stances", "culture"),
    ("initial", "head_demands", "leaders", "base_demands"), ("ties", "strength", "ties", "origin"),
])  # fmt: skip
def test_unknown_parameters_of_the_start_are_drawn_before_it(rule, name, table, field):
    """The world is, bit for bit, that of the drawn value."""
    parameter = all_parameters()[f"{rule}_{name}"]
    ends = [parameter.low, parameter.high]
    house = {"departments": 10, "closed_share": 0.5}
    unknown = city(administration=house, parameters={rule: {name: {"between": ends}}})
    values = set()
    for setting in range(3):
        world = prepare(unknown).blueprint.world(1, 0, setting)
        value = float(world.parameters[f"{rule}_{name}"][0])
        known = prepare(city(administration=house, parameters={rule: {name: value}})).blueprint.world(1, 0, setting)
        assert getattr(world, table)[field].tobytes() == getattr(known, table)[field].tobytes()
        values.add(getattr(world, table)[field].tobytes())
    assert len(values) == 3


def test_switches_follow_the_scenario():
    assert chosen_switches(city()).tolist() == [1] * len(NAMES)
    switches = chosen_switches(city(rules={"off": ["learning", "openness"]}))
    assert [name for name, on in zip(NAMES, switches, strict=True) if not on] == ["learning", "openness"]
    assert switches.dtype == np.int64


def test_all_parameters_are_named_by_rule():
    names = list(all_parameters())
    assert len(names) == sum(len(rule.parameters) for rule in RULES)
    assert "learning_contact_rate" in names


@pytest.mark.parametrize("key", ["learning.contact_scale", "formats.attendance_spread", "staffing.hiring_months",
                                 "commitment.half_life", "initial.mayor_demands", "practice.complementarity"])  # fmt: skip
def test_what_rules_divide_by_cannot_be_zero(key):
    """A scale, a spread, a half-life or a power of zero would turn the run into missing numbers."""
    rule, name = key.split(".")
    (line,) = complaints(city(parameters={rule: {name: 0}}))
    assert f"parameters.{key}" in line


def test_what_the_scenario_says_holds_in_every_setting():
    rows, unknown = chosen_parameters(city(parameters={"learning": {"contact_rate": 0.3}}), plausible=True)
    assert rows.size > 1
    assert (rows["learning_contact_rate"] == 0.3).all()
    assert np.ptp(rows["learning_forgetting"]) > 0.0
    assert unknown == {}


def test_open_parameters_are_those_in_their_ranges_of_which_nothing_is_said():
    scenario = city(parameters={"learning": {"contact_rate": 0.3, "absorption": {"between": [0.1, 0.4]}}})
    unknown = open_parameters(scenario)
    forgetting = all_parameters()["learning_forgetting"]
    assert "learning.contact_rate" not in unknown
    assert unknown["learning.absorption"].between == (0.1, 0.4)
    assert unknown["learning.forgetting"].between == (forgetting.low, forgetting.high)
    assert list(unknown) == [
        f"{r.name}.{p.name}" for r in RULES for p in r.parameters if f"{r.name}.{p.name}" in unknown
    ]


def test_a_scenario_made_ready_is_remembered_by_whether_it_draws_settings():
    scenario = city()
    assert prepare(scenario, True) is prepare(scenario, True) is not prepare(scenario, False)
