"""Results as records and tables, and what they add up to."""

import json
import math
from types import SimpleNamespace

import pandas as pd
import pytest

from qsim.claims.evaluation import QUICK, claims_manifest
from qsim.claims.results import (
    EVALUATOR,
    ClaimResult,
    Results,
    cluster_chances,
    count,
    discoveries,
    formula,
    store_results,
    stored,
    summary,
)
from qsim.files.messages import InputError
from qsim.runs.store import Store
from qsim.runs.to_json import from_json, to_json
from trial_claims import claim


@pytest.fixture
def records(six_results):
    return [*six_results.values()]


def test_a_record_has_what_is_promised(records):
    one = records[0]
    promised = ["id", "kind", "test", "outcome", "effect", "low", "high", "agree", "settings", "beyond_scorecard"]
    assert list(to_json(one))[: len(promised)] == promised
    assert one.id == "more_posts"
    assert one.kind == "direction"
    assert one.test == "knowledge, last_year: four - one > 0.003"
    assert (one.beyond_scorecard, one.needs_mechanism, one.scale) == (False, True, "absolute")
    assert "outreach" in (records[1].cause.rule, *records[1].cause.others)


def test_formulas(ledger):
    by_id = {loaded.claim.id: loaded.claim for loaded in ledger.claims}
    assert formula(by_id["no_other_name"], 0.0125) == "joint_practice, last_year: |renamed - city| <= 0.0125"
    assert formula(by_id["some_towns"], 1.0) == "knowledge, 2016-06: 0.05 to 0.95 of the runs of city > 0.14"
    bend = by_id["more_posts"].model_copy(update={"expected": ({"four": -2.0, "one": 1.0}, {"one": 1.0, "four": -1.0})})
    assert formula(bend, 0.5) == "knowledge, last_year: one - 2 four > 0.5; one - four > 0.5"


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        (({"a.practice": 1, "a": -1},), "joint_practice, last_year: a.practice - a > 0.5"),
        (({"a.practice": 1, "a.considered": -1},), "last_year: a.practice - a.considered > 0.5"),
        (({"a@peak": 1, "b@2016-01": -1},), "joint_practice: a@peak - b@2016-01 > 0.5"),
        (({"a.practice@peak": 1, "b.practice@2016-01": -1},), "a.practice@peak - b.practice@2016-01 > 0.5"),
    ],
)
def test_formulas_of_terms(parts, text):
    assert formula(claim(*parts), 0.5) == text
    assert formula(claim(*parts, test="non_inferiority"), 0.5) == text.replace("> 0.5", "> -0.5")


def test_the_formula_of_ratios_is_that_of_logarithms():
    hours = claim({"a": 1, "b": -1}, test="difference_of_differences", measure="hours_units")
    assert formula(hours, 0.0488) == "hours_units, last_year, logarithms: a - b > 0.0488"


def test_records_survive_json(records):
    again = from_json(json.dumps(to_json(records, list[ClaimResult])), list[ClaimResult])
    assert json.dumps(to_json(again, list[ClaimResult])) == json.dumps(to_json(records, list[ClaimResult]))
    assert math.isnan(again[0].scorecard.agree)
    assert again[0].cause is None
    with pytest.raises(ValueError, match="list"):
        from_json('{"id": 3}', list[ClaimResult])


def test_stored_results_of_another_evaluator_are_old(folder, records):
    path = folder / "claims" / "latest.json"
    assert stored(path, Results) is None
    path.write_text(json.dumps(to_json(Results(tuple(records)))))
    assert [one.id for one in stored(path, Results).claims] == [one.id for one in records]
    for old in ("[]", "{}", '[{"id": "one", "outcome": "expected"}]', json.dumps({"evaluator": 1, "claims": []})):
        path.write_text(old)
        assert stored(path, Results) is None
    for wrong in (
        "[",
        json.dumps({"evaluator": EVALUATOR}),
        json.dumps({"evaluator": EVALUATOR, "claims": [{"id": "a"}]}),
    ):
        path.write_text(wrong)
        with pytest.raises(InputError, match=r"claims/latest\.json.*no results of qsim claims"):
            stored(path, Results)


def test_counts(records):
    found = summary(records)
    assert found.every == count(records)
    assert (found.every.tests, found.every.expected, found.every.opposite, found.every.unresolved) == (6, 3, 1, 1)
    assert found.every.expected_share == 0.5
    assert found.beyond_scorecard.tests == sum(one.beyond_scorecard for one in records) == 4
    assert found.needing_mechanism == count([one for one in records if one.beyond_scorecard and one.needs_mechanism])
    assert found.held_out.tests == 0
    assert (found.passed_by_scorecard, found.scorecard_says) == (2, 5)
    assert found.clusters == 5
    assert math.isnan(count([]).expected_share)


def test_near_duplicates_count_once():
    records = [SimpleNamespace(cluster=name, chance=chance) for name, chance in
               [("a", 0.03), ("a", 0.04), ("b", 0.5), ("c", 0.001), ("c", 0.9)]]  # fmt: skip
    assert cluster_chances(records) == pytest.approx({"a": 0.04, "b": 0.5, "c": 0.002})


def test_discoveries_are_those_of_benjamini_and_hochberg():
    chances = {"a": 0.001, "b": 0.008, "c": 0.039, "d": 0.041, "e": 0.9}
    assert discoveries(chances) == ["a", "b"]
    assert discoveries({"a": 0.03, "b": 0.04, "c": 0.049}) == ["a", "b", "c"]
    assert discoveries({"a": 0.06}) == []
    assert discoveries({}) == []


def test_tables_in_a_folder(ledger, records, folder):
    with Store(folder / "out", claims_manifest(ledger, ledger.claims, QUICK, 1)) as store:
        store_results(store, records)
    claims = pd.read_parquet(folder / "out" / "claims.parquet")
    assert list(claims["id"]) == [record.id for record in records]
    assert [bool(rule) for rule in claims["cause_rule"]] == [False, True, False, False, False, False]
    assert len(pd.read_parquet(folder / "out" / "claims_trials.parquet")) == 2 * 6


def test_the_manifest_tells_plans_apart(ledger):
    whole = claims_manifest(ledger, ledger.claims, QUICK, 1)
    part = claims_manifest(ledger, ledger.claims[:1], QUICK, 1)
    assert [entry["id"] for entry in whole["scenarios"]] == ["city", "claims/trial.yaml", "chosen claims"]
    assert whole["scenarios"][:2] == part["scenarios"][:2]
    assert whole["scenarios"][2] != part["scenarios"][2]
