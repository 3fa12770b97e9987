"""A scenario made ready to run with other parameters: the worlds are the same, one record in them differs."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy

from qsim.engine.overrides import all_parameters
from qsim.engine.prepare import Prepared
from qsim.files.messages import InputError, Message
from qsim.world.blueprint import Blueprint, Plan


class VariedBlueprint(Blueprint):
    """The worlds of a blueprint with some parameters, by ``<rule>.<name>``, set to numbers.

    What was laid out for the blueprint is shared, so this costs next to nothing.
    """

    def __init__(self, base: Blueprint, parameters: Mapping[str, float]) -> None:
        self.scenario = base.scenario
        self.unknowns = base.unknowns
        self._base = base
        self._changed = {name.replace(".", "_"): value for name, value in parameters.items()}
        self._overrides = {name: unknown for name, unknown in base._overrides.items() if name not in parameters}

    def plan(self, seed: int, setting: int) -> tuple[Plan, dict[str, float]]:
        """Return the laid-out arrays of a setting, with the parameters, and its uniform draws."""
        plan, draws = self._base.plan(seed, setting)
        record = plan.template.parameters.copy()
        for field, value in self._changed.items():
            record[field] = value
        varied = copy(plan)
        varied.template = plan.template._replace(parameters=record)
        return varied, draws


def with_parameters(prepared: Prepared, parameters: Mapping[str, float]) -> Prepared:
    """Return a scenario made ready with some parameters, by ``<rule>.<name>``, set to numbers, known or unknown before.

    Raise InputError for parameters that do not exist or values outside what they allow.
    """
    known = all_parameters()
    wrong = []
    for name, value in parameters.items():
        parameter = known.get(name.replace(".", "_"))
        key = f"parameters.{name}"
        if parameter is None:
            wrong.append(Message("", None, None, key, "there is no such parameter"))
        elif not parameter.least <= value <= parameter.most:
            text = f"{value:g} is not a {parameter.unit}; expected {parameter.least:g} to {parameter.most:g}"
            wrong.append(Message("", None, None, key, text))
    if wrong:
        raise InputError(wrong)
    varied = copy(prepared)
    varied.blueprint = VariedBlueprint(prepared.blueprint, parameters)
    return varied
