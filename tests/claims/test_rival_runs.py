"""Rival models: what came out in each, and what it adds up to."""

from __future__ import annotations

import json
from dataclasses import replace

import pandas as pd
import pytest

from qsim.claims import rival_runs
from qsim.claims.evaluation import Budget, claims_manifest, most_runs, readings_of
from qsim.claims.loading import load_ledger
from qsim.claims.results import Count, Results
from qsim.claims.rival_runs import (
    RIVALS_QUICK,
    GroupCount,
    Rivals,
    diagnostic_flags,
    groups_as_good,
    model_counts,
    model_texts,
    not_rival,
    only_full,
    only_rival,
    passed,
    rival_results,
    store_rivals,
)
from qsim.claims.runs import Runs
from qsim.claims.variants import FULL_MODEL, MODELS, Variant, models
from qsim.runs.store import Store
from qsim.runs.to_json import from_json, to_json
from trial_claims import CLAIM, HEAD
from trial_rivals import RIVALS, claim

SMALL = Budget(looks=(8, 16), settings=0, replicates=0, cause_runs=0, variants=len(MODELS))


def results_of(claims, workers=1, flags=None):
    worlds, readings = readings_of(claims)
    with Runs(worlds, readings, 1, workers) as runs:
        found = list(rival_results(claims, runs, SMALL, flags or {}))
        assert runs.taken() <= most_runs(claims, SMALL)
    return found


@pytest.fixture
def results(ledger):
    return results_of(ledger.claims, workers=2)


def test_the_full_model_gives_what_the_ledger_gives(results, six_results):
    for result in results:
        trial, one = result.trials[FULL_MODEL], six_results[result.id]
        assert (trial.outcome, trial.effect, trial.low, trial.high, trial.runs, trial.chance) == (
            one.outcome, one.effect, one.low, one.high, one.runs, one.chance
        )  # fmt: skip


def test_each_model_gives_an_outcome_of_its_own(results):
    assert [list(result.trials) for result in results] == [list(models())] * 6
    by_id = {result.id: result.trials for result in results}
    posts = {name: trial.outcome for name, trial in by_id["more_posts"].items()}
    assert posts[FULL_MODEL] == posts["decoupling_only"] == "expected"
    assert posts["overload_only"] == posts["culture_only"] == "negligible"  # nobody learns in them
    assert len({trial.effect for trial in by_id["more_posts"].values()}) >= 5
    assert all(trial.outcome == "expected" for trial in by_id["no_other_name"].values())


def test_worlds_must_cost_the_same_in_each_model_by_itself(write, monkeypatch):
    variants = {"as it is": Variant(), "idle": Variant(off=("outreach",))}
    monkeypatch.setattr(rival_runs, "models", lambda: variants)
    text = HEAD + CLAIM.replace("test: direction", "test: ranking") + "    equal: {measure: hours_units, within: 0.1}\n"
    (result,) = results_of(load_ledger([write(text)]).claims)
    assert result.trials["as it is"].outcome == "unresolved"
    assert result.trials["idle"].outcome == "negligible"  # no unit spends hours, so all spend the same


def test_results_survive_json(ledger):
    flags = {"more_posts": False, "another_name": True}
    text = json.dumps(to_json(Rivals(MODELS, tuple(results_of(ledger.claims, 2, flags)))))
    again = from_json(text, Rivals)
    assert json.dumps(to_json(again)) == text
    assert again.models == MODELS
    found = {one.id: one.diagnostic for one in again.claims}
    assert (found["more_posts"], found["another_name"], found["fewer_posts"]) == (False, True, None)
    for wrong in ("[]", '{"models": []}'):
        with pytest.raises(ValueError, match="Rivals"):
            from_json(wrong, Rivals)


def test_diagnostic_flags_are_those_of_the_stored_ledger(folder, six_results):
    assert diagnostic_flags(folder / "claims") == {}
    path = folder / "claims" / "latest.json"
    path.write_text(json.dumps(to_json(Results((six_results["another_name"],)))))
    assert diagnostic_flags(folder / "claims") == {"another_name": True}


def test_a_table_in_a_folder_and_a_plan_of_its_own(ledger, results, folder):
    manifest = claims_manifest(ledger, ledger.claims, RIVALS_QUICK, 1, texts=model_texts())
    with Store(folder / "out", manifest) as store:
        store_rivals(store, Rivals(MODELS, tuple(results)))
    table = pd.read_parquet(folder / "out" / "claims_rivals.parquet")
    assert len(table) == 6 * 7
    assert table["effect"].to_list() == [trial.effect for result in results for trial in result.trials.values()]
    usual = claims_manifest(ledger, ledger.claims, RIVALS_QUICK, 1)
    assert [entry["id"] for entry in manifest["scenarios"]] == [
        *(entry["id"] for entry in usual["scenarios"]), "rival models"
    ]  # fmt: skip
    assert "outreach.pull" in manifest["scenarios"][-1]["text"]


def test_counts_of_a_model():
    full = model_counts(RIVALS, "full_model")
    assert full.every == Count(tests=7, expected=4, negligible=2, opposite=1, unresolved=0)
    assert full.diagnostic == Count(tests=6, expected=3, negligible=2, opposite=1, unresolved=0)
    assert full.held_out == Count(tests=2, expected=0, negligible=2, opposite=0, unresolved=0)
    frozen = model_counts(RIVALS, "frozen")
    assert (frozen.every.expected, frozen.equivalences.expected, frozen.equivalences.tests) == (2, 1, 1)
    assert (frozen.held_out.expected, frozen.held_out.tests) == (1, 2)


@pytest.mark.parametrize("claims", [[], [claim("one", "B", "+++", diagnostic=None), *RIVALS.claims]])
def test_no_counts_of_diagnostic_tests_where_not_all_are_known(claims):
    found = model_counts(replace(RIVALS, claims=claims), "chance")
    assert found.every.tests == len(claims)
    assert found.diagnostic is found.held_out is None


def test_what_only_some_models_pass():
    assert RIVALS.names == ["chance", "frozen"]
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
