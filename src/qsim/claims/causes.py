"""Behind a contradiction: the rule without which it is smallest, and the rule in which the twin worlds first part."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from qsim.claims.variants import Variant
from qsim.comparison.why.divergence import first_difference
from qsim.mechanisms.month import NAMES
from qsim.runs.readings import Array
from qsim.scenario.schema import Scenario

WRITERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "practice",
        ("practice", "considered", "gap", "symbolic", "stage", "constraint", "willingness", "shock", "coverage"),
    ),
    ("commitment", ("commitment", "gap", "symbolic")),
    ("learning", ("knowledge", "awareness")),
    ("openness", ("openness", "closed_tail")),
    ("workload", ("workload",)),
    ("recognition", ("recognition",)),
    ("leadership", ("support", "leadership")),
    ("outreach", ("coverage",)),
    ("staffing", ("posts_filled",)),
    ("funding", ("posts_funded",)),
    ("civil_society", ("reflection",)),
)
"""Rules that write what measures of these words measure: without them the measure stands still, which explains nothing."""


@dataclass(frozen=True)
class Cause:
    """The rule of the month without which a contradiction is smallest: the effect then, and whether it is none then.

    ``others`` are the other rules without which it is none; ``first`` is the rule in which run 0 of the two worlds first
    differs, None if they differ before the first month.
    """

    rule: str
    effect: float
    ends: bool
    others: tuple[str, ...] = ()
    first: str | None = None


def candidates(measure: str) -> list[str]:
    """Return the rules whose absence may explain what a measure shows: all that do not write it themselves."""
    writers = {rule for rule, words in WRITERS if any(word in measure for word in words)}
    return [rule for rule in NAMES if rule not in writers]


def find_cause(
    measure: str, contrast_without: Callable[[Variant], Array], relevant: float, wanted: float
) -> Cause | None:
    """Return the cause of a contradiction; None where no rule can be left out.

    ``contrast_without`` gives the contrast (runs,) in a variant of the model. The best rule is the one without which the
    effect is nearest to ``wanted``: infinity for a direction, 0 for an equivalence.
    """
    effects = {}
    for rule in candidates(measure):
        values = contrast_without(Variant(off=(rule,)))
        known = values[np.isfinite(values)]
        if known.size:
            effects[rule] = float(known.mean())
    if not effects:
        return None
    away = {rule: -effect if math.isinf(wanted) else abs(effect - wanted) for rule, effect in effects.items()}
    best, *rest = sorted(away, key=lambda rule: away[rule])
    others = tuple(rule for rule in rest if away[rule] <= relevant)
    return Cause(best, effects[best], away[best] <= relevant, others)


def parting_rule(contrast: Mapping[str, float], worlds: Mapping[str, Scenario], seed: int) -> str | None:
    """Return the rule in which the two worlds that weigh most in a contrast first differ, None if before all rules."""
    most = max(contrast, key=lambda name: contrast[name])
    least = min(contrast, key=lambda name: contrast[name])
    if most == least or worlds[most].start != worlds[least].start:
        return None
    found = first_difference(worlds[most], worlds[least], seed)
    return None if found is None or found.rule is None else found.rule.name
