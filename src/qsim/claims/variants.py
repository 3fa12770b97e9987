"""Variants of the model in which a claim is tested again, and the one without which a contradiction is smallest."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from pydantic import BaseModel

from qsim.claims.schema import Mechanism
from qsim.comparison.why.divergence import first_divergence
from qsim.engine.prepare import Prepared
from qsim.mechanisms.month import NAMES
from qsim.runs.readings import MEASURES, Array
from qsim.runs.to_json import Real
from qsim.scenario.schema import Rules, Scenario
from qsim.world.parameters import PARAMETERS, parameter_field

Kind = TypeVar("Kind", bound=BaseModel)


@dataclass(frozen=True)
class Variant:
    """What differs from the model as it is: rules that are off, parameters with other values, changes of the scenario.

    ``parameters`` holds names and values; ``reversed`` mirrors each parameter at its value, otherwise it has that value.
    ``scenario`` holds keys and values, a key without an index in brackets stands for all entries of a list: such as
    ``tasks.knowledge``. ``width`` is the share of the plausible ranges from which settings are drawn, 0 for the defaults.
    """

    off: tuple[str, ...] = ()
    parameters: tuple[tuple[str, float], ...] = ()
    reversed: bool = False
    scenario: tuple[tuple[str, str | float], ...] = ()
    width: float = 0.0


AS_IT_IS = Variant()


def switched_off(mechanism: Mechanism) -> Variant:
    """Return the model without a mechanism."""
    if mechanism.rule is not None:
        return Variant(off=(mechanism.rule,))
    return Variant(parameters=(_neutral(mechanism),))


def turned_round(mechanism: Mechanism) -> Variant | None:
    """Return the model with a mechanism reversed; None for a rule, which can only be switched off."""
    if mechanism.parameter is None:
        return None
    return Variant(parameters=(_neutral(mechanism),), reversed=True)


def _neutral(mechanism: Mechanism) -> tuple[str, float]:
    assert mechanism.parameter is not None
    assert mechanism.neutral is not None
    return mechanism.parameter, mechanism.neutral


def prepare_variant(scenario: Scenario, variant: Variant) -> Prepared:
    """Return a scenario made ready to run in a variant of the model.

    A parameter is written into the record whatever its range, so runs may give numbers that are not finite. Raise
    AttributeError for a key that scenarios do not have, ValueError for rules and parameters that do not exist.
    """
    for key, value in variant.scenario:
        scenario = _with_value(scenario, key.split("."), value)
    if not set(variant.off) <= set(NAMES):
        raise ValueError(f"there are no rules {', '.join(sorted({*variant.off} - {*NAMES}))}")
    rules = Rules(off=(*scenario.rules.off, *variant.off))
    prepared = Prepared(scenario.model_copy(update={"rules": rules}), variant.width)
    values = {f"{PARAMETERS}{name}": value for name, value in variant.parameters}
    if variant.reversed:
        before = prepared.blueprint.parameters
        values = {key: 2.0 * value - float(before[parameter_field(key)][0]) for key, value in values.items()}
    return prepared.at(values)


def _with_value(part: Kind, steps: list[str], value: Any) -> Kind:
    """Return a part of a scenario with a value at these steps below it, in a list in every entry."""
    name, *rest = steps
    old = getattr(part, name)
    if rest:
        many = isinstance(old, tuple)
        value = tuple(_with_value(entry, rest, value) for entry in old) if many else _with_value(old, rest, value)
    return part.model_copy(update={name: value})


@dataclass(frozen=True)
class Cause:
    """The rule of the month without which a contradiction is smallest: the effect then, and whether it is none then.

    ``others`` are the other rules without which it is none; ``first`` is the rule in which run 0 of the two worlds first
    differs, None if they differ before the first month.
    """

    rule: str
    effect: Real
    ends: bool
    others: tuple[str, ...] = ()
    first: str | None = None


def candidates(measure: str) -> list[str]:
    """Return the rules whose absence may explain what a measure shows: all that do not write it themselves."""
    return [rule for rule in NAMES if rule not in MEASURES[measure].by]


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


def divergence_rule(contrast: Mapping[str, float], worlds: Mapping[str, Scenario], seed: int) -> str | None:
    """Return the rule in which the two worlds that weigh most in a contrast first differ, None if before all rules."""
    most = max(contrast, key=lambda name: contrast[name])
    least = min(contrast, key=lambda name: contrast[name])
    if most == least or worlds[most].start != worlds[least].start:
        return None
    result = first_divergence(worlds[most], worlds[least], seed)
    return None if result is None or result.rule is None else result.rule.name
