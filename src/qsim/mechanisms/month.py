"""The month: all rules in the order in which they run. This is the table of contents of the model."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from qsim.world import initial, ties
from qsim.world.compiling import inlined
from qsim.world.flows import start_month
from qsim.world.parameters import Rule

NAMES: tuple[str, ...] = (
    "calendar",
    "funding",
    "staffing",
    "workload",
    "leadership",
    "outreach",
    "formats",
    "learning",
    "openness",
    "recognition",
    "commitment",
    "practice",
    "civil_society",
)
"""The rules of a month. Each is a module beside this one, with a ``RULE`` and a compiled function of the module's name."""

_MODULES = {name: import_module(f"qsim.mechanisms.{name}") for name in NAMES}

MONTH: tuple[Rule, ...] = tuple(module.RULE for module in _MODULES.values())
"""What each rule of the month declares, in order; ``switches`` of a world has one entry for each."""

RULES: tuple[Rule, ...] = (initial.RULE, ties.RULE, *MONTH)
"""All that have parameters: the initial state, the ties, and the rules of the month."""

FUNCTIONS: dict[str, Callable[..., None]] = {name: getattr(module, name) for name, module in _MODULES.items()}
"""The compiled functions ``(world, month)`` of the rules of the month, by name, in order."""

_START = """
def month_rules(world, month, first, last):
    on = world.switches
    if first == 0:
        start_month(world)
"""
_RULE = """
    if first <= {place} < last and on[{place}]:
        {name}(world, month)
"""


def _month_rules() -> Any:
    """Return the month as a function: one that looped over the rules would not compile, so its text is made from them."""
    text = _START + "".join(_RULE.format(place=place, name=name) for place, name in enumerate(NAMES))
    scope: dict[str, Any] = {"start_month": start_month, **FUNCTIONS}
    exec(compile(text, __file__, "exec"), scope)  # compiled code is cached beside the file that it says it is from
    return inlined(scope["month_rules"])


month_rules = _month_rules()
"""Run the rules with positions ``first`` to ``last - 1`` of the month that are switched on: (world, month, first, last).

The whole month is 0 to ``len(MONTH)``; a part of it is run where a researcher's own rule stands in between.
"""
