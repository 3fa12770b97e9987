"""Terms of contrasts: worlds, what is measured in them and when."""

import pytest

from qsim.claims.terms import measures_of, readings_by_world, term_of, terms_of
from qsim.runs.readings import Reading
from trial_claims import claim


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("a", Reading("knowledge", "2016-03")),
        ("a.practice", Reading("practice", "2016-03")),
        ("a@peak", Reading("knowledge", "peak")),
        ("a.practice@2015-01", Reading("practice", "2015-01")),
        ("a.shock_depth", Reading("shock_depth", "last_year")),
    ],
)
def test_what_a_term_leaves_out_is_that_of_the_claim(text, reading):
    term = term_of(text, claim({text: 1}, measure="knowledge", at="2016-03"))
    assert (term.world, term.reading) == ("a", reading)
    assert (term.own_measure, term.own_time) == ("." in text, "@" in text)


def test_each_world_is_read_as_its_terms_say():
    one = claim({"a.practice": 1, "b@peak": -1}, {"a": 1, "b@peak": -1}, equal={"measure": "hours_total"})
    assert list(terms_of(one)) == ["a.practice", "b@peak", "a"]
    assert readings_by_world(one) == {
        "a": dict.fromkeys([Reading("hours_total"), Reading("practice"), Reading("joint_practice")]),
        "b": dict.fromkeys([Reading("hours_total"), Reading("joint_practice", "peak")]),
    }
    assert measures_of(one) == ("practice", "joint_practice")


def test_an_existence_reads_its_world():
    exists = {"world": "a", "above": 0.1, "in_share": [0.1, 0.9]}
    one = claim(test="existence", worlds={"a": {}}, exists=exists, measure="knowledge", at="whole_run")
    assert readings_by_world(one) == {"a": {Reading("knowledge", "whole_run"): None}}
