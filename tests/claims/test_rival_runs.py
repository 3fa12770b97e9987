"""Rival models: what came out in each, and what it adds up to."""

from __future__ import annotations

import json
import math
from dataclasses import replace

import pandas as pd
import pytest

from qsim.claims import rival_runs
from qsim.claims.evaluation import Budget, claims_manifest, most_runs, readings_of
from qsim.claims.loading import load_ledger
from qsim.claims.results import Count
from qsim.claims.rival_runs import (
    RIVALS_QUICK,
    GroupCount,
    Rivals,
    groups_as_good,
    likeness,
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
from trial_rivals import RIVALS

SMALL = Budget(looks=(6, 12), variants=len(MODELS))


def results_of(claims, workers=1):
    worlds, readings = readings_of(claims)
    with Runs(worlds, readings, 1, workers) as runs:
        found = list(rival_results(claims, runs, SMALL))
        assert runs.taken() <= most_runs(claims, SMALL)
    return found


@pytest.fixture
def results(ledger):
    return results_of(ledger.claims, workers=2)


def test_the_full_model_gives_what_the_ledger_gives(results, six_results):
    for result in results:
        trial, one = result.trials[FULL_MODEL], six_results[result.id]
        assert (trial.outcome, trial.effect, trial.low, trial.high, trial.settings, trial.chance) == (
            one.outcome, one.effect, one.low, one.high, one.settings, one.chance
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
    text = json.dumps(to_json(Rivals(MODELS, tuple(results_of(ledger.claims, 2)))))
    again = from_json(text, Rivals)
    assert json.dumps(to_json(again)) == text
    assert again.models == MODELS
    found = {one.id: one.beyond_scorecard for one in again.claims}
    assert (found["more_posts"], found["another_name"], found["some_towns"]) == (False, True, True)
    for wrong in ("[]", '{"models": []}'):
        with pytest.raises(ValueError, match="Rivals"):
            from_json(wrong, Rivals)


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
    assert "outreach.occasions" in manifest["scenarios"][-1]["text"]


def test_counts_of_a_model():
    full = model_counts(RIVALS, "full_model")
    assert full.every == Count(tests=7, expected=4, negligible=2, opposite=1, depends_on_scale=0, unresolved=0)
    assert full.beyond_scorecard == Count(6, expected=3, negligible=2, opposite=1, depends_on_scale=0, unresolved=0)
    frozen = model_counts(RIVALS, "frozen")
    assert (frozen.every.expected, frozen.equivalences.expected, frozen.equivalences.tests) == (2, 1, 1)


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
    assert groups_as_good(RIVALS, "chance", beyond_scorecard=True) == [GroupCount("B", 2, full=1, rival=1)]
    assert groups_as_good(RIVALS, "frozen") == [GroupCount("G", 2, full=0, rival=1)]


def with_effects(full, rival):
    """Return made-up results with these effects in the full model and in a rival."""
    claims = []
    for claim, first, second in zip(RIVALS.claims, full, rival, strict=False):
        trials = claim.trials | {
            FULL_MODEL: replace(claim.trials[FULL_MODEL], effect=first),
            "chance": replace(claim.trials["chance"], effect=second),
        }
        claims.append(replace(claim, trials=trials))
    return replace(RIVALS, claims=tuple(claims))


def test_how_alike_a_rival_is_test_by_test():
    half = likeness(with_effects([-0.1, 0.0, 0.1, 0.2, 0.4, math.nan], [-0.05, 9.0, 0.05, 0.1, 0.2, 5.0]), "chance")
    assert (half.rank, half.size) == pytest.approx((1.0, 0.5))  # where the full model has no effect is no test of size
    turned = likeness(with_effects([0.1, 0.2, 0.3], [0.2, 0.2, 0.1]), "chance")
    assert turned.rank == pytest.approx(-math.sqrt(3) / 2)
    assert turned.size == pytest.approx(1.0)
    for full, rival in (([0.1, 0.2], [0.1, 0.2]), ([0.1, 0.2, 0.3], [0.0, 0.0, 0.0])):
        assert math.isnan(likeness(with_effects(full, rival), "chance").rank)
