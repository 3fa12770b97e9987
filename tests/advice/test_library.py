"""The library is sound and speaks two languages; one's own measures come beside it, and what is wrong with them is told."""

import re

import pytest

from qsim.advice.applying import change_of, is_dated
from qsim.advice.library import GROUPS, HOME, library_beside, load_library
from qsim.advice.situation import PLACE
from qsim.claims.statements import all_statements
from qsim.files.messages import InputError
from trial_levers import OWN

LIBRARY = load_library()
ASKED = {
    "post_e11", "post_e9c", "post_e13", "half_post_e11", "head_of_office", "under_mayor", "permanence",
    "training_few", "training_all", "working_circle", "steering_circle", "network", "advisory_council", "conference",
    "checklist", "checklist_with_veto", "screening", "joint_project", "concept", "concept_with_departments",
    "council_decision", "relief", "release", "administration_days", "handover", "evaluation", "evaluation_used",
    "specialist_leadership", "coordination", "recruitment", "digital_training",
}  # fmt: skip
"""What the library must have."""

COST = "levers[breakfast].cost"


def test_it_has_all_that_was_asked_for_in_files_of_groups():
    assert set(LIBRARY.levers) >= ASKED
    assert sorted(path.stem for path in HOME.glob("*.yaml")) == sorted([*GROUPS, "prices"])


@pytest.mark.parametrize("name", LIBRARY.levers)
def test_each_is_said_in_both_languages_and_rests_on_statements_and_figures(name):
    lever = LIBRARY.levers[name]
    assert lever.label.de != lever.label.en
    assert lever.help.de != lever.help.en
    assert re.fullmatch(r"[A-ZÄÖÜ][^.]*\.", lever.help.de)
    assert re.fullmatch(r"[A-Z][^.]*\.", lever.help.en)
    assert lever.evidence.statements
    assert set(lever.evidence.statements) <= set(all_statements())
    assert lever.cost.year == LIBRARY.prices.year
    places = {found[1] for found in PLACE.finditer(f"{lever.adds}{lever.changes}")}
    known = "unit units tasks groups from above above_kind staff_position lead_department lead_departments ending"
    assert places <= set(known.split())


def test_what_has_no_month_in_files_holds_for_the_whole_run():
    whole = {name for name, lever in LIBRARY.levers.items() if not is_dated(change_of(lever, LIBRARY))}
    assert whole == {
        "handover", "evaluation", "evaluation_used", "specialist_leadership", "recruitment", "coordination"
    }  # fmt: skip


def test_levers_come_in_the_order_of_the_library_whatever_the_order_of_their_names():
    assert [lever.id for lever in LIBRARY.named(["relief", " network", "post_e11"])] == [
        "post_e11", "network", "relief"
    ]  # fmt: skip


def test_unknown_names_and_names_that_are_there_twice_are_told_at_once():
    with pytest.raises(InputError) as caught:
        LIBRARY.named(["chekclist", "network", "network"])
    assert str(caught.value).split("\n") == [
        'chekclist: there is no such measure; did you mean "checklist"?',
        "network: is named twice",
    ]


def test_a_folder_of_ones_own_lies_beside_the_scenario(tmp_path):
    (tmp_path / "levers").mkdir()
    (tmp_path / "levers" / "own.yaml").write_text(OWN, encoding="utf-8")
    library = library_beside(tmp_path / "city.yaml")
    assert library.levers["breakfast"].cost.a_year == 500
    assert library.groups["breakfast"].en == "Own"
    assert len(library.levers) == len(LIBRARY.levers) + 1
    assert library_beside(tmp_path.parent / "city.yaml") is LIBRARY


def test_ones_own_prices_take_the_place_of_those_that_come_along(tmp_path):
    text = (HOME / "prices.yaml").read_text(encoding="utf-8").replace("overhead: 0.2", "overhead: 0")
    (tmp_path / "prices.yaml").write_text(text, encoding="utf-8")
    assert load_library(tmp_path / "prices.yaml").prices.overhead == 0
    (tmp_path / "prices.yaml").write_text(text.replace("id: e14", "id: e15"), encoding="utf-8")
    with pytest.raises(InputError, match='head_of_office: there is no pay grade "e14"; there are e9b, '):
        load_library(tmp_path / "prices.yaml")


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("a_year: 500", "a_year: -5", f"own.yaml:12:20  {COST}.a_year: -5 is not an amount; expected 0 to 999999 euro"),
        ("a_year: 500", "a_year: 500 USD", f'own.yaml:12:20  {COST}.a_year: "500 USD" is text; expected the number alone, '
         "500 (0 to 999999 euro)"),
        ("a_year: 500", "posts: 1", f"own.yaml:12:11  {COST}: posts need a pay grade, and a pay grade needs posts"),
        ("a_year: 500", "posts: 1, grade: e99", 'breakfast: there is no pay grade "e99"; there are e9b, e9c, e10, '),
        ("    adds:\n", "    ads:\n", 'own.yaml:8:5  levers[breakfast]: unknown key "ads"; did you mean "adds"?'),
        ("decided_by: unit", "decided_by: unit\n    not_beside: [chekclist]",
         'breakfast: there is no such measure "chekclist"; did you mean "checklist"?'),
        ("decided_by: unit", "decided_by: all", "own.yaml:10:17"),
        ("[G21]", "[Z21]", 'own.yaml:11:29  levers[breakfast].evidence.statements[0]: there is no statement "Z21"'),
        ("[G21]", "[G99]", 'own.yaml:11:29  levers[breakfast].evidence.statements[0]: there is no statement "G99"'),
        ("source: \"assumption: rolls\"", "source: rolls", f'own.yaml:12:45  {COST}.source: "rolls" is not a source'),
        ("kind: levers", "kind: scenario", "own.yaml:1:7  kind: this file is of the kind scenario; expected levers"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_ones_own_is_told_in_a_line(tmp_path, monkeypatch, old, new, line):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "own.yaml").write_text(OWN.replace(old, new), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_library(tmp_path / "own.yaml")
    assert str(caught.value).startswith(line)
