"""``qsim discover`` as a user meets it, on a study written by hand."""

import json
import xml.etree.ElementTree as ElementTree

import numpy as np
import pandas as pd
import pytest

from trial_studies import manifest_by_hand

EXPERIMENT = """\
kind: experiment
factors:
  - {id: turnover, key: administration.turnover_per_year, range: [0.02, 0.3], label: {de: die Fluktuation, en: turnover}}
  - {id: posts, key: "commissioners[unit].funding[0].posts", levels: [1, 2, 3, 4, 5], label: {de: Stellen, en: posts}}
  - {id: position, key: "commissioners[unit].position", label: {de: die Stellung, en: the position}}
  - {id: rate, key: parameters.practice.up}
"""
POINTS = 450


@pytest.fixture
def study(folder):
    """Two scenarios; a is good where turnover is below 12 %, there are two posts or more and it is no section."""
    draw = np.random.default_rng(3)
    points = pd.DataFrame(
        {
            "point": np.arange(POINTS),
            "turnover": draw.uniform(0.02, 0.3, POINTS),
            "posts": draw.integers(1, 6, POINTS).astype(float),
            "position": draw.choice(["staff_unit", "line_unit", "section"], POINTS),
            "rate": draw.uniform(0.1, 0.4, POINTS),
        }
    )
    good = (points["turnover"] < 0.12) & (points["posts"] >= 2) & (points["position"] != "section")
    parts = []
    for replicate in range(2):
        luck = draw.normal(0, 0.03, POINTS)
        for scenario, level in (("a", 0.2 + 0.3 * good), ("b", 0.2 + 0.3 * good - 0.1 * (points["rate"] > 0.25))):
            parts.append(
                pd.DataFrame({"scenario": scenario, "point": points["point"], "replicate": replicate,
                              "joint_practice": level + luck, "practice_2019_12": draw.random(POINTS)})
            )  # fmt: skip
    (folder / "study" / "runs.parquet").mkdir(parents=True)
    points.to_parquet(folder / "study" / "points.parquet")
    for number, half in enumerate(np.array_split(np.arange(4), 2)):
        name = f"part-{number:06d}.parquet"
        pd.concat([parts[place] for place in half]).to_parquet(folder / "study" / "runs.parquet" / name)
    (folder / "study" / "manifest.json").write_text(json.dumps(manifest_by_hand(EXPERIMENT, 2)))
    return "study"


GOOD = ("--outcome", "joint_practice", "--above", "0.4", "--scenario", "a")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("de", ("Wo gilt: Gemeinsam umgesetzt über 40 % in „a“?", "gilt, wenn die Fluktuation unter 1", " % im Jahr liegt, es",
                "mindestens 2 Stellen gibt und die Stellung nicht „section“ ist", "Geprüft an 150 Fällen", "Zufall < 0,001")),
        ("en", ("Where does it hold: Done jointly above 40% in “a”?", "holds if turnover is below 1", "% a year, there are",
                "at least 2", "is not", "section", "Checked on 150 cases", "by chance < 0.001")),
    ],
)  # fmt: skip
def test_boxes_in_words(command, study, language, said):
    done = command("discover", study, *GOOD, "--lang", language)
    assert done.exit_code == 0, done.stderr
    text = " ".join(done.stdout.split())
    for words in said:
        assert words in text, words


def test_cases_that_were_left_out_are_said_where_too_few_stay(command, study, folder):
    for path in (folder / "study" / "runs.parquet").iterdir():
        runs = pd.read_parquet(path)
        runs.loc[runs["point"] >= 58, "joint_practice"] = np.nan
        runs.to_parquet(path)
    done = command("discover", study, *GOOD)
    assert done.exit_code == 2
    assert done.stderr.endswith(
        "58 cases are too few; a box takes 60 or more; 392 more were left out, as a value is missing there\n"
    )


def test_json_and_a_folder(command, study, folder):
    done = command("discover", study, *GOOD, "--json", "-o", "out", "--csv")
    assert done.exit_code == 0, done.stderr
    printed = json.loads(done.stdout)
    limits = {one["factor"]: one for one in printed["boxes"][0]["limits"]}
    assert limits["turnover"]["below"] == pytest.approx(0.12, abs=0.02)
    assert limits["posts"]["least"] == 2
    assert limits["position"]["levels"] == ["line_unit", "staff_unit"]
    assert printed["boxes"][0]["checked"]["density"] > 0.7
    assert printed["boxes"][0]["text"].startswith("holds if turnover is below 1")
    assert printed["command"].startswith("qsim discover study --outcome joint_practice --above 0.4 --scenario a")
    boxes = pd.read_csv(folder / "out" / "boxes.csv")
    assert list(boxes["factor"]) == ["turnover", "posts", "position"]
    tradeoff = pd.read_parquet(folder / "out" / "tradeoff.parquet")
    assert tradeoff["chosen"].sum() == 1
    assert (tradeoff["mass"].diff().dropna() < 0).all()
    svg = ElementTree.parse(folder / "out" / "figures" / "tradeoff_de.svg").getroot()
    assert "gilt, wenn die Fluktuation unter" in svg[0].text


def test_one_scenario_against_another_by_more_than_matters(command, study):
    done = command("discover", study, "--scenario", "a", "--against", "b", "--lang", "en")
    assert done.exit_code == 0, done.stderr
    text = " ".join(done.stdout.split())
    assert "Done jointly in “a” more than 1.25 percentage points higher than in “b”" in text
    assert "holds if " in text
    assert "is above 25" in text or "is above 24" in text
    printed = json.loads(command("discover", study, "--scenario", "a", "--against", "b", "--json").stdout)
    assert printed["above"] == 0.0125
    assert [one["factor"] for one in printed["boxes"][0]["limits"]] == ["rate"]


def test_several_scenarios_are_a_factor(command, study):
    printed = json.loads(command("discover", study, "--outcome", "joint_practice", "--below", "0.15", "--json").stdout)
    limits = {one["factor"]: one for one in printed["boxes"][0]["limits"]}
    assert limits["scenario"]["levels"] == ["b"]
    assert printed["cases"] == 2 * POINTS


def test_nothing_to_tell_is_an_answer(command, study):
    done = command("discover", study, "--outcome", "practice_2019_12", "--above", "0.5", "--lang", "en", "-o", "out")
    assert done.exit_code == 0, done.stderr
    assert "No box passes the check" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("gone", "--above", "1"), "gone:  is no folder"),
        ((".", "--above", "1"), "holds no study: there is no manifest of qsim"),
        (("study",), "a threshold is missing: --above X or --below X"),
        (("study", "--above", "1", "--below", "2"), "--above and --below exclude each other"),
        (("study", "--outcome", "joint_practise", "--above", "1"), 'did you mean "joint_practice"'),
        (("study", "--above", "1", "--scenario", "c"), 'there is no scenario "c"; expected one of a, b'),
        (("study", "--against", "b", "--above", "1"), "--against: takes --scenario"),
        (("study", "--against", "b", "--scenario", "b"), '"b" cannot be compared with itself'),
        (("study", "--above", "7"), "the outcome holds in 0 of 900 cases; it takes 10 or more on either side"),
        (("study", "--above", "0.4", "--density", "2"), "'--density'"),
        (("study", "--above", "much"), "'--above': \"much\" is text; expected a number"),
        (("study", "--above", "nan"), "'--above': \"nan\" is text; expected a number"),
        (("study", "--above", "0,4"), "'--above': \"0,4\" has a decimal comma; expected a decimal point, 0.4"),
        (("study", "--above", "0.4", "--density", "0,9"), "'--density': \"0,9\" has a decimal comma"),
        (("study", "--above", "0.4", "--csv"), "--csv needs --out"),
    ],
)
def test_wrong_arguments_are_one_line(command, study, folder, arguments, said):
    done = command("discover", *arguments)
    assert done.exit_code == 2
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert done.stdout == ""
    assert [path.name for path in folder.iterdir()] == ["study"]


def test_a_damaged_study_is_one_line(command, study, folder):
    (folder / "study" / "points.parquet").write_bytes(b"nothing")
    done = command("discover", "study", "--above", "0.4")
    assert done.exit_code == 2
    assert "points.parquet:  cannot be read" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    (folder / "study" / "points.parquet").unlink()
    done = command("discover", "study", "--above", "0.4")
    assert (
        "holds results of `qsim sweep` without points; expected those of `qsim sweep`, or finished ones" in done.stderr
    )


SWEPT = """\
kind: experiment
schema_version: 1
label: {de: Probe, en: Trial}
question: {de: Wo?, en: Where?}
scenarios: [city.yaml]
factors:
  - {id: demand, key: administration.workload, range: [0.8, 1.6], label: {de: die Auslastung, en: workload}}
  - {id: size, key: administration.departments, levels: [6, 9], label: {de: Ämter, en: departments}}
design: {kind: latin_hypercube, number: 120}
replications: 2
outcomes: [{measure: hours_departments, at: 2015-03}, {measure: workload, at: 2015-03}]
"""


def test_a_study_of_sweep(command, city, write, folder):
    """The mean workload is above 1.2 where the workload that was set is; a part that is missing is told."""
    write("swept.yaml", SWEPT)
    done = command("sweep", "swept.yaml", "-o", "swept", "-q", "--set", "months=4")
    assert done.exit_code == 0, done.stderr
    middle = float(pd.read_parquet(folder / "swept" / "runs.parquet")["workload_2015_03"].median())
    found = command("discover", "swept", "--outcome", "workload_2015_03", "--above", middle, "--json")
    assert (found.exit_code, found.stderr) == (0, "")
    printed = json.loads(found.stdout)
    assert (printed["cases"], printed["left_out"]) == (120, 0)
    assert [one["factor"] for one in printed["boxes"][0]["limits"]] == ["demand"]
    assert printed["boxes"][0]["text"].startswith("holds if workload is above 1")
    last = sorted((folder / "swept" / "runs.parquet").iterdir())[-1]
    last.unlink()
    parts = json.loads((folder / "swept" / "manifest.json").read_text())["parts"]
    assert parts > 1
    again = command("discover", "swept", "--outcome", "workload_2015_03", "--above", middle, "--json")
    assert f"the study is not finished: 1 of {parts} parts are missing" in again.stderr
    assert json.loads(again.stdout)["cases"] < 120
