"""Runs of worlds with own rules: compiled in one piece where all rules are, else month by month in Python."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from importlib import import_module
from threading import Lock
from typing import Any, Protocol

import numpy as np

from qsim.engine.extension import Extension
from qsim.engine.own_files import not_compiled, told_at_line
from qsim.engine.run import measure, run_rules
from qsim.engine.user_rules import OwnRule, OwnRun, month_segments
from qsim.files.messages import InputError
from qsim.measures.measuring import measure_month
from qsim.mechanisms.month import FUNCTIONS, NAMES
from qsim.scenario.values import month_text
from qsim.world.compiling import uncompiled
from qsim.world.flows import start_month
from qsim.world.records import World, reference

Totals = tuple[np.ndarray, np.ndarray, np.ndarray]
"""Sums, squares and ledger, to which runs add."""

_MAKING = Lock()
"""Threads that begin together make one function."""

_HEAD = """
def advance(world, month, months, {own}series, tasks, sums, squares, ledger):
    on = world.switches
    for m in range(months):
        start_month(world)
"""
_RULE = """
        if on[{place}]:
            {name}(world, month + m)
"""
_OWN = """
        own_{place}(world, month + m{values})
"""
_TAIL = """
        measure_month(world, month + m, series[m], tasks[m], sums[m], squares[m])
        ledger += world.ledger
"""


class Ready(Protocol):
    """A scenario that is made ready to run, with what own files add to the model."""

    extension: Extension


class OwnMonths:
    """The months of one world with own rules, run one after another.

    ``values`` (1,) holds the parameters of this run. Rules that take the model, and agents of one's own, run on a Mesa model
    of the same world. Raise InputError, at its line, for a rule that fails.
    """

    def __init__(self, prepared: Ready, world: World, values: np.ndarray) -> None:
        self.extension = prepared.extension
        self.model: Any = None
        if self.extension.needs_model:
            model_of = import_module("qsim.engine.model").model_of  # which itself needs what is made ready to run
            self.model = model_of(prepared, world, values)
        self.run = OwnRun(world, values, self.model)
        self._segments = month_segments(self.extension.rules)

    def month(self, month: int) -> None:
        """Run an absolute month: all rules, then the agents' own steps."""
        self.begin(month)
        for segment in self._segments:
            run_rules(self.run.world, month, segment.first, segment.last)
            for rule in segment.own:
                self.rule(rule, month)
        self.end(month)

    def begin(self, month: int) -> None:
        """Say which month it is."""
        if self.model is not None:
            self.model.month = month

    def rule(self, rule: OwnRule, month: int) -> None:
        """Run one own rule."""
        try:
            rule.run(self.run, month)
        except InputError:
            raise
        except Exception as error:
            raise told_at_line(rule, error, month_text(month)) from error

    def end(self, month: int) -> None:
        """Let the agents of one's own take their steps."""
        if self.model is None:
            return
        try:
            self.model.step_agents()
        except Exception as error:
            text = f"a class of agents failed in {month_text(month)}: {type(error).__name__}: {' '.join(str(error).split())}"
            raise InputError.about(", ".join(one.__name__ for one in self.extension.agents), text) from error


def simulate_own(
    prepared: Ready, world: World, values: np.ndarray, series: np.ndarray, tasks: np.ndarray, totals: Totals
) -> None:
    """Run and measure all months of a world with own rules: see :func:`~qsim.engine.run.simulate_months`."""
    extension, start, months = prepared.extension, int(world.key["start"][0]), len(series)
    if extension.is_compiled and not uncompiled():
        given = [rule.given(values) for rule in extension.rules if rule.takes == 3]
        with _MAKING:
            advance = _advance_of(extension.rules, world_type_of(world))
        advance(reference(world), start, months, *given, series, tasks, *totals)
        return
    running = OwnMonths(prepared, world, values)
    sums, squares, ledger = totals
    for m in range(months):
        running.month(start + m)
        measure(world, start + m, series[m], tasks[m], sums[m], squares[m])
        ledger += world.ledger


def world_type_of(world: World) -> Any:
    """Return the compiled type of a reference to a world."""
    import numba

    return numba.typeof(reference(world))


@lru_cache(maxsize=16)
def _advance_of(rules: tuple[OwnRule, ...], world: Any) -> Callable[..., None]:
    """Return all months as one compiled function, own rules at their places; its text is made as that of the month is.

    ``world`` is the type of a reference to one. Raise InputError, at its line, for a rule that cannot be compiled.
    """
    import numba

    from qsim.world.compiling import LINKED

    for rule in rules:
        own = (numba.typeof(rule.given(None)[0]),) if rule.takes == 3 else ()
        try:
            rule.function.compile((world, numba.int64, *own))  # type: ignore[attr-defined]  # Numba's, as it is compiled
        except Exception as error:
            raise not_compiled(rule, error) from error
    scope: dict[str, Any] = {"start_month": start_month, "measure_month": measure_month, **FUNCTIONS}
    scope |= {f"own_{place}": rule.function for place, rule in enumerate(rules)}
    text = _HEAD.format(own="".join(f"values_{place}, " for place, rule in enumerate(rules) if rule.takes == 3))
    for position in range(len(NAMES) + 1):
        for place, rule in enumerate(rules):
            if rule.position == position:
                text += _OWN.format(place=place, values=f", values_{place}[0]" if rule.takes == 3 else "")
        if position < len(NAMES):
            text += _RULE.format(place=position, name=NAMES[position])
    exec(text + _TAIL, scope)
    options: dict[str, Any] = {"nogil": True, "error_model": "numpy"}
    if numba.__version__.startswith(LINKED):
        from qsim.world.linking import compiler

        options["pipeline_class"] = compiler("assembly")
    made: Callable[..., None] = numba.njit(**options)(scope["advance"])
    return made
