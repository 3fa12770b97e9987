"""``qsim levers``, and ``--with`` of run and compare: what is listed, what is run, what is written, and what is told."""

import csv
import io
import json

import pytest

from qsim.advice.library import load_library
from qsim.scenario.loading import load_scenario
from trial_levers import OWN

LIBRARY = load_library()
FEW = ("-r", "5", "--quiet")


def practice(done):
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)["outcomes"]["practice"]["mean"]


@pytest.mark.parametrize(("language", "words"), [("en", ("council", "charge")), ("de", ("Rat", "zuständige"))])
def test_the_list_has_all_with_costs_and_who_decides(command, language, words):
    text = command("levers", "--lang", language).stdout
    for name in (*LIBRARY.levers, *words):
        assert name in text


def test_json_and_csv_have_the_same_in_full(command):
    rows = json.loads(command("levers", "--json").stdout)
    assert [row["id"] for row in rows] == [*LIBRARY.levers]
    row = next(row for row in rows if row["id"] == "advisory_council")
    assert (row["a_year"], row["decided_by"], row["statements"][0]) == ({"low": 2000, "high": 15000}, "council", "I08")
    assert "Berlin" in row["source"]
    cells = list(csv.DictReader(io.StringIO(command("levers", "--csv").stdout)))
    assert [each["id"] for each in cells] == [*LIBRARY.levers]
    assert cells[[*LIBRARY.levers].index("advisory_council")]["a_year_high"] == "15000"
    german = command("levers", "--csv", "--lang", "de").stdout
    assert german.startswith('\ufeff"id";"group";"label"')


def test_of_a_scenario_it_says_what_can_be_had_what_is_there_and_why_not(command):
    rows = {row["id"]: row for row in json.loads(command("levers", "halle", "--from", "2026-01", "--json").stdout)}
    assert rows["working_circle"]["possible"] is True
    assert rows["network"]["there"] == "formats[network]"
    assert rows["commissioner"]["problem"] == 'there is a unit for it already, "service_centre"'
    assert rows["training_all"]["a_year"] == {"low": 25 * 235, "high": 35 * 770}
    text = command("levers", "halle", "--from", "2026-01").stdout
    assert "from January 2026 on" in text
    assert "possible" in text


def test_a_run_with_measures_is_that_of_the_file_with_them(command, folder):
    asked = ("small", "--with", "checklist_with_veto, half_post_e11", "--from", "2021-01")
    done = command("levers", *asked, "--write", "mine.yaml")
    assert (done.exit_code, done.stderr) == (0, "saved: mine.yaml\n")
    with_them = practice(command("run", *asked, *FEW, "--json"))
    assert practice(command("run", "mine", *FEW, "--json")) == with_them
    assert practice(command("run", "small", *FEW, "--json")) < with_them
    assert [form.id for form in load_scenario("mine.yaml").formats] == ["network", "added_check"]
    assert command("levers", *asked, "--write", "mine.yaml").stderr == "mine.yaml:  exists already; name another file\n"


def test_a_file_in_another_folder_extends_ones_own_scenario(command, write, folder):
    write("towns/town.yaml", "extends: small\nkind: scenario\nschema_version: 1\nmonths: 60\n")
    write("other/x", "")
    done = command("levers", "towns/town.yaml", "--with", "conference", "--write", "other/town.yaml", "--quiet")
    assert (done.exit_code, done.stderr) == (0, "")
    assert (folder / "other" / "town.yaml").read_text(encoding="utf-8").startswith("extends: ../towns/town.yaml\n")
    assert load_scenario("other/town.yaml").months == 60


def test_one_scenario_is_compared_with_what_it_is_with_measures(command):
    done = command("compare", "small", "--with", "checklist_with_veto", "--with", "checklist_with_veto,half_post_e11",
                   "--settings", "2", "-r", "2", "--quiet", "--json")  # fmt: skip
    found = json.loads(done.stdout)
    assert [one["second"] for one in found["comparisons"]] == [
        "small + checklist_with_veto", "small + half_post_e11 + checklist_with_veto"
    ]  # fmt: skip
    assert "--with checklist_with_veto --with checklist_with_veto,half_post_e11" in found["command"]


def test_of_several_scenarios_each_has_the_measures(command):
    done = command("compare", "small", "medium", "--with", "release", "--settings", "2", "-r", "2", "--quiet", "--json")
    assert json.loads(done.stdout)["comparisons"][0]["second"] == "medium + release"


def test_ones_own_measures_lie_beside_the_scenario_or_are_named(command, write):
    write("town.yaml", "extends: small\nkind: scenario\nschema_version: 1\n")
    write("levers/own.yaml", OWN)
    assert practice(command("run", "town", "--with", "breakfast", *FEW, "--json"))
    assert command("run", "small", "--with", "breakfast", *FEW).stderr.startswith("breakfast: there is no such measure")
    assert practice(command("run", "small", "--with", "breakfast", "--levers", "levers/own.yaml", *FEW, "--json"))
    assert command("validate", "levers/own.yaml").stdout == "levers/own.yaml: right\n"


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("run", "small", "--with", "chekclist"), 'chekclist: there is no such measure; did you mean "checklist"?'),
        (("run", "small", "--with", "checklist,checklist_with_veto"),
         'checklist: not beside "checklist_with_veto"; choose one of them'),
        (("run", "small", "--with", "network"), "network: the scenario has it already: formats[network]"),
        (("run", "small", "--with", "coordination"), "coordination: no two units share a task"),
        (("run", "small", "--with", "relief", "--from", "2031-01"),
         "--from: 2031-01 is not within the run, 2020-01 to 2029-12"),
        (("run", "small", "--from", "2021-01"), "qsim run: Invalid value: --from and --levers need --with, the measures"),
        (("compare", "small"), "qsim compare: Invalid value: name two scenarios or more to compare, or one with "
         "--with or --rules; `qsim run` takes one"),
        (("levers", "small", "--with", "relief"), "qsim levers: Invalid value: --with and --write belong together here"),
        (("levers", "--with", "relief"), "qsim levers: Invalid value: --set, --from, --with and --write need a scenario"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_in_one_line(command, arguments, line):
    done = command(*arguments)
    assert done.exit_code == 2
    assert line in done.stderr.splitlines()
