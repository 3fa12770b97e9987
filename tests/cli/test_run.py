"""``qsim run``: what is printed, saved and refused."""

import json

import pandas as pd
import pytest

import qsim
from qsim.engine.prepare import Prepared

FEW = ("--replications", 6)
pytestmark = pytest.mark.usefixtures("coarse")


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_table_and_a_summary_as_a_user_sees_them(process, city):
    done = process("run", city, *FEW)
    assert done.returncode == 0, done.stderr
    assert "Done jointly (%)" in done.stdout
    assert "6 runs" in done.stdout
    assert "implementation gap" in done.stdout.lower()
    assert "\x1b" not in done.stdout + done.stderr
    assert "%|" not in done.stderr
    assert all("compiling" in line for line in done.stderr.splitlines())


def test_german_by_choice_and_by_locale(command, city, monkeypatch):
    assert "Gemeinsam umgesetzt (%)" in command("run", city, *FEW, "--lang", "de").stdout
    monkeypatch.setenv("LANG", "de_DE.UTF-8")
    assert "Gemeinsam umgesetzt (%)" in command("run", city, *FEW).stdout
    assert "Done jointly (%)" in command("run", city, *FEW, "--lang", "en").stdout


def test_a_language_stated_before_the_command_is_its_default(command, city):
    german = command("--lang", "de", "run", city, *FEW)
    assert german.exit_code == 0, german.stderr
    assert german.stdout == command("run", city, *FEW, "--lang", "de").stdout
    assert command("--lang", "de", "run", city, *FEW, "--lang", "en").stdout == command("run", city, *FEW).stdout
    assert command("--lang", "de", "scenarios").stdout == command("scenarios", "--lang", "de").stdout
    assert command("--lang", "de", "schema").stdout == command("schema", "--lang", "de").stdout
    assert command("--lang", "de").output == command("--help", "--lang", "de").output


def test_an_encoding_without_the_letters_is_no_error(process, city):
    done = process("run", city, *FEW, "--lang", "de", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert "Traceback" not in done.stderr


def test_json_holds_what_python_gives(command, city):
    found = json.loads(command("run", city, *FEW, "--seed", 3, "--json").stdout)
    result = qsim.simulate(qsim.load_scenario(city), 6, seed=3)
    assert found["outcomes"]["practice"]["mean"] == pytest.approx(result.runs["practice"].mean(), rel=1e-12)
    assert found["outcomes"]["practice_after_funding_24"]["mean"] is None
    assert (found["scenario"], found["seed"], found["replications"]) == ("city", 3, 6)
    assert found["command"] == "qsim run city.yaml --seed 3 --replications 6"


def test_changes_reach_scenario_and_rules(command, city):
    plain, changed, tuned = (
        json.loads(command("run", city, *FEW, "--json", *more).stdout)["outcomes"]["practice"]["mean"]
        for more in ((), ("-S", "administration.departments=20"), ("--set", "parameters.practice.up=0.1"))
    )
    assert len({plain, changed, tuned}) == 3


def test_out_holds_tables_figures_and_manifest(command, city, folder):
    done = command("run", city, *FEW, "--out", "results/city", "--csv")
    assert done.exit_code == 0, done.stderr
    assert "saved: results/city" in done.stderr
    out = folder / "results" / "city"
    tables = ("departments", "divisions", "events", "ledger", "runs", "series", "series_tasks")
    expected = [f"{name}.{ending}" for name in tables for ending in ("csv", "parquet")]
    assert names(out) == sorted([*expected, "figures", "manifest.json"])
    figures = ("binding_constraint", "departments", "gap_over_time", "paper_to_joint_practice")
    assert names(out / "figures") == sorted(f"{name}.{ending}" for name in figures for ending in ("png", "svg"))
    series = pd.read_parquet(out / "series.parquet")
    assert len(series) == 6 * 24
    assert sorted(series["replicate"].unique()) == list(range(6))
    table = pd.read_csv(out / "series.csv", parse_dates=["month"])
    pd.testing.assert_frame_equal(table, series, check_dtype=False, rtol=1e-12)
    manifest = json.loads((out / "manifest.json").read_text())
    assert manifest["command"] == "qsim run city.yaml --seed 1 --replications 6"
    assert manifest["scenarios"][0]["id"] == "city"
    (out / "notes.txt").write_text("mine")
    said = command("status", "results/city").stdout.splitlines()
    assert said == ["city: done, results of `qsim run`", "notes.txt does not belong to the study, and does not count."]


def test_the_same_plan_again_gives_the_same_files_whatever_the_threads(command, city, folder):
    def contents():
        return {path.name: path.read_bytes() for path in sorted((folder / "out").rglob("*.parquet"))}

    assert command("run", city, *FEW, "-o", "out", "-j", 1).exit_code == 0
    before = contents()
    assert command("run", city, *FEW, "-o", "out", "-j", 3).exit_code == 0
    assert contents() == before


def test_another_plan_is_refused(command, city, folder):
    assert command("run", city, *FEW, "-o", "out").exit_code == 0
    before = {path.name: path.read_bytes() for path in (folder / "out").glob("*.parquet")}
    done = command("run", city, *FEW, "-o", "out", "--seed", 2)
    assert done.exit_code == 2
    assert done.stderr == "out:  holds the results of another plan (seed 1 there and 2 here); name another folder\n"
    assert {path.name: path.read_bytes() for path in (folder / "out").glob("*.parquet")} == before


def test_quiet_says_nothing_but_the_result(command, city):
    done = command("run", city, *FEW, "-o", "out", "--quiet")
    assert done.stderr == ""
    assert "Done jointly" in done.stdout


def test_runs_that_fail_are_exit_code_1(command, city, folder, monkeypatch):
    def fail(self, seed, rows):
        raise FloatingPointError("overflow")

    monkeypatch.setattr(Prepared, "run", fail)
    done = command("run", city, *FEW, "-o", "out")
    assert done.exit_code == 1
    assert done.stderr.splitlines()[-1] == "runs 0 to 5 failed: FloatingPointError: overflow"
    assert names(folder) == ["city.yaml"]


def test_it_says_which_measures_would_help_most(command):
    small = ("small", "-S", "months=24", "-S", "administration.departments=6", "-r", "5", "--quiet", "--lang", "en")
    done = command("run", *small, "--helps")
    assert done.exit_code == 0, done.stderr
    assert "single measures that could be had from January 2020 on" in " ".join(done.stdout.split())
    told = json.loads(command("run", *small, "--helps", "--json").stdout)["help"]
    assert len(told["most_effect"]) == 5
    assert "help" not in json.loads(command("run", *small, "--json").stdout)
    refused = command("run", *small, "--helps", "--fixed")
    assert (refused.exit_code, refused.stderr) == (2, "qsim run: Invalid value: --helps has no meaning with --fixed\n")
