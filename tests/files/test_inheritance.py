"""A file that extends another changes what it says, and only that; every value keeps the place it came from."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qsim.files import inheritance
from qsim.files.inheritance import LONGEST_CHAIN
from qsim.files.messages import InputError, Place
from qsim.files.nodes import Node, plain
from qsim.files.reading import read_text
from qsim.scenario.loading import checked_scenario, load_scenario
from qsim.scenario.schema import SCENARIO
from qsim.scenario.values import Unknown

PARENT = """\
kind: scenario
schema_version: 1
label: {de: Eltern, en: Parent}
start: 2015-01
months: 120
administration:
  hierarchy: 0.7
  staff: {between: [100, 200], reason: unknown}
tasks:
  - {id: integration, kind: integration, need: 0.4}
  - {id: climate, kind: climate_mitigation}
concepts:
  - {id: first, tasks: [integration], adopted: 2016-01}
  - {id: second, tasks: [climate], adopted: 2017-01, ambition: 0.9}
events:
  - {kind: note, date: 2016-01}
  - {kind: note, date: 2016-02}
"""
HEADER = "kind: scenario\nschema_version: 1\n"


def nested(values):
    """Return groups of keys and lists, some of whose entries have ids."""
    entry = st.fixed_dictionaries({}, optional={"id": st.sampled_from("ab"), "x": values})
    entries = st.lists(entry, max_size=3, unique_by=lambda each: each.get("id", id(each)))
    return st.dictionaries(st.sampled_from("pqr"), values, max_size=3) | st.lists(values, max_size=3) | entries


def node_of(value):
    """Return a value as the content of a file."""
    if isinstance(value, dict):
        return Node({key: node_of(each) for key, each in value.items()}, Place("x"))
    return Node([node_of(each) for each in value] if isinstance(value, list) else value, Place("x"))


@pytest.fixture
def child(write):
    """Loads a file that extends the parent."""

    def load(more, changes=()):
        write(PARENT, "base.yaml")
        return load_scenario(write(f"{HEADER}extends: base.yaml\n{more}"), changes)

    return load


def test_a_child_that_says_nothing_is_its_parent(child):
    scenario = child("")
    assert scenario.id == "city"
    parent = load_scenario("base.yaml")
    assert scenario.model_copy(update={"id": "base", "label": parent.label}) == parent


def test_groups_of_keys_are_merged_key_by_key(child):
    scenario = child("label: {en: Child}\nadministration: {hierarchy: 0.2}\n")
    assert (scenario.label.de, scenario.label.en) == ("Eltern", "Child")
    assert scenario.administration.hierarchy == 0.2
    assert scenario.administration.staff == Unknown(between=(100, 200), reason="unknown")


def test_an_unknown_value_is_replaced_not_merged(child):
    assert child("administration: {staff: {one_of: [5, 6]}}\n").administration.staff == Unknown(one_of=(5, 6))
    assert child("administration: {hierarchy: {between: [0, 1]}}\n").administration.hierarchy.between == (0, 1)
    assert child("administration: {staff: 7}\n").administration.staff == 7


def test_lists_of_objects_with_ids_are_merged_entry_by_entry(child):
    entries = "  - {id: third, tasks: [climate], adopted: 2018-01}\n  - {id: first, ambition: 0.1}\n"
    concepts = child(f"concepts:\n{entries}").concepts
    assert [concept.id for concept in concepts] == ["first", "second", "third"]
    assert [concept.ambition for concept in concepts] == [0.1, 0.9, 0.6]


def test_entries_without_ids_stay_beside_those_that_are_named(child):
    events = child("events: [{id: third, kind: note, date: 2019-01}]\n").events
    assert [event.id for event in events] == [None, None, "third"]


def test_an_entry_is_removed(child):
    assert [concept.id for concept in child("concepts: [{id: first, remove: true}]\n").concepts] == ["second"]


def test_other_lists_are_replaced(child):
    assert len(child("events: [{kind: note, date: 2019-01}]\n").events) == 1
    assert child("concepts: []\n").concepts == ()
    assert child("concepts: [{id: first, tasks: [climate]}]\n").concepts[0].tasks == ("climate",)


def test_each_value_keeps_the_place_it_came_from(child):
    scenario = child("months: 60\nconcepts: [{id: first, ambition: 0.1}]\n", ["start=2014-01"])
    assert scenario.place("months") == ("city.yaml", 4, 9)
    assert scenario.place("months", name=True) == ("city.yaml", 4, 1)
    assert scenario.place("start") == ("--set", None, None)
    assert scenario.place("administration.hierarchy") == ("base.yaml", 7, 14)
    assert scenario.place("concepts[first].ambition") == ("city.yaml", 5, 34)
    assert scenario.place("concepts[first].adopted") == ("base.yaml", 13, 48)
    assert scenario.place("concepts[first].council") is None


def test_errors_name_the_file_they_are_in(write, complaints):
    write(PARENT.replace("need: 0.4", "need: 4"), "base.yaml")
    name = write(f"{HEADER}extends: base.yaml\nmonths: 0\nconcepts: [{{id: first, tasks: [climat]}}]\n")
    assert complaints(name) == [
        "base.yaml:10:48  tasks[integration].need: 4 is not a share; expected 0 to 1",
        "city.yaml:4:9  months: 0 is not a length of a run; expected a whole number from 1 to 1200 months",
    ]


def test_a_parent_in_another_folder_and_grandparents(write):
    write(PARENT, "a/base.yaml")
    write(f"{HEADER}extends: base.yaml\nmonths: 50\n", "a/middle.yaml")
    scenario = load_scenario(write(f"{HEADER}extends: ../a/middle.yaml\nstart: 2014-01\n", "b/city.yaml"))
    assert (scenario.months, scenario.tasks[0].need) == (50, 0.4)
    assert scenario.place("months") == ("a/middle.yaml", 4, 9)


def test_a_scenario_that_comes_with_qsim_is_extended_by_name(write):
    write(PARENT, "packaged/base.yaml")
    scenario = load_scenario(write(f"{HEADER}extends: base\nmonths: 50\n", "base.yaml"))
    assert (scenario.id, scenario.months, scenario.label.en) == ("base", 50, "Parent (base)")
    assert scenario.place("start") == ("packaged/base.yaml", 4, 8)


@pytest.mark.parametrize(
    ("extends", "line"),
    [
        ("bas.yaml", 'city.yaml:3:10  extends: there is no file "bas.yaml" to extend; did you mean "base.yaml"?'),
        ("bas", 'city.yaml:3:10  extends: there is no file "bas" to extend; did you mean "base"?'),
        ("x/base.yaml", 'city.yaml:3:10  extends: there is no file "x/base.yaml" to extend; did you mean "base.yaml"?'),
        ("", "city.yaml:3:1  extends: found nothing; expected the name of one file, such as base.yaml"),
        ("[base.yaml]", "city.yaml:3:10  extends: found a list; expected the name of one file, such as base.yaml"),
        ("city.yaml", "city.yaml:3:10  extends: the files extend each other in a circle: city.yaml -> city.yaml"),
    ],
)
def test_a_parent_that_is_none(write, complaints, extends, line):
    write(PARENT, "base.yaml")
    assert complaints(write(f"{HEADER}extends: {extends}\n")) == [line]


def test_a_circle_is_named_with_its_files(write, complaints):
    write(f"{HEADER}extends: b.yaml\n", "a.yaml")
    write(f"{HEADER}extends: c\n", "b.yaml")
    write(f"{HEADER}extends: b.yaml\n", "c.yaml")
    expected = "c.yaml:3:10  extends: the files extend each other in a circle: b.yaml -> c.yaml -> b.yaml"
    assert complaints("a.yaml") == [expected]


@pytest.mark.parametrize(
    ("header", "line"),
    [
        (
            "kind: experiment\nschema_version: 1\n",
            "city.yaml:1:7  kind: this file is of the kind experiment; expected scenario",
        ),
        ("kind: szenario\n", 'city.yaml:1:7  kind: "szenario" is not a kind of file; did you mean "scenario"?'),
        (
            "kind: [scenario]\n",
            "city.yaml:1:7  kind: a list is not a kind of file; expected one of "
            "scenario, experiment, claims, roles, levers, prices",
        ),
        (
            "kind: zebra\n",
            'city.yaml:1:7  kind: "zebra" is not a kind of file; expected one of '
            "scenario, experiment, claims, roles, levers, prices",
        ),
        (
            "kind: scenario\nschema_version: 2\n",
            "city.yaml:2:17  schema_version: 2 is not a version this qsim reads; expected 1",
        ),
        (
            "kind: scenario\nschema_version: true\n",
            "city.yaml:2:17  schema_version: true is not a version this qsim reads; expected 1",
        ),
    ],
)
def test_files_of_another_kind_or_version(write, complaints, header, line):
    assert complaints(write(header + "nonsense: 1\n")) == [line]


def test_the_same_id_twice_in_a_file(write, complaints):
    write(PARENT, "base.yaml")
    text = "concepts:\n  - {id: first, ambition: 0.2}\n  - {id: first, ambition: 0.3}\n"
    assert complaints(write(f"{HEADER}extends: base.yaml\n{text}")) == [
        'city.yaml:6:10  concepts: the id "first" is there twice; first in line 5'
    ]


@pytest.mark.parametrize(
    ("entry", "line"),
    [
        ("{id: frst, remove: true}", 'city.yaml:4:23  there is no "frst" to remove; did you mean "first"?'),
        ("{id: first, remove: 1}", "city.yaml:4:32  remove: found 1; expected true"),
    ],
)
def test_what_cannot_be_removed(write, complaints, entry, line):
    write(PARENT, "base.yaml")
    assert complaints(write(f"{HEADER}extends: base.yaml\nconcepts: [{entry}]\n")) == [line]


def test_without_a_parent_nothing_can_be_removed(said):
    assert said("facts: [{id: a, text: {de: x, en: x}, source: report, remove: true}]\n") == [
        'city.yaml:8:55  facts[a]: unknown key "remove"; only an entry that the extended file has can be removed'
    ]


def test_an_error_in_a_file_that_comes_with_qsim_is_told_at_the_one_that_causes_it(write, folder, monkeypatch):
    """By itself it is right; one's own parent may be wrong, and is named."""
    write(PARENT.replace("first, tasks", "first, council: true, tasks"), "packaged/base.yaml")
    child = f"{HEADER}extends: base.yaml\ntasks: [{{id: climate, remove: true}}]\n"
    write(child, "mine/city.yaml")
    monkeypatch.chdir(folder / "mine")
    assert complaints_of("city.yaml") == [
        "city.yaml:3:10  extends: with these changes the scenario is wrong: base.yaml:14:26  concepts[second].tasks[0]: "
        'there is no task "climate"; there are integration'
    ]
    write(PARENT, "mine/base.yaml")
    assert complaints_of("city.yaml")[0].startswith("base.yaml:14:26  concepts[second].tasks[0]: ")


def complaints_of(name):
    with pytest.raises(InputError) as caught:
        load_scenario(name)
    return str(caught.value).splitlines()


@pytest.mark.parametrize(
    ("extends", "said"),
    [
        ("one.yaml", "one.yaml: cannot be read: too many levels of symbolic links"),
        ("pit.yaml", "pit.yaml: is a folder; expected a file"),
        ("x" * 300, f'there is no file "{"x" * 56}... to extend; there are one.yaml, two.yaml'),
    ],
)
def test_what_cannot_be_extended_is_told_at_its_name(write, folder, extends, said):
    (folder / "one.yaml").symlink_to("two.yaml")
    (folder / "two.yaml").symlink_to("one.yaml")
    (folder / "pit.yaml").mkdir()
    [line] = complaints_of(write(f"extends: {extends}\n"))
    assert line.split("; there are")[0] == f"city.yaml:1:10  extends: {said}".split("; there are")[0]


def test_a_chain_has_an_end(write):
    for number in range(1000):
        write(f"extends: c{number + 1}\n", f"c{number}.yaml")
    text = f"more than {LONGEST_CHAIN} files extend each other, one the next; expected a shorter chain"
    assert complaints_of("c0.yaml") == [f"c50.yaml:1:10  extends: {text}"]
    write(PARENT, f"c{LONGEST_CHAIN}.yaml")
    assert load_scenario("c0").months == 120


def test_what_a_file_extends_is_no_change(write):
    write(PARENT, "base.yaml")
    with pytest.raises(InputError, match="what a file extends cannot be changed; write a file that extends another"):
        load_scenario("base.yaml", ["extends=base"])
    root = read_text(f"{PARENT}extends: x\n", "base.yaml")
    with pytest.raises(InputError, match='unknown key "extends"; expected one of kind'):
        checked_scenario(root, "base")


def test_where_a_file_comes_from_is_looked_up_once_however_many_errors_it_has(write, base, monkeypatch):
    looked_up = []
    write(base, "base.yaml")
    monkeypatch.setattr(inheritance, "is_packaged", lambda kind, name: looked_up.append(name))
    rest = "".join(f"key_{i}: 1\n" for i in range(50))
    path = write(f"kind: scenario\nschema_version: 1\nextends: base.yaml\n{rest}", "many.yaml")
    with pytest.raises(InputError) as caught:
        load_scenario(path)
    assert len(caught.value.messages) == 50
    assert len(looked_up) == 1


@given(st.recursive(st.integers(0, 2), nested, max_leaves=12), st.recursive(st.integers(0, 2), nested, max_leaves=12))
def test_the_difference_of_two_contents_makes_the_one_of_the_other(parent, whole):
    before, after = node_of(parent), node_of(whole)
    try:
        child = inheritance.difference(before, after)
    except ValueError:
        return
    assert plain(before if child is None else inheritance.merge(before, child)) == plain(after)


def test_the_difference_names_only_what_changes(write):
    write(PARENT, "base.yaml")
    parent = inheritance.read(SCENARIO, Path("base.yaml"))
    text = PARENT.replace("ambition: 0.9", "ambition: 0.4").replace("staff: {", "staff: 5\n  # {")
    whole = read_text(text + "  - {id: third, kind: note, date: 2016-03}\n", "whole.yaml")
    assert plain(inheritance.difference(parent, whole)) == {
        "administration": {"staff": 5},
        "concepts": [{"id": "second", "ambition": 0.4}],
        "events": [{"id": "third", "kind": "note", "date": "2016-03"}],
    }
    assert inheritance.difference(parent, parent) is None
    with pytest.raises(ValueError, match="the key administration is gone"):
        inheritance.difference(parent, Node({}, parent.place))


def test_what_no_entry_names_is_replaced_as_a_whole(write):
    write(PARENT, "base.yaml")
    parent = inheritance.read(SCENARIO, Path("base.yaml"))
    whole = read_text(PARENT.replace("date: 2016-02", "date: 2017-02"), "whole.yaml")
    dates = [event["date"] for event in plain(inheritance.difference(parent, whole))["events"]]
    assert dates == ["2016-01", "2017-02"]
