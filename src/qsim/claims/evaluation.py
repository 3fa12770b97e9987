"""Evaluates claims: twin worlds over their draws and over plausible settings, and again with the mechanism off and reversed."""

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
    settings_outcomes,
    share_trial,
)
from qsim.claims.results import ClaimResult, claim_result
from qsim.claims.runs import Runs, Wanted, WorldKey, world_key
from qsim.claims.schema import Claim
from qsim.claims.scorecard import scorecard_contrasts
from qsim.claims.terms import as_ratios, measures_of, readings_by_world, terms_of
from qsim.claims.variants import (
    AS_IT_IS,
    Cause,
    Variant,
    candidates,
    divergence_rule,
    find_cause,
    switched_off,
    turned_round,
)
from qsim.engine.prepare import prepare
from qsim.runs.manifest import Manifest, make_manifest
from qsim.runs.readings import MEASURES, Array, Reading
from qsim.runs.standards import Standards
from qsim.scenario.loading import load_scenario
from qsim.scenario.schema import Scenario

WIDTHS = (0.25, 0.5, 1.0)
"""Shares of the plausible ranges from which settings are drawn."""

SAME = 1e-9
"""Differences of the scorecard below this are none."""


@dataclass(frozen=True)
class Budget:
    """How much is run: numbers of twin runs at which a test is looked at, settings, and replicates in each of them.

    ``variants`` is in how many variants of the model a test is looked at, at most.
    """

    looks: tuple[int, ...]
    settings: int
    replicates: int
    cause_runs: int
    variants: int = 3


QUICK = Budget(looks=(16, 32, 64, 128), settings=20, replicates=2, cause_runs=16)
FULL = Budget(looks=(50, 100, 200, 400, 800), settings=100, replicates=4, cause_runs=64)


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
    worlds = sum(len(loaded.worlds) for loaded in claims)
    return worlds * (budget.variants * budget.looks[-1] + len(WIDTHS) * budget.settings * budget.replicates)


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
        return math.log1p(loaded.claim.relevant) if as_ratios(loaded.claim) else loaded.claim.relevant
    first = prepare(next(iter(loaded.worlds.values())))
    return max(Standards().smallest_relevant(MEASURES[name], first) for name in measures_of(loaded.claim))


def contrasts_of(claim: Claim, values: Mapping[str, Array]) -> Array:
    """Return the contrasts (contrasts, ...) of a claim from the values of its terms, on the scale on which it compares."""
    with np.errstate(divide="ignore", invalid="ignore"):  # of nothing there is no ratio
        scaled = {text: np.log(one) for text, one in values.items()} if as_ratios(claim) else values
        return np.stack([sum((weight * scaled[text] for text, weight in contrast.items()), start=np.zeros(1))
                         for contrast in claim.expected])  # fmt: skip


class _Evaluation:
    """The evaluation of one claim."""

    def __init__(self, loaded: LoadedClaim, runs: Runs, budget: Budget) -> None:
        self.loaded, self.claim, self.runs, self.budget = loaded, loaded.claim, runs, budget
        self.keys = {name: world_key(scenario) for name, scenario in loaded.worlds.items()}
        self.relevant = relevant_difference(loaded)
        self.terms = terms_of(self.claim)

    def result(self) -> ClaimResult:
        mechanism = self.claim.mechanism
        variants = {"as it is": AS_IT_IS, "off": switched_off(mechanism)}
        turned = turned_round(mechanism)
        if turned is not None:
            variants["reversed"] = turned
        self._ahead([*variants.values()])
        trials = self._decided(variants)
        trial = trials["as it is"]
        fair = is_fair(self.claim, self._unequal(trial.runs, AS_IT_IS))
        return claim_result(
            self.loaded,
            self.relevant,
            trial if fair else _unfair(trial),
            {
                "off": trials["off"],
                "reversed": trials.get("reversed", NOT_APPLICABLE),
                "scorecard": self._scorecard(),
            },
            {width: self._shares(width) for width in WIDTHS},
            self._cause(trial) if trial.outcome == "opposite" and self.claim.exists is None else None,
            fair,
        )

    def trials(self, variants: Mapping[str, Variant]) -> dict[str, Trial]:
        self.runs.fill(self._in_any_case([*variants.values()]))
        result = {}
        for name, trial in self._decided(variants).items():
            unequal = self._unequal(trial.runs, variants[name])
            result[name] = trial if is_fair(self.claim, unequal) else _unfair(trial)
        return {name: result[name] for name in variants}

    def _ahead(self, variants: list[Variant]) -> None:
        """Start what is needed in any case side by side."""
        settings = (one for width in WIDTHS for one in self._settings(width).values())
        self.runs.fill([*self._in_any_case(variants), *settings])

    def _in_any_case(self, variants: list[Variant]) -> list[Wanted]:
        """Return the runs without which no variant is decided."""
        second = self.budget.looks[min(1, len(self.budget.looks) - 1)]
        return [Wanted(key, variant, second) for variant in variants for key in self.keys.values()]

    def _settings(self, width: float) -> dict[str, Wanted]:
        count = self.budget.settings * self.budget.replicates
        variant = Variant(width=width)
        return {name: Wanted(key, variant, count, self.budget.replicates) for name, key in self.keys.items()}

    def _decided(self, variants: Mapping[str, Variant]) -> dict[str, Trial]:
        """Return the trial in each variant: after the second look in a row with the same outcome, or the last look."""
        trials: dict[str, Trial] = {}
        undecided = dict(variants)
        for look in self.budget.looks:
            needed = [Wanted(key, variant, look) for variant in undecided.values() for key in self.keys.values()]
            self.runs.fill(needed)
            for name, variant in list(undecided.items()):
                trial = self._trial(variant, look)
                before = trials.get(name)
                trials[name] = trial
                stable = before is not None and before.outcome == trial.outcome != "unresolved"
                if stable or trial.outcome == "not_applicable":
                    del undecided[name]
        return trials

    def _trial(self, variant: Variant, count: int) -> Trial:
        values = self._values(variant, count)
        if variant.reversed and self._blown_up(values, count):
            return NOT_APPLICABLE
        if self.claim.exists is not None:
            return share_trial(values[self.claim.exists.world], self.claim.exists.above, self.claim.exists.in_share)
        return contrast_trial(contrasts_of(self.claim, values), self.relevant, self.claim.test)

    def _values(self, variant: Variant, count: int, replicates: int = 1) -> dict[str, Array]:
        """Return the values of each term (runs,), by its text."""
        wanted = {name: Wanted(key, variant, count, replicates) for name, key in self.keys.items()}
        self.runs.fill(wanted.values())
        return {text: self.runs.values(wanted[term.world], term.reading) for text, term in self.terms.items()}

    def _blown_up(self, values: dict[str, Array], count: int) -> bool:
        """Return whether numbers are not finite that are finite in the model as it is."""
        usual = self._values(AS_IT_IS, count)
        return any(np.isinf(values[name]).any() or np.isnan(values[name]).sum() > np.isnan(usual[name]).sum()
                   for name in values)  # fmt: skip

    def _shares(self, width: float) -> dict[str, float]:
        values = self._values(
            Variant(width=width), self.budget.settings * self.budget.replicates, self.budget.replicates
        )
        shape = (self.budget.settings, self.budget.replicates)
        if self.claim.exists is not None:
            world, (low, high) = values[self.claim.exists.world].reshape(shape), self.claim.exists.in_share
            share = (world > self.claim.exists.above).mean(axis=1)
            inside = float(((low <= share) & (share <= high)).mean())
            return {"expected": inside, "negligible": 0.0, "opposite": 1.0 - inside}
        means = np.stack([_mean_of_known(row.reshape(shape)) for row in contrasts_of(self.claim, values)])
        return settings_outcomes(means.min(axis=0), self.relevant, self.claim.test)

    def _scorecard(self) -> Trial:
        scores = scorecard_contrasts(self.claim, self.loaded.worlds)
        if not scores:
            return NOT_APPLICABLE
        effect = min(scores)
        return Trial(interval_outcome(effect, effect, SAME, self.claim.test), effect, effect, effect, 1)

    def _unequal(self, count: int, variant: Variant) -> float:
        """Return the largest difference of what the worlds cost, as a share of the largest; NaN if it may differ."""
        if self.claim.equal is None:
            return math.nan
        reading = Reading(self.claim.equal.measure)
        costs = [float(np.nanmean(self.runs.values(Wanted(key, variant, max(count, self.budget.looks[0])), reading)))
                 for key in self.keys.values()]  # fmt: skip
        return (max(costs) - min(costs)) / max(costs) if max(costs) > 0 else 0.0

    def _cause(self, trial: Trial) -> Cause | None:
        """Return the rule behind a contradiction."""
        count = self.budget.cause_runs
        measures = measures_of(self.claim)
        variants = [Variant(off=(rule,)) for rule in candidates(measures)]
        self.runs.fill([Wanted(key, variant, count) for variant in variants for key in self.keys.values()])

        def weakest(variant: Variant) -> Array:
            contrast: Array = contrasts_of(self.claim, self._values(variant, count))[trial.weakest]
            return contrast

        wanted = 0.0 if self.claim.test == "equivalence" else math.inf
        result = find_cause(measures, weakest, self.relevant, wanted)
        weights: dict[str, float] = {}
        for text, weight in self.claim.expected[trial.weakest].items():
            weights[self.terms[text].world] = weights.get(self.terms[text].world, 0.0) + weight
        first = divergence_rule(weights, self.loaded.worlds, self.runs.seed)
        return None if result is None else replace(result, first=first)


def _unfair(trial: Trial) -> Trial:
    """Return a trial whose worlds do not cost the same although they must."""
    return Trial("unresolved", trial.effect, trial.low, trial.high, trial.runs)


def _mean_of_known(values: Array) -> Array:
    """Return the means over the last axis of what is finite; NaN where nothing is."""
    known = np.isfinite(values)
    count = known.sum(axis=-1)
    return np.where(count > 0, np.where(known, values, 0.0).sum(axis=-1) / np.maximum(count, 1), np.nan)


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
        replications=budget.looks[-1],
        settings=budget.settings or None,
        plausible=budget.settings > 0,
        command=command,
        texts={**ledger.texts, **choice, **(texts or {})},
    )
