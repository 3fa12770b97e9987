"""A whole study of a small administration, over whole ranges: what is varied, that luck stays the same, what comes out."""

import numpy as np
import pytest

from qsim.engine.prepare import Prepared
from qsim.files.messages import InputError
from qsim.mechanisms.month import RULES
from qsim.runs.readings import Reading, read
from qsim.scenario.loading import load_scenario
from qsim.sensitivity.results import record, tables
from qsim.sensitivity.running import PointRuns
from qsim.sensitivity.space import all_dimensions
from qsim.sensitivity.study import Design, Study, default_dates, readings_of, run_sensitivity

MONTHS = 18
READINGS = (Reading("joint_practice", "2020-12"), Reading("practice", "2021-06"))


def study_of(scenario, readings, design):
    return Study(scenario, readings, design, all_dimensions(scenario, None, "ranges"))


@pytest.fixture(scope="module")
def small():
    return load_scenario("small", [f"months={MONTHS}"])


@pytest.fixture(scope="module")
def found(small):
    design = Design(number=16, screen=4, top=5, second=3, replicates=2, seed=1)
    return run_sensitivity(study_of(small, readings_of(small, "joint_practice", ()), design))


def test_all_parameters_and_what_is_open_are_varied():
    scenario = load_scenario(
        "small",
        ["parameters.practice.up=0.2", "parameters.learning.doing_rate={between: [0.1, 0.2]}",
         "administration.turnover_per_year={between: [0.02, 0.3]}"],
    )  # fmt: skip
    keys = [one.id for one in all_dimensions(scenario, None, "ranges")]
    known = sum(1 for rule in RULES for p in rule.parameters if p.low < p.high)
    assert "parameters.practice.up" not in keys
    assert keys[-1] == "administration.turnover_per_year"
    assert len(keys) == known  # one is known, one is added
    own = next(one for one in all_dimensions(scenario, None, "ranges") if one.id == "parameters.learning.doing_rate")
    assert own.unknown.between == (0.1, 0.2)
    assert own.label.de == "Lernen durch Tun"


def test_the_middle_of_everything_with_defaults_is_the_plain_scenario(small):
    dimensions = all_dimensions(small, None, "ranges")[:1]
    one = dimensions[0]
    low, high = one.unknown.between
    default = Prepared(small).blueprint.plan(1, 0)[0].template.parameters[one.id.split(".", 1)[1].replace(".", "_")][0]
    points = np.array([[(default - low) / (high - low)]])
    found = PointRuns(small, dimensions, points, 3, READINGS, seed=7).run(0, 1)
    plain = Prepared(small).run(7, [(r, r) for r in range(3)])
    for place, reading in enumerate(READINGS):
        assert found[0, :, place] == pytest.approx(read(reading, plain, small), rel=1e-9)


def test_replicates_have_the_same_luck_at_every_point(small):
    """A dimension that no rule uses in this scenario changes nothing at all; points differ by their values only."""
    dimensions = all_dimensions(small, None, "ranges")
    points = np.full((3, len(dimensions)), 0.5)
    points[2] = 0.9
    found = PointRuns(small, dimensions, points, 2, READINGS, seed=1).run(0, 3)
    assert (found[0] == found[1]).all()
    assert (found[0] != found[2]).any()
    assert (found[0, 0] != found[0, 1]).any()


def test_structure_may_vary_and_values_are_told():
    scenario = load_scenario("small", [f"months={MONTHS}", "administration.departments={between: [5, 20]}"])
    dimensions = all_dimensions(scenario)[-1:]
    points = np.array([[0.0], [0.5], [1.0]])
    runs = PointRuns(scenario, dimensions, points, 1, (Reading("hours_departments", "2020-12"),), 1)
    hours = runs.run(0, 3)[:, 0, 0]
    assert hours[0] < hours[1] < hours[2]
    assert runs.values() == {"administration.departments": [5, 13, 20]}


def test_the_study_ranks_what_matters(found):
    assert [reading.at for reading in found.readings] == ["2020-12", "2021-06"]
    assert len(found.chosen) == 5
    effects = (found.screening.effect / found.screening.effect.max(axis=0)).max(axis=1)
    assert set(found.chosen) == set(np.argsort(-effects, kind="stable")[:5])
    assert found.indices.total.value.shape == (5, 2)
    assert len(found.pairs) == 3
    assert {place for pair in found.pairs for place in pair} <= set(found.chosen)
    assert [look.number for look in found.looks] == [8, 16]
    assert all(0 < luck.floor_total < 1 for luck in found.variability)
    assert found.left_out == 0


def test_the_tables_and_the_record(found):
    frames = tables(found)
    assert list(frames) == ["indices", "assumptions", "screening", "pairs", "convergence", "luck"]
    assert frames["assumptions"].empty
    indices = frames["indices"]
    assert len(indices) == 10
    assert (indices.groupby("at")["total"].diff().dropna() <= 0).all()
    assert (indices["total_low"] <= indices["total_high"]).all()
    assert len(frames["screening"]) == 2 * len(found.dimensions)
    assert len(frames["convergence"]) == 2 * 2 * 5
    printed = record(found)
    assert printed["runs"] == 2 * (4 * (len(found.dimensions) + 1) + 16 * (5 + 2 + 3))
    assert printed["indices"][0]["label_de"]
    assert printed["indices"][0]["rank"] == 1


def test_other_workers_give_the_same(small):
    design = Design(number=8, screen=0, top=3, second=0, replicates=2)
    readings = readings_of(small, "practice", ["2020-06"])
    one, other = (run_sensitivity(study_of(small, readings, design), None, workers) for workers in (1, 3))
    assert (one.indices.total.value == other.indices.total.value).all()
    assert one.screening is None
    assert one.pairs == ()
    assert tables(one)["screening"].empty


def test_dates_by_default(small):
    assert default_dates(small) == ("2020-12", "2021-06")
    assert default_dates(load_scenario("small", ["months=6"])) == ("2020-06",)
    assert default_dates(load_scenario("small", ["months=150"])) == ("2020-12", "2021-12", "2024-12", "2029-12")


@pytest.mark.parametrize(
    ("measure", "dates", "said"),
    [
        ("joint_practise", (), '--measure: there is no measure "joint_practise"; did you mean "joint_practice"?'),
        ("practice", ("2019-12",), "--at: 2019-12 is outside the run, which is 2020-01 to 2021-06"),
        ("practice", ("Dec 2020",), "--at: "),
        ("hours_departments_total", ("2020-12",), "is one number a run and has no dates"),
    ],
)
def test_wrong_readings_are_told(small, measure, dates, said):
    with pytest.raises(InputError) as refusal:
        readings_of(small, measure, dates)
    assert said in str(refusal.value)


def test_an_outcome_that_is_mostly_missing_is_refused(small):
    design = Design(number=8, screen=0, top=2, second=0, replicates=1)
    with pytest.raises(InputError, match="the outcome is missing in 8 of 8 base points"):
        run_sensitivity(study_of(small, readings_of(small, "shock_depth", ()), design))
