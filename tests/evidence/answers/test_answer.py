"""Answers of experiments: expectations are contrasts of twin runs, by hand; wrong ones are refused at their place."""

import json

import numpy as np
import pandas as pd
import pytest

from evidence.answers.answer import answer_of, answer_text, read_answers
from qsim.files.messages import InputError
from qsim.sweep.loading import load_experiment
from qsim.sweep.plan import Plan, settled
from qsim.sweep.study import Study

FACTORS = """\
factors:
  - {id: posts, key: "commissioners[integration].funding[0].posts", levels: [1, 2], names: {"1": {de: eine, en: one}}}
  - {id: up, key: parameters.practice.up, levels: [0.02, 0.05, 0.08]}
replications: 4
fixed: true
outcomes:
  - {measure: practice}
  - {measure: practice, at: 2020-06}
  - {measure: practice, at: 2020-12}
  - {measure: hours_total}
"""
WORDS = "statements: [B03], text: {de: Satz., en: Sentence.}"
MORE = "expected:\n  - {id: e1, " + WORDS + ", outcome: practice, more: {posts: 2}, less: {posts: 1, up: [0.02, 0.05]}"
BEYOND = ", beyond: {more: {posts: 2, outcome: practice_2020_06}, less: {posts: 1}}"


def runs_of(experiment, values):
    """Return a table of runs whose outcomes are ``values(column, point, replicate)``, in any order."""
    rows = [
        {"scenario": "small", "point": point, "replicate": replicate}
        | {name: values(name, point, replicate) for name in (reading.column for reading in experiment.readings)}
        for point in range(6)
        for replicate in range(4)
    ]
    return pd.DataFrame(rows).sample(frac=1.0, random_state=1)


def luck(replicate):
    return 0.1 * replicate


def found(load, more="", values=None):
    experiment = load(FACTORS + MORE + more + "}\n")
    by_place = values or (lambda name, point, replicate: (0.5 if point >= 3 else 0.2) + luck(replicate))
    return answer_of(experiment, runs_of(experiment, by_place))


def test_an_effect_is_the_mean_difference_of_twins_and_luck_cancels(load):
    entry = found(load)["expected"][0]
    assert (entry["effect"], entry["low"], entry["high"]) == pytest.approx((0.3, 0.3, 0.3))
    assert entry["levels"] == [pytest.approx([0.65, 0.35])]
    assert (entry["verdict"], entry["relevant"], entry["runs"]) == ("expected", 0.0125, 4)


@pytest.mark.parametrize(
    ("step", "more", "verdict"),
    [(0.3, "", "expected"), (-0.3, "", "opposite"), (0.001, "", "negligible"), (0.001, ", equal: true", "expected"),
     (0.3, ", equal: true", "opposite"), (0.3, ", relevant: 0.4", "negligible")],
)  # fmt: skip
def test_the_verdict_goes_by_the_smallest_relevant_difference(load, step, more, verdict):
    def values(name, point, replicate):
        return (0.4 + step if point >= 3 else 0.4) + luck(replicate)

    assert found(load, more, values)["expected"][0]["verdict"] == verdict


def test_runs_of_one_setting_count_once(load):
    """Without `fixed` the four runs have the same assumptions: one setting, of which nothing can be said for others."""
    experiment = load((FACTORS + MORE + "}\n").replace("fixed: true\n", ""))
    answer = answer_of(
        experiment, runs_of(experiment, lambda name, point, replicate: float(point >= 3) + luck(replicate))
    )
    assert (answer["expected"][0]["runs"], answer["expected"][0]["verdict"]) == (1, "unresolved")


def test_what_luck_leaves_open_is_undecided(load):
    def values(name, point, replicate):
        return 0.4 + (0.2 * replicate - 0.25 if point >= 3 else 0.0)

    assert found(load, "", values)["expected"][0]["verdict"] == "unresolved"


def test_a_difference_beyond_another_and_another_outcome(load):
    def values(name, point, replicate):
        return {"practice": 0.5, "practice_2020_06": 0.4}.get(name, 0.0) * (point >= 3) + luck(replicate)

    entry = found(load, BEYOND, values)["expected"][0]
    assert entry["effect"] == pytest.approx(0.5 - 0.4)
    assert len(entry["outcomes"]) == 2


def test_runs_that_lack_an_outcome_are_left_out_and_missing_runs_refused(load):
    experiment = load(FACTORS + MORE + "}\n")
    runs = runs_of(experiment, lambda name, point, replicate: np.nan if replicate == 2 else 0.1 * point)
    assert answer_of(experiment, runs)["expected"][0]["runs"] == 3
    with pytest.raises(ValueError, match="23 runs there, 24 planned"):
        answer_of(experiment, runs.iloc[1:])


def test_the_figure_has_a_mean_at_each_place_and_months_in_order(load):
    text = FACTORS + "figure: {outcome: practice_2020_12, x: time, lines: posts}\n"
    experiment = load(text)

    def values(name, point, replicate):
        return {"practice_2020_06": 0.1, "practice_2020_12": 0.2}.get(name, 0.9) + 0.3 * (point >= 3)

    figure = answer_of(experiment, runs_of(experiment, values))["figure"]
    assert figure["values"] == {"x": ["2020-06", "2020-12"], "lines": ["1", "2"]}
    assert [row["mean"] for row in figure["rows"]] == pytest.approx([0.1, 0.4, 0.2, 0.5])
    assert [row["half"] for row in figure["rows"]] == [0.0] * 4


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (MORE.replace("outcome: practice", "outcome: practise") + "}", 'did you mean "practice"'),
        (MORE.replace("posts: 2", "posts: 3") + "}", 'posts is never "3"; there are 1, 2'),
        (MORE.replace("{posts: 2}", "{size: 2}") + "}", '"size" is no factor with levels'),
        (MORE.replace("outcome: practice", "outcome: hours_total") + "}", "has no smallest relevant difference"),
        ("figure: {outcome: practice, x: pots}", 'did you mean "posts"'),
        ("figure: {outcome: practice, x: up, lines: time}", '"time" is no factor with levels'),
        ("figure: {kind: surface, outcome: practice, x: up}", 'missing key "lines"'),
    ],
)
def test_what_is_wrong_with_an_expectation_is_one_line(write, body, said):
    with pytest.raises(InputError) as caught:
        load_experiment(write(FACTORS + body + "\n"))
    (line,) = str(caught.value).splitlines()
    assert said in line
    assert line.startswith("trial.yaml:")


def test_names_of_levels_that_do_not_exist_are_refused(write):
    with pytest.raises(InputError, match='posts is never "3"'):
        load_experiment(write(FACTORS.replace('{"1": ', '{"3": ')))


def test_what_is_expected_and_how_it_is_called_is_no_part_of_the_plan(load):
    bare = FACTORS.replace(', names: {"1": {de: eine, en: one}}', "")
    assert settled(Plan(load(bare))) == settled(Plan(load(FACTORS + MORE + "}\n")))
    assert settled(Plan(load(bare))) != settled(Plan(load(bare.replace("2020-06", "2020-07"))))


def test_an_outcome_of_one_task(load, tmp_path):
    body = (
        "factors: [{id: work, key: administration.workload, levels: [0.9, 1.1]}]\nreplications: 2\noutcomes:\n"
        "  - {measure: practice}\n  - {measure: practice, task: integration}\n"
        "  - {measure: practice, task: climate_adaptation}\n  - {measure: practice, task: integration, at: 2020-12}\n"
    )
    head = (
        "kind: experiment\nschema_version: 1\nlabel: {de: P, en: T}\nquestion: {de: F, en: Q}\nscenarios: [one_unit]\n"
    )
    (tmp_path / "tasks.yaml").write_text(head + body, encoding="utf-8")
    short = ("months=18", "administration.departments=8")
    experiment = load_experiment(tmp_path / "tasks.yaml", short)
    runs = Study(experiment).run(tmp_path / "out").runs
    both = (runs["practice_integration"] + runs["practice_climate_adaptation"]) / 2
    assert (runs["practice"] - both).abs().max() < 1e-12
    assert (runs["practice_integration"] - runs["practice_climate_adaptation"]).abs().min() > 1e-6
    assert (runs["practice_integration_2020_12"] - runs["practice_integration"]).abs().min() > 1e-9
    (tmp_path / "tasks.yaml").write_text(head + body.replace("climate_adaptation", "climate"), encoding="utf-8")
    with pytest.raises(InputError, match='one_unit has no task "climate"'):
        load_experiment(tmp_path / "tasks.yaml", short)
    (tmp_path / "tasks.yaml").write_text(
        head + body.replace("practice, task: i", "workload, task: i"), encoding="utf-8"
    )
    with pytest.raises(InputError, match="workload is not measured by task"):
        load_experiment(tmp_path / "tasks.yaml", short)


def test_answers_are_read_as_they_were_written(load, tmp_path):
    answer = found(load)
    (tmp_path / "position.json").write_text(answer_text(answer), encoding="utf-8")
    (tmp_path / "another.json").write_text(answer_text(answer), encoding="utf-8")
    (tmp_path / "size_proactivity.json").write_text(json.dumps({"first": True}), encoding="utf-8")
    assert read_answers(tmp_path) == [{"first": True}, answer, answer]
    assert read_answers(tmp_path / "none") == []
