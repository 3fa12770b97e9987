"""The results of a ledger as records and tables, and what they add up to: counts and the false discovery rate."""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar, cast

import pandas as pd

from qsim.claims.held_out import is_held_out
from qsim.claims.loading import LoadedClaim
from qsim.claims.outcomes import Outcome, Trial, bound, trial_numbers
from qsim.claims.schema import CLAIMS, Claim, TestKind
from qsim.claims.terms import as_ratios, measures_of, terms_of
from qsim.claims.variants import Cause
from qsim.files.kinds import file_name
from qsim.files.messages import InputError
from qsim.files.opening import read_utf8
from qsim.runs.store import Store
from qsim.runs.to_json import Real, from_json
from qsim.scenario.labels import Label

Kind = TypeVar("Kind")

EVALUATOR = 2
"""The version of the way in which claims are tested; results of another version are old."""
DISCOVERY_RATE = 0.05
MAIN_WIDTH = 1.0
COUNTED: tuple[Outcome, ...] = ("expected", "negligible", "opposite", "unresolved")
AS_WRITTEN = ("statements", "section", "key_phrase", "text", "literal", "at", "because", "changed")
"""What a result has from the claims file as it stands there."""


@dataclass(frozen=True)
class ClaimResult:
    """What came out of a claim, as JSON holds it; what is missing is NaN there.

    ``shares`` holds the shares of plausible settings by outcome, by width as text; ``share_expected`` and its like are
    those of the whole width. ``severity`` holds the trials without the mechanism, with it reversed and in the additive
    scorecard. ``fair``: the worlds cost the same, where they must.
    """

    id: str
    kind: TestKind
    test: str
    outcome: Outcome
    effect: Real
    low: Real
    high: Real
    share_expected: Real
    diagnostic: bool
    held_out: bool
    group: str
    statements: tuple[str, ...]
    section: str
    key_phrase: str
    text: Label
    literal: bool
    cluster: str
    measure: str
    at: str
    relevant: Real
    runs: int
    chance: Real
    share_negligible: Real
    share_opposite: Real
    shares: dict[str, dict[str, Real]]
    severity: dict[str, Trial]
    mechanism: str
    because: Label | None
    fair: bool
    changed: tuple[Label, ...]
    cause: Cause | None


@dataclass(frozen=True)
class Results:
    """The results of claims as they are stored, and the version of the evaluator that gave them."""

    claims: tuple[ClaimResult, ...]
    evaluator: int = EVALUATOR


def stored(path: Path, kind: type[Kind]) -> Kind | None:
    """Return what is stored of a kind that has a field ``evaluator``: :class:`Results`, or rivals.

    None if nothing is, or what another version of the evaluator gave. Raise InputError if the file holds something else.
    """
    if not path.is_file():
        return None
    text = read_utf8(path, file_name(path, CLAIMS))
    try:
        found = json.loads(text)
        if not isinstance(found, dict) or found.get("evaluator") != EVALUATOR:
            return None
        return cast("Kind", from_json(text, kind))
    except ValueError:
        text = "these are no results of qsim claims; `make claims` writes them anew"
        raise InputError.about(file_name(path, CLAIMS), text) from None


def claim_result(
    loaded: LoadedClaim,
    relevant: float,
    trial: Trial,
    severity: dict[str, Trial],
    shares: dict[float, dict[str, float]],
    cause: Cause | None,
    fair: bool,
) -> ClaimResult:
    """Return the result of a claim: a test is diagnostic if only the mechanism lets it come out as expected."""
    claim, main = loaded.claim, shares.get(MAIN_WIDTH, {})
    return ClaimResult(
        id=claim.id,
        kind=claim.test,
        test=formula(claim, relevant),
        outcome=trial.outcome,
        effect=trial.effect,
        low=trial.low,
        high=trial.high,
        diagnostic=all(one.outcome != "expected" for one in severity.values()),
        held_out=is_held_out(claim.statements[0]),
        group=loaded.group,
        measure=measures_of(claim)[0],
        cluster=claim.cluster or claim.id,
        relevant=relevant,
        runs=trial.runs,
        chance=trial.chance,
        share_expected=main.get("expected", math.nan),
        share_negligible=main.get("negligible", math.nan),
        share_opposite=main.get("opposite", math.nan),
        shares={f"{width:g}": one for width, one in shares.items()},
        severity=severity,
        mechanism=claim.mechanism.rule or claim.mechanism.parameter or "",
        fair=fair,
        cause=cause,
        **{name: getattr(claim, name) for name in AS_WRITTEN},
    )


def formula(claim: Claim, relevant: float) -> str:
    """Return the test as a formula: ``joint_practice, last_year: small - large > 0.0125``.

    Before the colon stand the measure and time of the terms that name none themselves.
    """
    terms = terms_of(claim).values()
    measure = [claim.measure] if any(not term.own_measure for term in terms) else []
    at = [claim.at] if any(not term.own_time for term in terms) else []
    what = ", ".join([*measure, *at, *(["logarithms"] if as_ratios(claim) else [])]) + ": "
    if claim.exists is not None:
        low, high = claim.exists.in_share
        return f"{what}{low:g} to {high:g} of the runs of {claim.exists.world} > {claim.exists.above:g}"
    sums = [_sum_text(contrast) for contrast in claim.expected]
    if claim.test == "equivalence":
        return f"{what}|{sums[0]}| <= {relevant:g}"
    return what.removeprefix(": ") + "; ".join(f"{text} > {bound(relevant, claim.test):g}" for text in sums)


def _sum_text(contrast: dict[str, float]) -> str:
    text = ""
    for name, weight in sorted(contrast.items(), key=lambda entry: entry[1] < 0):
        size = name if abs(weight) == 1 else f"{abs(weight):g} {name}"
        text += f" {'-' if weight < 0 else '+'} {size}" if text else f"{'-' if weight < 0 else ''}{size}"
    return text


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


def summary(records: Sequence[ClaimResult]) -> Summary:
    """Return what results add up to; held-out themes and the others are counted among the diagnostic tests."""
    diagnostic = [one for one in records if one.diagnostic]
    scored = [one.severity["scorecard"].outcome for one in records]
    chances = cluster_chances(records)
    return Summary(
        every=count(records),
        diagnostic=count(diagnostic),
        held_out=count(one for one in diagnostic if one.held_out),
        not_held_out=count(one for one in diagnostic if not one.held_out),
        passed_by_scorecard=scored.count("expected"),
        scorecard_says=len(scored) - scored.count("not_applicable"),
        clusters=len(chances),
        discovered=len(discoveries(chances)),
    )


def count(records: Iterable[ClaimResult | Trial]) -> Count:
    """Return how many results came out how."""
    outcomes = [one.outcome for one in records]
    return Count(len(outcomes), *(outcomes.count(name) for name in COUNTED))


def cluster_chances(records: Sequence[ClaimResult]) -> dict[str, float]:
    """Return the chance of each cluster of tests if none of it were as expected (Simes)."""
    clusters: dict[str, list[float]] = defaultdict(list)
    for one in records:
        clusters[one.cluster].append(one.chance)
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
    if not results:
        return
    nested = ("shares", "severity", "cause", "statements", "text", "because", "changed")
    rows = [
        {
            **{name: value for name, value in vars(one).items() if name not in nested},
            "statements": " ".join(one.statements),
            "cause_rule": "" if one.cause is None else one.cause.rule,
            "cause_effect": math.nan if one.cause is None else one.cause.effect,
        }
        for one in results
    ]
    store.append("claims", pd.DataFrame(rows))
    settings = [{"id": one.id, "width": float(width), **shares}
                for one in results for width, shares in one.shares.items()]  # fmt: skip
    store.append("claims_settings", pd.DataFrame(settings))
    severity = [{"id": one.id, "variant": name, **trial_numbers(trial)}
                for one in results for name, trial in one.severity.items()]  # fmt: skip
    store.append("claims_severity", pd.DataFrame(severity))
