"""The Mesa model against the compiled run: the same numbers, seeds, the end of the run, recording, copies, freeing."""

import copy
import datetime
import doctest
import gc
import pickle
import weakref
from pathlib import Path

import mesa
import numpy as np
import pytest

from qsim.engine import model as model_module
from qsim.engine.agents import Department
from qsim.engine.model import Administration
from qsim.files.messages import InputError
from qsim.measures.catalogue import SERIES
from qsim.runs.execution import simulate
from qsim.scenario.loading import load_scenario

COLUMNS = [measure.name for measure in SERIES]
DOCUMENT = Path(__file__).parents[2] / "docs" / "mesa.md"


@pytest.fixture(scope="module")
def short():
    """A small administration with one task, two years long."""
    return load_scenario("small", ["months=24"])


def recorded(model):
    return model.datacollector.get_model_vars_dataframe()[COLUMNS].to_numpy()


def finished(*arguments, **named):
    model = Administration(*arguments, **named)
    model.run_model()
    return model


@pytest.mark.parametrize("name", ["large", "remscheid", "two_units", "halle", "no_unit"])
def test_a_model_stepped_by_hand_is_the_run_of_many_bit_for_bit(name):
    scenario = load_scenario(name)
    result = simulate(scenario, replicates=[16, 17, 18], seed=5)
    expected = result.series[result.series["replicate"] == 17]
    model = finished(scenario, rng=5, replicate=17, setting=3)
    frame = model.datacollector.get_model_vars_dataframe()
    assert list(frame.columns) == COLUMNS
    assert frame.to_numpy().tobytes() == expected[COLUMNS].to_numpy().tobytes()
    assert (frame.dtypes == np.float64).all()


def test_measures_by_task_are_those_of_the_run():
    scenario = load_scenario("two_units", ["months=6"])
    result = simulate(scenario, replicates=[3], seed=2, fixed=True).series_tasks
    model = finished(scenario, rng=2, replicate=3)
    last = result[result["month"] == result["month"].max()].drop(columns=["scenario", "replicate", "month", "task"])
    assert model.gauge.by_task.tobytes() == last.to_numpy().tobytes()


def test_without_arguments_it_is_the_packaged_medium_administration(tmp_path, monkeypatch):
    (tmp_path / "scenarios").mkdir()
    (tmp_path / "scenarios" / "medium.yaml").write_text("another file of that name")
    monkeypatch.chdir(tmp_path)
    model = Administration()
    assert model.settings.id == "medium"
    assert 0 <= model.seed < 2**53
    model.step()
    assert model.measures["workload"] > 0.0


def test_settings_are_a_scenario_a_name_or_a_path(short, tmp_path):
    path = tmp_path / "own.yaml"
    text = "kind: scenario\nschema_version: 1\nlabel: {de: Probe, en: Trial}\nstart: 2015-01\nmonths: 3\n"
    path.write_text(text + "tasks: [{id: integration, kind: integration}]\n")
    assert Administration(short, rng=1).settings is short
    assert Administration("small", rng=1).settings.id == "small"
    assert Administration(path, rng=1).settings.id == Administration(str(path), rng=1).settings.id == "own"
    with pytest.raises(InputError, match="small"):
        Administration("smal", rng=1)
    with pytest.raises(TypeError, match="settings is a scenario, its name or its path, not int"):
        Administration(7, rng=1)


def test_none_draws_a_seed_and_keeps_it(short):
    first = finished(short)
    again = finished(short, rng=first.seed)
    assert recorded(again).tobytes() == recorded(first).tobytes()
    assert Administration(short).seed != first.seed


def test_a_generator_yields_one_seed(short):
    seed = Administration(short, rng=np.random.default_rng(3)).seed
    generator = np.random.default_rng(3)
    assert Administration(short, rng=generator).seed == seed
    assert Administration(short, rng=generator).seed != seed
    assert Administration(short, rng=np.int64(9)).seed == 9
    assert Administration(short, rng=2**64 - 1).seed == 2**64 - 1


@pytest.mark.parametrize("wrong", [-1, 2**64])
def test_a_seed_out_of_range_is_refused(short, wrong):
    with pytest.raises(ValueError, match=r"rng is a whole number from 0 to .*, not"):
        Administration(short, rng=wrong)


@pytest.mark.parametrize("wrong", [1.5, "1", True])
def test_a_seed_or_replicate_of_another_type_is_refused(short, wrong):
    with pytest.raises(TypeError, match="rng is a whole number, not"):
        Administration(short, rng=wrong)
    with pytest.raises(TypeError, match="replicate is a whole number, not"):
        Administration(short, rng=1, replicate=wrong)


def test_a_negative_replicate_is_refused(short):
    with pytest.raises(ValueError, match="replicate is a whole number from 0"):
        Administration(short, rng=1, replicate=-1)


def test_months_and_dates(short):
    model = Administration(short, rng=1)
    assert model.month == short.start - 1
    assert all(np.isnan(value) for value in model.measures.values())
    model.step()
    assert model.month == short.start
    assert model.date == datetime.date(short.start // 12, short.start % 12 + 1, 1)
    assert list(model.measures) == COLUMNS


def test_after_the_last_month_nothing_moves(short):
    model = Administration(short, rng=1)
    for _ in range(23):
        model.step()
    assert model.running
    model.step()
    assert not model.running
    before = pickle.dumps(model.world)
    model.step()
    model.step()
    assert pickle.dumps(model.world) == before
    assert model.steps == 24
    assert model.month == short.start + 23
    assert len(recorded(model)) == 24


def test_who_stops_a_model_early_can_go_on(short):
    model = Administration(short, rng=1)
    model.step()
    model.running = False
    model.run_model()
    assert model.steps == 1
    model.step()
    assert model.steps == len(recorded(model)) == 2
    assert not model.running


def test_reporters_are_added_to_the_columns(short):
    model = Administration(
        short,
        rng=1,
        model_reporters={"closed": lambda model: len(model.departments.select(lambda d: d.openness < 0.2))},
        agent_reporters={"workload": "workload"},
        agenttype_reporters={Department: {"practice": "practice"}},
    )
    model.run_model()
    frame = model.datacollector.get_model_vars_dataframe()
    assert list(frame.columns) == [*COLUMNS, "closed"]
    agents = model.datacollector.get_agent_vars_dataframe()
    assert len(agents) == 24 * len(model.agents)
    last = agents["workload"].xs(24, level="Step")
    assert [last[d.unique_id] for d in model.departments] == [d.workload for d in model.departments]
    departments = model.datacollector.get_agenttype_vars_dataframe(Department)
    assert len(departments) == 24 * 10


def test_a_pickled_or_copied_model_goes_on_alike(short):
    model = Administration(short, rng=1, replicate=2)
    for _ in range(5):
        model.step()
    twins = [pickle.loads(pickle.dumps(model)), copy.deepcopy(model)]
    model.run_model()
    for twin in twins:
        assert twin.month == short.start + 4
        assert twin.departments[0].model is twin
        twin.run_model()
        assert recorded(twin).tobytes() == recorded(model).tobytes()


def test_models_are_freed(short):
    models = [finished(short, rng=seed) for seed in range(3)]
    outsider = mesa.Agent(models[0])
    watched = [weakref.ref(model) for model in models] + [weakref.ref(models[1].departments[0])]
    assert outsider.unique_id == len(models[0].agents)
    assert all(reference() is not None for reference in watched)
    del models, outsider
    gc.collect()
    assert [reference() for reference in watched] == [None] * 4


def test_agents_have_numbers_of_their_own(short):
    model = Administration(short, rng=1)
    assert [agent.unique_id for agent in model.agents] == list(range(1, len(model.agents) + 1))


def test_the_examples_in_the_documentation_run():
    assert doctest.testmod(model_module).attempted >= 3
    blocks = DOCUMENT.read_text(encoding="utf-8").split("```python\n")[1:]
    assert len(blocks) >= 4
    names = {"__name__": "mesa_document"}
    is_new = int(mesa.__version__.partition(".")[0]) >= 4
    absent = ("mesa.batch_run", "frame[") if is_new else ("mesa.experimental",)
    run = [block for block in blocks if not any(word in block for word in absent)]
    assert len(run) == len(blocks) - 2
    for block in run:
        exec(compile(block.split("```")[0], str(DOCUMENT), "exec"), names)
