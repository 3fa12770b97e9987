"""The experiment of the population as somebody runs it: tables, JSON, files, and one line for what is wrong."""

import json
import runpy
import sys
from pathlib import Path

import pandas as pd
import pytest

pytestmark = pytest.mark.usefixtures("coarse")

SCRIPT = Path(__file__).parents[3] / "evidence" / "population" / "__main__.py"


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """Runs the experiment in an empty folder; returns exit code, output and errors."""
    monkeypatch.chdir(tmp_path)

    def run_script(*arguments):
        monkeypatch.setattr(sys, "argv", ["evidence.population", "--date", "2002-02", *map(str, arguments)])
        code = 0
        try:
            runpy.run_path(str(SCRIPT), run_name="__main__")
        except SystemExit as left:
            code = left.code
        return code, *capsys.readouterr()

    return run_script


def test_json_and_files(run, tmp_path):
    code, output, errors = run("--json", "--quiet", "--seed", 3, "--lang", "de", "--out", "out")
    assert (code, errors) == (0, "")
    found = json.loads(output)
    assert (found["date"], found["seed"], found["municipalities"]) == ("2002-02", 3, 228)
    table = pd.read_csv(tmp_path / "out" / "municipalities.csv", sep=";", decimal=",")
    assert len(table) == 228
    assert found["readings"][0]["value"] == pytest.approx(table["paper"].mean())
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "municipalities.csv", "population.png", "population.svg"
    ]  # fmt: skip


def test_tables_in_words_and_the_page(run, tmp_path):
    assert "hinter dem Ja" in run("--lang", "de")[1]
    code, output, _ = run("--docs", "docs")
    assert (code, output) == (0, "")
    assert "in February 2002" in (tmp_path / "docs" / "population.md").read_text(encoding="utf-8")
    assert len(list((tmp_path / "docs" / "images").glob("*.svg"))) == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--date", "2015-01"), "2015-01 is outside the run of municipality_small, 2002-01 to 2011-12"),
        (("--date", "2015"), "'2015' is not a month"),
        (("--seed", "-1"), "'-1' is not a whole number"),
        (("--seed", "x"), "'x' is not a whole number"),
        (("--lang", "fr"), "invalid choice: 'fr'"),
    ],
)
def test_what_is_wrong_is_one_line(run, tmp_path, arguments, said):
    code, _, errors = run(*arguments, "--out", "out")
    assert code == 2
    assert said in errors
    assert len(errors.splitlines()) == 1
    assert not (tmp_path / "out").exists()
