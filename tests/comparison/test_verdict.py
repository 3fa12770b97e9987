"""The five verdicts, each at its border."""

import math

import pytest

from qsim.comparison.verdict import OutcomeComparison, judge
from qsim.measures.catalogue import Measure
from qsim.scenario.labels import Label

NAN = math.nan


def outcome(low, high, settings=1.0, better=True, relevant=0.0125):
    measure = Measure("joint_practice", "share", Label(de="Gemeinsam", en="Joint"), better)
    middle = (low + high) / 2
    return OutcomeComparison(measure, (0.2, 0.2 + middle), middle, low, high, settings, settings, relevant)


@pytest.mark.parametrize(
    ("low", "high", "settings", "said"),
    [
        (0.013, 0.05, 0.90, ("clearly", 1)),
        (-0.05, -0.013, 0.10, ("clearly", 0)),
        (0.013, 0.05, 0.89, ("probably", 1)),
        (0.012, 0.05, 1.00, ("probably", 1)),
        (0.001, 0.05, 0.75, ("probably", 1)),
        (-0.05, -0.001, 0.25, ("probably", 0)),
        (0.001, 0.05, 0.74, ("undecided", -1)),
        (-0.001, 0.05, 1.00, ("undecided", -1)),
        (-0.012, 0.012, 0.50, ("equal", -1)),
        (0.001, 0.012, 1.00, ("equal", -1)),
        (0.0, 0.0, 0.5, ("equal", -1)),
        (NAN, NAN, 0.5, ("undecided", -1)),
    ],
)
def test_verdicts(low, high, settings, said):
    assert judge(outcome(low, high, settings), []) == said


@pytest.mark.parametrize(("low", "high", "settings", "better"), [(0.02, 0.05, 0.95, 0), (-0.05, -0.02, 0.05, 1)])
def test_less_of_a_gap_is_better(low, high, settings, better):
    assert judge(outcome(low, high, settings, better=False), []) == ("clearly", better)


def test_without_settings_the_interval_decides():
    assert judge(outcome(0.02, 0.05, NAN), []) == ("clearly", 1)
    assert judge(outcome(-0.05, -0.001, NAN), []) == ("probably", 0)


def test_a_key_outcome_that_gets_clearly_worse_makes_a_trade_off():
    primary = outcome(0.02, 0.05)
    assert judge(primary, [outcome(0.02, 0.05, better=False)]) == ("trade_off", 1)
    assert judge(primary, [outcome(0.01, 0.05, better=False)]) == ("clearly", 1)
    assert judge(primary, [outcome(-0.05, -0.02, better=False)]) == ("clearly", 1)
    assert judge(primary, [outcome(NAN, NAN, better=False)]) == ("clearly", 1)
    assert judge(outcome(-0.05, -0.02, 0.0), [outcome(-0.05, -0.02, better=False)]) == ("trade_off", 0)
    assert judge(outcome(-0.001, 0.001), [outcome(0.02, 0.05, better=False)]) == ("equal", -1)


def test_nothing_is_clearly_worse_where_more_is_neither_good_nor_bad():
    neither = outcome(0.02, 0.05, better=None)
    assert not neither.is_clearly_worse(0)
    assert not neither.is_clearly_worse(1)
