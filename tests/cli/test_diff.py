"""``qsim diff``: another version against this one, on the terminal, as JSON and as a page."""

import json
import shutil
from pathlib import Path

import pytest

import qsim

SOURCES = Path(qsim.__file__).parent
ASKED = ("--settings", 2, "--jobs", 1)


@pytest.fixture(scope="module")
def other(tmp_path_factory):
    """A version whose small administration has two posts."""
    folder = tmp_path_factory.mktemp("other")
    shutil.copytree(SOURCES, folder / "src" / "qsim", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "scenarios").mkdir()
    for name in ("small", "large"):
        text = (SOURCES.parents[1] / "scenarios" / f"{name}.yaml").read_text(encoding="utf-8")
        text = text.replace("departments: 10\n", "departments: 30\n")
        (folder / "scenarios" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def test_a_sentence_a_table_and_a_page_from_the_same_numbers(command, other, folder):
    done = command("diff", other, "small", "large", *ASKED, "--report", "diff.html")
    assert done.exit_code == 0, done.stderr
    assert "of 2 scenarios" in " ".join(done.stdout.split())
    assert "What moved" in done.stdout
    found = json.loads(command("diff", other, "small", "large", *ASKED, "--json").stdout)
    assert found["same"] == ["large"]
    (row,) = [one for one in found["outcomes"] if (one["scenario"], one["outcome"]) == ("small", "joint_practice")]
    assert row["difference"] == pytest.approx(row["after"] - row["before"])
    assert row["moved"] is (abs(row["difference"]) > 0.0125 and row["low"] * row["high"] > 0)
    assert [(one["first"], one["second"]) for one in found["verdicts"]] == [("large", "small")]
    assert found["text"] in (folder / "diff.html").read_text(encoding="utf-8").replace("&#34;", '"')
    assert found["command"].startswith(f"qsim diff {other} small large --settings 2 --seed 1")
    again = command("reproduce", "diff.html")
    assert again.exit_code == 2
    assert "a page of qsim diff is made again by its command: qsim diff" in again.stderr


def test_in_german(command, other):
    done = command("diff", other, "large", *ASKED, "--lang", "de")
    assert "Alle Zahlen von 1 Szenario sind gleich." in done.stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("nothing",), "there is no such version of qsim"),
        ((".", "--group", "B"), "--group has no meaning without --claims"),
        ((SOURCES.parent, "small", "--claims", "--group", "z"), 'there is no claim of group "Z"; there are A, B'),
        ((".", "--report", "page.txt"), "--report takes a file that ends in .html"),
    ],
)
def test_what_cannot_be_asked_is_one_line(command, words, told):
    done = command("diff", *words)
    assert done.exit_code == 2
    assert told in done.stderr
    assert "cannot be run" not in done.stderr
    assert done.stderr.count("\n") == 1
