"""What rival models add up to: counts, what only some pass, and groups without an advantage of the full model."""

import pytest

from qsim.claims.results import Count
from qsim.claims.rival_counts import (
    GroupCount,
    groups_as_good,
    model_counts,
    not_rival,
    only_full,
    only_rival,
    passed,
    rival_names,
)
from trial_rivals import RIVALS, claim


def test_counts_of_a_model():
    full = model_counts(RIVALS, "full_model")
    assert full.every == Count(tests=7, expected=4, negligible=2, opposite=1, unresolved=0)
    assert full.diagnostic == Count(tests=6, expected=3, negligible=2, opposite=1, unresolved=0)
    assert full.held_out == Count(tests=2, expected=0, negligible=2, opposite=0, unresolved=0)
    frozen = model_counts(RIVALS, "frozen")
    assert (frozen.every.expected, frozen.equivalences.expected, frozen.equivalences.tests) == (2, 1, 1)
    assert (frozen.held_out.expected, frozen.held_out.tests) == (1, 2)


@pytest.mark.parametrize("claims", [[], [claim("one", "B", "+++", diagnostic=None), *RIVALS["claims"]]])
def test_no_counts_of_diagnostic_tests_where_not_all_are_known(claims):
    found = model_counts({**RIVALS, "claims": claims}, "chance")
    assert found.every.tests == len(claims)
    assert found.diagnostic is found.held_out is None


def test_what_only_some_models_pass():
    assert rival_names(RIVALS) == ["chance", "frozen"]
    assert passed(RIVALS, "chance") == ["first", "third", "fourth"]
    assert only_rival(RIVALS, "chance") == ["third"]
    assert only_rival(RIVALS, "frozen") == ["sixth"]
    assert not_rival(RIVALS, "chance") == ["second", "fifth"]
    assert not_rival(RIVALS, "frozen") == ["second", "fourth", "fifth"]
    assert only_full(RIVALS) == ["second", "fifth"]


def test_groups_in_which_a_rival_is_at_least_as_good():
    assert groups_as_good(RIVALS, "chance") == [GroupCount("B", 3, full=2, rival=2)]
    assert groups_as_good(RIVALS, "chance", diagnostic=True) == [GroupCount("B", 2, full=1, rival=1)]
    assert groups_as_good(RIVALS, "frozen") == [GroupCount("G", 2, full=0, rival=1)]
