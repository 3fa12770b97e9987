"""Claims in the full model and in its rivals: the same tests in the same worlds, and what they add up to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import stats

from qsim.claims.evaluation import Budget, scorecard_trial, trials_in
from qsim.claims.loading import LoadedClaim
from qsim.claims.outcomes import Trial, trial_numbers
from qsim.claims.results import EVALUATOR, Count, count
from qsim.claims.runs import Runs
from qsim.claims.schema import TestKind
from qsim.claims.statements import all_groups
from qsim.claims.terms import measures_of
from qsim.claims.variants import FULL_MODEL, MODELS, Model, models
from qsim.runs.store import Store

RIVALS_QUICK = Budget(looks=(20, 40), variants=len(MODELS))
RIVALS_FULL = Budget(looks=(20, 40, 100), variants=len(MODELS))


@dataclass(frozen=True)
class RivalResult:
    """What came out of a claim in each model, by its name; ``beyond_scorecard``: the additive scorecard does not give it."""

    id: str
    kind: TestKind
    group: str
    beyond_scorecard: bool
    measure: str
    trials: dict[str, Trial]


@dataclass(frozen=True)
class Rivals:
    """The models, the full one first, and what came out of claims in each of them."""

    models: tuple[Model, ...]
    claims: tuple[RivalResult, ...]
    evaluator: int = EVALUATOR

    @property
    def names(self) -> list[str]:
        """The names of the rivals."""
        return [model.name for model in self.models if model.name != FULL_MODEL]


def rival_results(claims: Sequence[LoadedClaim], runs: Runs, budget: Budget) -> Iterator[RivalResult]:
    """Yield the result of one claim after another; ``runs`` must know their worlds and readings."""
    variants = models()
    for loaded in claims:
        claim = loaded.claim
        beyond = scorecard_trial(loaded).outcome != "expected"
        trials = trials_in(loaded, runs, budget, variants)
        yield RivalResult(claim.id, claim.test, loaded.group, beyond, measures_of(claim)[0], trials)


def store_rivals(store: Store, rivals: Rivals) -> None:
    """Write the table ``claims_rivals``: one row a claim and model."""
    rows = [
        {
            **{field: value for field, value in vars(claim).items() if field != "trials"},
            "model": name,
            **trial_numbers(trial),
        }
        for claim in rivals.claims
        for name, trial in claim.trials.items()
    ]
    if rows:
        store.append("claims_rivals", pd.DataFrame(rows))


def model_texts() -> dict[str, str]:
    """Return what settles results besides the claims, for a manifest: other models make another plan."""
    return {"rival models": "\n".join(f"{name}: {variant}" for name, variant in models().items())}


@dataclass(frozen=True)
class ModelCounts:
    """How a model did: all tests, those that expect no difference, those that the additive scorecard does not give."""

    every: Count
    equivalences: Count
    beyond_scorecard: Count


@dataclass(frozen=True)
class GroupCount:
    """Of a group of statements: its letter, its tests, and how many the full model and a rival pass."""

    letter: str
    tests: int
    full: int
    rival: int


def model_counts(rivals: Rivals, model: str) -> ModelCounts:
    """Return how a model did."""
    claims = rivals.claims
    return ModelCounts(
        _count(claims, model),
        _count([one for one in claims if one.kind == "equivalence"], model),
        _count([one for one in claims if one.beyond_scorecard], model),
    )


def passed(rivals: Rivals, model: str) -> list[str]:
    """Return the tests that a model passes, by id."""
    return [one.id for one in rivals.claims if _passes(one, model)]


def only_rival(rivals: Rivals, rival: str) -> list[str]:
    """Return the tests that a rival passes and the full model does not."""
    full = {*passed(rivals, FULL_MODEL)}
    return [name for name in passed(rivals, rival) if name not in full]


def not_rival(rivals: Rivals, rival: str) -> list[str]:
    """Return the tests that the full model passes and a rival does not."""
    there = {*passed(rivals, rival)}
    return [name for name in passed(rivals, FULL_MODEL) if name not in there]


def only_full(rivals: Rivals) -> list[str]:
    """Return the tests that the full model passes and no rival does."""
    others = {name for model in rivals.names for name in passed(rivals, model)}
    return [name for name in passed(rivals, FULL_MODEL) if name not in others]


def groups_as_good(rivals: Rivals, rival: str, beyond_scorecard: bool = False) -> list[GroupCount]:
    """Return the groups of statements in which a rival passes as many tests as the full model, or more.

    ``beyond_scorecard`` counts only tests that the additive scorecard does not give. Groups in which neither passes any are
    left out.
    """
    result = []
    for letter in all_groups():
        claims = [
            one for one in rivals.claims if one.group == letter and (one.beyond_scorecard or not beyond_scorecard)
        ]
        full, other = (_count(claims, model).expected for model in (FULL_MODEL, rival))
        if other >= full and other > 0:
            result.append(GroupCount(letter, len(claims), full, other))
    return result


@dataclass(frozen=True)
class Likeness:
    """How the effects of a rival go with those of the full model, test by test.

    ``rank`` is Spearman's correlation, ``size`` the median of effect over effect, where the full model has one; NaN where
    fewer than three tests have both.
    """

    rank: float
    size: float


def likeness(rivals: Rivals, rival: str) -> Likeness:
    """Return how far a rival orders and sizes the tests as the full model does, whatever it passes."""
    pairs = np.array([[one.trials[name].effect for name in (FULL_MODEL, rival)] for one in rivals.claims], float)
    full, other = pairs[np.isfinite(pairs).all(axis=1) & (pairs[:, 0] != 0.0)].T
    if full.size < 3 or np.ptp(full) == 0.0 or np.ptp(other) == 0.0:
        return Likeness(np.nan, np.nan)
    return Likeness(float(stats.spearmanr(full, other).statistic), float(np.median(other / full)))


def _passes(claim: RivalResult, model: str) -> bool:
    return claim.trials[model].outcome == "expected"


def _count(claims: Sequence[RivalResult], model: str) -> Count:
    return count(one.trials[model] for one in claims)
