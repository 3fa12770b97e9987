"""The first difference between twins: its month, rule, field and agent."""

import pytest

from qsim.comparison.why.divergence import first_divergence
from qsim.engine.prepare import prepare
from qsim.scenario.values import month_number

SHOCK = "events=[{kind: shock, date: %s, need: 0.3, workload: 0.4, salience: 0.5, departments: [youth]}]"


def diverge(one, other, row=(0, 0)):
    return first_divergence(prepare(one), prepare(other), row=row)


def test_twins_without_a_difference(short):
    assert diverge(short(), short()) is None


def test_a_shock_parts_twins_in_its_month_by_the_calendar(short):
    month = "2021-04"
    found = diverge(short("medium"), short("medium", SHOCK % month))
    assert found.month == month_number(month)
    assert found.rule.name == "calendar"
    assert found.sides[0] != found.sides[1]
    assert found.many >= 1


def test_a_parameter_parts_twins_where_its_rule_acts(short):
    found = diverge(short(), short("small", "parameters.learning.forgetting=0.02"))
    assert found.rule.name == "learning"
    assert found.what.table == "stances"
    assert found.what.field.name in {"knowledge", "process_knowledge", "chain_knowledge"}
    assert [axis for axis, _ in found.what.whose] == ["departments", "tasks"]


def test_a_rule_that_is_switched_off_is_the_rule_that_differs(short):
    assert diverge(short(), short("small", "rules.off=[practice]")).rule.name == "practice"


def test_a_different_beginning_is_told_before_the_first_month(short):
    found = diverge(short(), short("small", "tasks[integration].knowledge=0.5"))
    assert found.month is None
    assert found.rule is None


def test_houses_of_different_size_are_compared_where_they_meet(short):
    found = diverge(short(), short("small", "administration.departments=12"))
    assert found is not None


def test_another_start_is_no_twin(short):
    with pytest.raises(ValueError, match="different months"):
        diverge(short(), short("small", "start=2019-01"))


def test_luck_moves_the_difference_not_its_cause(short):
    other = short("small", "parameters.learning.forgetting=0.02")
    found = [diverge(short(), other, row) for row in ((0, 0), (17, 3))]
    assert found[0].rule == found[1].rule
    assert found[0].sides[0] != found[1].sides[0]
