"""What a page is written from, and what a scenario rests on."""

from __future__ import annotations

import pytest

from qsim.comparison import report
from qsim.comparison.comparing import ComparisonPlan
from qsim.comparison.report import Statement, evidence_of
from qsim.comparison.why.case import follow_case
from qsim.comparison.why.divergence import first_divergence
from qsim.files.messages import InputError
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


POSTS = "commissioners[integration].funding[0].posts=4"


@pytest.fixture
def made(short, monkeypatch):
    """The report on three scenarios, without the two steps that take many runs."""
    monkeypatch.setattr(report, "shares", lambda first, second, *others, of: (first.id, second.id))
    monkeypatch.setattr(report, "all_conditions", lambda *others: ())
    plan = ComparisonPlan((short(), short("small", POSTS), short("small", "months=30")), settings=2, replications=1)
    worlds = plan.worlds()
    return report.report_of_comparison(plan.run(worlds, workers=1), plan.manifest(worlds, "qsim compare ..."))


def test_each_scenario_has_its_own_case(made):
    for scenario, (single, mean) in zip(made.scenarios, made.cases, strict=True):
        month = scenario.start + scenario.months - 1
        own = follow_case(scenario, None, month, 1, range(report.CASE_RUNS))
        assert (single.done, mean.done) == (own[0].done, own[1].done)
    assert made.cases[0][1].done == made.cases[2][1].done != made.cases[1][1].done


def test_each_pair_is_the_first_scenario_and_another(made):
    first, *others = made.scenarios
    assert made.shares == tuple((first.id, other.id) for other in others)
    assert made.divergences == tuple(first_divergence(first, other) for other in others)
    assert made.divergences[0] is not None
    assert made.divergences[1] is None


def test_all_reasons_against_a_page_are_told_at_once(short):
    with pytest.raises(InputError) as error:
        report.check_comparable([short("one_unit"), short("small", "months=12")])
    assert [message.text.partition(":")[0] for message in error.value.messages] == ["cannot be compared on a page"] * 2
