"""``qsim explore`` as a user meets it: the page it writes, and one line for what is wrong."""

import json
import re

import pytest

from qsim.explore import page

SMALL = ("small", "--set", "months=24", "--set", "administration.departments=8")


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(page, "LOOKS", (2, 3, 4))


def manifest_in(path):
    found = re.search(r'id="qsim-manifest">(.*?)</script>', path.read_text(encoding="utf-8"))
    return json.loads(found[1])


def test_it_writes_one_page_of_several_scenarios(command, folder):
    done = command("explore", *SMALL, "no_unit", "--out", "live.html", "--lang", "de", "--seed", "7")
    assert done.exit_code == 0
    assert done.stderr == "Seite: live.html\n"
    text = (folder / "live.html").read_text(encoding="utf-8")
    assert '<html lang="de">' in text
    assert "Was wäre, wenn? 2 Verwaltungen" in text
    manifest = manifest_in(folder / "live.html")
    assert manifest["seed"] == 7
    assert manifest["command"].startswith("qsim explore small no_unit --seed 7 --out live.html --lang de")


def test_the_same_scenario_twice_has_two_names(command, folder):
    assert command("explore", *SMALL, "small", "-o", "live.html", "--quiet").exit_code == 0
    ids = [one["id"] for one in manifest_in(folder / "live.html")["scenarios"]]
    assert len(set(ids)) == 2


def test_it_replaces_a_page_of_its_own_and_nothing_else(command, write):
    assert command("explore", *SMALL, "-o", "live.html").exit_code == 0
    assert command("explore", *SMALL, "-o", "live.html").exit_code == 0
    write("other.html", "<p>mine</p>")
    done = command("explore", *SMALL, "-o", "other.html")
    assert done.exit_code == 2
    assert (
        done.stderr
        == "qsim explore: Invalid value: --out: other.html is there and is no page of qsim; name another file\n"
    )


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("small",), "Missing option '-o' / '--out'"),
        (("small", "-o", "live.txt"), "--out takes a file that ends in .html, not live.txt"),
        (("small", "-o", "none/live.html"), "--out: there is no folder none"),
        (("-o", "live.html"), "name a scenario, or ask for a city of one's own with --city"),
        (("small", "--city", "-o", "live.html"), "--city asks for a city of one's own"),
        (("smal", "-o", "live.html"), 'there is no such scenario; did you mean "small"?'),
        (("small", "-o", "live.html", "--with", "checklst"), 'there is no such measure; did you mean "checklist"?'),
        (("small", "-o", "live.html", "--with", "commissioner"), "there is a unit for it already"),
        (
            ("small", "-o", "live.html", "--with", "post_e13"),
            "post_e13: has no box on the page; qsim run takes it with --with",
        ),
        (("small", "-o", "live.html", "--from", "1999-01"), "1999-01 is not within the run"),
        (("--city", "-o", "live.html", "--with", "checklist"), "it takes no scenario, no --set and no measures"),
        (("small", "-o", "live.html", "--set", "parameters.funding.bas=1"), 'funding has no parameter "bas"'),
    ],
)
def test_what_is_wrong_is_told_in_a_line(command, arguments, told):
    done = command("explore", *arguments)
    assert done.exit_code == 2
    assert told in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_page_for_a_city_of_ones_own(command, folder):
    assert command("explore", "--city", "-o", "city.html", "--lang", "de").exit_code == 0
    text = (folder / "city.html").read_text(encoding="utf-8")
    assert "Meine Stadt" in text
    assert manifest_in(folder / "city.html")["command"] == "qsim explore --city --seed 1 --out city.html --lang de"
    assert command("reproduce", "city.html").exit_code == 0


OWN = """kind: levers
schema_version: 1
label: {de: Eigene, en: Own}
levers:
  - id: open_house
    label: {de: Tag der offenen Tür, en: open house}
    help: {de: Alle sehen alles., en: Everybody sees everything.}
    changes: {administration.communication_culture: 0.9}
    decided_by: mayor
    evidence: {grade: assumption}
    cost: {once: 5000, year: 2026, source: "assumption: a guess"}
"""


def test_measures_are_ticked_when_it_opens_and_come_again_with_reproduce(command, folder, write):
    write("own.yaml", OWN)
    asked = ("--with", "checklist,open_house", "--levers", "own.yaml", "--from", "2020-01")
    done = command("explore", *SMALL, *asked, "-o", "live.html", "--lang", "de")
    assert done.exit_code == 0, done.output
    text = (folder / "live.html").read_text(encoding="utf-8")
    assert '"ticked":["checklist","open_house"]' in text
    assert '"label":"Tag der offenen Tür"' in text
    assert manifest_in(folder / "live.html")["measures"][0]["start"] == "2020-01"
    (folder / "own.yaml").unlink()
    again = command("reproduce", "live.html")
    assert again.exit_code == 0, again.output


def test_such_a_page_is_made_again_by_reproduce(command, folder):
    assert command("explore", *SMALL, "-o", "live.html", "--lang", "de").exit_code == 0
    done = command("reproduce", "live.html", "--lang", "en")
    assert done.exit_code == 0, done.output
    assert "20 of 20" in done.output
    path = folder / "live.html"
    path.write_text(path.read_text(encoding="utf-8").replace("Stelle und Anbindung", "Platz"), encoding="utf-8")
    assert command("reproduce", "live.html").exit_code == 1
