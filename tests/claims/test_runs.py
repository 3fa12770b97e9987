"""Runs of many claims: each is done once, and gives what it gives alone."""

import pytest

from qsim.claims.runs import Runs, Wanted, world_key
from qsim.claims.variants import AS_IT_IS
from qsim.comparison.worlds import TwinWorlds, prepare_twins
from qsim.engine.rows import TWINS
from qsim.runs.execution import simulate
from qsim.runs.readings import Reading
from qsim.runs.runner import RunError
from worlds import city

CITY, LARGER = city(), city(administration={"departments": 14})
READING = Reading("knowledge")


def runs_of(*scenarios, workers=1, progress=lambda count: None):
    worlds = {world_key(scenario): scenario for scenario in scenarios}
    return Runs(worlds, dict.fromkeys(worlds, (READING, Reading("workload"))), 1, workers, progress)


def test_the_same_runs_as_in_a_comparison_however_they_are_asked_for():
    twins = TwinWorlds(prepare_twins([CITY, LARGER]), seed=1, replications=TWINS, plausible=True)
    twins.extend(5, workers=1)
    wanted = Wanted(world_key(CITY), AS_IT_IS, 5)
    with runs_of(CITY, LARGER, workers=2) as runs:
        runs.fill([wanted._replace(settings=1), wanted._replace(settings=4)])
        assert (runs.values(wanted, READING) == twins.outcome(0, "knowledge")).all()
        assert (runs.values(wanted, Reading("workload")) == twins.outcome(0, "workload")).all()
        assert (runs.values(wanted._replace(settings=3), READING) == twins.outcome(0, "knowledge")[:3]).all()
        assert (runs.values(wanted._replace(world=world_key(LARGER)), READING) == twins.outcome(1, "knowledge")).all()


def test_at_the_defaults_each_run_is_a_setting():
    worlds = {world_key(CITY): CITY}
    with Runs(worlds, dict.fromkeys(worlds, (READING,)), 1, 1, plausible=False) as runs:
        found = runs.values(Wanted(world_key(CITY), AS_IT_IS, 6), READING)
    assert (found == simulate(CITY, 6, seed=1, fixed=True).runs["knowledge"].to_numpy()[:, None]).all()


def test_no_run_is_done_twice():
    done = []
    wanted = Wanted(world_key(CITY), AS_IT_IS, 3)
    with runs_of(CITY, LARGER, progress=done.append) as runs:
        runs.fill([wanted, wanted, wanted._replace(settings=2)])
        runs.values(wanted, READING)
        assert sum(done) == runs.taken() == 3 * TWINS
        runs.fill([wanted._replace(settings=5), wanted._replace(world=world_key(LARGER), settings=1)])
        assert runs.taken() == 3 * TWINS
        assert sum(done) == 6 * TWINS


def test_worlds_that_differ_in_words_alone_are_one():
    renamed = CITY.model_copy(update={"id": "other", "label": LARGER.label})
    assert world_key(renamed) == world_key(CITY)
    assert world_key(LARGER) != world_key(CITY)
    assert world_key(city(parameters={"outreach": {"pull": 0.1}})) != world_key(CITY)


def test_a_run_that_fails_is_told(monkeypatch):
    with runs_of(CITY) as runs:
        monkeypatch.setattr("qsim.claims.runs.read", lambda *arguments: 1 / 0)
        with pytest.raises(RunError, match="city: ZeroDivisionError: division by zero"):
            runs.fill([Wanted(world_key(CITY), AS_IT_IS, 30)])
