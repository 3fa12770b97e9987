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

from qsim.claims.loading import LoadedClaim
from qsim.claims.outcomes import Outcome, Trial, bound, trial_numbers
from qsim.claims.schema import CLAIMS, Claim, TestKind
from qsim.claims.terms import LOG, measures_of, scales_of, terms_of
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
COUNTED: tuple[Outcome, ...] = ("expected", "negligible", "opposite", "depends_on_scale", "unresolved")
AS_WRITTEN = ("statements", "section", "key_phrase", "text", "literal", "at", "because", "changed")
"""What a result has from the claims file as it stands there."""


@dataclass(frozen=True)
class ClaimResult:
    """What came out of a claim, as JSON holds it; what is missing is NaN there.

    ``scale`` is that of ``effect``, ``low``, ``high`` and ``relevant``; ``scales`` holds the trials on each scale of a test
    that has two. ``agree`` is the share of settings that agree with what is expected. ``beyond_scorecard``: the additive
    ``scorecard`` does not give the test; ``needs_mechanism``: it is not as expected with the mechanism ``off``. ``fair``: the
    worlds cost the same, where they must.
    """

    id: str
    kind: TestKind
    test: str
    outcome: Outcome
    effect: Real
    low: Real
    high: Real
    agree: Real
    settings: int
    beyond_scorecard: bool
    needs_mechanism: bool
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
    scale: str
    relevant: Real
    chance: Real
    scales: dict[str, Trial]
    off: Trial
    scorecard: Trial
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
    off: Trial,
    scorecard: Trial,
    cause: Cause | None,
    fair: bool,
) -> ClaimResult:
    """Return the result of a claim from its trials: as it is, with the mechanism off and in the scorecard."""
    claim = loaded.claim
    return ClaimResult(
        id=claim.id,
        kind=claim.test,
        test=formula(claim, relevant),
        beyond_scorecard=scorecard.outcome != "expected",
        needs_mechanism=off.outcome != "expected",
        held_out=loaded.held_out,
        group=loaded.group,
        measure=measures_of(claim)[0],
        cluster=claim.cluster or claim.id,
        scale=scales_of(claim)[0],
        relevant=relevant,
        chance=trial.chance,
        scales=trial.scales,
        off=off,
        scorecard=scorecard,
        mechanism=claim.mechanism.rule or claim.mechanism.parameter or "",
        fair=fair,
        cause=cause,
        **trial_numbers(trial),
        **{name: getattr(claim, name) for name in AS_WRITTEN},
    )


def formula(claim: Claim, relevant: float) -> str:
    """Return the test as a formula: ``joint_practice, last_year: small - large > 0.0125``.

    Before the colon stand the measure and time of the terms that name none themselves.
    """
    terms = terms_of(claim).values()
    measure = [claim.measure] if any(not term.own_measure for term in terms) else []
    at = [claim.at] if any(not term.own_time for term in terms) else []
    what = ", ".join([*measure, *at, *(["logarithms"] if scales_of(claim) == (LOG,) else [])]) + ": "
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
    """How many tests came out how; ``expected_share`` and ``opposite_share`` are shares of all of them.

    What depends on the scale counts neither way.
    """

    tests: int
    expected: int
    negligible: int
    opposite: int
    depends_on_scale: int
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

    ``beyond_scorecard`` are the tests that the additive scorecard does not give, the headline; ``needing_mechanism`` those of
    them that need their mechanism, ``held_out`` those of them that are held out. ``clusters`` of near-duplicates count once;
    ``discovered`` is how many of them hold a test as expected at a false discovery rate of 5 %.
    """

    beyond_scorecard: Count
    needing_mechanism: Count
    held_out: Count
    every: Count
    passed_by_scorecard: int
    scorecard_says: int
    clusters: int
    discovered: int


def summary(records: Sequence[ClaimResult]) -> Summary:
    """Return what results add up to."""
    beyond = [one for one in records if one.beyond_scorecard]
    scored = [one.scorecard.outcome for one in records]
    chances = cluster_chances(records)
    return Summary(
        beyond_scorecard=count(beyond),
        needing_mechanism=count(one for one in beyond if one.needs_mechanism),
        held_out=count(one for one in beyond if one.held_out),
        every=count(records),
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
    """Write the tables ``claims``, one row a claim, and ``claims_trials``, one row a claim and way in which it was looked at."""
    if not results:
        return
    nested = ("scales", "off", "scorecard", "cause", "statements", "text", "because", "changed")
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
    trials = [{"id": one.id, "trial": name, **trial_numbers(trial)}
              for one in results for name, trial in _trials(one).items()]  # fmt: skip
    store.append("claims_trials", pd.DataFrame(trials))


def _trials(one: ClaimResult) -> dict[str, Trial]:
    """Return the trials besides the one that is told, by name: on each of two scales, without the mechanism, in the scorecard."""
    return {**one.scales, "off": one.off, "scorecard": one.scorecard}
