"""A researcher's own rules, placed by name among the rules of the month."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from qsim.engine.run import run_rules
from qsim.files.messages import suggestion
from qsim.mechanisms.month import NAMES
from qsim.world.records import World, recarrays


class Stepped(Protocol):
    """A model in one of its months: an absolute month, and the world as it is."""

    world: World
    month: int


@dataclass(frozen=True)
class OwnRule:
    """A rule that is not of this package; ``position`` is the number of rules of the month that run before it."""

    function: Callable[..., Any]
    name: str
    position: int
    takes_model: bool

    def run(self, model: Stepped) -> None:
        """Run the rule on the month of a model."""
        if self.takes_model:
            self.function(model)
        elif hasattr(self.function, "py_func"):
            self.function(model.world, model.month)
        else:
            self.function(recarrays(model.world), model.month)


def own_rule(
    function: Callable[..., Any], *, after: str | None = None, before: str | None = None, name: str | None = None
) -> OwnRule:
    """Return a rule to be run ``after`` or ``before`` a rule of the month, for ``Administration(rules=[...])``.

    ``function`` takes the model, or ``(world, month)`` with the arrays of :class:`~qsim.world.records.World` and the
    absolute month; the latter may be compiled by Numba, and also runs as plain Python. It is called ``name``, or as
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
    return OwnRule(function, called, position, _takes_model(function, called))


def _takes_model(function: Callable[..., Any], name: str) -> bool:
    count = len(inspect.signature(function).parameters)
    if count not in (1, 2):
        raise TypeError(f'the rule "{name}" takes {count} parameters; expected (model) or (world, month)')
    return count == 1


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


def run_month(model: Stepped, segments: Iterable[Segment]) -> None:
    """Run the rules of the model's month, with the own rules at their places."""
    for segment in segments:
        run_rules(model.world, model.month, segment.first, segment.last)
        for rule in segment.own:
            rule.run(model)
