"""The results of a ledger as records and tables, and what they add up to: counts and the false discovery rate."""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from qsim.claims.evaluation import ClaimResult
from qsim.claims.outcomes import Trial
from qsim.claims.schema import Claim
from qsim.runs.store import Store

Record = dict[str, Any]
"""A result as JSON holds it."""

DISCOVERY_RATE = 0.05
MAIN_WIDTH = 1.0
COUNTED = ("expected", "negligible", "opposite", "unresolved")


def record(result: ClaimResult) -> Record:
    """Return a result as JSON holds it; what is missing is NaN, shares are of plausible settings."""
    claim = result.claim
    main = result.shares.get(MAIN_WIDTH, {})
    return {
        "id": claim.id,
        "kind": claim.test,
        "test": formula(claim, result.relevant),
        "outcome": result.trial.outcome,
        "effect": result.trial.effect,
        "low": result.trial.low,
        "high": result.trial.high,
        "share_expected": main.get("expected"),
        "diagnostic": result.diagnostic,
        "held_out": result.held_out,
        "group": result.loaded.group,
        "statements": list(claim.statements),
        "section": claim.section,
        "key_phrase": claim.key_phrase,
        "text": {"de": claim.text.de, "en": claim.text.en},
        "literal": claim.literal,
        "cluster": claim.cluster or claim.id,
        "measure": claim.measure,
        "at": claim.at,
        "relevant": result.relevant,
        "runs": result.trial.runs,
        "chance": result.trial.chance,
        "share_negligible": main.get("negligible"),
        "share_opposite": main.get("opposite"),
        "shares": {f"{width:g}": shares for width, shares in result.shares.items()},
        "severity": {name: _trial_record(trial) for name, trial in trials(result).items()},
        "mechanism": mechanism_text(claim),
        "because": None if claim.because is None else {"de": claim.because.de, "en": claim.because.en},
        "fair": result.fair,
        "changed": [{"de": one.de, "en": one.en} for one in claim.changed],
        "cause": None if result.cause is None else {**result.cause.__dict__, "others": list(result.cause.others)},
    }


def read_records(text: str) -> list[Record]:
    """Return the results that ``qsim claims --json`` printed; raise ValueError if the text is something else."""
    result = json.loads(text)
    if not isinstance(result, list) or not all(isinstance(one, dict) and "outcome" in one for one in result):
        raise ValueError("these are no results of qsim claims")
    return [_known_again(one) for one in result]


def _known_again(content: Any) -> Any:
    """Return content with NaN where JSON has null for a number."""
    if isinstance(content, dict):
        return {name: value if name in ("cause", "because", "first") and value is None else _known_again(value)
                for name, value in content.items()}  # fmt: skip
    if isinstance(content, list):
        return [_known_again(one) for one in content]
    return math.nan if content is None else content


def trials(result: ClaimResult) -> dict[str, Trial]:
    """Return the trials in the variants of the model by name."""
    return {"off": result.off, "reversed": result.reversed, "scorecard": result.scorecard}


def _trial_record(trial: Trial) -> Record:
    return {"outcome": trial.outcome, "effect": trial.effect, "low": trial.low, "high": trial.high, "runs": trial.runs}


def formula(claim: Claim, relevant: float) -> str:
    """Return the test as a formula: ``joint_practice, last_year: small - large > 0.0125``."""
    what = f"{claim.measure}, {claim.at}: "
    if claim.exists is not None:
        low, high = claim.exists.in_share
        return f"{what}{low:g} to {high:g} of the runs of {claim.exists.world} > {claim.exists.above:g}"
    sums = [_sum_text(contrast) for contrast in claim.expected]
    if claim.test == "equivalence":
        return f"{what}|{sums[0]}| <= {relevant:g}"
    return what + "; ".join(f"{text} > {relevant:g}" for text in sums)


def _sum_text(contrast: dict[str, float]) -> str:
    text = ""
    for name, weight in sorted(contrast.items(), key=lambda entry: entry[1] < 0):
        size = name if abs(weight) == 1 else f"{abs(weight):g} {name}"
        text += f" {'-' if weight < 0 else '+'} {size}" if text else f"{'-' if weight < 0 else ''}{size}"
    return text


def mechanism_text(claim: Claim) -> str:
    """Return what is said to bring an effect about: ``rule`` or ``rule.parameter``."""
    return claim.mechanism.rule or claim.mechanism.parameter or ""


@dataclass(frozen=True)
class Count:
    """How many tests came out how; ``expected_share`` and ``opposite_share`` are shares of all of them."""

    tests: int
    expected: int
    negligible: int
    opposite: int
    unresolved: int

    @property
    def expected_share(self) -> float:
        """The share as expected, NaN without tests."""
        return self.expected / self.tests if self.tests else math.nan

    @property
    def opposite_share(self) -> float:
        """The share that is opposite, NaN without tests."""
        return self.opposite / self.tests if self.tests else math.nan


@dataclass(frozen=True)
class Summary:
    """What a ledger adds up to.

    ``clusters`` of near-duplicates count once; ``discovered`` is how many of them hold a test as expected at a false
    discovery rate of 5 %.
    """

    every: Count
    diagnostic: Count
    held_out: Count
    not_held_out: Count
    passed_by_scorecard: int
    scorecard_says: int
    clusters: int
    discovered: int


def summary(records: Sequence[Record]) -> Summary:
    """Return what results add up to; held-out themes and the others are counted among the diagnostic tests."""
    diagnostic = [one for one in records if one["diagnostic"]]
    scored = [one["severity"]["scorecard"]["outcome"] for one in records]
    chances = cluster_chances(records)
    return Summary(
        every=count(records),
        diagnostic=count(diagnostic),
        held_out=count(one for one in diagnostic if one["held_out"]),
        not_held_out=count(one for one in diagnostic if not one["held_out"]),
        passed_by_scorecard=scored.count("expected"),
        scorecard_says=len(scored) - scored.count("not_applicable"),
        clusters=len(chances),
        discovered=len(discoveries(chances)),
    )


def count(records: Iterable[Record]) -> Count:
    """Return how many results came out how."""
    outcomes = [one["outcome"] for one in records]
    return Count(len(outcomes), *(outcomes.count(name) for name in COUNTED))


def cluster_chances(records: Sequence[Record]) -> dict[str, float]:
    """Return the chance of each cluster of tests if none of it were as expected (Simes)."""
    clusters: dict[str, list[float]] = defaultdict(list)
    for one in records:
        clusters[one["cluster"]].append(one["chance"])
    return {
        name: min(len(chances) * chance / rank for rank, chance in enumerate(sorted(chances), 1))
        for name, chances in clusters.items()
    }


def discoveries(chances: dict[str, float], rate: float = DISCOVERY_RATE) -> list[str]:
    """Return the clusters that hold at a false discovery rate (Benjamini and Hochberg), the surest first."""
    ordered = sorted(chances, key=lambda name: chances[name])
    kept = 0
    for rank, name in enumerate(ordered, 1):
        if chances[name] <= rate * rank / len(ordered):
            kept = rank
    return ordered[:kept]


def store_results(store: Store, results: Sequence[ClaimResult]) -> None:
    """Write the tables ``claims``, ``claims_settings`` and ``claims_severity``: one row a claim, width or variant."""
    written = [(result, record(result)) for result in results]
    if not written:
        return
    nested = ("shares", "severity", "cause", "statements", "text", "because", "changed")
    rows = [
        {
            **{name: value for name, value in one.items() if name not in nested},
            "statements": " ".join(one["statements"]),
            "cause_rule": "" if result.cause is None else result.cause.rule,
            "cause_effect": math.nan if result.cause is None else result.cause.effect,
        }
        for result, one in written
    ]
    store.append("claims", pd.DataFrame(rows))
    settings = [{"id": one["id"], "width": float(width), **shares}
                for _, one in written for width, shares in one["shares"].items()]  # fmt: skip
    store.append("claims_settings", pd.DataFrame(settings))
    severity = [{"id": one["id"], "variant": name, **trial}
                for _, one in written for name, trial in one["severity"].items()]  # fmt: skip
    store.append("claims_severity", pd.DataFrame(severity))
