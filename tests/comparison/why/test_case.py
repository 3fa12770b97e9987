"""A case followed through the house, against the state of the world and the measure of joint practice."""

import math

import numpy as np
import pytest

from qsim.comparison.why.case import Case, CaseStep, follow_case
from qsim.engine.prepare import prepare
from qsim.files.messages import InputError
from qsim.runs.execution import simulate


def last(scenario):
    return scenario.start + scenario.months - 1


def test_the_steps_are_the_departments_of_the_chain(short):
    scenario = short()
    house = prepare(scenario).house
    one, mean = follow_case(prepare(scenario), None, last(scenario), rows=[(i, i) for i in range(4)])
    assert [step.department for step in one.steps] == [house.departments[d].id for d in house.chains[0].departments]
    assert (one.runs, mean.runs) == (1, 4)
    assert math.isnan(one.steps[-1].channel)
    for step in one.steps[:-1]:
        assert 0 < step.channel <= 1


def test_chains_together_make_joint_practice(short):
    scenario = short()
    chains = [chain for chain in prepare(scenario).house.chains if chain.task == 0]
    done = [follow_case(prepare(scenario), chain.id, last(scenario))[0].done for chain in chains]
    weights = [float(chain.weight) for chain in chains]
    joint = simulate(scenario, replicates=[0]).series["joint_practice"].iloc[-1]
    assert np.average(done, weights=weights) == pytest.approx(joint, rel=1e-9)


def test_a_house_of_one_department_has_a_case_without_channels(short):
    scenario = short("small", "administration.departments=1")
    case, mean = follow_case(prepare(scenario), None, last(scenario))
    assert len(case.steps) == 1
    assert not case.sticks_at_channel
    joint = simulate(scenario, replicates=[0]).series["joint_practice"].iloc[-1]
    assert mean.done == case.done == pytest.approx(joint, rel=1e-9)


def test_a_run_alone_and_the_mean_of_one_are_the_same(short):
    scenario = short()
    one, mean = follow_case(prepare(scenario), None, last(scenario), rows=[(3, 3)])
    assert str(one) == str(mean)


def test_a_wrong_chain_names_the_nearest(short):
    scenario = short()
    name = prepare(scenario).house.chains[0].id
    with pytest.raises(InputError, match=f'did you mean "{name}"'):
        follow_case(prepare(scenario), f"{name}x", last(scenario))


def test_a_month_outside_the_run_is_refused(short):
    scenario = short()
    with pytest.raises(InputError, match="is not within the run"):
        follow_case(prepare(scenario), None, scenario.start - 1)


def step(practice, time, channel):
    return CaseStep("youth", practice, 0.5, 0.4, time, channel)


def test_a_case_sticks_where_least_is_done_or_the_channel_is_worse(short):
    chain = prepare(short()).house.chains[0]
    steps = (step(0.3, 0.6, 0.9), step(0.2, 0.1, 0.8), step(0.4, 0.6, math.nan))
    case = Case(chain, "integration", 0, 1, steps, 0.2)
    assert (case.weakest_step, case.weakest_channel, case.sticks_at_channel) == (1, 1, False)
    assert case.steps[1].scarcest == "time"
    assert case.steps[0].scarcest == "ability"
    broken = Case(chain, "integration", 0, 1, (step(0.3, 0.6, 0.05), *steps[1:]), 0.2)
    assert (broken.weakest_channel, broken.sticks_at_channel) == (0, True)
