"""``qsim compare``: the verdict first, then the table; the same numbers as in Python."""

import json

import pandas as pd
import pytest

import qsim

FEW = ("--settings", 4, "--replications", 2)
PAIR = ("no_unit", "one_unit", "--set", "months=30")


def test_a_verdict_and_a_table(command):
    done = command("compare", *PAIR, *FEW)
    assert done.exit_code == 0, done.stderr
    assert "of 100 twin worlds" in " ".join(done.stdout.split())
    assert "Done jointly (%)" in done.stdout
    assert done.stdout.index("twin") < done.stdout.index("Outcome")


def test_json_holds_what_python_gives(command):
    found = json.loads(command("compare", *PAIR, *FEW, "--json").stdout)
    scenarios = [qsim.load_scenario(name, ["months=30"]) for name in PAIR[:2]]
    (expected,) = qsim.compare(scenarios, settings=4, replications=2)
    (pair,) = found["comparisons"]
    assert (pair["first"], pair["second"]) == tuple(f"{name}[months=30]" for name in PAIR[:2])
    assert pair["verdict"] == expected.verdict
    row = expected.outcomes["joint_practice"]
    assert pair["outcomes"]["joint_practice"]["difference"] == pytest.approx(row.difference, rel=1e-12)
    assert pair["outcomes"]["joint_practice"]["levels"]["one_unit[months=30]"] == pytest.approx(
        row.levels[1], rel=1e-12
    )
    assert found["command"].startswith("qsim compare no_unit one_unit --seed 1 --settings 4 --replications 2")


def test_a_scenario_against_itself_is_equal(command):
    found = json.loads(command("compare", "one_unit", "one_unit", "-S", "months=12", *FEW, "--json").stdout)
    (pair,) = found["comparisons"]
    assert (pair["first"], pair["second"]) == ("one_unit[months=12]", "one_unit[months=12]_2")
    assert (pair["verdict"], pair["better"], pair["variance_saved"]) == ("equal", None, None)
    done = command("compare", "one_unit", "one_unit", "-S", "months=12", *FEW)
    assert done.exit_code == 0
    assert "twin" in done.stdout


def test_fixed_parameters_have_no_settings(command):
    done = command("compare", *PAIR, "--fixed", "--replications", 6, "--json")
    found = json.loads(done.stdout)
    assert found["settings"] is None
    assert found["comparisons"][0]["outcomes"]["practice"]["share_settings"] is None
    assert command("compare", *PAIR, "--fixed", "--settings", 3).exit_code == 2


@pytest.mark.parametrize("fixed", [(), ("--fixed",)])
def test_a_scenario_has_the_levels_that_it_has_alone(command, city, write, fixed):
    """As the commands are typed, to the last digit, wherever a comparison stops at the first look that can be its last."""
    write("larger.yaml", "extends: city\nadministration: {departments: 14}\n")
    alone = json.loads(command("run", city, *fixed, "--json").stdout)
    found = json.loads(command("compare", city, "larger", *fixed, "--json").stdout)
    (pair,) = found["comparisons"]
    assert alone["replications"] == pair["worlds"] == 500
    assert alone["settings"] == pair["settings"] == (1 if fixed else 100)
    means = {name: outcome["mean"] for name, outcome in alone["outcomes"].items() if outcome["runs"]}
    assert means == {name: outcome["levels"]["city"] for name, outcome in pair["outcomes"].items()}
    assert means["practice"] > 0.0


@pytest.mark.usefixtures("coarse")
def test_out_holds_both_scenarios(command, folder):
    done = command(
        "compare", *PAIR, "two_units", "-S", "administration.departments=8", *FEW, "-o", "out", "--lang", "de"
    )
    assert done.exit_code == 0, done.stderr
    series = pd.read_parquet(folder / "out" / "series.parquet")
    changed = [f"{name}[months=30; administration.departments=8]" for name in ("no_unit", "one_unit", "two_units")]
    assert series.groupby("scenario").size().to_dict() == dict.fromkeys(changed, 8 * 30)
    runs = pd.read_parquet(folder / "out" / "runs.parquet")
    assert sorted(runs["setting"].unique()) == [0, 1, 2, 3]
    table = pd.read_parquet(folder / "out" / "comparison.parquet")
    assert set(table["second"]) == {changed[1], changed[2]}
    figures = {path.stem for path in (folder / "out" / "figures").glob("*.svg")}
    shared = {"binding_constraint", "gap_over_time", "paper_to_joint_practice"}
    tasks = ("integration", "climate_adaptation")
    own = "months_30_administration_departments_8"
    both = {f"departments_{name}_{own}_{task}" for name in ("no_unit", "one_unit", "two_units") for task in tasks}
    assert figures == shared | both


def test_scenarios_that_are_no_variants_are_not_compared(command, city):
    done = command("compare", city, "medium", *FEW)
    assert done.exit_code == 2
    assert "medium:  cannot be compared: it runs from" in done.stderr
    assert command("compare", city, city, "-S", "months=12", *FEW).exit_code == 0


def test_one_scenario_is_not_enough(command):
    done = command("compare", "halle")
    assert done.exit_code == 2
    assert "two scenarios or more" in done.stderr
