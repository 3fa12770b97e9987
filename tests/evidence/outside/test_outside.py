"""Public figures from outside: each expectation belongs to one figure, and what the model has no quantity for has a reason."""

from collections import Counter

from evidence.outside.figures import EXPECTED, figures
from qsim.claims.loading import load_ledger


def test_each_expectation_belongs_to_one_figure():
    expected = [loaded.claim.id for loaded in load_ledger([EXPECTED]).claims]
    named = Counter(name for figure in figures() for name in figure.claims)
    assert named == Counter(expected)


def test_a_figure_is_tested_put_in_or_not_in_the_model_with_a_reason():
    assert len(figures()) == 15
    for figure in figures():
        assert bool(figure.claims) is (figure.kind != "not_in_model")
        assert figure.why.de
        assert figure.why.en


def test_no_expectation_is_held_out():
    assert not any(loaded.held_out for loaded in load_ledger([EXPECTED]).claims)
