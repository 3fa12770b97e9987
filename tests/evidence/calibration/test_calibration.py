"""Calibration: what may move, how far a point is off, and the three ways to a better one."""

import json
import sys
from functools import cache

import numpy as np
import pytest

from evidence.calibration import __main__ as script
from evidence.calibration.misfit import bounded_above, calibrating, effects_at, passed, shortfalls
from evidence.calibration.search import EDGE, SIDE, around, better_centre, drawn, following, identified, trials
from evidence.calibration.space import dimensions, placed
from qsim.claims.held_out import is_held_out
from qsim.claims.loading import load_ledger
from qsim.runs.execution import simulate
from qsim.runs.unit_cube import hypercube
from qsim.scenario.loading import load_scenario

CHEAP = "small_houses_know_each_other"
EXISTENCE = """\
kind: claims
schema_version: 1
label: {de: Eigene, en: My own}
claims:
  - id: much_is_left
    statements: [A06]
    key_phrase: "Strukturen bestehen"
    section: "Einl."
    text: {de: "Viel bleibt.", en: "Much is left."}
    test: existence
    base: small
    worlds:
      house: {}
    exists: {world: house, above: 0.2, in_share: [0.8, 1]}
    measure: need_gap
    mechanism: {rule: outreach}
"""
ledger = cache(load_ledger)


def test_every_default_lies_in_its_plausible_range():
    keys = [d.id for d in dimensions()]
    assert len(keys) == len(set(keys)) > 100
    assert "initial.knowledge" in keys
    assert all(d.low <= d.default <= d.high and d.low < d.high for d in dimensions())
    assert "staffing.unit_turnover" not in keys, "a public figure sets it"


def test_a_point_moves_what_a_scenario_leaves_open_and_nothing_else():
    point = {"practice.up": 0.09, "initial.knowledge": 0.2}
    stated = load_scenario("medium", ["parameters.practice.up=0.05", "parameters.initial.culture=0.5"])
    moved = placed(stated, point)
    assert moved.parameters["practice"]["up"] == 0.05
    assert moved.parameters["initial"] == {"culture": 0.5, "knowledge": 0.2}
    free = placed(load_scenario("medium"), point)
    assert free.parameters["practice"]["up"] == 0.09
    assert free.parameters["initial"]["knowledge"] == 0.2


def test_nothing_that_is_held_out_is_looked_at():
    claims = calibrating(ledger().claims)
    assert claims
    assert not any(is_held_out(c.claim.statements[0]) for c in claims)
    tests = list(zip((c.claim.test for c in claims), bounded_above(claims), strict=True))
    assert {test for test, bounded in tests if bounded} <= {"equivalence", "existence"}


def test_the_effect_of_an_existence_is_what_the_share_of_runs_reaches(tmp_path):
    file = tmp_path / "mine.yaml"
    file.write_text(EXISTENCE, encoding="utf-8")
    (loaded,) = load_ledger([str(file)]).claims
    assert not bounded_above([loaded])
    exists = loaded.claim.exists
    low, _ = exists.in_share
    reached = simulate(loaded.worlds[exists.world], replications=10, seed=1).runs["need_gap"].quantile(1.0 - low)
    assert effects_at([loaded], {}, 10, 1, 1) == pytest.approx([reached / exists.above])


def test_effects_follow_the_point():
    claims = calibrating(ledger().chosen([CHEAP]))
    usual, hurried = (effects_at(claims, {"practice.up": up}, 2, 1, 1) for up in (0.03, 0.1))
    assert usual.shape == (1,)
    assert np.isfinite(usual).all()
    assert usual != hurried


def test_a_test_lacks_nothing_if_it_is_clear_and_all_if_it_is_opposite():
    equivalence = np.array([False, False, False, True, True])
    effects = np.array([2.0, 1.1, -1.0, 0.1, 3.1])
    assert passed(effects, equivalence).tolist() == [True, True, False, True, False]
    lacking = shortfalls(effects, equivalence)
    assert lacking[[0, 3]].tolist() == [0, 0]
    assert 0 < lacking[1] < 0.1
    assert lacking[[2, 4]].tolist() == [1, 1]


def test_the_climb_finds_the_way_up_a_plane_and_keeps_to_its_bounds():
    slopes = np.array([[4.0, 0.0], [0.0, -4.0], [0.0, 0.0]])
    points = trials(np.array([0.5, 0.2, 0.9]))
    assert np.abs(points[1:] - points[0]).sum(axis=1) == pytest.approx(SIDE)
    effects = 0.2 + (points - points[0]) @ slopes
    better = better_centre(points, effects, np.array([False, False]), trust=0.3)
    assert better == pytest.approx([0.8, 0.0, 0.9], abs=0.05)
    level = better_centre(points, effects + 1.0, np.array([True, True]), trust=0.3)
    assert level[0] == pytest.approx(0.2, abs=0.05)


def test_the_climb_prefers_a_failure_to_a_contradiction():
    """Two tests that cannot both pass: one fails a little on the way, the other would be opposite."""
    points = trials(np.array([0.5]))
    effects = np.array([0.9, -0.9]) + (points - points[0]) @ np.array([[2.0, -2.0]])
    assert better_centre(points, effects, np.array([False, False]), trust=0.4)[0] < 0.5


def test_generations_move_to_where_less_is_missing():
    target = np.array([0.8, 0.3])
    population = around(np.array([0.5, 0.5]))
    for generation in range(12):
        points = drawn(population, 20, generation)
        assert ((points >= EDGE) & (points <= 1 - EDGE)).all()
        population = following(population, points, np.abs(points - target).sum(axis=1))
    assert population.centre == pytest.approx(target, abs=0.05)
    assert (population.spread < 0.15).all()


def test_only_a_dimension_that_matters_is_identified():
    points = hypercube(400, 2, 1)
    assert np.sort((points * 400).astype(int), axis=0)[:, 0].tolist() == list(range(400))
    first, second = identified(points, np.abs(points[:, 0] - 0.7))
    assert first.low < first.median < first.high
    assert first.median == pytest.approx(0.7, abs=0.02)
    assert first.chance < 1e-6 < 0.01 < second.chance


def test_a_calibration_that_was_stopped_goes_on(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(script, "load_ledger", ledger)

    def run(number):
        given = [
            "posterior",
            CHEAP,
            "--number",
            number,
            "--replicates",
            "2",
            "--file",
            "points.json",
            "--record",
            "record.json",
        ]
        monkeypatch.setattr(sys, "argv", ["calibration", *given])
        script.main()

    run("6")
    known = json.loads((tmp_path / "points.json").read_text())
    assert len(known) == 7
    before = (tmp_path / "points.json").stat().st_mtime_ns
    run("6")
    assert (tmp_path / "points.json").stat().st_mtime_ns == before
    record = json.loads((tmp_path / "record.json").read_text())
    assert record["tests"] == 1
    assert len(record["dimensions"]) == len(dimensions())
