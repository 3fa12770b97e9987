"""Mesa's own batch_run as a client of the model, in one process and in two."""

import inspect

import mesa
import pytest

from qsim.engine.model import Administration
from qsim.measures.catalogue import SERIES
from qsim.runs.execution import simulate
from qsim.scenario.loading import load_scenario

MONTHS = 12
pytestmark = pytest.mark.skipif(
    not hasattr(mesa, "batch_run"), reason=f"Mesa {mesa.__version__} has no batch_run any more"
)


@pytest.fixture(scope="module")
def scenario():
    return load_scenario("small", [f"months={MONTHS}"])


def batch(parameters, seed=4, **options):
    """Run a batch of a fixed seed, which Mesa takes as a parameter, or since 3.5 as an argument of its own."""
    if "rng" in inspect.signature(mesa.batch_run).parameters:
        options["rng"] = [seed]
    else:
        parameters = {**parameters, "rng": seed}
    return mesa.batch_run(Administration, parameters, display_progress=False, **options)


def last_months(scenario, seed=4):
    series = simulate(scenario, replications=3, seed=seed).series
    return series[series["month"] == series["month"].max()]


@pytest.mark.parametrize("processes", [1, 2])
def test_replicates_are_those_of_simulate(scenario, processes):
    rows = batch({"settings": [scenario], "replicate": range(3)}, number_processes=processes)
    assert len(rows) == 3
    expected = last_months(scenario).set_index("replicate")
    for row in rows:
        for measure in SERIES:
            assert row[measure.name] == pytest.approx(expected.loc[row["replicate"], measure.name], rel=0, nan_ok=True)


def test_every_month_is_handed_out(scenario):
    rows = batch({"settings": [scenario]}, data_collection_period=1)
    series = simulate(scenario, replicates=[0], seed=4).series
    assert [row["practice"] for row in rows] == list(series["practice"])


@pytest.mark.parametrize("most", [MONTHS - 1, MONTHS, MONTHS + 5])
def test_one_step_more_than_asked_does_no_harm(scenario, most):
    rows = batch({"settings": [scenario], "replicate": [1]}, max_steps=most, data_collection_period=1)
    series = simulate(scenario, replicates=[1], seed=4).series["practice"]
    assert len(rows) in {min(most, MONTHS), min(most + 1, MONTHS)}
    assert [row["practice"] for row in rows] == list(series[: len(rows)])


def test_scenarios_by_name(scenario):
    rows = batch({"settings": ["small", "no_unit"]}, max_steps=2)
    assert {row["settings"] for row in rows} == {"small", "no_unit"}
    assert rows[0]["practice"] != rows[1]["practice"]
