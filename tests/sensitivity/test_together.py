"""A study whose parameters are those of the ensemble, together: the runs of every command, and what comes out."""

import numpy as np
import pytest

from qsim.engine.prepare import Prepared
from qsim.engine.settings import parameter_rows
from qsim.runs.execution import simulate
from qsim.runs.readings import Reading, read
from qsim.scenario.loading import load_scenario
from qsim.sensitivity.results import points_table, record, tables
from qsim.sensitivity.running import PointRuns
from qsim.sensitivity.space import SETTING, all_dimensions
from qsim.sensitivity.study import Design, Study, run_sensitivity
from qsim.world.blueprint import Plan

READINGS = (Reading("practice", "2020-06"), Reading("workload", "2021-06"))
CHANGES = ("months=18", "parameters.practice.down=0.03", "parameters.practice.up={between: [0.1, 0.2]}")


@pytest.fixture(scope="module")
def small():
    return load_scenario("small", CHANGES)


@pytest.fixture(scope="module")
def found(small):
    return run_sensitivity(Study(small, READINGS, Design(number=16, screen=0, second=2), all_dimensions(small)))


def points_in(settings, *others):
    """Return points in the unit cube that lie in these settings, with the places of other dimensions."""
    places = (np.array(settings) + 0.5) / len(parameter_rows(True))
    return np.column_stack([places, *([other] * len(settings) for other in others)])


@pytest.mark.parametrize("setting", [0, 3, len(parameter_rows(True)) - 1])
def test_a_point_is_the_run_of_every_command_in_its_setting(setting):
    scenario = load_scenario("small", ["months=18"])
    runs = PointRuns(scenario, all_dimensions(scenario), points_in([setting]), 2, READINGS, seed=5)
    assert runs.values() == {SETTING: [setting]}
    plain = Prepared(scenario, plausible=True).run(5, [(0, setting), (1, setting)])
    for place, reading in enumerate(READINGS):
        assert (runs.run(0, 1)[0, :, place] == read(reading, plain, scenario)).all()


def test_the_first_setting_has_the_first_runs_of_a_scenario():
    scenario = load_scenario("small", ["months=18"])
    runs = PointRuns(scenario, all_dimensions(scenario), points_in([0]), 4, READINGS, seed=5).run(0, 1)
    plain = simulate(scenario, 4, seed=5).output
    assert (runs[0, :, 0] == read(READINGS[0], plain, scenario)).all()


def test_what_the_scenario_says_of_a_parameter_holds_in_all_settings(small):
    dimensions = all_dimensions(small)
    assert [one.id for one in dimensions] == [SETTING, "parameters.practice.up"]
    runs = PointRuns(small, dimensions, points_in([7], 0.25), 2, READINGS, seed=1).run(0, 1)
    rows = parameter_rows(True)[7:8].copy()
    rows["practice_down"], rows["practice_up"] = 0.03, 0.125
    plain = Prepared(small, plausible=True).at({"parameters.practice.up": 0.5}).with_parameters(rows)
    output = plain.run(1, [(0, 7), (1, 7)])
    assert (runs[0, :, 0] == read(READINGS[0], output, small)).all()


def test_other_settings_do_not_lay_the_world_out_anew(monkeypatch):
    scenario = load_scenario("small", ["months=2", "administration.departments={one_of: [6, 9]}"])
    runs = PointRuns(scenario, all_dimensions(scenario), points_in(range(20), 0.1), 1, READINGS[:0], seed=1)
    laid_out = []
    start = Plan.__init__
    monkeypatch.setattr(Plan, "__init__", lambda self, *parts: (laid_out.append(1), start(self, *parts))[1])
    monkeypatch.setattr(runs, "readings", (Reading("practice"),))
    runs.run(0, 20)
    assert len(laid_out) <= 1


def test_assumptions_are_ranked_and_those_that_the_scenario_settles_are_not_among_them(found):
    keys = found.assumptions.keys
    assert "parameters.practice.complementarity" in keys
    assert not {"parameters.practice.up", "parameters.practice.down"} & set(keys)
    frame = tables(found)["assumptions"]
    assert len(frame) == 2 * len(keys)
    assert (frame.groupby("at")["share"].diff().dropna() <= 0).all()
    assert (frame["share_low"] <= frame["share_high"]).all()
    assert (frame["above_floor"] == (frame["share"] > frame["floor"])).all()
    assert frame.groupby("at")["floor"].nunique().tolist() == [1, 1]
    assert record(found)["assumptions"][0]["label_de"]


def test_all_that_a_setting_says_stands_at_its_points(found):
    points = points_table(found).to_pandas()
    assert len(points) == 32
    rows = parameter_rows(True)[points["setting"]]
    assert (points["parameters.learning.doing_rate"] == rows["learning_doing_rate"]).all()
    assert "parameters.practice.down" not in points
    assert points["parameters.practice.up"].between(0.1, 0.2).all()


def test_settings_have_indices_even_if_a_screening_would_leave_them_out(small):
    design = Design(number=8, screen=2, top=1, second=0, replicates=1)
    one = run_sensitivity(Study(small, READINGS[:1], design, tuple(reversed(all_dimensions(small)))))
    assert [one.dimensions[place].id for place in one.chosen] == [SETTING]
    assert one.indices.total.value[0, 0] == pytest.approx(1.0, abs=0.5)
