"""Variants of the model: a rule off, a parameter neutral or mirrored, settings drawn from a part of the ranges."""

import numpy as np

from qsim.engine.overrides import all_parameters
from qsim.engine.prepare import prepare
from qsim.mechanisms.month import NAMES
from qsim.study.claims.schema import Mechanism
from qsim.study.claims.variants import AS_IT_IS, Variant, prepare_variant, switched_off, turned_round
from worlds import city


def world(scenario, variant, replicate=0):
    return prepare_variant(scenario, variant).blueprint.world(1, replicate)


def test_the_model_as_it_is_gives_the_same_runs():
    usual = prepare(city()).run(1, [(3, 3)])
    found = prepare_variant(city(), AS_IT_IS).run(1, [(3, 3)])
    assert np.array_equal(usual.series, found.series, equal_nan=True)


def test_a_rule_off():
    variant = switched_off(Mechanism(rule="outreach"))
    switches = world(city(), variant).switches
    assert switches[NAMES.index("outreach")] == 0
    assert switches.sum() == len(NAMES) - 1
    assert turned_round(Mechanism(rule="outreach")) is None


def test_a_parameter_neutral_and_mirrored():
    mechanism = Mechanism(parameter="outreach.pull", neutral=0.1)
    default = all_parameters()["outreach_pull"].default
    off, turned = world(city(), switched_off(mechanism)), world(city(), turned_round(mechanism))
    assert off.parameters["outreach_pull"] == 0.1
    assert turned.parameters["outreach_pull"] == 0.2 - default
    usual = prepare(city()).blueprint.world(1, 0).parameters
    others = [name for name in usual.dtype.names if name != "outreach_pull"]
    assert all(off.parameters[name] == turned.parameters[name] == usual[name] for name in others)


def test_a_parameter_that_the_scenario_sets_is_mirrored_from_there_and_an_unknown_one_is_known():
    mechanism = Mechanism(parameter="outreach.pull", neutral=0)
    stated = city(parameters={"outreach": {"pull": 0.5}})
    assert world(stated, turned_round(mechanism)).parameters["outreach_pull"] == -0.5
    unknown = city(parameters={"outreach": {"pull": {"between": [0.2, 0.4]}}})
    assert {float(world(unknown, switched_off(mechanism), r).parameters["outreach_pull"][0]) for r in range(5)} == {0.0}


def test_settings_of_a_width_lie_within_that_part_of_the_ranges():
    blueprint = prepare_variant(city(), Variant(width=0.25)).blueprint
    drawn = [blueprint.world(1, 0, setting).parameters for setting in range(30)]
    for name, parameter in all_parameters().items():
        low = parameter.default - 0.25 * (parameter.default - parameter.low)
        high = parameter.default + 0.25 * (parameter.high - parameter.default)
        values = [float(record[name][0]) for record in drawn]
        assert all(low - 1e-12 <= value <= high + 1e-12 for value in values), name
        assert (max(values) > min(values)) == (parameter.low < parameter.high), name


def test_what_is_switched_off_is_off_in_every_setting():
    blueprint = prepare_variant(city(), Variant(parameter="outreach.pull", neutral=0.0, width=1.0)).blueprint
    assert {float(blueprint.world(1, 0, setting).parameters["outreach_pull"][0]) for setting in range(5)} == {0.0}
