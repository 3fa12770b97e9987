"""A case and the parting of twins, told in both languages."""

import math

import pytest
from rich.console import Console

from qsim.comparison.why.case import Case, CaseStep
from qsim.comparison.why.divergence import Divergence, What
from qsim.engine.prepare import prepare
from qsim.mechanisms.month import MONTH
from qsim.present.text.explained import case_table, case_text, difference_text
from qsim.present.words.speaker import Speaker
from qsim.scenario.loading import load_scenario
from qsim.world.records import TABLES


@pytest.fixture
def scenario():
    return load_scenario("large")


def case(scenario, channel):
    chain = prepare(scenario).house.chains[0]
    steps = (
        CaseStep("youth", 0.31, 0.5, 0.4, 0.6, channel),
        CaseStep("schools", 0.22, 0.5, 0.4, 0.1, math.nan),
    )
    return Case(chain, "integration", 12 * 2022 + 2, 50, steps, 0.17)


def printed(table):
    console = Console(width=100)
    with console.capture() as capture:
        console.print(table)
    return " ".join(capture.get().split())


def test_a_table_of_steps(scenario):
    text = printed(case_table(case(scenario, 0.9), scenario, Speaker("de"), run=3))
    assert "März 2022" in text
    assert "Jugendamt 31 50 40 60 90" in text
    assert "10 –" in text
    assert "Lauf 3" in text
    assert "mean over 50 runs" in printed(case_table(case(scenario, 0.9), scenario, Speaker("en")))


def test_where_a_case_sticks(scenario):
    assert "sticks at" in case_text(case(scenario, 0.9), scenario, Speaker("en"))
    assert "what is scarcest is time. 17% of such cases" in case_text(case(scenario, 0.9), scenario, Speaker("en"))
    assert "am ehesten fehlt Zeit" in case_text(case(scenario, 0.9), scenario, Speaker("de"))
    assert "stockt auf dem Weg von „Jugendamt“" in case_text(case(scenario, 0.05), scenario, Speaker("de"))


def difference(month, rule, many=1, values=(0.25, 0.2500001)):
    field = next(field for field in TABLES["stances"] if field.name == "knowledge")
    whose = (("departments", "youth"), ("tasks", "integration"))
    return Divergence(month, rule, What("stances", field, whose), values, many)


def test_when_and_by_what_twins_part(scenario):
    pair = [scenario, load_scenario("medium")]
    learning = next(rule for rule in MONTH if rule.name == "learning")
    text = difference_text(difference(scenario.start + 5, learning, 7), pair, 17, Speaker("en"))
    assert text.startswith("Run 17: until the end of ")
    assert "the rule “Learning” parts them" in text
    assert "0.25000000 in" in text
    assert "0.25000010 in" in text
    assert "7 values differ in all" in text
    assert "Im ersten Monat" in difference_text(difference(scenario.start, learning), pair, 17, Speaker("de"))
    assert "vor dem ersten Monat" in difference_text(difference(None, None), pair, 17, Speaker("de"))
    assert "Fachwissen" in difference_text(difference(None, None), pair, 17, Speaker("de"))
    assert "differ in no month" in difference_text(None, pair, 17, Speaker("en"))


def test_a_missing_value_is_a_dash(scenario):
    text = difference_text(
        difference(None, None, values=(math.nan, 0.5)), [scenario, load_scenario("medium")], 0, Speaker("en")
    )
    assert "is – in" in text
