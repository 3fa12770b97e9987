"""Running in memory: errors, progress, order, what a result knows."""

import threading

import pytest

from qsim.engine import simulate as module
from qsim.engine.prepare import payers_of, prepare
from qsim.engine.simulate import chunks_in_order, joined, simulate, simulate_rows
from qsim.files.messages import InputError
from qsim.measures.catalogue import COLUMN
from worlds import city, run_months


def test_nothing_to_run_is_refused():
    with pytest.raises(ValueError, match="at least one replicate"):
        simulate(city(), replications=0)
    with pytest.raises(ValueError, match="at least one replicate"):
        simulate(city(), replicates=[])
    with pytest.raises(ValueError, match="at least one replicate"):
        simulate(city(), replications=-3)


@pytest.mark.parametrize("arguments", [{"replicates": [-1]}, {"replicates": [2**32]}, {"seed": -1}, {"seed": 2**64}])
def test_addresses_out_of_range_are_refused(arguments):
    with pytest.raises(ValueError, match="is a whole number from 0 to"):
        simulate(city(), **{"replications": 1, **arguments})


def test_the_largest_seed_is_a_seed():
    assert len(simulate(city(), replications=1, seed=2**64 - 1).runs) == 1


def test_wrong_parameters_are_input_errors():
    with pytest.raises(InputError, match="no rule is called"):
        simulate(city(parameters={"lerning": {"forgetting": 0.1}}), replications=1)


def test_progress_counts_runs():
    seen = []
    simulate(city(), replications=70, workers=1, progress=lambda done, of: seen.append((done, of)))
    assert seen[-1] == (70, 70)
    assert [done for done, _ in seen] == sorted({done for done, _ in seen})


def test_a_result_knows_what_was_run():
    scenario = city()
    result = simulate(scenario, replicates=[2, 5], seed=9)
    assert result.scenario is scenario
    assert result.seed == 9
    assert result.replicates == (2, 5)
    assert result.rows == ((2, 2), (5, 5))


def test_settings_can_differ_from_replicates():
    scenario = city(tasks=[{"id": "integration", "kind": "integration", "need": {"between": [0.2, 0.9]}}])
    result = simulate_rows(prepare(scenario), [(0, 5), (1, 5), (0, 6)])
    assert list(result.runs["setting"]) == [5, 5, 6]
    world = prepare(scenario).blueprint.world(1, 1, 5)
    run_months(world, 24)
    assert result.output.series[1, -1, COLUMN["practice"]] == pytest.approx(
        (world.stances["weight"] * world.stances["practice"]).sum()
    )


def test_preparing_is_kept():
    scenario = city()
    assert prepare(scenario) is prepare(scenario)
    assert prepare(scenario, plausible=True) is not prepare(scenario)
    assert prepare(scenario, plausible=True) is prepare(scenario, plausible=True)
    assert prepare(city()) is not prepare(scenario)


def test_payers_are_those_of_the_ledger():
    scenario = city(civil_society=[{"id": "clubs", "tasks": ["integration"]}])
    prepared = prepare(scenario)
    payers = payers_of(prepared.house, scenario)
    assert len(payers) == prepared.blueprint.world(1, 0).ledger.shape[0]
    assert payers[0] == ("department", "main_office")
    assert payers[10] == ("commissioner", "unit")
    assert payers[11] == ("leader", "mayor")
    assert payers[-1] == ("civil_society", "clubs")


def test_chunks_come_in_order_and_join_to_the_whole():
    rows = [(r, r) for r in range(11)]
    whole = simulate(city(), replications=11).output
    for workers in (1, 3):
        parts = list(chunks_in_order(prepare(city()), rows, 1, workers, 4))
        assert [part.series.shape[0] for part in parts] == [4, 4, 3]
        for one, other in zip(joined(parts), whole, strict=True):
            assert one == pytest.approx(other, rel=1e-12, nan_ok=True)


def test_a_run_that_fails_stops_the_others(monkeypatch):
    prepared = prepare(city())

    def run(seed, rows):
        raise OSError("no memory")

    monkeypatch.setattr(prepared, "run", run)
    with pytest.raises(OSError, match="no memory"):
        simulate_rows(prepared, [(r, r) for r in range(200)], workers=2)
    assert threading.active_count() < 10
    assert module.CHUNK == 32


def test_a_scenario_without_units_runs():
    result = simulate(city(commissioners=[]), replications=2)
    assert (result.series["posts_filled"] == 0.0).all()
    assert (result.series["coverage"] == 0.0).all()
    assert result.series["practice"].notna().all()


def test_switched_off_rules_are_off():
    less = simulate(city(rules={"off": ["outreach", "staffing"]}), replications=2)
    assert (less.series["coverage"] == 0.0).all()
    with pytest.raises(InputError, match="outraech"):
        simulate(city(rules={"off": ["outraech"]}), replications=1)
