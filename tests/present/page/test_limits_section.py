"""The limits of the page: every assumption with its grade, in either language."""

import pytest

from qsim.comparison.report import evidence_of
from qsim.mechanisms.month import RULES
from qsim.present.page.blocks import Bullets, Details, Table
from qsim.present.page.limits_section import limits_section
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
    for scenario, evidence, text in zip(made.scenarios, made.evidence, bullets.items, strict=False):
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
    section = limits_section(replace(made, results=(result,), evidence=(evidence_of(schwerin),)), Speaker(language))
    statements, open_, _ = (block for block in section.blocks if isinstance(block, Details))
    rows = statements.blocks[0].rows
    assert len(rows) > 60
    assert any("B-S7" in row[2] for row in rows)
    assert len(open_.blocks[0].rows) == len(evidence_of(schwerin).unknown)
