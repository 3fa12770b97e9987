"""Claims in the full model and in its rivals: the same tests in the same worlds, and what they add up to."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from qsim.claims.evaluation import FULL, Budget, trials_in
from qsim.claims.loading import LoadedClaim
from qsim.claims.outcomes import Trial
from qsim.claims.results import Count, Record, count, read_records
from qsim.claims.rivals import FULL_LABEL, FULL_MODEL, RIVALS, models
from qsim.claims.runs import Runs
from qsim.claims.schema import CLAIMS, LATEST
from qsim.claims.statements import all_groups, is_held_out
from qsim.files.kinds import file_name
from qsim.files.messages import InputError, Message
from qsim.runs.store import Store

RIVALS_QUICK = Budget(looks=(16, 32, 64), settings=0, replicates=0, cause_runs=0)
RIVALS_FULL = Budget(looks=FULL.looks, settings=0, replicates=0, cause_runs=0)


@dataclass(frozen=True)
class RivalResult:
    """What came out of a claim in each model, by its name."""

    loaded: LoadedClaim
    trials: dict[str, Trial]


def rival_results(claims: Sequence[LoadedClaim], runs: Runs, budget: Budget) -> Iterator[RivalResult]:
    """Yield the result of one claim after another; ``runs`` must know their worlds and readings."""
    variants = models()
    for loaded in claims:
        yield RivalResult(loaded, trials_in(loaded, runs, budget, variants))


def most_rival_runs(claims: Sequence[LoadedClaim], budget: Budget) -> int:
    """Return how many runs claims take at most in all models, one by one."""
    return sum(len(loaded.worlds) for loaded in claims) * len(models()) * budget.looks[-1]


def diagnostic_flags(folder: Path) -> dict[str, bool]:
    """Return which claims are diagnostic, by the stored results of a folder; nothing if there are none.

    Raise InputError if the file holds something else.
    """
    path = folder / LATEST
    if not path.is_file():
        return {}
    try:
        return {one["id"]: bool(one["diagnostic"]) for one in read_records(path.read_text(encoding="utf-8"))}
    except (ValueError, KeyError):
        text = "these are no results of qsim claims; `make claims` writes them anew"
        raise InputError([Message(file_name(path, CLAIMS), None, None, "", text)]) from None


def rivals_record(results: Iterable[RivalResult], diagnostic: Mapping[str, bool]) -> Record:
    """Return the models and what came out of each claim in each of them; a diagnostic flag that is not known is None."""
    return {"models": _models(), "claims": [_claim(result, diagnostic) for result in results]}


def read_rivals(text: str) -> Record:
    """Return what ``qsim claims --rivals --json`` printed; raise ValueError if the text is something else."""
    result = json.loads(text)
    if not isinstance(result, dict) or not result.keys() >= {"models", "claims"}:
        raise ValueError("these are no results of qsim claims --rivals")
    return result


def store_rivals(store: Store, record: Record) -> None:
    """Write the table ``claims_rivals``: one row a claim and model."""
    rows = [
        {
            **{name: value for name, value in claim.items() if name != "trials"},
            "model": name,
            **{key: math.nan if value is None else value for key, value in trial.items()},
        }
        for claim in record["claims"]
        for name, trial in claim["trials"].items()
    ]
    if rows:
        store.append("claims_rivals", pd.DataFrame(rows))


def _models() -> list[Record]:
    full: dict[str, Any] = {"name": FULL_MODEL, "label": FULL_LABEL.model_dump(include={"de", "en"}), "says": None}
    rivals = [
        {
            "name": rival.name,
            "label": rival.label.model_dump(include={"de", "en"}),
            "says": rival.says.model_dump(include={"de", "en"}),
            "source": rival.source,
            "off": list(rival.off),
            "parameters": dict(rival.parameters),
            "scenario": dict(rival.scenario),
        }
        for rival in RIVALS
    ]
    return [{**full, "source": "", "off": [], "parameters": {}, "scenario": {}}, *rivals]


def _claim(result: RivalResult, diagnostic: Mapping[str, bool]) -> Record:
    claim = result.loaded.claim
    return {
        "id": claim.id,
        "kind": claim.test,
        "group": result.loaded.group,
        "held_out": is_held_out(claim.statements[0]),
        "diagnostic": diagnostic.get(claim.id),
        "measure": claim.measure,
        "trials": {
            name: {
                "outcome": trial.outcome,
                "effect": trial.effect,
                "low": trial.low,
                "high": trial.high,
                "runs": trial.runs,
            }
            for name, trial in result.trials.items()
        },
    }


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


def model_counts(record: Record, model: str) -> ModelCounts:
    """Return how a model did."""
    claims = record["claims"]
    known = bool(claims) and all(one["diagnostic"] is not None for one in claims)
    diagnostic = [one for one in claims if one["diagnostic"]]
    return ModelCounts(
        _count(claims, model),
        _count([one for one in claims if one["kind"] == "equivalence"], model),
        _count(diagnostic, model) if known else None,
        _count([one for one in diagnostic if one["held_out"]], model) if known else None,
    )


def passed(record: Record, model: str) -> list[str]:
    """Return the tests that a model passes, by id."""
    return [one["id"] for one in record["claims"] if _passes(one, model)]


def only_rival(record: Record, rival: str) -> list[str]:
    """Return the tests that a rival passes and the full model does not."""
    full = {*passed(record, FULL_MODEL)}
    return [name for name in passed(record, rival) if name not in full]


def not_rival(record: Record, rival: str) -> list[str]:
    """Return the tests that the full model passes and a rival does not."""
    there = {*passed(record, rival)}
    return [name for name in passed(record, FULL_MODEL) if name not in there]


def only_full(record: Record) -> list[str]:
    """Return the tests that the full model passes and no rival does."""
    others = {name for model in rival_names(record) for name in passed(record, model)}
    return [name for name in passed(record, FULL_MODEL) if name not in others]


def rival_names(record: Record) -> list[str]:
    """Return the names of the rivals."""
    return [model["name"] for model in record["models"] if model["name"] != FULL_MODEL]


def groups_as_good(record: Record, rival: str, diagnostic: bool = False) -> list[GroupCount]:
    """Return the groups of statements in which a rival passes as many tests as the full model, or more.

    ``diagnostic`` counts only diagnostic tests. Groups in which neither passes any are left out.
    """
    result = []
    for letter in all_groups():
        claims = [one for one in record["claims"] if one["group"] == letter and (one["diagnostic"] or not diagnostic)]
        full, other = (_count(claims, model).expected for model in (FULL_MODEL, rival))
        if other >= full and other > 0:
            result.append(GroupCount(letter, len(claims), full, other))
    return result


def _passes(claim: Record, model: str) -> bool:
    return bool(claim["trials"][model]["outcome"] == "expected")


def _count(claims: Sequence[Record], model: str) -> Count:
    return count(one["trials"][model] for one in claims)
