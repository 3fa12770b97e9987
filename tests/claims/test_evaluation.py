"""The evaluation of claims: it can say expected, negligible, opposite and unresolved, and how severe a test was."""

import math

import numpy as np
import pytest

from qsim.claims.evaluation import Budget, most_runs, readings_of, relevant_difference
from qsim.claims.loading import load_ledger
from qsim.runs.execution import simulate
from qsim.runs.readings import Reading
from trial_claims import CLAIM, HEAD


def test_all_outcomes_can_come_out(six_results):
    assert {name: result.outcome for name, result in six_results.items()} == {
        "more_posts": "expected",
        "fewer_posts": "opposite",
        "another_name": "negligible",
        "no_other_name": "expected",
        "a_little_vacancy": "unresolved",
        "some_towns": "expected",
    }


def test_effects_are_those_of_twin_runs(six_results):
    more, fewer = six_results["more_posts"], six_results["fewer_posts"]
    assert more.effect == -fewer.effect
    assert (more.low, more.high) == (-fewer.high, -fewer.low)
    assert more.low < more.effect < more.high
    assert more.runs == 16


def test_severity(six_results):
    more = six_results["more_posts"]
    assert (more.severity["off"].outcome, more.severity["reversed"].outcome, more.severity["scorecard"].outcome) == (
        "negligible",
        "not_applicable",
        "expected",
    )
    assert not more.diagnostic
    fewer = six_results["fewer_posts"]
    assert fewer.severity["off"].outcome != "expected"
    assert fewer.severity["reversed"].outcome == "expected"
    assert fewer.severity["scorecard"].outcome == "opposite"
    assert not fewer.diagnostic
    assert six_results["another_name"].diagnostic
    assert not six_results["no_other_name"].diagnostic
    assert six_results["some_towns"].severity["scorecard"].outcome == "not_applicable"


def test_shares_of_settings_add_up_at_each_width(six_results):
    for name, result in six_results.items():
        assert list(result.shares) == ["0.25", "0.5", "1"]
        for shares in result.shares.values():
            assert sum(shares.values()) == pytest.approx(1), name
    assert six_results["another_name"].shares["1"]["negligible"] == 1
    assert six_results["no_other_name"].shares["1"]["expected"] == 1
    more, fewer = six_results["more_posts"].shares["1"], six_results["fewer_posts"].shares["1"]
    assert more["expected"] == fewer["opposite"] > 0


def test_one_test_compares_measures_and_times(write, six_results, evaluated):
    terms = "{four.practice: 1, four.joint_practice: -1, one.knowledge@2015-06: 1, one.knowledge@2015-06: -1}".replace(
        "one.knowledge@2015-06: -1", "one.knowledge@peak: -1"
    )
    text = (HEAD + CLAIM).replace("{four: 1, one: -1}", terms)
    loaded = load_ledger([write(text)]).claims[0]
    found = evaluated([loaded])["more_posts"]
    one, four = (simulate(loaded.worlds[name], found.runs, seed=1) for name in ("one", "four"))
    apart = four.runs["practice"].to_numpy() - four.runs["joint_practice"].to_numpy()
    months = one.series["knowledge"].to_numpy().reshape(found.runs, 36)
    assert found.effect == pytest.approx((apart + months[:, 5] - months.max(axis=1)).mean())
    assert (found.measure, found.at) == ("practice", "last_year")


def test_quantities_without_an_upper_end_are_compared_as_ratios(write, evaluated):
    text = (HEAD + CLAIM).replace("test: direction", "test: difference_of_differences")
    text = text.replace("measure: knowledge", "measure: hours_units").replace("relevant: 0.003", "relevant: 0.5")
    loaded = load_ledger([write(text)]).claims[0]
    found = evaluated([loaded])["more_posts"]
    one, four = (
        simulate(loaded.worlds[name], found.runs, seed=1).series["hours_units"].to_numpy().reshape(-1, 36)[:, -12:]
        for name in ("one", "four")
    )
    assert found.effect == pytest.approx(np.log(four.mean(axis=1) / one.mean(axis=1)).mean())
    assert found.relevant == pytest.approx(math.log(1.5))
    assert found.outcome == "expected"


def test_a_contradiction_has_a_cause_and_nothing_else_has(six_results):
    assert [name for name, result in six_results.items() if result.cause is not None] == ["fewer_posts"]
    cause = six_results["fewer_posts"].cause
    assert "outreach" in (cause.rule, *cause.others)
    assert cause.ends
    assert abs(cause.effect) < 0.003


def test_the_same_whatever_threads_and_company(ledger, six_results, evaluated):
    alone = evaluated(ledger.chosen(["fewer_posts"]), workers=2)["fewer_posts"]
    assert alone == six_results["fewer_posts"]


def test_it_stops_at_the_second_look_with_the_same_outcome(ledger, evaluated):
    looks = Budget(looks=(6, 8, 10, 60), settings=1, replicates=1, cause_runs=2)
    found = evaluated(ledger.chosen(["another_name", "a_little_vacancy"]), looks)
    assert found["another_name"].runs == 8
    assert found["a_little_vacancy"].runs == 60


def test_the_smallest_relevant_difference_is_the_claims_own_or_the_measures(write):
    text = (HEAD + CLAIM).replace("    relevant: 0.003\n", "")
    assert relevant_difference(load_ledger([write(HEAD + CLAIM)]).claims[0]) == 0.003
    assert relevant_difference(load_ledger([write(text)]).claims[0]) == 0.0125
    hours = text.replace("measure: knowledge", "measure: hours_departments_total")
    assert relevant_difference(load_ledger([write(hours)]).claims[0]) == pytest.approx(
        0.001 * 12 * 8 * 30 * 130, rel=0.2
    )


def test_of_several_contrasts_the_smallest_counts_in_twins_and_in_settings(write, six_results, evaluated):
    both = CLAIM.replace("test: direction", "test: order").replace("one: -1}]", "one: -1}, {one: 1, four: -1}]")
    found = evaluated(load_ledger([write(HEAD + both)]).claims)["more_posts"]
    more, fewer = six_results["more_posts"], six_results["fewer_posts"]
    assert found.effect == fewer.effect
    assert found.high > fewer.high
    assert found.shares == fewer.shares != more.shares
    assert found.severity["scorecard"].outcome == "opposite"


def test_worlds_that_must_cost_the_same_and_do_not(write, evaluated):
    text = HEAD + CLAIM.replace("test: direction", "test: ranking")
    unequal = write(text + "    equal: {measure: hours_units, within: 0.1}\n")
    result = evaluated(load_ledger([unequal]).claims)["more_posts"]
    assert not result.fair
    assert result.outcome == "unresolved"
    generous = write(text + "    equal: {measure: hours_units, within: 0.8}\n")
    found = evaluated(load_ledger([generous]).claims)["more_posts"]
    assert found.fair
    assert found.outcome == "expected"
    assert found.effect == result.effect


def test_numbers_that_are_not_finite_make_a_reversed_test_not_applicable(write, evaluated, monkeypatch):
    text = (HEAD + CLAIM).replace("{rule: outreach}", "{parameter: learning.contact_rate, neutral: 0}")
    claims = load_ledger([write(text)]).claims

    def broken(reading, output, scenario):
        values = output.series[:, -1, 0].copy()
        return values if output.broken is False else np.full_like(values, math.inf)

    from qsim.claims import runs

    prepare_variant = runs.prepare_variant

    def marked(scenario, variant):
        prepared = prepare_variant(scenario, variant)
        run = prepared.run
        prepared.run = lambda seed, rows: _Marked(run(seed, rows), variant.reversed)
        return prepared

    monkeypatch.setattr(runs, "prepare_variant", marked)
    monkeypatch.setattr(runs, "read", broken)
    result = evaluated(claims)["more_posts"]
    assert result.severity["reversed"].outcome == "not_applicable"
    assert result.severity["off"].outcome != "not_applicable"


class _Marked:
    """The output of some runs, and whether they are to be taken for broken ones."""

    def __init__(self, output, broken):
        self.series, self.broken = output.series, broken


def test_what_is_read_from_which_world(ledger):
    worlds, readings = readings_of(ledger.claims)
    assert len(worlds) == 3
    assert {reading for wanted in readings.values() for reading in wanted} == {
        Reading("knowledge"), Reading("joint_practice"), Reading("knowledge", "2016-06")
    }  # fmt: skip
    budget = Budget(looks=(4, 10), settings=5, replicates=2, cause_runs=1)
    assert most_runs(ledger.claims, budget) == 11 * (3 * 10 + 3 * 10)
