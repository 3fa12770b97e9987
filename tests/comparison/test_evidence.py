"""What a scenario rests on, counted from its sources."""

import pytest

from qsim.comparison.evidence import Statement, evidence_of
from qsim.mechanisms.month import RULES
from qsim.scenario.loading import load_scenario


def test_each_grade_of_a_source_is_a_statement_with_its_places():
    found = evidence_of(load_scenario("schwerin"))
    of_house = [statement for statement in found.statements if statement.key == "administration"]
    assert [statement.grade for statement in of_house] == ["public figure", "report", "assumption"]
    assert of_house[0].places[:2] == ("B-S6", "B-S29")
    assert of_house[1] == Statement("administration", "report", ("1.2",))
    assert found.facts + found.assumptions == len(found.statements)
    assert found.facts > found.assumptions > 0


def test_what_is_left_open_is_counted_without_facts_and_parameters():
    scenario = load_scenario("halle", ["parameters.learning.forgetting={between: [0.01, 0.02]}"])
    keys = [key for key, _ in evidence_of(scenario).unknown]
    assert "administration.hierarchy" in keys
    assert not [key for key in keys if key.startswith(("parameters.", "facts["))]


def test_an_invented_scenario_has_assumptions_only():
    found = evidence_of(load_scenario("funding_24"))
    assert (found.facts, len(found.unknown)) == (0, 0)
    assert found.assumptions == len(found.statements) > 3


def test_all_parameters_are_counted():
    found = evidence_of(load_scenario("small"))
    assert sum(found.parameters.values()) == sum(len(rule.parameters) for rule in RULES)


@pytest.mark.parametrize("name", ["cottbus", "halle", "potsdam", "remscheid", "schwerin", "wuerzburg"])
def test_every_city_has_facts_assumptions_and_open_values(name):
    found = evidence_of(load_scenario(name))
    assert min(found.facts, found.assumptions, len(found.unknown)) > 10
    assert all(statement.places for statement in found.statements if statement.grade == "public figure")
