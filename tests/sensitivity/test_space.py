"""What an experiment opens in its scenario, and what its file states of the design."""

import numpy as np
import pytest

from qsim.files.messages import InputError
from qsim.mechanisms.month import RULES
from qsim.runs.readings import Reading
from qsim.scenario.loading import load_scenario
from qsim.sensitivity.running import PointRuns
from qsim.sensitivity.space import SETTING, all_dimensions, asked_of, names_experiment
from qsim.sensitivity.study import Design, Study, estimate, readings_of

HEAD = """\
kind: experiment
schema_version: 1
label: {de: Probe, en: Trial}
question: {de: Was zählt?, en: What matters?}
"""
FACTORS = """\
factors:
  - {id: size, key: administration.departments, levels: [6, 9, 12], label: {de: Ämter, en: departments}}
  - {id: rate, key: parameters.learning.doing_rate, range: [0.01, 0.1], scale: log}
  - {id: begin, key: "commissioners[0].funding[0].start", range: [2020-01, 2020-12]}
  - {id: position, key: "commissioners[integration].position", levels: [staff_unit, section]}
  - {id: fixed, key: administration.evaluation, levels: [0.3]}
"""
DESIGN = "design: {kind: saltelli, number: 32}\nreplications: 3\nseed: 7\n"
OUTCOMES = "outcomes: [{measure: practice, at: 2020-12}, {measure: practice}, {measure: knowledge, at: 2021-01}]\n"


@pytest.fixture
def write(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def write_file(body, scenarios="[small]"):
        (tmp_path / "trial.yaml").write_text(f"{HEAD}scenarios: {scenarios}\n{body}", encoding="utf-8")
        return "trial.yaml"

    return write_file


def test_factors_are_left_open_under_their_own_names(write):
    asked = asked_of(write(FACTORS + DESIGN + OUTCOMES), ["months=14"])
    dimensions = {one.id: one for one in all_dimensions(asked.scenario, asked.opened, "ranges")}
    assert len(dimensions) == 3 + sum(1 for rule in RULES for p in rule.parameters if p.low < p.high)
    size = dimensions["administration.departments"]
    assert (size.unknown.one_of, size.label.de) == ((6, 9, 12), "Ämter")
    rate = dimensions["parameters.learning.doing_rate"]
    assert (rate.unknown.between, rate.log, rate.label.en) == ((0.01, 0.1), True, "learning by doing")
    begin = dimensions["commissioners[integration].funding[0].start"]
    assert begin.months
    assert begin.unknown.between == (12 * 2020, 12 * 2020 + 11)
    assert asked.scenario.administration.evaluation == 0.3
    opened = ["parameters.learning.doing_rate", "administration.departments", "commissioners[integration].position",
              "commissioners[integration].funding[0].start"]  # fmt: skip
    assert [one.id for one in all_dimensions(asked.scenario, asked.opened, "fixed")] == opened
    assert [one.id for one in all_dimensions(asked.scenario, asked.opened)] == [SETTING, *opened]


def test_the_file_states_design_and_outcome(write):
    asked = asked_of(write(FACTORS + DESIGN + OUTCOMES))
    assert (asked.number, asked.replicates, asked.seed) == (32, 3, 7)
    assert asked.outcome(None, ()) == ("practice", ["2020-12"])
    assert asked.outcome("knowledge", ()) == ("knowledge", ["2021-01"])
    assert asked.outcome("knowledge", ["2022-01"]) == ("knowledge", ["2022-01"])
    other = asked_of(write(FACTORS + "design: {kind: latin_hypercube, number: 50}\nreplications: 100\n"))
    assert (other.number, other.replicates, other.seed, other.fixed) == (None, None, 1, False)
    assert asked_of(write(FACTORS + DESIGN + "fixed: true\n")).fixed
    assert other.outcome(None, ()) == ("joint_practice", [])
    assert asked_of("small").outcome(None, ()) == ("joint_practice", [])


def test_a_logarithmic_range_is_covered_evenly_in_the_logarithm(write):
    asked = asked_of(write(FACTORS + DESIGN), ["months=2"])
    dimensions = all_dimensions(asked.scenario, asked.opened, "fixed")
    points = np.array([[0.0, 0.1, 0.1, 0.0], [0.5, 0.5, 0.1, 0.5], [1.0, 0.9, 0.9, 1.0]])
    values = PointRuns(asked.scenario, dimensions, points, 1, [Reading("practice")], 1).values()
    assert values["parameters.learning.doing_rate"] == pytest.approx([0.01, 0.001**0.5, 0.1])
    assert values["administration.departments"] == [6, 9, 12]
    assert values["commissioners[integration].position"] == ["staff_unit", "staff_unit", "section"]
    assert values["commissioners[integration].funding[0].start"] == [12 * 2020, 12 * 2020 + 6, 12 * 2020 + 11]


def test_an_experiment_and_a_scenario_are_told_apart(write):
    assert names_experiment(write(FACTORS))
    assert names_experiment("sensitivity")
    assert not names_experiment("small")
    assert not names_experiment("gone.yaml")


@pytest.mark.parametrize(
    ("body", "scenarios", "said"),
    [
        (FACTORS + DESIGN, "[small, medium]", "--scenario: trial has the scenarios small, medium; choose one of them"),
        ("factors: [{id: house, set: {a: {}, b: {administration.departments: 6}}}]\n", "[small]",
         "factors[house]: packages cannot be varied here; sensitivity takes factors of one key, by levels or a range"),
        ("factors: [{id: house, key: months, levels: [12, 24]}]\n", "[small]",
         "factors[house]: months cannot be left open: "),
    ],
)  # fmt: skip
def test_what_cannot_be_varied_is_one_line(write, body, scenarios, said):
    with pytest.raises(InputError) as refusal:
        asked_of(write(body, scenarios))
    assert said in str(refusal.value)
    assert len(str(refusal.value).splitlines()) == 1


def test_wrong_names_are_one_line(write):
    for name, scenario, said in (
        ("sensitivty", None, 'there is no such scenario or experiment; did you mean "sensitivity"'),
        ("small", "large", "small is a scenario; --scenario chooses one of an experiment's"),
        (write(FACTORS + DESIGN), "medium", 'trial has no scenario "medium"'),
    ):
        with pytest.raises(InputError) as refusal:
            asked_of(name, (), scenario)
        assert said in str(refusal.value)


def test_the_experiment_that_comes_with_qsim(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    asked = asked_of("sensitivity")
    dimensions = all_dimensions(asked.scenario, asked.opened)
    design = Design(number=asked.number, replicates=asked.replicates)
    assert design.number >= 1024
    assert (design.top, design.second) == (20, 8)
    assert [reading.at for reading in readings_of(asked.scenario, *asked.outcome(None, ()))] == [
        "2020-12", "2021-12", "2024-12", "2029-12"
    ]  # fmt: skip
    assert (asked.scenario.administration.departments, asked.scenario.months) == (40, 120)
    assert len(dimensions) == len(all_dimensions(load_scenario("large"))) + len(asked.opened)
    assert all(one.label.de != one.id for one in dimensions)


def test_an_estimate_counts_runs_and_measures_time():
    asked = asked_of("small", ["months=3"])
    dimensions = all_dimensions(asked.scenario, None, "ranges")
    design = Design(number=16, screen=2, top=4, second=2)
    found = estimate(Study(asked.scenario, (Reading("practice"),), design, dimensions))
    assert found.runs == 2 * found.points == design.runs(len(dimensions))
    assert found.points == 2 * (len(dimensions) + 1) + 16 * (4 + 2 + 2)
    assert 0 < found.seconds < 60
    assert found.size > 10_000


def test_an_outcome_of_one_task_is_refused_as_the_mean_over_tasks_is_read(write):
    asked = asked_of(write(FACTORS + DESIGN + "outcomes: [{measure: practice, task: integration}]\n"), ["months=14"])
    with pytest.raises(InputError, match="practice of the task integration cannot be read here"):
        asked.outcome(None, ())
    assert asked.outcome("practice", ())[0] == "practice"
