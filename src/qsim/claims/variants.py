"""Variants of the model in which a claim is tested again: a mechanism off or reversed, a rival model, other settings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel

from qsim.claims.schema import Mechanism
from qsim.engine.overrides import chosen_overrides
from qsim.engine.prepare import Prepared
from qsim.mechanisms.month import NAMES
from qsim.scenario.schema import Scenario
from qsim.world.blueprint import Blueprint

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
    switches, parameters, unknown = chosen_overrides(scenario, variant.width)
    for rule in variant.off:
        switches[NAMES.index(rule)] = 0
    for name, value in variant.parameters:
        field = name.replace(".", "_")
        mirrored = 2.0 * value - float(parameters[field][0])
        parameters[field] = mirrored if variant.reversed else value
        unknown.pop(name, None)
    prepared = Prepared(scenario, variant.width)
    prepared.blueprint = Blueprint(scenario, parameters, switches, unknown)
    return prepared


def _with_value(part: Kind, steps: list[str], value: Any) -> Kind:
    """Return a part of a scenario with a value at these steps below it, in a list in every entry."""
    name, *rest = steps
    old = getattr(part, name)
    if rest:
        many = isinstance(old, tuple)
        value = tuple(_with_value(entry, rest, value) for entry in old) if many else _with_value(old, rest, value)
    return part.model_copy(update={name: value})
