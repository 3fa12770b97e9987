"""``qsim advise``: what is printed in two languages and as JSON, and what is told of bad input."""

import html
import json

import docx
import pytest

SMALL = ("small", "-S", "months=24", "-S", "administration.departments=8")
ASKED = (*SMALL, "--euro", "9000", "--only", "working_circle,checklist", "--only", "training_few", "--quiet")


@pytest.fixture(scope="module")
def printed():
    """What the command prints, once in each form."""
    from typer.testing import CliRunner

    from qsim.commands.root import app

    forms = {"en": ("--lang", "en"), "de": ("--lang", "de"), "json": ("--json", "-j", "2")}
    return {name: CliRunner().invoke(app, ["advise", *ASKED, *form]) for name, form in forms.items()}


def test_it_says_what_to_do_for_the_money(printed):
    done = printed["en"]
    assert (done.exit_code, done.stderr) == (0, "")
    text = " ".join(done.stdout.split())
    assert text.startswith(
        "With 9,000 euros a year, from January 2020 on, this would help most in “Small administration"
    )
    for part in (
        "working circle of staff",
        "95% interval",
        "The unit in charge decides: working circle of staff.",
        "The best packages",
        "What more or less money buys",
        "What single measures bring",
        "packages that can be afforded",
    ):
        assert part in text  # fmt: skip


def test_in_german_too(printed):
    done = printed["de"]
    assert done.exit_code == 0
    text = " ".join(done.stdout.split())
    assert text.startswith("Mit 9.000 Euro im Jahr würde in „")
    for part in (
        "Arbeitskreis der Sachbearbeitung",
        "95-%-Intervall",
        "Was mehr oder weniger Geld bringt",
        "Knappheit",
        "nan",
    ):
        assert (part in text) == (part not in ("nan", "Knappheit"))


def test_json_holds_all_of_it(printed):
    found = json.loads(printed["json"].stdout)
    assert found["scenario"].startswith("small[")
    assert found["command"] == (
        "qsim advise small --euro 9000.0 --only working_circle,checklist --only training_few --goal joint_practice --seed 1 "
        "--set months=24 --set administration.departments=8"
    )
    assert {"best", "nothing", "curve", "again", "most_effect", "most_per_euro", "left_out", "budget", "relevant", "stopped",
            "group", "measures", "text", "effort", "unit", "goal", "start"} <= set(found)  # fmt: skip
    assert found["budget"] == {"euro": 9000, "once": None, "posts": None}
    best = found["best"][0]
    assert set(best["effect"]) == {"mean", "low", "high", "settings", "worlds"}
    assert (best["effect"]["settings"], best["effect"]["worlds"]) == (100, 500)
    assert set(best["a_year"]) == {"low", "high"}
    assert set(best["robustness"]) == {"best", "regret_90", "regret_largest"}
    assert "working_circle" in best["ids"]
    assert best["decided_by"]["unit"] == ["working_circle"]
    assert found["measures"]["working_circle"] == "working circle of staff"
    assert found["nothing"]["per_10000"] is None
    assert " ".join(found["text"].split()) in " ".join(printed["en"].stdout.split())


OWN = """\
kind: levers
schema_version: 1
label: {{de: Eigene, en: Own}}
levers:
  - id: breakfast
    label: {{de: Frühstück, en: breakfast}}
    help: {{de: Man frühstückt., en: People have breakfast.}}
    adds:
      formats: [{{id: added_breakfast, tasks: "{{tasks}}", members: all, start: "{{from}}", channels: {{meet: 0.5}}}}]
    decided_by: unit
    evidence: {{statements: [G21], grade: assumption}}
    cost: {{a_year: {amount}, year: 2026, source: "assumption: rolls"}}
"""


def test_ones_own_measures_are_advised_too(command, write):
    write("own.yaml", OWN.format(amount=500))
    done = command("advise", *SMALL, "--euro", "900", "--only", "breakfast", "--levers", "own.yaml", "--json", "-q")
    found = json.loads(done.stdout)
    assert [one["ids"] for one in found["most_effect"]] == [["breakfast"]]
    assert found["most_effect"][0]["a_year"] == {"low": 500, "high": 500}


@pytest.mark.parametrize("amount", ["500 CHF", "$500", "{usd: 500}"])
def test_other_currencies_are_refused(command, write, amount):
    write("own.yaml", OWN.format(amount=amount))
    done = command("advise", *SMALL, "--euro", "900", "--only", "breakfast", "--levers", "own.yaml")
    assert done.exit_code == 2
    (line,) = done.stderr.splitlines()
    assert line.startswith("own.yaml:12:")
    assert "cost.a_year: " in line
    assert "{" in amount or "euro" in line


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (("small", "--euro", "-5"), "qsim advise: Invalid value for '--euro': -5 is negative; expected a number from 0 on"),
        (("small", "--euro", "40.000"),
         "qsim advise: Invalid value for '--euro': \"40.000\" has marks between thousands; expected 40000"),
        (("small", "--euro", "9", "--posts", "1,5"),
         "qsim advise: Invalid value for '--posts': \"1,5\" has a decimal comma; expected a decimal point, 1.5"),
        (("small",), "qsim advise: Missing option '--euro'."),
        (("small", "--euro", "9", "--only", "network"), "network: the scenario has it already: formats[network]"),
        (("small", "--euro", "9", "--only", "checklist"),
         "--euro 9, --once 9 affords nothing; the cheapest, checklist, costs --euro 0, --once 10000"),
        (("small", "--euro", "9", "--not", ","), "qsim advise: Invalid value: --not names no measure; `qsim levers` lists them"),
        (("small", "--euro", "9", "--brief", "paper.txt"),
         "qsim advise: Invalid value: --brief takes a file that ends in .pdf or .docx, not paper.txt"),
        (("small", "--euro", "9", "--brief", "there/paper.pdf"), "qsim advise: Invalid value: --brief: there is no folder there"),
        (("small", "--euro", "9", "--report", "page.pdf"),
         "qsim advise: Invalid value: --report takes a file that ends in .html, not page.pdf"),
        (("hale", "--euro", "9"), 'hale:  there is no such scenario; did you mean "halle"?'),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_in_one_line(command, arguments, line):
    done = command("advise", *arguments)
    assert done.exit_code == 2
    assert done.stderr.splitlines() == [line]


def test_page_and_brief_say_what_is_printed(command, folder):
    """A brief is not written over, as somebody may have gone on with it; a page is made again by its command."""
    asked = (*SMALL, "--euro", "9000", "--only", "working_circle", "--quiet", "--lang", "en")
    done = command("advise", *asked, "--json", "--report", "page.html", "--brief", "paper.docx")
    assert (done.exit_code, done.stderr) == (0, "")
    found, page = json.loads(done.stdout), (folder / "page.html").read_text(encoding="utf-8")
    paper = " ".join(one.text for one in docx.Document(folder / "paper.docx").paragraphs)
    effect, level = (f"{100 * one:.1f}" for one in (found["best"][0]["effect"]["mean"], found["best"][0]["level"]))
    for text in (f"that is +{effect} percentage points", f"{level}%"):
        assert text in paper
        assert text in html.unescape(page)
    assert f"{level}%" in page.split('id="stages"')[1]
    again = command("advise", *asked, "--brief", "paper.docx")
    assert again.exit_code == 2
    assert "paper.docx is there and may have been gone on with; name another file" in again.stderr
    made = command("reproduce", "page.html")
    assert made.exit_code == 2
    assert "a page of qsim advise is made again by its command: qsim advise small" in made.stderr
