"""The model as a function of its parameters: the table, the problem, and outcomes at rows of values."""

import numpy as np
import pytest

import qsim
from qsim.own import parameter, rule


@pytest.fixture(scope="module")
def small():
    return qsim.load_scenario("small", ["months=12"])


@rule(after="learning", parameters=[parameter("reach", 0.05, 0.01, 0.1)])
def briefing(world, month, own):
    world.stances["knowledge"][:] += own.reach * (1.0 - world.stances["knowledge"])


def test_the_table_holds_every_parameter_and_those_of_own_rules():
    plain, own = qsim.parameters(), qsim.parameters(rules=briefing)
    assert plain["key"].is_unique
    assert (plain["low"] <= plain["high"]).all()
    assert own["key"].tolist() == [*plain["key"], "parameters.briefing.reach"]
    assert own.iloc[-1][["default", "low", "high"]].tolist() == [0.05, 0.01, 0.1]


def test_a_row_gives_what_simulate_gives(small):
    names = ["parameters.practice.up", "parameters.briefing.reach"]
    evaluate = qsim.Evaluator(small, names, ["knowledge", "practice"], replications=3, rules=briefing)
    found = evaluate([[0.03, 0.02], [0.05, 0.09]])
    for row, (up, reach) in zip(found, [(0.03, 0.02), (0.05, 0.09)], strict=True):
        with_values = small.model_copy(update={"parameters": {"practice": {"up": up}, "briefing": {"reach": reach}}})
        runs = qsim.simulate(with_values, 3, fixed=True, rules=briefing).runs
        assert row == pytest.approx(runs[["knowledge", "practice"]].mean().to_numpy(), rel=1e-12)
    assert found[1, 0] > found[0, 0]


def test_rows_do_not_depend_on_their_number_or_threads(small):
    problem = qsim.salib_problem(small, [qsim.parameters()["key"][5], "parameters.practice.up"])
    low, high = np.array(problem["bounds"]).T
    rows = low + np.random.default_rng(1).random((20, 2)) * (high - low)
    one = qsim.Evaluator(small, problem["names"], replications=2, workers=1)
    assert np.array_equal(one(rows), qsim.Evaluator(small, problem["names"], replications=2, workers=3)(rows))
    assert np.array_equal(one(rows[7:8]), one(rows)[7:8])
    assert one(rows[:0]).shape == (0, 1)


def test_salib_takes_the_problem(small):
    pytest.importorskip("SALib")
    from SALib.analyze import morris as analysis
    from SALib.sample import morris as design

    problem = qsim.salib_problem(small, ["parameters.practice.up", "parameters.briefing.reach"], rules=briefing)
    evaluate = qsim.Evaluator(small, problem["names"], ["knowledge"], replications=2, rules=briefing)
    rows = design.sample(problem, 4, seed=1)
    found = analysis.analyze(problem, rows, evaluate(rows)[:, 0], seed=1)
    assert found["mu_star"][1] > found["mu_star"][0]


def test_all_parameters_that_nobody_knows_are_the_problem(small):
    problem = qsim.salib_problem(small)
    table = qsim.parameters()
    assert problem["names"] == table[table["low"] < table["high"]]["key"].tolist()
    assert problem["num_vars"] == len(problem["bounds"]) == len(problem["names"])


def test_what_is_wrong_is_said(small):
    with pytest.raises(
        ValueError, match=r'"parameters.practice.upp" cannot be varied; did you mean "parameters.practice.up"'
    ):
        qsim.Evaluator(small, ["parameters.practice.upp"])
    with pytest.raises(ValueError, match='there is no measure "knowlege"; did you mean "knowledge"'):
        qsim.Evaluator(small, ["parameters.practice.up"], ["knowlege"])
    evaluate = qsim.Evaluator(small, ["parameters.practice.up"])
    with pytest.raises(ValueError, match=r"expected values \(rows, 1\), not \(2,\)"):
        evaluate([1, 2])
    with pytest.raises(qsim.InputError, match=r"parameters\.practice\.up: 90 is not a"):
        evaluate([[90]])
