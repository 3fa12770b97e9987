"""What a researcher's own files add to the model: rules, other parameters, other classes of agents.

The first are made by :func:`~qsim.own.rule`, the second by :func:`~qsim.own.changed`; the classes derive from those of qsim.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from qsim.engine.user_rules import OwnRule
from qsim.files.messages import suggestion
from qsim.mechanisms.month import RULES
from qsim.scenario.values import Unknown
from qsim.world.parameters import Parameter, Rule, parameters_type


@dataclass(frozen=True)
class Changed:
    """Another default or range of a parameter with the key ``<rule>.<name>``; the numbers stand in ``parameter``."""

    rule: str
    parameter: Parameter

    @property
    def known(self) -> float | Unknown:
        """What is known of it: its range, or one number."""
        return known_of(self.parameter)


def known_of(parameter: Parameter) -> float | Unknown:
    """Return what plausible settings know of a parameter that the ensemble does not have: its range, or one number."""
    if parameter.low < parameter.high:
        return Unknown(between=(parameter.low, parameter.high))
    return parameter.default


def changed_parameter(key: str, default: float | None, low: float | None, high: float | None) -> Changed:
    """Return a parameter with another default or range; raise ValueError for a key that is none, or numbers that do not fit."""
    rule_name, _, name = key.removeprefix("parameters.").partition(".")
    rule = next((rule for rule in RULES if rule.name == rule_name), None)
    if rule is None:
        names = [rule.name for rule in RULES]
        raise ValueError(f'no rule is called "{rule_name}"{suggestion(rule_name, names)}')
    old = next((one for one in rule.parameters if one.name == name), None)
    if old is None:
        names = [one.name for one in rule.parameters]
        raise ValueError(f'{rule_name} has no parameter "{name}"{suggestion(name, names)}')
    if (low is None) != (high is None):
        raise ValueError(f"{key} has one end of a range; expected low= and high=")
    if low is None or high is None:
        if default is None:
            raise ValueError(f"{key} is not changed; expected default=, or low= and high=")
        low = high = default
    middle = 0.5 * (low + high) if default is None else default
    new = replace(old, default=middle, low=low, high=high, allowed=(old.least, old.most))
    check_parameter(key, new)
    return Changed(rule_name, new)


def check_parameter(key: str, new: Parameter) -> None:
    """Raise ValueError for a default outside the range, a range with the higher end first, or beyond what is allowed."""
    if not new.low <= new.default <= new.high:
        raise ValueError(f"{key}: the default {new.default:g} lies outside the range {new.low:g} to {new.high:g}")
    for end in (new.low, new.high):
        if not new.least <= end <= new.most:
            raise ValueError(f"{key}: {end:g} is not a {new.unit}; expected {new.least:g} to {new.most:g}")


@dataclass(frozen=True, eq=False)
class Extension:
    """Own rules, changed parameters and classes of agents, as the files of a scenario give them together."""

    rules: tuple[OwnRule, ...] = ()
    changes: tuple[Changed, ...] = ()
    agents: tuple[type, ...] = ()

    @property
    def needs_model(self) -> bool:
        """Whether a run needs the Mesa model: for its agents, or a rule that takes it."""
        return bool(self.agents) or any(rule.takes_model for rule in self.rules)

    @property
    def is_compiled(self) -> bool:
        """Whether all of a month is compiled."""
        return not self.needs_model and all(rule.is_compiled for rule in self.rules)

    @cached_property
    def declared(self) -> tuple[Rule, ...]:
        """All rules with what they declare: those of the package with changed parameters, then the own ones."""
        other = {(one.rule, one.parameter.name): one.parameter for one in self.changes}
        package = [
            replace(rule, parameters=tuple(other.get((rule.name, p.name), p) for p in rule.parameters))
            if any(name == rule.name for name, _ in other)
            else rule
            for rule in RULES
        ]
        return (*package, *(rule.declared for rule in self.rules))

    @cached_property
    def kind(self) -> np.dtype[np.void]:
        """The type of a record of all parameters, those of own rules last."""
        return parameters_type(self.declared)

    def stated(self) -> dict[str, dict[str, float | Unknown]]:
        """Return what is known of parameters that the ensemble does not have, by rule and name."""
        found: dict[str, dict[str, float | Unknown]] = {}
        for change in self.changes:
            found.setdefault(change.rule, {})[change.parameter.name] = change.known
        for rule in self.rules:
            found.setdefault(rule.name, {}).update({one.name: known_of(one) for one in rule.parameters})
        return found

    def without(self, off: Iterable[str]) -> Extension:
        """Return the extension without the rules of these names, which keep their parameters."""
        left_out = set(off)
        return (
            self
            if not left_out
            else Extension(tuple(rule for rule in self.rules if rule.name not in left_out), self.changes, self.agents)
        )


NONE = Extension()
"""What nobody has added anything to."""
