"""Which settings differ between scenarios: what the rules see, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qsim.comparison.why.changes import changes, held_same
from qsim.scenario.loading import load_scenario
from qsim.scenario.schema import Scenario
from tests.strategies import scenarios


def named(found):
    return [(change.kind, change.key) for change in found]


def altered(scenario, **parts):
    return Scenario.model_validate({**scenario.model_dump(), **parts})


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("position_staff_unit", "position_line_unit", [("changed", "commissioners[integration].position")]),
        ("funding_24", "funding_permanent", [("changed", "commissioners[integration].funding[0]")]),
        ("funding_24", "funding_60", [("changed", "commissioners[integration].funding[0].duration_months")]),
        ("schwerin_staff_unit", "schwerin", [("added", "events[move_2018]")]),
        ("schwerin", "schwerin_staff_unit", [("removed", "events[move_2018]")]),
        (
            "one_unit",
            "two_units",
            [("removed", "commissioners[both]"), ("added", "commissioners[integration]"), ("added", "commissioners[adaptation]")],
        ),
    ],
)  # fmt: skip
def test_scenarios_that_come_with_qsim_differ_in_what_their_files_say(first, second, expected):
    assert named(changes(load_scenario(first), load_scenario(second))) == expected


@given(scenarios())
@settings(max_examples=15, deadline=None)
def test_a_scenario_does_not_differ_from_itself(scenario):
    assert changes(scenario, scenario) == ()


@given(scenarios(), scenarios())
@settings(max_examples=15, deadline=None)
def test_the_other_way_round_what_is_added_is_removed(first, second):
    turned = {"added": "removed", "removed": "added", "changed": "changed"}
    forth, back = changes(first, second), changes(second, first)
    with_ids = [change for change in forth if not change.key.startswith("events[")]
    assert {(turned[change.kind], change.key) for change in with_ids} == {
        change.name for change in back if not change.key.startswith("events[")
    }
    assert len(forth) == len(back)


@given(scenarios(), st.randoms(use_true_random=False))
@settings(max_examples=15, deadline=None)
def test_the_order_of_entries_is_no_difference(scenario, random):
    content = scenario.model_dump()
    for part in ("leaders", "commissioners", "formats", "concepts", "civil_society"):
        content[part] = random.sample(content[part], len(content[part]))
    assert changes(scenario, Scenario.model_validate(content)) == ()


def test_names_and_reasons_are_no_differences():
    halle = load_scenario("halle")
    content = halle.model_dump()
    content |= {"label": {"de": "anders", "en": "other"}, "description": None, "facts": ()}
    content["administration"]["source"] = "assumption: another"
    content["administration"]["departments"]["reason"] = "another"
    content["commissioners"][0]["label"] = {"de": "anders", "en": "other"}
    content["events"] = [event for event in content["events"] if event["kind"] != "note"]
    assert changes(halle, Scenario.model_validate(content)) == ()


def test_a_default_that_is_written_out_is_no_difference():
    small = load_scenario("small")
    written = ("administration.hierarchy=0.5", "leaders[deputy].kind=deputy", "rules.off=[]")
    said = load_scenario("small", (*written, "commissioners[integration].coordination=0.5"))
    assert changes(small, said) == ()


def test_a_parameter_that_one_states_is_a_difference_at_its_default():
    small = load_scenario("small")
    (found,) = changes(small, load_scenario("small", ("parameters.learning.contact_rate=0.1",)))
    assert (found.kind, found.key, found.first, found.second) == (
        "added",
        "parameters.learning.contact_rate",
        None,
        0.1,
    )


def test_what_is_said_of_an_office_differs_key_by_key():
    said = load_scenario("small", ("leaders[deputy].support=0.5",))
    (found,) = changes(load_scenario("small"), said)
    assert (found.kind, found.key, found.first, found.second) == ("changed", "leaders[deputy].support", None, 0.5)


def test_what_a_permanent_post_does_not_read_is_no_difference():
    permanent = load_scenario("funding_permanent")
    assert (
        changes(permanent, load_scenario("funding_permanent", ("commissioners[integration].funding[0].after=end",)))
        == ()
    )


def test_a_further_phase_of_funding_is_added():
    halle = load_scenario("halle")
    content = halle.model_dump()
    phases = content["commissioners"][0]["funding"]
    content["commissioners"][0]["funding"] = [phases[0], phases[2]]
    assert named(changes(Scenario.model_validate(content), halle)) == [
        ("added", "commissioners[service_centre].funding[1]")
    ]


def test_events_without_an_id_are_matched():
    event = {"kind": "shock", "date": "2020-05", "workload": 0.2}
    other = {"kind": "mandate", "date": "2020-06", "task": "integration"}
    small = load_scenario("small")
    one, two, three = (
        altered(small, events=events) for events in ([event], [other, event], [other, {**event, "workload": 0.3}])
    )
    assert named(changes(one, two)) == [("added", "events[0]")]
    assert named(changes(two, three)) == [("changed", "events[1].workload")]


def test_the_order_of_a_process_counts():
    chain = {"id": "way", "kind": "integration", "departments": ["youth", "social_services"]}
    one, other = (
        altered(load_scenario("small"), chains=[{**chain, "departments": way}])
        for way in (chain["departments"], chain["departments"][::-1])
    )
    assert named(changes(one, other)) == [("changed", "chains[way].departments")]


def test_what_is_held_the_same():
    found = held_same(load_scenario("one_unit"), load_scenario("two_units"))
    assert found == ("start", "months", "administration", "tasks", "leaders", "concepts")
    small = load_scenario("small")
    assert held_same(small, altered(small, months=7)) == held_same(small, small)[:1] + held_same(small, small)[2:]


def test_a_change_says_where_it_lies():
    (found,) = changes(load_scenario("funding_24"), load_scenario("funding_60"))
    assert (found.part, found.thing) == ("commissioners", "commissioners[integration]")
