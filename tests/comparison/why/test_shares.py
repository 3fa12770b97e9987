"""Shares of the difference between scenarios, from runs: sums, intervals, numbers of runs."""

import math

import numpy as np
import pytest

from qsim.comparison.comparing import compare
from qsim.comparison.why import shares as module
from qsim.comparison.why.shares import planned_runs, shares
from qsim.comparison.worlds import TwinWorlds, prepare_twins

FEW = {"settings": 4, "replications": 2}


def test_nothing_differs(short):
    assert shares(short(), short(), **FEW) is None
    assert planned_runs(short(), short(), **FEW) == 0


def test_shares_add_up_to_the_difference_of_the_same_worlds(short):
    pair = [short("one_unit"), short("two_units")]
    found = shares(*pair, **FEW, of=2)
    (compared,) = compare(pair, **FEW)
    assert found.difference == pytest.approx(compared.primary.difference, abs=1e-12)
    assert sum(part.value for part in found.parts) == pytest.approx(found.difference, abs=1e-12)
    assert (found.exact, found.settings, found.worlds, found.outcome) == (True, 4, 8, "joint_practice")
    assert [part.changes[0].key for part in found.parts] == [
        "commissioners[both]", "commissioners[integration]", "commissioners[adaptation]"
    ]  # fmt: skip
    for part in found.parts:
        assert part.low < part.value < part.high
        assert part.sampling_error == 0.0


def test_the_worlds_are_the_first_of_those_of_the_comparison(short):
    pair = [short("no_unit"), short("one_unit")]
    worlds = TwinWorlds(prepare_twins(pair), 1, 5, True)
    worlds.extend(4)
    apart = (worlds.outcome(1, "joint_practice") - worlds.outcome(0, "joint_practice"))[:, :2]
    assert shares(*pair, **FEW, of=5).difference == pytest.approx(apart.mean(), abs=1e-12)


def test_one_change_carries_all(short):
    found = shares(short("no_unit"), short("one_unit"), **FEW)
    (part,) = found.parts
    assert (part.value, part.low, part.high) == pytest.approx((found.difference, found.low, found.high))


def test_what_no_rule_reads_in_these_runs_carries_nothing(short):
    off = "rules.off=[learning]"
    first = short("no_unit", off)
    second = short("no_unit", off, "parameters.learning.forgetting=0.02", "administration.workload=0.8")
    found = shares(first, second, **FEW)
    by_key = {part.changes[0].key: part.value for part in found.parts}
    assert by_key["parameters.learning.forgetting"] == pytest.approx(0.0, abs=1e-12)
    assert abs(by_key["administration.workload"]) > 1e-4


@pytest.mark.parametrize("plausible", [True, False])
def test_as_many_runs_as_planned(short, plausible):
    pair = short("one_unit"), short("two_units")
    done = []
    found = shares(*pair, plausible=plausible, progress=done.append, **FEW)
    assert sum(done) == planned_runs(*pair, plausible=plausible, **FEW) == 8 * 8
    assert (found.plausible, found.settings, found.worlds) == (plausible, 4 if plausible else 8, 8)


def test_beyond_six_groups_orders_are_drawn(short):
    fields = ("hierarchy", "closed_share", "vacancy_share", "evaluation", "reflection", "budget_tightness", "workload")
    pair = (
        short("small"),
        short(
            "small",
            "administration.workload=0.9",
            *(f"administration.{name}=0.15" for name in fields if name != "workload"),
        ),
    )
    done = []
    found = shares(*pair, progress=done.append, **FEW)
    assert sum(done) == planned_runs(*pair, **FEW) <= 8 * (2 + 4 * 6)
    assert not found.exact
    assert len(found.parts) == len(fields)
    assert sum(part.value for part in found.parts) == pytest.approx(found.difference, abs=1e-12)
    assert max(part.sampling_error for part in found.parts) > 0.0


def test_workers_change_nothing(short):
    pair = short("no_unit"), short("two_units")
    one, two = (shares(*pair, workers=workers, settings=3) for workers in (1, 2))
    assert [part.value for part in one.parts] == [part.value for part in two.parts]


def test_an_outcome_that_is_nowhere_known_says_so(short, monkeypatch):
    monkeypatch.setattr(module, "PRIMARY", "practice_after_funding_24")
    found = shares(short("no_unit"), short("two_units"), **FEW)
    assert (found.settings, found.worlds) == (0, 0)
    assert all(
        math.isnan(number) for part in found.parts for number in (part.value, part.low, part.high, found.difference)
    )


def test_sampling_error_is_that_of_orders_alone():
    by_draw = np.array([[[0.1, 0.5]], [[0.3, 0.7]]])  # two draws, one group, two settings
    assert module._sampling_errors(by_draw) == pytest.approx([math.sqrt(0.02 / 4)])
    assert module._sampling_errors(np.repeat(by_draw[:1], 2, axis=0)) == pytest.approx([0.0])
