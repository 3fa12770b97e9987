"""Claims in the full model and in its rivals: the same tests in the same worlds, and what they add up to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from qsim.claims.evaluation import FULL, Budget, trials_in
from qsim.claims.held_out import is_held_out
from qsim.claims.loading import LoadedClaim
from qsim.claims.outcomes import Trial, trial_numbers
from qsim.claims.results import EVALUATOR, Count, Results, count, stored
from qsim.claims.runs import Runs
from qsim.claims.schema import LATEST, TestKind
from qsim.claims.statements import all_groups
from qsim.claims.terms import measures_of
from qsim.claims.variants import FULL_MODEL, MODELS, Model, models
from qsim.runs.store import Store

RIVALS_QUICK = Budget(looks=(16, 32, 64), settings=0, replicates=0, cause_runs=0, variants=len(MODELS))
RIVALS_FULL = Budget(looks=FULL.looks, settings=0, replicates=0, cause_runs=0, variants=len(MODELS))


@dataclass(frozen=True)
class RivalResult:
    """What came out of a claim in each model, by its name; ``diagnostic`` is None where it is not known."""

    id: str
    kind: TestKind
    group: str
    held_out: bool
    diagnostic: bool | None
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


def rival_results(
    claims: Sequence[LoadedClaim], runs: Runs, budget: Budget, diagnostic: Mapping[str, bool]
) -> Iterator[RivalResult]:
    """Yield the result of one claim after another; ``runs`` must know their worlds and readings."""
    variants = models()
    for loaded in claims:
        claim, held_out = loaded.claim, is_held_out(loaded.claim.statements[0])
        trials = trials_in(loaded, runs, budget, variants)
        flag = diagnostic.get(claim.id)
        yield RivalResult(claim.id, claim.test, loaded.group, held_out, flag, measures_of(claim)[0], trials)


def diagnostic_flags(folder: Path) -> dict[str, bool]:
    """Return which claims are diagnostic, by the stored results of a folder; nothing if there are none of this evaluator.

    Raise InputError if the file holds something else.
    """
    found = stored(folder / LATEST, Results)
    return {} if found is None else {one.id: one.diagnostic for one in found.claims}


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
    """How a model did: all tests, those that expect no difference, the diagnostic ones, those of them held out.

    ``diagnostic`` and ``held_out`` are None where it is not known which tests are diagnostic.
    """

    every: Count
    equivalences: Count
    diagnostic: Count | None
    held_out: Count | None


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
    known = bool(claims) and all(one.diagnostic is not None for one in claims)
    diagnostic = [one for one in claims if one.diagnostic]
    return ModelCounts(
        _count(claims, model),
        _count([one for one in claims if one.kind == "equivalence"], model),
        _count(diagnostic, model) if known else None,
        _count([one for one in diagnostic if one.held_out], model) if known else None,
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


def groups_as_good(rivals: Rivals, rival: str, diagnostic: bool = False) -> list[GroupCount]:
    """Return the groups of statements in which a rival passes as many tests as the full model, or more.

    ``diagnostic`` counts only diagnostic tests. Groups in which neither passes any are left out.
    """
    result = []
    for letter in all_groups():
        claims = [one for one in rivals.claims if one.group == letter and (one.diagnostic or not diagnostic)]
        full, other = (_count(claims, model).expected for model in (FULL_MODEL, rival))
        if other >= full and other > 0:
            result.append(GroupCount(letter, len(claims), full, other))
    return result


def _passes(claim: RivalResult, model: str) -> bool:
    return claim.trials[model].outcome == "expected"


def _count(claims: Sequence[RivalResult], model: str) -> Count:
    return count(one.trials[model] for one in claims)
