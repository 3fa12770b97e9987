"""What a scenario says of rules and their parameters, checked against the rules that run."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from qsim.engine.extension import NONE, Extension
from qsim.engine.own_files import extension_of
from qsim.engine.settings import parameter_rows
from qsim.files.messages import InputError, Message, Place, message_at, suggestion
from qsim.mechanisms.month import NAMES, RULES
from qsim.scenario.schema import Scenario
from qsim.scenario.values import Unknown
from qsim.world.parameters import Parameter, Rule, default_parameters, parameter_field


def all_parameters(rules: tuple[Rule, ...] = RULES) -> dict[str, Parameter]:
    """Return all parameters by the name of their field, ``<rule>_<name>``."""
    return {f"{rule.name}_{parameter.name}": parameter for rule in rules for parameter in rule.parameters}


def parameter_of(key: str, rules: tuple[Rule, ...] = RULES) -> Parameter | None:
    """Return the parameter of a rule that a key names, None if it names none."""
    return all_parameters(rules).get(parameter_field(key) or "")


def chosen_switches(scenario: Scenario) -> np.ndarray:
    """Return the switches (rules,) of a scenario, int64; raise InputError for a rule that does not exist."""
    wrong = []
    names = [*NAMES, *(rule.name for rule in extension_of(scenario).rules)]
    for index, name in enumerate(scenario.rules.off):
        if name not in names:
            text = f'no rule is called "{name}"{suggestion(name, names)}'
            wrong.append(_message(scenario, f"rules.off[{index}]", text))
    if wrong:
        raise InputError(tuple(wrong))
    return np.array([int(name not in scenario.rules.off) for name in NAMES], dtype=np.int64)


def open_parameters(scenario: Scenario) -> dict[str, Unknown]:
    """Return what is known of each parameter that is not settled, by ``<rule>.<name>``, in the order of the rules.

    One of which the scenario says nothing lies somewhere in its range; the ensemble is not asked. Raise InputError as
    :func:`chosen_parameters` does.
    """
    _, unknown = chosen_parameters(scenario, plausible=False)
    result = {}
    for rule in extension_of(scenario).declared:
        stated = scenario.parameters.get(rule.name, {})
        for p in rule.parameters:
            name = f"{rule.name}.{p.name}"
            if name in unknown:
                result[name] = unknown[name]
            elif p.name not in stated and p.low < p.high:
                result[name] = Unknown(between=(p.low, p.high))
    return result


def chosen_parameters(scenario: Scenario, plausible: bool) -> tuple[np.ndarray, dict[str, Unknown]]:
    """Return the rows of parameters that settings of a scenario have, and the unknown ones by ``<rule>.<name>``.

    The rows are those of the ensemble if ``plausible``, else the central setting alone; what the scenario states of a
    parameter, or leaves open itself, holds in all of them. Parameters of own rules, which stand last in a row, and those that
    own files change lie in their range if ``plausible``. Raise InputError, with all errors at once, for rules, parameters
    or values that do not exist.
    """
    extension = extension_of(scenario)
    rules = extension.declared
    known = all_parameters(rules)
    record = _extended(parameter_rows(plausible), extension)
    unknown: dict[str, Unknown] = {}
    wrong: list[Message] = []
    stated = {name: dict(values) for name, values in (extension.stated() if plausible else {}).items()}
    for name, values in scenario.parameters.items():
        stated[name] = stated.get(name, {}) | values
    for rule_name, values in stated.items():
        rule = next((rule for rule in rules if rule.name == rule_name), None)
        if rule is None:
            names = [rule.name for rule in rules]
            text = f'no rule is called "{rule_name}"{suggestion(rule_name, names)}'
            wrong.append(_message(scenario, f"parameters.{rule_name}", text, name=True))
            continue
        for name, value in values.items():
            key = f"parameters.{rule_name}.{name}"
            parameter = known.get(f"{rule_name}_{name}")
            if parameter is None:
                names = [p.name for p in rule.parameters]
                text = f'{rule_name} has no parameter "{name}"{suggestion(name, names)}'
                wrong.append(_message(scenario, key, text, name=True))
                continue
            result = _out_of_range(value, parameter)
            if result is not None:
                wrong.append(_message(scenario, key, _range_text(result, parameter)))
            elif isinstance(value, Unknown):
                unknown[f"{rule_name}.{name}"] = value
                record[f"{rule_name}_{name}"] = value.middle
            else:
                record[f"{rule_name}_{name}"] = value
    if wrong:
        raise InputError(tuple(wrong))
    return record, unknown


def _extended(rows: np.ndarray, extension: Extension) -> np.ndarray:
    """Return a copy of rows of parameters with those of own rules, and with other defaults, which settings then draw anew."""
    if extension is NONE:
        return rows.copy()
    wide = np.repeat(default_parameters(extension.declared), len(rows))
    changed = {f"{one.rule}_{one.parameter.name}" for one in extension.changes}
    for name in rows.dtype.names or ():
        if name not in changed:
            wide[name] = rows[name]
    return wide


def chosen_overrides(scenario: Scenario, plausible: bool) -> tuple[np.ndarray, np.ndarray, dict[str, Unknown]]:
    """Return switches, rows of parameters and unknown parameters; raise InputError with all that is wrong in any of them."""
    wrong: list[Message] = []
    try:
        switches = chosen_switches(scenario)
    except InputError as error:
        wrong += error.messages
    try:
        parameters, unknown = chosen_parameters(scenario, plausible)
    except InputError as error:
        wrong += error.messages
    if wrong:
        raise InputError(wrong)
    return switches, parameters, unknown


def check_parameters(values: Mapping[str, float], rules: tuple[Rule, ...] = RULES) -> None:
    """Raise InputError, with all errors at once, for keys of parameters that do not exist and values they do not allow."""
    wrong = []
    for key, value in values.items():
        parameter = parameter_of(key, rules)
        if parameter is None:
            wrong.append(Message("", None, None, key, "there is no such parameter"))
        elif _out_of_range(value, parameter) is not None:
            wrong.append(Message("", None, None, key, _range_text(value, parameter)))
    if wrong:
        raise InputError(wrong)


def _range_text(value: float, parameter: Parameter) -> str:
    span = f"{parameter.least:g} to {parameter.most:g}"
    return f"{value:g} is not a {parameter.unit}; expected {span}"


def _out_of_range(value: float | Unknown, parameter: Parameter) -> float | None:
    ends = (value.smallest, value.largest) if isinstance(value, Unknown) else (value,)
    return next((end for end in ends if not parameter.least <= end <= parameter.most), None)


def _message(scenario: Scenario, key: str, text: str, name: bool = False) -> Message:
    place = scenario.place(key, name=name)
    return message_at(place or Place(scenario.id), key, text)
