"""What a file of rules of one's own is written with: rules, parameters and draws. See ``docs/own_rules.md``.

A file is named by ``--rules FILE.py``, or by ``rules: {own: [FILE.py]}`` in a scenario.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from pydantic import TypeAdapter, ValidationError

from qsim.engine.extension import Changed, changed_parameter, check_parameter
from qsim.engine.user_rules import OwnRule, own_rule
from qsim.mechanisms.month import RULES
from qsim.scenario.values import Id
from qsim.world import draws
from qsim.world.compiling import entry, uncompiled
from qsim.world.draws import decision as decision
from qsim.world.parameters import Parameter

__all__ = ["changed", "decision", "normal", "parameter", "rule", "uniform"]


def rule(
    *,
    after: str | None = None,
    before: str | None = None,
    parameters: Iterable[Parameter] = (),
    compiled: bool = False,
) -> Callable[[Callable[..., Any]], OwnRule]:
    """Make a rule of a function, to be run every month ``after`` or ``before`` a rule of the month, by its name.

    The function takes ``(world, month)``, the arrays of :class:`~qsim.world.records.World` and the absolute month, or
    ``(world, month, own)``, with the values of its ``parameters`` as attributes of ``own``, or ``(model)``, the run as a
    Mesa model. It is called as the function. ``compiled`` rules go to Numba and run as fast as those of the package. Raise
    ValueError or TypeError for a place, name, function or parameter that cannot be.
    """

    def made(function: Callable[..., Any]) -> OwnRule:
        found = own_rule(function, after=after, before=before, parameters=parameters)
        _check_name(found.name, "rule")
        if found.name in {one.name for one in RULES}:
            raise ValueError(f'"{found.name}" is the name of a rule of qsim; expected another')
        if compiled and found.takes_model:
            raise ValueError(f'the rule "{found.name}" takes the model and cannot be compiled')
        if not compiled or uncompiled():
            return found
        import numba

        fast = numba.njit(nogil=True, error_model="numpy")(function)
        return own_rule(fast, after=after, before=before, name=found.name, parameters=parameters)

    return made


def parameter(name: str, default: float, low: float, high: float, unit: str = "number", label: str = "") -> Parameter:
    """Return a parameter of a rule of one's own, with the key ``parameters.<rule>.<name>``.

    In plausible settings it lies between ``low`` and ``high``, evenly; with fixed parameters it is the ``default``. A
    ``unit`` that begins with "share" keeps it within 0 to 1. Raise ValueError for a name that is no name, or a default
    outside the range.
    """
    _check_name(name, "parameter")
    widest = (0.0 if low >= 0 else 10 * low, 1.0 if unit.startswith("share") else 10 * max(abs(low), abs(high)))
    made = Parameter(name, float(default), float(low), float(high), unit, label or name, label or name, "assumption",
                     "a rule of one's own", widest)  # fmt: skip
    check_parameter(name, made)
    return made


def changed(key: str, default: float | None = None, low: float | None = None, high: float | None = None) -> Changed:
    """Return a parameter of qsim, by its key ``<rule>.<name>``, with another range or another value.

    With ``low`` and ``high`` it lies evenly between them in plausible settings, and is the ``default``, else their middle,
    where parameters are fixed; with a ``default`` alone it is that everywhere. What a scenario states comes first. Raise
    ValueError for a key that is none and for numbers that do not fit.
    """
    return changed_parameter(key, default, low, high)


@entry
def uniform(key: Any, number: int, month: int, slot: int) -> float:
    """Return the draw in (0, 1) of an address: ``world.key[0]``, the ``decision(name)``, a month, and an agent's slot."""
    return draws.uniform(key, number, month, slot)


@entry
def normal(key: Any, number: int, month: int, slot: int) -> float:
    """Return the standard normal draw of an address, as :func:`uniform` does."""
    return draws.normal(key, number, month, slot)


def _check_name(name: str, kind: str) -> None:
    try:
        TypeAdapter(Id).validate_python(name)
    except ValidationError:
        text = f'"{name}" is no name of a {kind}; expected lower case letters, digits and underscores'
        raise ValueError(text) from None
