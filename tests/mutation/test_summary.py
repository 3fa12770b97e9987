"""The sums over mutants keep timeouts apart from tests that failed."""

from types import SimpleNamespace

from mutation.summary import sentence, summary

MUTANTS = [SimpleNamespace(place=f"world/ties.py:{line} f", operator="Not", change="-a\n+b") for line in range(5)]
OUTCOMES = ["killed", "timeout", "survived", "killed", "timeout"]


def test_timeouts_are_noticed_but_told_apart():
    sums = summary(MUTANTS, OUTCOMES, 100, 3)
    assert (sums["tried"], sums["noticed"], sums["failed_tests"], sums["timeouts"]) == (5, 4, 2, 2)
    assert sums["share"] == 0.8
    assert [one["place"] for one in sums["timed_out"]] == ["world/ties.py:1 f", "world/ties.py:4 f"]
    assert sums["survived"] == [{"place": "world/ties.py:2 f", "operator": "Not", "change": ["-a", "+b"]}]
    assert sentence(sums).startswith("4 of 5 noticed (2 of these by a timeout): 80.0%, 95 % interval ")
