"""``--report``: a page from the command line, made again by ``qsim reproduce``, and what is refused."""

import json
import re
import tempfile
from base64 import b64decode, b64encode
from importlib.metadata import version

import pytest

import qsim.comparison.record
from qsim.comparison.record import MANIFEST_ELEMENT, page_manifest
from trial_pages import quick_reports

PAIR = ("no_unit", "one_unit", "-S", "months=30")
FEW = ("--settings", 3, "--replications", 2)


@pytest.fixture(scope="module", autouse=True)
def few_settings():
    """A verdict is explained from few settings, when a page is made and when it is made again."""
    with quick_reports():
        yield


@pytest.fixture(scope="module")
def page(few_settings, tmp_path_factory):
    """A page of two scenarios, in German."""
    from typer.testing import CliRunner

    from qsim.commands.root import app

    path = tmp_path_factory.mktemp("page") / "ab.html"
    done = CliRunner().invoke(app, [*map(str, ("compare", *PAIR, *FEW, "--report", path, "--lang", "de"))])
    assert done.exit_code == 0, done.output
    return path


def test_the_page_holds_the_verdict_that_was_printed_and_its_manifest(page):
    text = page.read_text(encoding="utf-8")
    assert text.startswith("<!DOCTYPE html>")
    assert 'lang="de"' in text
    manifest = page_manifest(page)
    assert (manifest["study"], manifest["settings"], manifest["replications"]) == ("compare", 3, 2)
    assert [entry["id"] for entry in manifest["scenarios"]] == ["no_unit[months=30]", "one_unit[months=30]"]
    assert manifest["command"].endswith("--report ab.html --lang de --set months=30")
    assert page.stat().st_size < 2_000_000
    assert manifest["numbers"]["pairs"][0]["outcomes"]["joint_practice"]["difference"] > 0


def test_a_page_is_reproduced_to_the_last_digit(command, page):
    done = command("reproduce", page, "--json")
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert (found["runs"], found["largest"], found["agrees"]) == (12, 0.0, True)


@pytest.fixture(scope="module")
def made_again():
    """What the page is made of is found once for all tests that ask for this; they change the page alone."""
    make, made = qsim.comparison.record.report_of_comparison, []

    def report_of_comparison(*given, **options):
        made[:] = made or [make(*given, **options)]
        return made[0]

    return report_of_comparison


@pytest.mark.parametrize(
    ("number", "where"),
    [
        (r'("difference": 0\.0\d)\d', "difference"),
        (r'("curves": \{"joint_practice": \[\[0\.0)\d', "shown.no_unit[months=30].curves.joint_practice[0][0]"),
        (r'("department.task": \d\d)\d', "shown.no_unit[months=30].hours.department.task"),
    ],
)
def test_a_number_that_was_changed_is_found(command, page, folder, made_again, monkeypatch, number, where):
    monkeypatch.setattr(qsim.comparison.record, "report_of_comparison", made_again)
    text = page.read_text(encoding="utf-8")
    changed = re.sub(number, r"\g<1>9", text, count=1)
    assert changed != text
    (folder / "changed.html").write_text(changed, encoding="utf-8")
    done = command("reproduce", "changed.html")
    assert done.exit_code == 1
    assert where in done.stdout.replace("\n", "")


def test_a_run_has_a_page_that_is_reproduced(command, folder):
    done = command("run", "small", "-S", "months=20", "-r", 5, "--report", "small.html", "--lang", "en")
    assert done.exit_code == 0, done.output
    assert "page: small.html" in done.stderr
    found = command("reproduce", "small.html")
    assert found.exit_code == 0, found.output


@pytest.mark.parametrize(("old", "new"), [("Praxis", "Theorie"), ("<h1>", "<h1>Sicher: "), ('alt="', 'alt="Falsch: ')])
def test_a_text_that_was_changed_is_found(command, page, folder, made_again, monkeypatch, old, new):
    monkeypatch.setattr(qsim.comparison.record, "report_of_comparison", made_again)
    text = page.read_text(encoding="utf-8")
    before, carried = text.split('<script type="application/json"')
    changed = before.replace(old, new, 1) if old in before else pytest.fail(f"no {old} on the page")
    (folder / "changed.html").write_text(f'{changed}<script type="application/json"{carried}', encoding="utf-8")
    done = command("reproduce", "changed.html", "--lang", "en")
    assert done.exit_code == 1
    lines = done.stdout.splitlines()
    assert "the numbers agree" in lines[0]
    assert lines[1].startswith("The text of the page is not the one that its numbers give: ")
    assert new.removeprefix("<h1>").removeprefix('alt="') in lines[1]


def test_a_page_of_another_day_agrees(command, page, made_again, monkeypatch):
    monkeypatch.setattr(qsim.comparison.record, "report_of_comparison", made_again)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    done = command("reproduce", page, "--lang", "en")
    assert (done.exit_code, done.stdout.splitlines()[1]) == (
        0, "Compared: all numbers that the page carries, its text and that of its charts, all else of it."
    )  # fmt: skip


HIDDEN = '<style>main{display:none}body::before{content:"A ist klar besser"}</style>'


def other_lines(page):
    """Return a page whose charts have other lines."""
    drawn = re.compile(r"(data:image/svg\+xml;base64,)([A-Za-z0-9+/=]+)")

    def changed(found):
        drawing = re.sub(r'(<path[^>]* d=")[^"]*', r"\1M0 0L9 9", b64decode(found[2]).decode())
        return found[1] + b64encode(drawing.encode()).decode()

    return drawn.sub(changed, page)


@pytest.mark.parametrize(
    ("change", "quoted"),
    [
        (lambda page: page.replace("</head>", f"{HIDDEN}</head>"), "main{display:none}body::before"),
        (lambda page: page.replace("</style>", "main{display:none}</style>", 1), "main{display:none}"),
        (lambda page: f"{page}<script>alert(1)</script>", "<script>"),
        (lambda page: page.replace('<p class="kicker"', '<p hidden class="kicker"', 1), "<p hidden"),
        (other_lines, "M0 0L9 9"),
    ],
)
def test_what_was_changed_besides_the_text_is_found(command, page, folder, made_again, monkeypatch, change, quoted):
    monkeypatch.setattr(qsim.comparison.record, "report_of_comparison", made_again)
    text = page.read_text(encoding="utf-8")
    assert change(text) != text
    (folder / "changed.html").write_text(change(text), encoding="utf-8")
    done = command("reproduce", "changed.html", "--lang", "en")
    assert done.exit_code == 1
    lines = done.stdout.splitlines()
    assert lines[1].startswith("The page is other than the page made again from its numbers: ")
    assert quoted in lines[1]


def test_of_another_version_only_the_numbers_are_compared(command, page, folder, made_again, monkeypatch):
    monkeypatch.setattr(qsim.comparison.record, "report_of_comparison", made_again)
    text = page.read_text(encoding="utf-8").replace('"version": "', '"version": "0.0.', 1).replace("<h1>", "<h1>Alt: ")
    (folder / "old.html").write_text(text, encoding="utf-8")
    done = command("reproduce", "old.html", "--lang", "en")
    assert done.exit_code == 1
    assert done.stdout.splitlines()[-1].startswith("Not compared is all else on the page")


def with_manifest(page, **entries):
    text = page.read_text(encoding="utf-8")
    carried = MANIFEST_ELEMENT.search(text)
    manifest = {**json.loads(carried[1]), **entries}
    return text[: carried.start(1)] + json.dumps(manifest) + text[carried.end(1) :]


def test_another_version_of_what_draws_charts_is_said(command, page, folder, made_again, monkeypatch):
    monkeypatch.setattr(qsim.comparison.record, "report_of_comparison", made_again)
    for there, said in (
        ("1.0", ["matplotlib 1.0 there", "charts may be drawn otherwise"]),
        (version("matplotlib"), []),
    ):
        (folder / "drawn.html").write_text(with_manifest(page, drawing={"matplotlib": there}), encoding="utf-8")
        stderr = command("reproduce", "drawn.html", "--lang", "en").stderr
        assert [words in stderr for words in said] == [True] * len(said), stderr
        assert bool(stderr) == bool(said)


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        ({"replications": 10**9}, "replications: found 1000000000"),
        ({"replications": 10**6}, "the page asks for 6,000,000 runs, more than"),
        ({"settings": None, "budget": 19, "replications": 5}, "a budget of 19 runs is too small: two settings take 20"),
        ({"settings": "x"}, 'settings: found "x"'),
        ({"seed": -1}, "seed: found -1"),
        ({"scenarios": []}, "scenarios: found 0"),
        ({"numbers": 10**400}, "numbers: found a number of more than 15 digits"),
        ({"numbers": float("nan")}, "carries no manifest that can be read"),
    ],
)
def test_a_page_that_asks_for_what_nobody_may_is_one_line(command, page, folder, monkeypatch, entries, said):
    monkeypatch.setattr(qsim.comparison.record, "MOST_RUNS", 5_000_000)
    (folder / "page.html").write_text(with_manifest(page, **entries), encoding="utf-8")
    done = command("reproduce", "page.html")
    assert done.exit_code == 2
    assert len(done.stderr.splitlines()) == 1
    assert said in done.stderr


def test_an_endless_page_is_one_line(command):
    done = command("reproduce", "/dev/zero")
    assert done.exit_code == 2
    assert "is a pipe or a device" in done.stderr


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "carries no manifest"),
        (b"<html><script id='qsim-manifest'>{", "carries no manifest"),
        (b'<script id="qsim-manifest">{"package": "qsim", "numbers": {}}</script>', "manifest that is damaged"),
        (b'<script id="qsim-manifest">{"package": "qsim", "numbers": {}, "study": "run", "seed": "x", "scenarios": 3}</script>',
         "manifest that is damaged"),
        (b"\xff\xfe\x00", "binary file"),
    ],
)  # fmt: skip
def test_a_file_that_is_no_page_is_one_line(command, folder, content, said):
    (folder / "page.html").write_bytes(content)
    done = command("reproduce", "page.html")
    assert done.exit_code == 2
    assert len(done.stderr.splitlines()) == 1
    assert said in done.stderr


def test_a_page_that_is_not_there(command):
    done = command("reproduce", "nowhere.html")
    assert (done.exit_code, done.stderr.strip()) == (2, "nowhere.html:  there is no such file")


@pytest.mark.parametrize("name", ["page.pdf", "nowhere/page.html", ""])
def test_a_place_for_no_page_is_refused_before_anything_runs(command, name):
    done = command("compare", *PAIR, *FEW, "--report", name)
    assert done.exit_code == 2
    assert "--report" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_folder_in_which_nothing_can_be_written_is_refused_before_anything_runs(command, monkeypatch):
    def refused(*_, **__):
        raise PermissionError("read-only")

    monkeypatch.setattr(tempfile, "TemporaryFile", refused)
    done = command("compare", *PAIR, *FEW, "--report", "page.html")
    assert done.exit_code == 2
    assert "nothing can be written in the folder" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_what_is_no_page_of_qsim_is_never_overwritten(command, folder):
    (folder / "mine.html").write_text("my own", encoding="utf-8")
    done = command("compare", *PAIR, *FEW, "--report", "mine.html")
    assert done.exit_code == 2
    assert "is no page of qsim" in done.stderr
    assert (folder / "mine.html").read_text(encoding="utf-8") == "my own"


def test_scenarios_with_other_tasks_or_months_have_no_page(command, city, folder):
    done = command("compare", "no_unit", city, "small", "--report", "page.html")
    assert done.exit_code == 2
    lines = done.stderr.splitlines()
    assert len(lines) == 3
    assert "its tasks are integration (integration)" in lines[0]
    assert "it runs from 2015-01 to 2016-12" in lines[1]
    assert not (folder / "page.html").exists()


def test_one_scenario_is_sent_to_run(command):
    done = command("compare", "small", "--report", "page.html")
    assert done.exit_code == 2
    assert "`qsim run` takes one" in done.stderr


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--budget", 19), "two settings take 20"),
        (("--budget", 100, "--settings", 3), "--budget has no meaning"),
        (("--budget", 100, "--fixed"), "--budget has no meaning"),
        (("--relevant", "practise=0.1"), 'did you mean "practice"'),
        (("--clearly", 0.6), "0.5 to 1"),
    ],
)
def test_what_cannot_be_asked_for(command, options, said):
    done = command("compare", *PAIR, *options)
    assert done.exit_code == 2
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_budget_stops_by_itself(command):
    done = command("compare", *PAIR, "--budget", 2000, "--json")
    found = json.loads(done.stdout)
    assert (found["stopped"], found["looks"][-1]["settings"]) == ("agreed", 100)
    assert found["comparisons"][0]["confidence"] == pytest.approx(1 - 0.05 / 3)
    assert found["ranking"][0]["scenario"] == "one_unit[months=30]"


def test_several_scenarios_are_ranked(command):
    done = command("compare", "no_unit", "one_unit", "two_units", "-S", "months=30", *map(str, FEW), "--lang", "de")
    assert done.exit_code == 0, done.stderr
    assert "Rangfolge" in done.stdout
    assert "Einbuße" in done.stdout
