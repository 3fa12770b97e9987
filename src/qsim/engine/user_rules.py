"""A researcher's own rules, placed by name among the rules of the month, and what they are given."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

import numpy as np

from qsim.engine.run import run_rules
from qsim.files.messages import suggestion
from qsim.mechanisms.month import NAMES
from qsim.world.parameters import Parameter, Rule
from qsim.world.records import World, recarrays, reference


class Stepped(Protocol):
    """A model in one of its months: an absolute month, and the world as it is."""

    world: World
    month: int


class OwnRun:
    """One run with own rules: its world, and what they are given of it.

    ``values`` (1,) holds the parameters of own rules in this run, ``model`` is the Mesa model for rules that take one.
    """

    def __init__(self, world: World, values: np.ndarray | None = None, model: Stepped | None = None) -> None:
        self.world = world
        self.values = values
        self.model = model

    @cached_property
    def records(self) -> World:
        """The world for rules that run as plain Python."""
        return recarrays(self.world)

    @cached_property
    def reference(self) -> Any:
        """The world for compiled rules."""
        return reference(self.world)


@dataclass(frozen=True)
class OwnRule:
    """A rule that is not of this package; ``position`` is the number of rules of the month that run before it.

    It can be called as its function can, which ``takes`` so many parameters; ``parameters`` are what nobody knows of it.
    """

    function: Callable[..., Any]
    name: str
    position: int
    takes: int
    parameters: tuple[Parameter, ...] = ()

    def __call__(self, *arguments: Any) -> Any:
        """Call the function."""
        return self.function(*arguments)

    @property
    def takes_model(self) -> bool:
        """Whether it is a rule of the Mesa model."""
        return self.takes == 1

    @property
    def is_compiled(self) -> bool:
        """Whether it runs without Python."""
        return hasattr(self.function, "py_func")

    @property
    def declared(self) -> Rule:
        """What it declares, as rules of the month do."""
        return Rule(self.name, self.name, self.name, self.parameters, (), ())

    @property
    def kind(self) -> np.dtype[np.void]:
        """The type of its record of parameters."""
        return np.dtype([(one.name, np.float64) for one in self.parameters], align=True)

    def given(self, values: np.ndarray | None) -> np.ndarray:
        """Return its parameters (1,), by name, of the ``values`` of a run; their defaults without any."""
        record = np.zeros(1, self.kind)
        for one in self.parameters:
            record[one.name] = one.default if values is None else values[f"{self.name}_{one.name}"][0]
        return record

    def run(self, run: OwnRun, month: int) -> None:
        """Run the rule on an absolute month of a run."""
        if self.takes_model:
            self.function(run.model)
            return
        more: tuple[Any, ...] = ()
        if self.takes == 3:
            given = self.given(run.values)
            more = (given[0] if self.is_compiled else given.view(np.recarray)[0],)
        self.function(run.reference if self.is_compiled else run.records, month, *more)


def own_rule(
    function: Callable[..., Any],
    *,
    after: str | None = None,
    before: str | None = None,
    name: str | None = None,
    parameters: Iterable[Parameter] = (),
) -> OwnRule:
    """Return a rule to be run ``after`` or ``before`` a rule of the month.

    ``function`` takes the Mesa model, or ``(world, month)`` with the arrays of :class:`~qsim.world.records.World` and the
    absolute month, or ``(world, month, own)`` with the values of its ``parameters`` by name as well. But for one that takes
    the model it may be compiled by Numba, and also runs as plain Python. It is called ``name``, or as
    the function. A rule keeps its place where its neighbour is switched off; several at one place run in the order
    given. Raise ValueError for a name that is no rule, or unless one of ``after`` and ``before`` is given; TypeError
    for a function with other parameters.
    """
    if (after is None) == (before is None):
        raise ValueError("a rule is placed either after= or before= a rule of the month")
    place = after if after is not None else before
    if place not in NAMES:
        raise ValueError(f'no rule of the month is called "{place}"{suggestion(place, NAMES)}')
    called = name or str(getattr(function, "__name__", type(function).__name__))
    position = NAMES.index(place) + (after is not None)
    listed = tuple(parameters)
    takes = _takes(function, called)
    if any(not isinstance(one, Parameter) for one in listed):
        raise TypeError(f'parameters of the rule "{called}" are what parameter(...) returns')
    if listed and takes != 3:
        raise TypeError(f'the rule "{called}" has parameters; expected (world, month, own), not {takes} parameters')
    return OwnRule(function, called, position, takes, listed)


def _takes(function: Callable[..., Any], name: str) -> int:
    count = len(inspect.signature(getattr(function, "py_func", function)).parameters)
    if count not in (1, 2, 3):
        raise TypeError(
            f'the rule "{name}" takes {count} parameters; expected (model), (world, month) or (world, month, own)'
        )
    return count


@dataclass(frozen=True)
class Segment:
    """Rules of the month that run in one go, from position ``first`` to ``last - 1``, and the own rules after them."""

    first: int
    last: int
    own: tuple[OwnRule, ...]


def month_segments(rules: Iterable[OwnRule]) -> tuple[Segment, ...]:
    """Return the month, split where own rules stand; without any it is one segment. Raise TypeError for non-rules."""
    given = tuple(rules)
    for rule in given:
        if not isinstance(rule, OwnRule):
            raise TypeError(f"rules takes what own_rule(...) returns, not {rule!r}")
    segments = []
    first = 0
    for last in sorted({rule.position for rule in given}):
        segments.append(Segment(first, last, tuple(rule for rule in given if rule.position == last)))
        first = last or -1  # only position 0 starts the month, and it has to start once
    if first < len(NAMES):
        segments.append(Segment(first, len(NAMES), ()))
    return tuple(segments)


def rule_names(segments: Iterable[Segment]) -> tuple[str, ...]:
    """Return the names of all rules in the order in which they run."""
    names: list[str] = []
    for segment in segments:
        names += NAMES[max(segment.first, 0) : segment.last]
        names += [rule.name for rule in segment.own]
    return tuple(names)


def run_month(run: OwnRun, month: int, segments: Iterable[Segment]) -> None:
    """Run the rules of an absolute month, with the own rules at their places."""
    for segment in segments:
        run_rules(run.world, month, segment.first, segment.last)
        for rule in segment.own:
            rule.run(run, month)
