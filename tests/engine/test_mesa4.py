"""Mesa 4: its scenarios as what a model is of, and its recorders as what keeps the months."""

import pickle
import sqlite3

import mesa
import pandas as pd
import pytest

from qsim.engine.dataset import SeriesDataSet
from qsim.engine.model import Administration
from qsim.measures.catalogue import SERIES
from qsim.runs.execution import simulate
from qsim.scenario.loading import load_scenario

if int(mesa.__version__.partition(".")[0]) < 4:
    pytest.skip(f"these are of Mesa 4, this is {mesa.__version__}; `make test-mesa` runs them", allow_module_level=True)

from mesa.experimental import data_collection
from mesa.experimental.data_collection import DataRecorder, DatasetConfig
from mesa.experimental.scenarios import Scenario

COLUMNS = [measure.name for measure in SERIES]
MONTHS = 12
FROM_FIRST = DatasetConfig(start_time=1)


class Town(Scenario):
    """A scenario with types, as Mesa recommends."""

    settings: str = "small"
    months: int = MONTHS
    seed: int = 1


def series_of(replicates, seed=1, fixed=True, **changes):
    series = simulate(
        load_scenario("small", {"months": MONTHS, **changes}), replicates=replicates, seed=seed, fixed=fixed
    ).series
    return [part[COLUMNS].to_numpy() for _, part in series.groupby("replicate")]


def recorded(model):
    return model.datacollector.get_model_vars_dataframe()[COLUMNS].to_numpy()


def finished(scenario):
    model = Administration(scenario=scenario)
    model.run_model()
    return model


def test_a_model_is_made_of_one_scenario():
    scenario = Town(seed=3, replicate=4)
    model = finished(scenario)
    assert model.scenario is scenario is model.departments[0].scenario
    assert recorded(model).tobytes() == series_of([4], seed=3)[0].tobytes()


@pytest.mark.parametrize("fixed", [True, False])
def test_replications_are_the_runs_of_simulate(fixed):
    replications = Town(fixed=fixed).spawn_replications(6)
    found = [recorded(finished(one)).tobytes() for one in replications]
    assert found == [one.tobytes() for one in series_of(range(6), fixed=fixed)]


def test_experiments_are_rows_of_a_table():
    table = pd.DataFrame({"administration.workload": [0.9, 1.2], "settings": "small", "months": MONTHS, "seed": 1})
    scenarios = Scenario.from_dataframe(table, replications=2)
    assert [(one.scenario_id, one.replication_id) for one in scenarios] == [(0, 0), (0, 1), (1, 0), (1, 1)]
    expected = [run for load in (0.9, 1.2) for run in series_of([0, 1], **{"administration.workload": load})]
    assert [recorded(finished(one)).tobytes() for one in scenarios] == [one.tobytes() for one in expected]


def test_without_a_seed_mesas_generator_gives_one():
    first = finished(Town(seed=None, rng=9))
    assert first.seed == finished(Town(seed=None, rng=9)).seed == Administration(scenario=first.scenario).seed
    others = Town(seed=None, rng=9).spawn_replications(3)
    assert len({first.seed, *(Administration(scenario=one).seed for one in others)}) == 4


def test_a_scenario_that_went_to_another_process_makes_the_same_run():
    scenario = Town(seed=None, rng=5)
    assert recorded(finished(pickle.loads(pickle.dumps(scenario)))).tobytes() == recorded(finished(scenario)).tobytes()


@pytest.mark.parametrize("way", ["run_for", "step", "run_until"])
def test_a_recorder_keeps_every_month_once(way):
    model = Administration(scenario=Town())
    recorder = DataRecorder(model)
    SeriesDataSet(model).record(recorder, FROM_FIRST)
    if way == "step":
        model.run_model()
        recorder.collect()  # Mesa notices the end of `run_for` and `run_until` alone
    else:
        getattr(model, way)(MONTHS)
    table = recorder.get_table_dataframe("series")
    assert list(table["time"]) == list(range(1, MONTHS + 1))
    assert table[COLUMNS].to_numpy().tobytes() == series_of([0])[0].tobytes()


def test_agents_are_recorded_by_their_fields():
    model = Administration(scenario=Town())
    recorder = DataRecorder(model)
    fields = ["id", "workload", "practice"]
    model.data_registry.track_agents(model.departments, "departments", fields).record(recorder, FROM_FIRST)
    model.run_for(MONTHS)
    table = recorder.get_table_dataframe("departments")
    assert len(table) == MONTHS * len(model.departments)
    last = table[table["time"] == MONTHS].set_index("id")
    assert last.loc["main_office", "practice"] == model.department("main_office").practice
    assert last["workload"].to_list() == [one.workload for one in model.departments]


def test_recorders_that_write_files_take_it(tmp_path):
    written = {}
    for kind in ("SQLDataRecorder", "ParquetDataRecorder", "JSONDataRecorder"):
        model = Administration(scenario=Town())
        where = {
            "SQLDataRecorder": tmp_path / "runs.db",
            "ParquetDataRecorder": tmp_path,
            "JSONDataRecorder": tmp_path,
        }[kind]
        recorder = getattr(data_collection, kind)(model, None, str(where))
        SeriesDataSet(model).record(recorder, FROM_FIRST)
        model.run_for(MONTHS)
        written[kind] = recorder.get_table_dataframe("series")
    for table in written.values():
        assert table["practice"].to_list() == series_of([0])[0][:, COLUMNS.index("practice")].tolist()
    with sqlite3.connect(tmp_path / "runs.db") as database:
        assert database.execute("select count(*) from series").fetchone() == (MONTHS,)
    database.close()


def test_a_closed_data_set_says_so():
    model = Administration(scenario=Town())
    series = SeriesDataSet(model)
    assert isinstance(series, data_collection.DataSet)
    with pytest.raises(RuntimeError, match="series"):
        SeriesDataSet(model)
    model.remove_all_agents()
    with pytest.raises(RuntimeError, match="closed"):
        assert series.data


def test_after_the_last_month_nothing_moves():
    model = Administration(scenario=Town())
    model.run_for(MONTHS + 5)
    assert (model.steps, model.time, model.running) == (MONTHS, MONTHS + 5, False)
    assert len(recorded(model)) == MONTHS
