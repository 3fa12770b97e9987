"""The evaluation of claims: it can say each outcome, in the rows that a comparison runs, and how severe a test was."""

import math

import numpy as np
import pytest

from qsim.claims.evaluation import Budget, most_runs, readings_of, relevant_difference
from qsim.claims.loading import load_ledger
from qsim.comparison.worlds import TwinWorlds, prepare_twins
from qsim.runs.readings import Reading
from trial_claims import CLAIM, HEAD


def compared(loaded, settings, *names):
    """Return the twin worlds of a claim as a comparison runs them."""
    twins = TwinWorlds(prepare_twins([loaded.worlds[name] for name in names]), seed=1, replications=5, plausible=True)
    twins.extend(settings, workers=1)
    return twins


def test_all_outcomes_can_come_out(six_results):
    assert {name: result.outcome for name, result in six_results.items()} == {
        "more_posts": "expected",
        "fewer_posts": "opposite",
        "another_name": "negligible",
        "no_other_name": "expected",
        "a_little_vacancy": "unresolved",
        "some_towns": "expected",
    }


def test_effects_are_those_of_twins_in_settings_and_the_rows_those_of_a_comparison(ledger, six_results):
    more, fewer = six_results["more_posts"], six_results["fewer_posts"]
    assert more.effect == -fewer.effect
    assert (more.low, more.high) == (-fewer.high, -fewer.low)
    assert more.low < more.effect < more.high
    assert more.agree == pytest.approx(1 - fewer.agree)
    assert more.settings == 12
    twins = compared(ledger.claims[0], 12, "one", "four")
    one, four = (twins.outcome(place, "knowledge") for place in (0, 1))
    assert more.effect == pytest.approx((four - one).mean(), rel=1e-12)


def test_severity(six_results):
    more, fewer = six_results["more_posts"], six_results["fewer_posts"]
    assert (more.off.outcome, more.scorecard.outcome) == ("negligible", "expected")
    assert (more.needs_mechanism, more.beyond_scorecard) == (True, False)
    assert fewer.off.outcome != "expected"
    assert fewer.scorecard.outcome == "opposite"
    assert (fewer.needs_mechanism, fewer.beyond_scorecard) == (True, True)
    same = six_results["no_other_name"]
    assert (same.needs_mechanism, same.beyond_scorecard) == (False, False)
    assert six_results["some_towns"].scorecard.outcome == "not_applicable"
    assert six_results["some_towns"].beyond_scorecard


def test_one_test_compares_measures_and_times(write, evaluated):
    terms = "{four.practice: 1, four.joint_practice: -1, one.knowledge@2015-06: 1, one.knowledge@peak: -1}"
    loaded = load_ledger([write((HEAD + CLAIM).replace("{four: 1, one: -1}", terms))]).claims[0]
    found = evaluated([loaded])["more_posts"]
    twins = compared(loaded, found.settings, "one", "four")
    apart = twins.outcome(1, "practice") - twins.outcome(1, "joint_practice")
    months = twins.results[0].series["knowledge"].to_numpy().reshape(*apart.shape, 36)
    assert found.effect == pytest.approx((apart + months[..., 5] - months.max(axis=-1)).mean())
    assert (found.measure, found.at) == ("practice", "last_year")


def test_quantities_without_an_upper_end_are_compared_as_ratios(write, evaluated):
    text = (HEAD + CLAIM).replace("test: direction", "test: difference_of_differences")
    text = text.replace("measure: knowledge", "measure: hours_units").replace("relevant: 0.003", "relevant: 0.2")
    loaded = load_ledger([write(text)]).claims[0]
    found = evaluated([loaded])["more_posts"]
    twins = compared(loaded, found.settings, "one", "four")
    one, four = (
        result.series["hours_units"].to_numpy().reshape(found.settings, 5, 36)[..., -12:].mean(axis=(1, 2))
        for result in twins.results
    )
    assert found.effect == pytest.approx(np.log(four / one).mean())
    assert found.relevant == pytest.approx(math.log(1.2))
    assert (found.scale, found.outcome, found.scales) == ("log", "expected", {})


def test_an_interaction_is_looked_at_on_two_scales(write, evaluated):
    text = (HEAD + CLAIM).replace("test: direction", "test: difference_of_differences")
    posts = '"commissioners[unit].funding[0].posts": 4'
    worlds = f"      few: {{administration.workload: 1.1}}\n      many: {{administration.workload: 1.1, {posts}}}\n"
    expected = "    expected: [{four: 1, one: -1"
    text = text.replace(expected, worlds + expected + ", many: -1, few: 1")
    found = evaluated(load_ledger([write(text)]).claims)["more_posts"]
    assert list(found.scales) == list(found.off.scales) == ["absolute", "log_odds"]
    assert found.effect == found.scales["absolute"].effect != found.scales["log_odds"].effect
    assert found.scale == "absolute"
    outcomes = {one.outcome for one in found.scales.values()}
    assert found.outcome == (outcomes.pop() if len(outcomes) == 1 else "depends_on_scale")


def test_a_contradiction_has_a_cause_and_nothing_else_has(six_results):
    assert [name for name, result in six_results.items() if result.cause is not None] == ["fewer_posts"]
    cause = six_results["fewer_posts"].cause
    assert "outreach" in (cause.rule, *cause.others)
    assert cause.ends
    assert abs(cause.effect) < 0.003


def test_the_same_whatever_threads_and_company(ledger, six_results, evaluated):
    alone = evaluated(ledger.chosen(["fewer_posts"]), workers=2)["fewer_posts"]
    assert repr(alone) == repr(six_results["fewer_posts"])  # NaN is not equal to itself


def test_it_stops_at_the_second_look_with_the_same_outcome(ledger, evaluated):
    looks = Budget(looks=(3, 5, 7, 20), cause=2)
    found = evaluated(ledger.chosen(["another_name", "a_little_vacancy"]), looks)
    assert found["another_name"].settings == 5
    assert found["a_little_vacancy"].settings == 20


def test_the_smallest_relevant_difference_is_the_claims_own_or_the_measures(write):
    text = (HEAD + CLAIM).replace("    relevant: 0.003\n", "")
    assert relevant_difference(load_ledger([write(HEAD + CLAIM)]).claims[0]) == 0.003
    assert relevant_difference(load_ledger([write(text)]).claims[0]) == 0.0125
    hours = text.replace("measure: knowledge", "measure: hours_departments_total")
    assert relevant_difference(load_ledger([write(hours)]).claims[0]) == pytest.approx(
        0.001 * 12 * 8 * 30 * 130, rel=0.2
    )
    several = text.replace("{four: 1, one: -1}", "{four: 1, one.need_gap: -1}")
    assert relevant_difference(load_ledger([write(several)]).claims[0]) == 0.025


def test_of_several_contrasts_the_smallest_counts(write, six_results, evaluated):
    both = CLAIM.replace("test: direction", "test: order").replace("one: -1}]", "one: -1}, {one: 1, four: -1}]")
    found = evaluated(load_ledger([write(HEAD + both)]).claims)["more_posts"]
    fewer = six_results["fewer_posts"]
    assert found.effect == fewer.effect
    assert found.high > fewer.high
    assert found.scorecard.outcome == "opposite"


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


def test_what_is_read_from_which_world(ledger):
    worlds, readings = readings_of(ledger.claims)
    assert len(worlds) == 3
    assert {reading for wanted in readings.values() for reading in wanted} == {
        Reading("knowledge"), Reading("joint_practice"), Reading("knowledge", "2016-06")
    }  # fmt: skip
    assert most_runs(ledger.claims, Budget(looks=(4, 10))) == 11 * 2 * 10 * 5
