"""Evaluates claims: twin worlds in plausible settings, the same without the mechanism, and the additive scorecard."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from qsim.claims.loading import Ledger, LoadedClaim
from qsim.claims.outcomes import (
    NOT_APPLICABLE,
    Trial,
    contrast_trial,
    interval_outcome,
    is_settled,
    on_both_scales,
    share_trial,
)
from qsim.claims.results import ClaimResult, claim_result
from qsim.claims.runs import Runs, Wanted, WorldKey, world_key
from qsim.claims.scales import contrast_on, relevant_on
from qsim.claims.schema import Claim
from qsim.claims.scorecard import scorecard_contrasts
from qsim.claims.terms import LOG, measures_of, readings_by_world, scales_of, terms_of
from qsim.claims.variants import (
    AS_IT_IS,
    Cause,
    Variant,
    candidates,
    divergence_rule,
    find_cause,
    switched_off,
)
from qsim.engine.prepare import prepare
from qsim.engine.rows import TWINS
from qsim.runs.manifest import Manifest, make_manifest
from qsim.runs.readings import MEASURES, Array, Reading
from qsim.runs.standards import Standards
from qsim.scenario.loading import load_scenario
from qsim.scenario.schema import Scenario

SAME = 1e-9
"""Differences of the scorecard below this are none."""


@dataclass(frozen=True)
class Budget:
    """How much is run: numbers of settings at which a test is looked at, and settings in which a cause is sought.

    ``variants`` is in how many variants of the model a test is looked at, at most.
    """

    looks: tuple[int, ...]
    cause: int = 0
    variants: int = 2


QUICK = Budget(looks=(20, 40, 100), cause=4)
FULL = Budget(looks=(100, 200, 400), cause=20)


def is_fair(claim: Claim, unequal: float) -> bool:
    """Return whether worlds that differ so much in what they cost, as a share, cost the same where they must."""
    return claim.equal is None or unequal <= claim.equal.within


def readings_of(claims: Sequence[LoadedClaim]) -> tuple[dict[WorldKey, Scenario], dict[WorldKey, tuple[Reading, ...]]]:
    """Return the different worlds of claims, and what is read from each."""
    worlds: dict[WorldKey, Scenario] = {}
    readings: dict[WorldKey, dict[Reading, None]] = {}
    for loaded in claims:
        for name, scenario in loaded.worlds.items():
            key = world_key(scenario)
            worlds.setdefault(key, scenario)
            readings.setdefault(key, {}).update(readings_by_world(loaded.claim)[name])
    return worlds, {key: tuple(wanted) for key, wanted in readings.items()}


def most_runs(claims: Sequence[LoadedClaim], budget: Budget) -> int:
    """Return how many runs claims take at most, one by one."""
    return sum(len(loaded.worlds) for loaded in claims) * budget.variants * budget.looks[-1] * TWINS


def evaluate(claims: Sequence[LoadedClaim], runs: Runs, budget: Budget) -> Iterator[ClaimResult]:
    """Yield the result of one claim after another; ``runs`` must know their worlds and readings."""
    for loaded in claims:
        yield _Evaluation(loaded, runs, budget).result()


def trials_in(loaded: LoadedClaim, runs: Runs, budget: Budget, variants: Mapping[str, Variant]) -> dict[str, Trial]:
    """Return the trial of a claim in each variant, by name: unresolved where worlds that must cost the same do not."""
    return _Evaluation(loaded, runs, budget).trials(variants)


def relevant_difference(loaded: LoadedClaim) -> float:
    """Return the smallest relevant difference of a claim: its own, or the largest of its measures; NaN for an existence.

    On the log scale it is that of the logarithms, of 5 % ln 1.05.
    """
    if loaded.claim.exists is not None:
        return math.nan
    if loaded.claim.relevant is not None:
        return math.log1p(loaded.claim.relevant) if scales_of(loaded.claim) == (LOG,) else loaded.claim.relevant
    first = prepare(next(iter(loaded.worlds.values())))
    return max(Standards().smallest_relevant(MEASURES[name], first) for name in measures_of(loaded.claim))


def scorecard_trial(loaded: LoadedClaim) -> Trial:
    """Return what a claim shows in the additive scorecard, which needs no run: whether it gives the test."""
    scores = scorecard_contrasts(loaded.claim, loaded.worlds)
    if not scores:
        return NOT_APPLICABLE
    effect = min(scores)
    return Trial(interval_outcome(effect, effect, SAME, loaded.claim.test), effect, effect, effect, math.nan, 0)


def values_trial(claim: Claim, values: Mapping[str, Array], relevant: float) -> Trial:
    """Return what the values (settings, twins) of a claim's terms, by their text, show on each of its scales."""
    if claim.exists is not None:
        return share_trial(values[claim.exists.world], claim.exists.above, claim.exists.in_share)
    return on_both_scales({
        scale: contrast_trial(
            np.stack([contrast_on(scale, values, weights) for weights in claim.expected]),
            max(relevant_on(scale, relevant, values, weights) for weights in claim.expected),
            claim.test,
        )
        for scale in scales_of(claim)
    })  # fmt: skip


class _Evaluation:
    """The evaluation of one claim."""

    def __init__(self, loaded: LoadedClaim, runs: Runs, budget: Budget) -> None:
        self.loaded, self.claim, self.runs, self.budget = loaded, loaded.claim, runs, budget
        self.keys = {name: world_key(scenario) for name, scenario in loaded.worlds.items()}
        self.relevant = relevant_difference(loaded)
        self.terms = terms_of(self.claim)

    def result(self) -> ClaimResult:
        variants = {"as it is": AS_IT_IS, "off": switched_off(self.claim.mechanism)}
        trials = self.trials(variants)
        trial, opposite = trials["as it is"], trials["as it is"].outcome == "opposite"
        cause = self._cause(trial) if opposite and self.claim.exists is None else None
        fair = is_fair(self.claim, self._unequal(trial.settings, AS_IT_IS))
        return claim_result(self.loaded, self.relevant, trial, trials["off"], scorecard_trial(self.loaded), cause, fair)

    def trials(self, variants: Mapping[str, Variant]) -> dict[str, Trial]:
        """Return the trial in each variant, all started side by side."""
        second = self.budget.looks[min(1, len(self.budget.looks) - 1)]  # without it no variant is decided
        self.runs.fill([Wanted(key, variant, second) for variant in variants.values() for key in self.keys.values()])
        found = self._decided(variants)
        for name, trial in found.items():
            if not is_fair(self.claim, self._unequal(trial.settings, variants[name])):
                found[name] = replace(trial, outcome="unresolved")
        return {name: found[name] for name in variants}

    def _decided(self, variants: Mapping[str, Variant]) -> dict[str, Trial]:
        """Return the trial in each variant: after the second look in a row with the same outcome, or the last look."""
        trials: dict[str, Trial] = {}
        undecided = dict(variants)
        for look in self.budget.looks:
            self.runs.fill([Wanted(key, one, look) for one in undecided.values() for key in self.keys.values()])
            for name, variant in list(undecided.items()):
                trial = values_trial(self.claim, self._values(variant, look), self.relevant)
                before = trials.get(name)
                trials[name] = trial
                if before is not None and before.outcome == trial.outcome and is_settled(before) and is_settled(trial):
                    del undecided[name]
        return trials

    def _values(self, variant: Variant, settings: int) -> dict[str, Array]:
        """Return the values of each term (settings, twins), by its text."""
        wanted = {name: Wanted(key, variant, settings) for name, key in self.keys.items()}
        self.runs.fill(wanted.values())
        return {text: self.runs.values(wanted[term.world], term.reading) for text, term in self.terms.items()}

    def _unequal(self, settings: int, variant: Variant) -> float:
        """Return the largest difference of what the worlds cost, as a share of the largest; NaN if it may differ."""
        if self.claim.equal is None:
            return math.nan
        reading = Reading(self.claim.equal.measure)
        settings = max(settings, self.budget.looks[0])
        costs = [float(np.nanmean(self.runs.values(Wanted(key, variant, settings), reading)))
                 for key in self.keys.values()]  # fmt: skip
        return (max(costs) - min(costs)) / max(costs) if max(costs) > 0 else 0.0

    def _cause(self, trial: Trial) -> Cause | None:
        """Return the rule behind a contradiction."""
        measures, settings, scale = measures_of(self.claim), self.budget.cause, scales_of(self.claim)[0]
        variants = [Variant(off=(rule,)) for rule in candidates(measures)]
        self.runs.fill([Wanted(key, variant, settings) for variant in variants for key in self.keys.values()])
        weights = self.claim.expected[trial.weakest]

        def weakest(variant: Variant) -> Array:
            return contrast_on(scale, self._values(variant, settings), weights)

        result = find_cause(measures, weakest, self.relevant, 0.0 if self.claim.test == "equivalence" else math.inf)
        of_worlds: dict[str, float] = {}
        for text, weight in weights.items():
            of_worlds[self.terms[text].world] = of_worlds.get(self.terms[text].world, 0.0) + weight
        first = divergence_rule(of_worlds, self.loaded.worlds, self.runs.seed)
        return None if result is None else replace(result, first=first)


def claims_manifest(
    ledger: Ledger,
    chosen: Sequence[LoadedClaim],
    budget: Budget,
    seed: int,
    command: str = "",
    texts: Mapping[str, str] | None = None,
) -> Manifest:
    """Return the manifest of some claims of a ledger; other claims files, another choice or ``texts`` make another plan."""
    bases = {
        str(world.get("scenario", loaded.claim.base)) for loaded in chosen for world in loaded.claim.worlds.values()
    }
    choice = {"chosen claims": "\n".join(loaded.claim.id for loaded in chosen)}
    return make_manifest(
        "claims",
        [load_scenario(name) for name in sorted(bases)],
        seed=seed,
        replications=TWINS,
        settings=budget.looks[-1],
        plausible=True,
        command=command,
        texts={**ledger.texts, **choice, **(texts or {})},
    )
