"""The rule behind a contradiction: not one that writes the measure itself, and the one that brings it nearest."""

import math

import numpy as np
import pytest

from qsim.claims.causes import WRITERS, candidates, find_cause, parting_rule
from qsim.mechanisms.month import NAMES
from worlds import city, unit


def test_rules_that_write_a_measure_are_no_candidates():
    assert "practice" not in candidates("joint_practice")
    assert "learning" in candidates("joint_practice")
    assert "learning" not in candidates("knowledge")
    assert {"practice", "commitment"}.isdisjoint(candidates("implementation_gap"))
    assert candidates("hours_units") == list(NAMES)
    assert {rule for rule, _ in WRITERS} <= set(NAMES)


def without(effects):
    return lambda variant: np.full(4, effects.get(variant.off[0], -1.0))


def test_the_rule_without_which_the_effect_is_nearest_to_what_was_expected():
    found = find_cause("practice", without({"outreach": 0.5, "funding": 0.7, "practice": 2.0}), 0.1, math.inf)
    assert (found.rule, found.effect, found.ends, found.others) == ("funding", 0.7, True, ("outreach",))
    still = find_cause("practice", without({"outreach": -0.3}), 0.1, math.inf)
    assert (still.rule, still.ends) == ("outreach", False)
    equal = find_cause("practice", without({"outreach": 0.05, "funding": 0.7}), 0.1, 0.0)
    assert (equal.rule, equal.ends, equal.others) == ("outreach", True, ())
    assert find_cause("practice", lambda variant: np.full(4, math.nan), 0.1, math.inf) is None


def test_the_rule_in_which_worlds_part():
    worlds = {
        "pull": city(parameters={"outreach": {"pull": 0.6}}),
        "none": city(parameters={"outreach": {"pull": 0.0}}),
        "later": city(start="2016-01"),
        "other": city(commissioners=[unit(knowledge=0.1)]),
    }
    assert parting_rule({"pull": 1, "none": -1}, worlds, 1) == "outreach"
    assert parting_rule({"pull": 1, "later": -1}, worlds, 1) is None
    assert parting_rule({"pull": 1, "other": -1}, worlds, 1) is None
    assert parting_rule({"pull": 1}, worlds, 1) is None


@pytest.mark.parametrize("rule", NAMES)
def test_each_rule_is_a_candidate_for_some_measure(rule):
    assert rule in candidates("hours_units")
