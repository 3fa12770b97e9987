"""What was observed chooses among settings: which fit, what is told of it, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.facts.calibration import calibrate
from qsim.comparison.comparing import ComparisonPlan
from qsim.engine.prepare import prepare
from qsim.files.messages import InputError
from qsim.measures.catalogue import COLUMN
from qsim.runs.execution import simulate
from qsim.runs.facts import accepted, check_facts, fitted, shown
from qsim.scenario.schema import Observation

MONTH = 24240 + 23
"""The 24th of the thirty months."""
CONSIDERED = {"id": "checked", "measure": "considered", "date": MONTH}


def observed(scenario, *facts):
    return scenario.model_copy(update={"observed": tuple(Observation(**{**CONSIDERED, **fact}) for fact in facts)})


@pytest.fixture(scope="module")
def plain():
    from worlds import load_as

    return simulate(load_as("small", "months=30"), replications=500)


@pytest.fixture
def town(short, plain):
    """The small house, with as many papers considered as few of its settings have, give or take three points."""
    value = float(np.quantile(considered(plain), 0.9))
    return observed(short(), {"value": value, "within": 0.03})


def considered(result):
    return result.output.series[:, 23, COLUMN["considered"]]


def test_settings_that_fit_show_what_was_observed_more_often(plain, town):
    result = simulate(town, replications=500)
    fit = result.prepared.fit
    (fact,) = town.observed

    def share(each):
        return float((np.abs(considered(each) - fact.value) <= fact.within).mean())

    assert 10 <= len(fit.settings) < fit.candidates == 433
    assert share(result) > 1.2 * share(plain)
    assert dict(fit.shown)["checked"] == pytest.approx(share(plain), abs=0.05)
    assert fit.before.mean == plain.runs["joint_practice"].mean()  # the number that `run` gives without facts


def test_runs_are_those_of_the_settings_that_fit(town):
    (prepared,) = fitted([prepare(town, plausible=True)], 1)
    bare = prepare(town.model_copy(update={"observed": ()}), plausible=True)
    first, third = prepared.fit.settings[0], prepared.fit.settings[2]
    own = prepared.run(1, [(0, 0), (11, 2), (3, 2 + len(prepared.fit.settings))])
    other = bare.run(1, [(0, first), (11, third), (3, third)])
    assert np.array_equal(own.series, other.series, equal_nan=True)


def test_threads_change_nothing_and_the_central_setting_asks_no_facts(town):
    runs = [simulate(town, replications=20, workers=workers).runs for workers in (1, 2)]
    assert runs[0].equals(runs[1])
    bare = town.model_copy(update={"observed": ()})
    fixed = [simulate(each, replications=20, fixed=True).runs["joint_practice"] for each in (town, bare)]
    assert fixed[0].equals(fixed[1])


def test_in_a_comparison_the_facts_of_one_choose_for_all(short, town):
    other = short("small", "commissioners[integration].funding[0].posts=2").model_copy(update={"id": "more"})
    worlds = ComparisonPlan([other, town], settings=10).worlds()
    worlds.extend(10)
    first, second = (twin.fit for twin in worlds.twins)
    assert first == second
    assert first is not None
    assert [*dict(first.shown)] == ["checked"]
    alone = simulate(town, replications=50)
    assert (worlds.results[1].runs["joint_practice"].to_numpy() == alone.runs["joint_practice"].to_numpy()).all()


def test_whoever_does_not_ask_the_facts_is_refused(town):
    with pytest.raises(InputError, match="in run, compare and explain alone"):
        prepare(town, plausible=True).run(1, [(0, 0)])


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ([{"value": 0.99, "within": 0.001}], r"observed\[checked\]: 0 of 2165 worlds show it; the model contradicts"),
        (
            [{"at_most": 0.3}, {"id": "later", "date": MONTH + 1, "at_least": 0.35}],
            r"observed: \d+ of 2165 worlds show all facts, too few to go on; one by one: checked \d+, later \d+",
        ),
    ],
)
def test_facts_that_contradict_the_model_or_each_other_are_refused(short, facts, said):
    with pytest.raises(InputError, match=said):
        simulate(observed(short(), *facts), replications=5)


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        ({"measure": "considred"}, 'there is no measure "considred"; did you mean "considered"'),
        ({"measure": "shock_depth"}, "shock_depth is one number a run, not of a month"),
        ({"measure": "workload", "task": "integration"}, "workload is not measured by task"),
        ({"task": "climate"}, 'small has no task "climate"'),
    ],
)
def test_facts_of_what_the_model_does_not_have_are_refused(short, fact, said):
    with pytest.raises(InputError, match=said):
        check_facts(observed(short(), {"value": 0.4, "within": 0.1, **fact}))


@given(st.lists(st.floats(-1, 1, allow_nan=False), min_size=6, max_size=6), st.floats(0.5, 1.0))
def test_a_setting_that_shows_more_is_accepted_rather(numbers, sure):
    values = np.array(numbers).reshape(3, 2, 1)
    fact = Observation(id="f", measure="practice", date=MONTH, at_least=0.0, sure=sure)
    shows = shown([fact], values)
    assert (shows == (values >= 0.0)).all()
    chosen = set(accepted([fact], shows, seed=1))
    weights = np.where(shows[..., 0], 1.0, 1.0 - sure).mean(axis=1)
    assert set(np.flatnonzero(weights == weights.max())) <= chosen or weights.max() == 0.0
    assert not chosen & set(np.flatnonzero(weights == 0.0))


def test_a_value_that_a_world_lacks_shows_nothing():
    fact = Observation(id="f", measure="practice", date=MONTH, at_most=1.0)
    assert shown([fact], np.array([[[0.5], [np.nan]]])).tolist() == [[[True], [False]]]


def test_towns_made_up_are_held_as_often_as_the_interval_says():
    found = calibrate("small", 40)
    assert found.held >= 0.8
    assert found.held_before >= 0.8
    assert 0.5 < found.width < 1.05
    assert 10 <= found.settings < 433
