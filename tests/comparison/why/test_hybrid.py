"""Scenarios with some of the changes: none and all of them, and those that cannot stand."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from qsim.comparison.why.changed import changes
from qsim.comparison.why.groups import MOST, change_groups
from qsim.comparison.why.hybrid import can_stand, with_changes
from qsim.files.messages import InputError
from qsim.scenario.loading import load_scenario
from qsim.scenario.schema import Scenario
from tests.strategies import scenarios


@given(scenarios(), scenarios(), st.data())
@settings(max_examples=20, deadline=None)
def test_the_chosen_changes_are_made_and_no_others(first, second, data):
    found = changes(first, second)
    chosen = data.draw(st.lists(st.sampled_from(found), unique_by=lambda change: change.name)) if found else []
    assume(can_stand(first, second, chosen))
    hybrid = with_changes(first, second, chosen)
    assert len(changes(first, hybrid)) == len(chosen)
    assert len(changes(hybrid, second)) == len(found) - len(chosen)


def test_none_is_the_first_and_all_are_the_second():
    first, second = load_scenario("halle"), load_scenario("halle_line_unit")
    assert with_changes(first, second, ()) is first
    assert with_changes(first, second, changes(first, second)) is second


def test_a_hybrid_is_as_if_it_had_been_written():
    first, second = (
        load_scenario("small"),
        load_scenario("small", ("administration.workload=1.2", "tasks[integration].need=0.5")),
    )
    chosen = [change for change in changes(first, second) if change.key == "administration.workload"]
    assert with_changes(first, second, chosen) == load_scenario("small", ("administration.workload=1.2",))


def test_parameters_are_stated_and_left_alone():
    base = load_scenario("small")
    stated = load_scenario(
        "small", ("parameters.learning.contact_rate=0.1", "parameters.learning.forgetting=0.02", "months=50")
    )
    rate, *_ = chosen = [change for change in changes(base, stated) if change.key == "parameters.learning.contact_rate"]
    assert with_changes(base, stated, chosen).parameters == {"learning": {"contact_rate": 0.1}}
    back = [change for change in changes(stated, base) if change.key == rate.key]
    assert with_changes(stated, base, back).parameters == {"learning": {"forgetting": 0.02}}


def test_what_lacks_something_else_cannot_stand():
    first, second = load_scenario("no_unit"), load_scenario("three_units")
    (concept,) = [change for change in changes(first, second) if change.key == "concepts[mitigation_concept]"]
    assert not can_stand(first, second, [concept])
    with pytest.raises(InputError, match="climate_mitigation"):
        with_changes(first, second, [concept])


def test_what_the_schema_refuses_cannot_stand():
    first = load_scenario("no_unit")
    content = first.model_dump()
    content["tasks"] = [{"id": "other_task", "kind": "climate_mitigation"}]
    content["concepts"] = ()
    second = Scenario.model_validate(content)
    removed = [change for change in changes(first, second) if change.kind == "removed" and change.part == "tasks"]
    assert not can_stand(first, second, removed)


def test_changes_that_need_each_other_are_one_group():
    first, second = load_scenario("no_unit"), load_scenario("three_units")
    groups = [[change.key for change in group] for group in change_groups(first, second)]
    assert groups == [
        ["tasks[climate_mitigation]", "commissioners[mitigation]", "concepts[mitigation_concept]"],
        ["commissioners[integration]"],
        ["commissioners[adaptation]"],
    ]


def test_a_move_of_a_unit_goes_with_the_unit():
    base = load_scenario("no_unit")
    content = load_scenario("one_unit").model_dump()
    content["events"] = [
        {"id": "move", "kind": "unit_move", "date": "2022-01", "commissioner": "both", "position": "line_unit"}
    ]
    content["administration"]["workload"] = 1.1
    groups = change_groups(base, Scenario.model_validate(content))
    assert [[change.key for change in group] for group in groups] == [
        ["administration.workload"],
        ["commissioners[both]", "events[move]"],
    ]


@given(scenarios(), scenarios(), st.data())
@settings(max_examples=8, deadline=None)
def test_groups_hold_every_change_once_and_stand(first, second, data):
    groups = change_groups(first, second, settings=3)
    assert sorted(change.name for group in groups for change in group) == sorted(c.name for c in changes(first, second))
    if len(groups) <= 6:
        chosen = [change for group in groups if data.draw(st.booleans()) for change in group]
        assert can_stand(first, second, chosen)


def test_many_changes_are_taken_together_by_what_they_are_about():
    base = load_scenario("small")
    fields = ("workload", "hierarchy", "closed_share", "vacancy_share", "evaluation", "reflection", "budget_tightness")
    of_task = ("need", "salience", "knowledge", "practice")
    said = (
        ["administration.workload=0.9"]
        + [f"administration.{name}=0.15" for name in fields if name != "workload"]
        + [f"tasks[integration].{name}=0.5" for name in of_task]
    )
    groups = change_groups(base, load_scenario("small", said))
    assert len(groups) == len(fields) + 1 <= MOST
    assert sorted(map(len, groups))[-1] == len(of_task)
    assert len(change_groups(load_scenario("halle"), load_scenario("wuerzburg"), settings=2)) <= MOST
