"""``qsim sensitivity`` as a user meets it."""

import json
import shutil
import xml.etree.ElementTree as ElementTree

import pandas as pd
import pytest
from typer.testing import CliRunner

from qsim.commands.root import app
from qsim.comparison.when.study import read_study
from qsim.engine.settings import parameter_rows
from qsim.scenario.loading import load_scenario
from qsim.sensitivity import running
from qsim.sensitivity.running import PointRuns, PointsFolder
from qsim.sensitivity.space import all_dimensions

pytestmark = pytest.mark.usefixtures("coarse")

TINY = ("-N", "8", "--screen", "2", "--top", "3", "--second", "2", "--measure", "practice")

TOWN = """\
kind: scenario
schema_version: 1
label: {de: Probestadt, en: Trial town}
start: 2015-01
months: 14
administration:
  departments: {between: [6, 12]}
  vacancy_share: {between: [0.0, 0.3]}
tasks:
  - {id: integration, kind: integration}
commissioners:
  - id: unit
    tasks: [integration]
    position: staff_unit
    funding: [{posts: 2, start: 2015-01, kind: permanent}]
"""
"""A town whose size and vacancies nobody knows."""


@pytest.fixture
def town(write):
    """The name of the file of the town."""
    return write("town.yaml", TOWN)


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The folder of a study that ran to its end, without figures, and what it printed."""
    folder = tmp_path_factory.mktemp("whole")
    (folder / "town.yaml").write_text(TOWN, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        done = CliRunner().invoke(app, ["sensitivity", "town.yaml", *TINY, "-o", "out", "--json"])
    assert done.exit_code == 0, done.stderr
    shutil.rmtree(folder / "out" / "figures")
    return folder / "out", done.stdout


@pytest.fixture
def done_before(whole, folder):
    """What a study printed whose folder is there."""
    shutil.copytree(whole[0], folder / "out")
    return whole[1]


IDLE = """\
kind: experiment
schema_version: 1
label: {de: Probe, en: Trial}
question: {de: Wirkt es?, en: Does it work?}
scenarios: [city.yaml]
factors:
  - {id: base, key: parameters.funding.base, range: [-1.5, 0.5]}
  - {id: weight, key: parameters.funding.effect_weight, range: [1, 8]}
design: {kind: latin_hypercube, number: 8}
outcomes: [{measure: joint_practice}]
"""


def test_why_the_noise_floor_is_not_known(command, write, city, town):
    same = command("sensitivity", write("idle.yaml", IDLE), *TINY[:-2], "--fixed", "--lang", "en")
    once = command("sensitivity", town, *TINY, "-r", 1, "--lang", "en")
    assert "With one run a point the noise floor is not known" in " ".join(once.stdout.split())
    assert "The noise floor is not known, as the outcome is the same everywhere" in " ".join(same.stdout.split())


def test_the_status_of_a_study(command, done_before, folder):
    done = command("status", "out")
    assert (done.exit_code, done.stdout) == (0, "town: done, results of `qsim sensitivity`\n")
    (folder / "out" / "parts" / "mine.txt").write_text("mine")
    (folder / "out" / "notes.txt").write_text("mine")
    (folder / "out" / "runs.csv").write_text("of --csv")
    (folder / "out" / "parts" / "first-00000.parquet").write_bytes(b"garbage")
    (folder / "out" / "luck.parquet").unlink()
    done = command("status", "out")
    assert done.exit_code == 3
    assert done.stdout.splitlines()[:5] == [
        "town: not all results of `qsim sensitivity` are there",
        "parts/first-00000.parquet is not as it was written, and does not count.",
        "luck.parquet is not there yet.",
        "notes.txt does not belong to the study, and does not count.",
        "parts/mine.txt does not belong to the study, and does not count.",
    ]


def test_another_plan_is_told_by_its_keys(command, town, done_before):
    done = command("sensitivity", town, *TINY, "--top", 1, "-o", "out")
    assert (done.exit_code, "(other content of design: top)" in done.stderr) == (2, True), done.stderr


def test_a_folder_of_results(command, town, folder):
    done = command("sensitivity", town, *TINY, "-o", "out", "--csv", "--lang", "de")
    assert done.exit_code == 0, done.stderr
    text = " ".join(done.stdout.split())
    for words in ("Was für „Umgesetzt“ zählt: Probestadt, Feb. 2016", "Anteil insgesamt über die Zeit", "Paare, die mehr",
                  "unsichere Annahmen zusammen", "Was man erführe, wüsste man eine Annahme, Feb. 2016",
                  "Vorauswahl: ", "von Zufall, der überall gleich ist"):  # fmt: skip
        assert words in text, words
    out = folder / "out"
    indices = pd.read_parquet(out / "indices.parquet")
    assert list(indices["at"].unique()) == ["2015-12", "2016-02"]
    assert len(indices) == 6
    assert len(pd.read_csv(out / "screening.csv", sep=";", decimal=",")) == 2 * len(all_dimensions(load_scenario(town)))
    assert json.loads((out / "manifest.json").read_text())["study"] == "sensitivity"
    for language in ("de", "en"):
        svg = ElementTree.parse(out / "figures" / f"sensitivity_{language}.svg").getroot()
        assert svg.get("role") == "img"
        assert svg.get("lang") == language
        assert svg[1].text.count("." if language == "en" else ",") >= 6


def test_again_nothing_is_run_and_the_same_is_printed(command, town, done_before, folder, monkeypatch):
    monkeypatch.setattr(PointRuns, "run", lambda *_: pytest.fail("run again"))
    again = command("sensitivity", town, *TINY, "-o", "out", "--json")
    assert again.stdout == done_before
    assert (folder / "out" / "figures" / "sensitivity_en.png").is_file()


def test_interrupted_it_says_how_to_go_on(command, town, whole, monkeypatch):
    monkeypatch.setattr(running, "PART", 100)
    write = PointsFolder.write

    def interrupt(self, name, values, points):
        write(self, name, values, points)
        if name.startswith("first"):
            raise KeyboardInterrupt

    monkeypatch.setattr(PointsFolder, "write", interrupt)
    stopped = command("sensitivity", town, *TINY, "-o", "out")
    assert stopped.exit_code == 130
    line = next(line for line in stopped.stderr.splitlines() if line.startswith("to go on: "))
    monkeypatch.setattr(PointsFolder, "write", write)
    done = command(*line.removeprefix("to go on: qsim ").split(), "--json")
    assert done.exit_code == 0, done.stderr
    assert done.stdout == whole[1]


def test_a_dry_run_says_what_it_takes_and_writes_nothing(command, town, folder):
    done = command("sensitivity", town, *TINY, "--dry-run", "--lang", "en", "-o", "out")
    assert done.exit_code == 0, done.stderr
    count = len(all_dimensions(load_scenario(town)))
    assert f"{count} dimensions: screening with 2 trajectories" in done.stdout
    assert "runs (1 scenario × " in done.stdout
    assert "Nothing was written." in done.stdout
    found = json.loads(command("sensitivity", town, *TINY, "-n", "--json").stdout)
    assert found["runs"] == 2 * (2 * (count + 1) + 8 * (3 + 2 + 2))
    assert found["seconds"] > 0
    assert [path.name for path in folder.iterdir()] == [town]


def test_without_a_screening_all_is_counted(command, town):
    text = command("sensitivity", town, "-N", "8", "--dry-run", "--lang", "en").stdout
    assert "3 dimensions: indices of the first 3 from 8 base points" in text


def test_whole_ranges_are_screened(command, town):
    found = json.loads(command("sensitivity", town, "-N", "8", "-n", "--json", "--whole-ranges").stdout)
    count = len(all_dimensions(load_scenario(town), None, "ranges"))
    assert found["dimensions"] == count > 100
    assert found["runs"] == 2 * (20 * (count + 1) + 8 * (20 + 2 + 8))


def test_an_experiment_of_its_own_factors(command, town, write, folder):
    text = """\
kind: experiment
schema_version: 1
label: {de: Probe, en: Trial}
question: {de: Was zählt?, en: What matters?}
scenarios: [town.yaml]
factors:
  - {id: posts, key: "commissioners[unit].funding[0].posts", range: [0.5, 4], label: {de: Stellen, en: posts of the unit}}
design: {kind: saltelli, number: 8}
replications: 3
seed: 5
outcomes: [{measure: practice, at: 2015-06}]
"""
    write("trial.yaml", text)
    done = command("sensitivity", "trial.yaml", "--fixed", "--screen", "0", "--second", "0", "--json")
    assert done.exit_code == 0, done.stderr
    found = json.loads(done.stdout)
    assert (found["base_points"], found["replications"], found["seed"], found["at"]) == (8, 3, 5, ["2015-06"])
    assert {one["label_en"] for one in found["indices"]} == {
        "administration.departments", "administration.vacancy_share", "posts of the unit"
    }  # fmt: skip


@pytest.mark.parametrize("fixed", [True, False])
def test_what_was_found_can_be_discovered(command, town, folder, fixed):
    done = command("sensitivity", town, "-N", "32", "--second", "0", "-r", "1", "--measure", "hours_departments",
                   "--at", "2015-12", "-o", "out", "-q", *(["--fixed"] if fixed else []))  # fmt: skip
    assert done.exit_code == 0, done.stderr
    points = pd.read_parquet(folder / "out" / "points.parquet")
    assert set(points["administration.departments"]) == set(range(6, 13))
    assert len(points) == 64
    factors = read_study(folder / "out").factors
    assert factors[:2] == ["administration.departments", "administration.vacancy_share"]
    known = pd.DataFrame(parameter_rows(True))
    for key in () if fixed else factors[2:]:
        column = key.removeprefix("parameters.").replace(".", "_", 1)
        assert (points[key].to_numpy() == known[column].to_numpy()[points["setting"]]).all()
    assert len(factors) == 2 + (0 if fixed else (known != known.iloc[0]).any().sum())
    runs = pd.read_parquet(folder / "out" / "runs.parquet")
    middle = float(runs["hours_departments_2015_12"].median())
    found = command("discover", "out", "--above", middle, "--json")
    assert found.exit_code == 0, found.stderr
    assert json.loads(found.stdout)["cases"] == 64


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("gone",), "no such scenario"),
        (("town.yaml", "-N", "1048576"), "runs, more than 10,000,000; --yes runs them all the same"),
        (("town.yaml", "--scenario", "small"), "--scenario chooses one of an experiment's"),
        (("town.yaml", "-N", "100"), "100 is no power of two; next is 128"),
        (("town.yaml", "-N", "4"), "'-N'"),
        (("town.yaml", "--fixed", "--whole-ranges"), "--whole-ranges has no meaning with --fixed"),
        (("town.yaml", "--screen", "1"), "a screening takes 2 trajectories or more; 0 leaves it out"),
        (("town.yaml", "--screen", "-1"), "'--screen'"),
        (("town.yaml", "--top", "0"), "'--top'"),
        (("town.yaml", "-r", "0"), "'-r'"),
        (("town.yaml", "--measure", "practise"), 'did you mean "practice"'),
        (("town.yaml", "--at", "2014-12"), "2014-12 is outside the run, which is 2015-01 to 2016-02"),
        (("town.yaml", "--at", "2500-01"), "'2500-01' is not a month such as 2015-09, from 1900 to 2199"),
        (("town.yaml", "-S", "administration.departmens=80"), 'did you mean "departments"'),
        (("town.yaml", "--csv"), "--csv needs --out"),
    ],
)
def test_wrong_arguments_are_one_line(command, town, folder, arguments, said):
    done = command("sensitivity", *arguments)
    assert done.exit_code == 2
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert done.stdout == ""
    assert [path.name for path in folder.iterdir()] == [town]


@pytest.mark.usefixtures("done_before")
def test_the_folder_of_another_study_is_refused(command, town):
    done = command("sensitivity", town, *TINY, "--seed", "2", "-o", "out")
    assert done.exit_code == 2
    assert "holds the results of another plan" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_where_nothing_else_is_open_the_assumptions_alone_are_ranked(command):
    done = command("sensitivity", "small", "-S", "months=14", "-N", "16", "--measure", "practice", "--lang", "en")
    assert done.exit_code == 0, done.stderr
    text = " ".join(done.stdout.split())
    for words in ("1 unsure assumptions, together", "What knowing one assumption would tell, Feb 2021",
                  "families of settings", "From 8 to 16 base points no index changes by more than"):  # fmt: skip
        assert words in text, words
    assert "rank correlation" not in text
