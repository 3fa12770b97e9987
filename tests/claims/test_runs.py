"""Runs of many claims: each is done once, and gives what it gives alone."""

import numpy as np
import pytest

from qsim.claims.runs import Runs, Wanted, world_key
from qsim.claims.variants import AS_IT_IS, Variant
from qsim.runs.execution import simulate
from qsim.runs.readings import Reading
from qsim.runs.runner import RunError
from worlds import city

CITY, LARGER = city(), city(administration={"departments": 14})
READING = Reading("knowledge")


def runs_of(*scenarios, workers=1, progress=lambda count: None):
    worlds = {world_key(scenario): scenario for scenario in scenarios}
    return Runs(worlds, dict.fromkeys(worlds, (READING, Reading("workload"))), 1, workers, progress)


def test_the_same_runs_as_alone_however_they_are_asked_for():
    whole = simulate(CITY, 20, seed=1).runs
    wanted = Wanted(world_key(CITY), AS_IT_IS, 20)
    with runs_of(CITY, workers=2) as runs:
        runs.fill([wanted._replace(number=3), wanted._replace(number=11)])
        assert (runs.values(wanted, READING) == whole["knowledge"]).all()
        assert (runs.values(wanted, Reading("workload")) == whole["workload"]).all()
        assert (runs.values(wanted._replace(number=5), READING) == whole["knowledge"][:5]).all()


def test_no_run_is_done_twice():
    done = []
    wanted = Wanted(world_key(CITY), AS_IT_IS, 12)
    with runs_of(CITY, LARGER, progress=done.append) as runs:
        runs.fill([wanted, wanted, wanted._replace(number=9)])
        runs.values(wanted, READING)
        assert sum(done) == runs.taken() == 12
        runs.fill([wanted._replace(number=20), wanted._replace(world=world_key(LARGER), number=4)])
        assert runs.taken() == 12
        assert sum(done) == 24


def test_replicates_share_a_setting():
    wanted = Wanted(world_key(CITY), Variant(width=1.0), 6, replicates=3)
    with runs_of(CITY) as runs:
        values = runs.values(wanted, READING).reshape(2, 3)
    assert len(np.unique(values)) == 6
    assert values.std(axis=1).max() < values.mean(axis=1).std() * 3


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
