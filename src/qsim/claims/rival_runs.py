"""Claims in the full model and in its rivals: the same tests on the same luck, as records that JSON holds."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from qsim.claims.discovery import LATEST, shown_name
from qsim.claims.evaluation import FULL, Budget, trials_in
from qsim.claims.loading import LoadedClaim
from qsim.claims.outcomes import Trial
from qsim.claims.results import Record, read_records
from qsim.claims.rivals import FULL_LABEL, FULL_MODEL, RIVALS, models
from qsim.claims.runs import Runs
from qsim.claims.statements import is_held_out
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
        raise InputError([Message(shown_name(path), None, None, "", text)]) from None


def rivals_record(results: Iterable[RivalResult], diagnostic: Mapping[str, bool]) -> Record:
    """Return the models and what came out of each claim in each of them; a diagnostic flag that is not known is None."""
    return {"models": _models(), "claims": [_claim(result, diagnostic) for result in results]}


def read_rivals(text: str) -> Record:
    """Return what ``qsim claims --rivals --json`` printed; raise ValueError if the text is something else."""
    found = json.loads(text)
    if not isinstance(found, dict) or not found.keys() >= {"models", "claims"}:
        raise ValueError("these are no results of qsim claims --rivals")
    return found


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
