"""Variants of the model in which a claim is tested again: its mechanism off or reversed, a rule off, other settings."""

from __future__ import annotations

from dataclasses import dataclass

from qsim.engine.overrides import chosen_overrides
from qsim.engine.prepare import Prepared
from qsim.mechanisms.month import NAMES
from qsim.scenario.schema import Scenario
from qsim.study.claims.schema import Mechanism
from qsim.world.blueprint import Blueprint


@dataclass(frozen=True)
class Variant:
    """What differs from the model as it is: nothing, a rule that is off, or a parameter with another value.

    ``reversed`` mirrors the parameter at ``neutral``; otherwise it has that value. ``width`` is the share of the
    plausible ranges from which settings are drawn, 0 for the defaults.
    """

    rule: str | None = None
    parameter: str | None = None
    neutral: float = 0.0
    reversed: bool = False
    width: float = 0.0


AS_IT_IS = Variant()


def switched_off(mechanism: Mechanism) -> Variant:
    """Return the model without a mechanism."""
    if mechanism.rule is not None:
        return Variant(rule=mechanism.rule)
    assert mechanism.neutral is not None
    return Variant(parameter=mechanism.parameter, neutral=mechanism.neutral)


def turned_round(mechanism: Mechanism) -> Variant | None:
    """Return the model with a mechanism reversed; None for a rule, which can only be switched off."""
    if mechanism.parameter is None:
        return None
    assert mechanism.neutral is not None
    return Variant(parameter=mechanism.parameter, neutral=mechanism.neutral, reversed=True)


def prepare_variant(scenario: Scenario, variant: Variant) -> Prepared:
    """Return a scenario made ready to run in a variant of the model.

    A reversed parameter is written into the record whatever its range, so runs may give numbers that are not finite.
    """
    switches, parameters, unknown = chosen_overrides(scenario, variant.width)
    if variant.rule is not None:
        switches[NAMES.index(variant.rule)] = 0
    if variant.parameter is not None:
        field = variant.parameter.replace(".", "_")
        mirrored = 2.0 * variant.neutral - float(parameters[field][0])
        parameters[field] = mirrored if variant.reversed else variant.neutral
        unknown.pop(variant.parameter, None)
    prepared = Prepared(scenario, variant.width)
    prepared.blueprint = Blueprint(scenario, parameters, switches, unknown)
    return prepared
