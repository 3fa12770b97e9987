"""Looks: how many, how sure, and when two agree."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qsim.comparison.stopping import ERROR, FIRST, Look, agreed, confidence_of, planned_looks


@given(st.integers(1, 100_000))
def test_looks_double_up_to_what_can_be_paid(most):
    looks = planned_looks(most)
    assert looks[-1] <= most
    assert looks[0] == min(most, FIRST)
    assert all(later == 2 * earlier for earlier, later in itertools.pairwise(looks))
    assert most < FIRST or 2 * looks[-1] > most


@pytest.mark.parametrize("count", [1, 2, 5])
def test_the_error_is_split_over_the_looks(count):
    assert count * (1 - confidence_of(count)) == pytest.approx(ERROR)


@pytest.mark.parametrize(
    ("verdicts", "enough"),
    [
        (["clearly"], False),
        (["clearly", "clearly"], True),
        (["probably", "clearly"], False),
        (["clearly", "probably", "probably"], True),
        (["clearly", "clearly", "probably"], False),
        (["undecided", "undecided"], False),
        (["equal", "equal"], True),
        (["trade_off", "trade_off"], True),
    ],
)
def test_two_looks_in_a_row_must_agree(verdicts, enough):
    assert agreed([Look(FIRST * 2**i, (verdict,), (1,)) for i, verdict in enumerate(verdicts)]) is enough


def looks(*verdicts, better=((0, 1), (0, 1))):
    return [Look(FIRST * 2**i, one, own) for i, (one, own) in enumerate(zip(verdicts, better, strict=True))]


def test_every_pair_must_agree():
    assert not agreed(looks(("clearly", "probably"), ("clearly", "equal")))
    assert not agreed(looks(("clearly", "undecided"), ("clearly", "undecided")))
    assert agreed(looks(("clearly", "equal"), ("clearly", "equal")))


def test_the_same_scenario_must_be_better():
    assert not agreed(looks(("clearly", "probably"), ("clearly", "probably"), better=((0, 1), (0, 0))))
