"""A study of Python objects is that of a file that says the same: in a folder, in memory, and run again."""

import numpy as np
import pandas as pd
import pytest

import qsim
from qsim.files.messages import InputError
from qsim.own import rule
from qsim.sweep.reproduce import reproduce
from qsim.sweep.status import status_of
from trial_studies import CHANGES, files_of

FACTORS = {
    "posts": {"key": "commissioners[integration].funding[0].posts", "levels": [1, 2]},
    "up": {"key": "parameters.practice.up", "levels": (0.02, np.float64(0.05), 0.08)},
}
READ = ["practice", {"measure": "practice", "at": "peak"}, {"measure": "joint_practice", "at": "2020-12"}]
TOWN = {
    "start": "2020-01", "months": 18, "administration": {"departments": np.int64(8)},
    "tasks": [{"id": "integration", "kind": "integration"}],
}  # fmt: skip


@pytest.fixture
def short():
    return qsim.load_scenario("small", CHANGES)


def test_it_is_the_study_of_a_file(load, short, tmp_path):
    qsim.Study(load()).run(tmp_path / "file")
    study = qsim.Study.of({"small": short}, FACTORS, outcomes=READ, replications=3)
    made = study.run(tmp_path / "made")
    assert files_of(tmp_path / "made") == files_of(tmp_path / "file")
    alone = study.run()
    for table in ("runs", "points"):
        pd.testing.assert_frame_equal(getattr(alone, table), getattr(made, table), check_exact=True)
    found = reproduce(tmp_path / "made", everything=True)
    assert (found.agrees, found.runs) == (True, 18)
    status = status_of(tmp_path / "made")
    assert (status.finished, status.command) == (True, "")
    with pytest.raises(ValueError, match="this study has no folder"):
        alone.dataset("runs")


def test_scenarios_are_names_objects_and_contents(short):
    several = qsim.Study.of({"town": TOWN, "again": short, "small": "small"}, outcomes=["practice"], replications=1)
    assert [base.id for base in several.experiment.bases] == ["town", "again", "small"]
    runs = qsim.Study.of([short, "small"], {"months": {"key": "months", "levels": [6]}}, outcomes=["practice"],
                         replications=2).run().runs  # fmt: skip
    assert runs["scenario"].unique().tolist() == ["small", short.id]
    expected = qsim.simulate(qsim.load_scenario("small", "months=6"), 2).runs["practice"]
    assert runs[runs["scenario"] == "small"]["practice"].tolist() == expected.tolist()


def test_months_and_series_come_along(short):
    study = qsim.Study.of(short, outcomes=["practice"], replications=2, output="series").run()
    assert len(study.series) == 2 * short.months
    assert study.manifest["runs"] == 2


def test_points_are_a_table(short):
    table = pd.DataFrame({"up": [0.03, 0.07], "posts": [2, 1]})
    factors = {name: {"key": entry["key"]} for name, entry in FACTORS.items()}
    study = qsim.Study.of(short, factors, points=table, outcomes=["practice"], replications=1).run()
    assert study.points[["up", "posts"]].to_numpy().tolist() == table.to_numpy().tolist()


def test_own_rules_come_along(short, tmp_path):
    (tmp_path / "still.py").write_text(
        "from qsim.own import rule\n\n\n@rule(after='learning')\ndef still(world, month):\n"
        "    world.stances.knowledge[:] = 0.0\n", encoding="utf-8",
    )  # fmt: skip
    study = qsim.Study.of(short, outcomes=["knowledge"], replications=2, rules=tmp_path / "still.py")
    assert (study.run(tmp_path / "out").runs["knowledge"] == 0.0).all()
    with qsim.own_rules(allow=True):
        assert reproduce(tmp_path / "out").agrees

    @rule(after="learning")
    def quiet(world, month):
        world.stances.knowledge[:] = 0.0

    with pytest.raises(InputError, match="quiet"):
        qsim.Study.of(short, outcomes=["knowledge"], rules=quiet)


WRONG = {
    "a measure": (
        lambda: qsim.Study.of("small", outcomes=["practise"]), InputError,
        'study:  outcomes[0].measure: there is no measure "practise"; did you mean "practice"?',
    ),
    "a factor": (
        lambda: qsim.Study.of("small", {"up": {"key": "parameters.practice.up", "range": [1, 0]}}, name="mine",
                              design={"kind": "sobol", "number": 4}), InputError,
        "mine:  factors[up].range: the range 1 to 0 has the higher end first; expected [low, high]",
    ),
    "a content": (
        lambda: qsim.Study.of({"town": {**TOWN, "months": "x"}}), InputError,
        'town:  months: "x" is text; expected a whole number from 1 to 1200 months',
    ),
    "a content without a name": (lambda: qsim.Study.of(TOWN), TypeError, "takes the content of a scenario by its name"),
    "no scenario": (lambda: qsim.Study.of(3), TypeError, "a scenario, several, or some by name, not int"),
    "factors in a list": (lambda: qsim.Study.of("small", [1]), TypeError, "factors is a group of factors by their ids, not list"),
    "no factor": (lambda: qsim.Study.of("small", {"up": 3}), TypeError, "factors[up] is a group of keys such as key and levels"),
    "one outcome": (lambda: qsim.Study.of("small", outcomes="practice"), TypeError, "outcomes is a list of measures, not str"),
    "no table": (lambda: qsim.Study.of("small", FACTORS, points=[1]), TypeError, "points is a table of pandas, not list"),
    "no value": (
        lambda: qsim.Study.of("small", {"months": {"key": "months", "levels": [{1}]}}), TypeError,
        "set is no value of a file; expected a number, text, list or group of keys",
    ),
    "no points": (
        lambda: qsim.Study.of("small", FACTORS, design={"kind": "points", "file": "a.csv"}), InputError,
        "a.csv:  is not read; points=... takes a table",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_said_in_one_line(name):
    call, error, words = WRONG[name]
    with pytest.raises(error) as caught:
        call()
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)
