"""What a Mesa scenario says of a run, with a stand-in for those that have none; Mesa's own are in test_mesa4."""

import numpy as np
import pytest

from qsim.engine.model import Administration
from qsim.engine.told import Told, told_by
from qsim.files.messages import InputError
from qsim.runs.execution import simulate
from qsim.scenario.loading import load_scenario

SHORT = {"months": 12}


class Stand:
    """A scenario as Mesa has it: pairs of names and values, a generator, and the number of a replication."""

    def __init__(self, rng=None, replication_id=None, **values):
        self.rng, self.replication_id, self.values = rng, replication_id, values

    def __iter__(self):
        return iter(self.values.items())


def test_nothing_is_said_by_none():
    assert told_by(None) == Told()


def test_arguments_go_by_their_names():
    assert told_by(Stand(settings="small", seed=7, replicate=3, setting=4)) == Told("small", 7, 3, 4)


def test_a_replication_is_that_run_with_that_setting():
    assert told_by(Stand(seed=1, replication_id=12)) == Told(None, 1, 12, None)
    assert told_by(Stand(seed=1, replication_id=12, fixed=False)) == Told(None, 1, 12, 2)
    assert told_by(Stand(seed=1, replication_id=12, fixed=False, setting=9)).setting == 9


def test_a_generator_is_asked_for_a_seed_and_stays_as_it_is():
    scenario = Stand(rng=np.random.default_rng(3))
    assert told_by(scenario).seed == told_by(scenario).seed == told_by(Stand(rng=np.random.default_rng(3))).seed
    assert told_by(scenario).seed != told_by(Stand(rng=np.random.default_rng(4))).seed


def test_other_values_are_those_of_the_file():
    told = told_by({"settings": "small", "seed": 1, **SHORT, "administration.workload": 1.25})
    assert told.settings == load_scenario("small", {**SHORT, "administration.workload": 1.25})
    assert told_by({"seed": 1, **SHORT}).settings.id.startswith("medium")


@pytest.mark.parametrize("name", ["administration.workloads", "no_such_thing"])
def test_a_key_that_there_is_not_is_an_error(name):
    with pytest.raises(InputError, match=f'unknown key "{name.rpartition(".")[2]}"'):
        told_by({"settings": "small", name: 1})


def test_a_scenario_that_is_no_file_is_not_changed():
    with pytest.raises(TypeError, match="name of a scenario or its path"):
        told_by({"settings": load_scenario("small"), **SHORT})


def test_a_model_of_it_is_that_run():
    model = Administration(scenario=Stand(settings="small", seed=5, replicate=11, fixed=False, **SHORT))
    model.run_model()
    series = simulate(load_scenario("small", SHORT), replicates=[11], seed=5).series
    frame = model.datacollector.get_model_vars_dataframe()
    assert frame.to_numpy().tobytes() == series[list(frame)].to_numpy().tobytes()


def test_arguments_come_before_what_a_scenario_says():
    scenario = Stand(settings="small", seed=5, replicate=11)
    model = Administration("no_unit", rng=2, replicate=1, setting=0, scenario=scenario)
    assert model.scenario is scenario
    assert (model.settings.id, model.seed, model.replicate) == ("no_unit", 2, 1)
    assert int(model.world.key["setting"][0]) == 0
