"""Variants of the model, and the one without which a contradiction is smallest."""

from __future__ import annotations

import math

import numpy as np
import pytest

from qsim.claims.schema import Mechanism
from qsim.claims.variants import (
    AS_IT_IS,
    Variant,
    candidates,
    divergence_rule,
    find_cause,
    prepare_variant,
    switched_off,
)
from qsim.engine.prepare import prepare
from qsim.mechanisms.month import NAMES
from qsim.runs.readings import MEASURES
from worlds import city, unit


def world(scenario, variant, replicate=0):
    return prepare_variant(scenario, variant).blueprint.world(1, replicate)


def test_the_model_as_it_is_gives_the_same_runs():
    usual = prepare(city(), True).run(1, [(3, 3)])
    found = prepare_variant(city(), AS_IT_IS).run(1, [(3, 3)])
    assert np.array_equal(usual.series, found.series, equal_nan=True)


def test_a_rule_off():
    variant = switched_off(Mechanism(rule="outreach"))
    switches = world(city(), variant).switches
    assert switches[NAMES.index("outreach")] == 0
    assert switches.sum() == len(NAMES) - 1


def test_a_parameter_has_its_neutral_value_and_nothing_else_another():
    variant = switched_off(Mechanism(parameter="outreach.pull", neutral=0.1))
    off, usual = (prepare_variant(city(), one).blueprint for one in (variant, AS_IT_IS))
    for setting in range(3):
        one, other = (blueprint.world(1, 0, setting).parameters for blueprint in (off, usual))
        assert one["outreach_pull"] == 0.1
        assert all(one[name] == other[name] for name in other.dtype.names if name != "outreach_pull")


def test_a_parameter_that_is_unknown_in_the_scenario_is_known():
    unknown = city(parameters={"outreach": {"pull": {"between": [0.2, 0.4]}}})
    variant = switched_off(Mechanism(parameter="outreach.pull", neutral=0))
    assert {float(world(unknown, variant, r).parameters["outreach_pull"][0]) for r in range(5)} == {0.0}


def test_what_is_switched_off_is_off_in_every_setting():
    blueprint = prepare_variant(city(), Variant(parameters=(("outreach.pull", 0.0),))).blueprint
    assert {float(blueprint.world(1, 0, setting).parameters["outreach_pull"][0]) for setting in range(5)} == {0.0}


def test_several_rules_off_and_several_parameters_at_once():
    values = (("outreach.pull", 0.0), ("learning.contact_rate", 0.9))
    found = world(city(), Variant(off=("outreach", "practice"), parameters=values))
    assert [name for name, on in zip(NAMES, found.switches, strict=True) if not on] == ["outreach", "practice"]
    assert (found.parameters["outreach_pull"], found.parameters["learning_contact_rate"]) == (0.0, 0.9)


def test_changes_of_the_scenario_reach_every_entry_of_a_list_and_leave_the_scenario_alone():
    scenario = city(commissioners=[unit("one"), unit("two", outreach="relevance")])
    changes = (("commissioners.outreach", "random"), ("administration.hierarchy", 0.125))
    found = world(scenario, Variant(scenario=changes))
    assert found.units["policy"].tolist() == [2, 2]
    assert found.administration["hierarchy"].tolist() == [0.125]
    assert [one.outreach for one in scenario.commissioners] == ["need", "relevance"]
    assert world(scenario, AS_IT_IS).units["policy"].tolist() == [0, 1]


def test_a_value_that_is_set_is_no_longer_unknown():
    unknown = city(administration={"departments": 10, "hierarchy": {"between": [0.2, 0.8]}})
    variant = Variant(scenario=(("administration.hierarchy", 0.125),))
    assert {float(world(unknown, variant, r).administration["hierarchy"][0]) for r in range(4)} == {0.125}
    assert len({float(world(unknown, AS_IT_IS, r).administration["hierarchy"][0]) for r in range(4)}) == 4


@pytest.mark.parametrize(
    ("variant", "error"),
    [
        (Variant(scenario=(("administration.hierarchie", 0.0),)), AttributeError),
        (Variant(scenario=(("commissioners.postition", "section"),)), AttributeError),
        (Variant(off=("weather",)), ValueError),
        (Variant(parameters=(("outreach.push", 0.0),)), ValueError),
    ],
)
def test_what_does_not_exist_cannot_be_changed(variant, error):
    with pytest.raises(error):
        prepare_variant(city(), variant)


def test_rules_that_write_a_measure_are_no_candidates():
    assert "practice" not in candidates(["joint_practice"])
    assert "learning" in candidates(["joint_practice"])
    assert "learning" not in candidates(["knowledge"])
    assert {"practice", "commitment"}.isdisjoint(candidates(["implementation_gap"]))
    assert candidates(["hours_units"]) == list(NAMES)
    assert {"practice", "learning"}.isdisjoint(candidates(["practice", "knowledge"]))
    assert {rule for measure in MEASURES.values() for rule in measure.by} <= set(NAMES)


def without(effects):
    return lambda variant: np.full(4, effects.get(variant.off[0], -1.0))


def test_the_rule_without_which_the_effect_is_nearest_to_what_was_expected():
    found = find_cause(["practice"], without({"outreach": 0.5, "funding": 0.7, "practice": 2.0}), 0.1, math.inf)
    assert (found.rule, found.effect, found.ends, found.others) == ("funding", 0.7, True, ("outreach",))
    still = find_cause(["practice"], without({"outreach": -0.3}), 0.1, math.inf)
    assert (still.rule, still.ends) == ("outreach", False)
    equal = find_cause(["practice"], without({"outreach": 0.05, "funding": 0.7}), 0.1, 0.0)
    assert (equal.rule, equal.ends, equal.others) == ("outreach", True, ())
    assert find_cause(["practice"], lambda variant: np.full(4, math.nan), 0.1, math.inf) is None


def test_the_rule_in_which_worlds_part():
    worlds = {
        "pull": city(parameters={"outreach": {"pull": 0.6}}),
        "none": city(parameters={"outreach": {"pull": 0.0}}),
        "later": city(start="2016-01"),
        "other": city(commissioners=[unit(knowledge=0.1)]),
    }
    assert divergence_rule({"pull": 1, "none": -1}, worlds, 1) == "outreach"
    assert divergence_rule({"pull": 1, "later": -1}, worlds, 1) is None
    assert divergence_rule({"pull": 1, "other": -1}, worlds, 1) is None
    assert divergence_rule({"pull": 1}, worlds, 1) is None


@pytest.mark.parametrize("rule", NAMES)
def test_each_rule_is_a_candidate_for_some_measure(rule):
    assert rule in candidates(["hours_units"])
