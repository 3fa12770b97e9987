"""The limits of the page: every assumption with its grade, in either language."""

import pytest

from qsim.mechanisms.month import RULES
from qsim.present.page.blocks import Bullets, Details, Table
from qsim.present.page.limits_section import Statement, evidence_of, limits_section
from qsim.present.words.speaker import Speaker
from qsim.scenario.loading import load_scenario


@pytest.mark.parametrize("language", ["de", "en"])
def test_all_parameters_have_a_grade_and_no_two_the_same_name(report, language):
    *_, last = limits_section(report("one"), Speaker(language)).blocks
    (table,) = last.blocks
    assert len(table.rows) == sum(len(rule.parameters) for rule in RULES)
    assert all(all(row) for row in table.rows)
    assert len({row[0] for row in table.rows}) == len(table.rows)


def test_grades_add_up_to_all_parameters(report):
    (table,) = [block for block in limits_section(report("one"), Speaker("en")).blocks if isinstance(block, Table)]
    assert sum(int(row[1]) for row in table.rows) == sum(len(rule.parameters) for rule in RULES)


def test_facts_and_assumptions_of_each_scenario_are_counted(report):
    made = report("pair")
    (bullets,) = [block for block in limits_section(made, Speaker("de")).blocks if isinstance(block, Bullets)]
    for scenario, text in zip(made.scenarios, bullets.items, strict=False):
        evidence = evidence_of(scenario)
        assert evidence.facts == 0
        assert text.startswith(f"„{scenario.label.de}“: keine belegte Angabe, {evidence.assumptions} Annahmen, ")
    assert "Januar 2020 bis April 2023" in bullets.items[-1]


@pytest.mark.parametrize("language", ["de", "en"])
def test_what_a_city_rests_on_is_told_with_its_place(report, language):
    from dataclasses import replace

    schwerin = load_scenario("schwerin")
    made = report("one")
    result = replace(made.results[0], prepared=made.results[0].prepared)
    result.prepared = type(result.prepared)(schwerin)
    section = limits_section(replace(made, results=(result,)), Speaker(language))
    statements, open_, _ = (block for block in section.blocks if isinstance(block, Details))
    rows = statements.blocks[0].rows
    assert len(rows) > 60
    assert any("B-S7" in row[2] for row in rows)
    assert len(open_.blocks[0].rows) == len(evidence_of(schwerin).unknown)


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


def test_a_value_without_a_source_is_an_assumption(tmp_path):
    text = """kind: scenario
schema_version: 1
label: {de: Stadt, en: Town}
start: 2020-01
months: 24
administration: {departments: 12, workload: 1.1, source: "public B-S6"}
tasks:
  - {id: climate, kind: climate_mitigation, need: 0.8, practice: 0.1}
"""
    path = tmp_path / "town.yaml"
    path.write_text(text, encoding="utf-8")
    found = evidence_of(load_scenario(path))
    assumed = [statement.key for statement in found.statements if statement.grade == "assumption"]
    assert assumed == ["tasks[climate].need", "tasks[climate].practice"]
    assert found.facts == 1


def test_all_parameters_are_counted():
    found = evidence_of(load_scenario("small"))
    assert sum(found.parameters.values()) == sum(len(rule.parameters) for rule in RULES)


@pytest.mark.parametrize("name", ["cottbus", "halle", "potsdam", "remscheid", "schwerin", "wuerzburg"])
def test_every_city_has_facts_assumptions_and_open_values(name):
    found = evidence_of(load_scenario(name))
    assert min(found.facts, found.assumptions, len(found.unknown)) > 10
    assert all(statement.places for statement in found.statements if statement.grade == "public figure")
