"""How often each verdict is given, counted by several processes; apart from the command, whose own functions no process finds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from functools import partial
from typing import NamedTuple

from evidence.verdicts.repeated import Apart, repeated_verdicts
from qsim.comparison.verdict import Verdict
from qsim.runs.standards import Standards
from qsim.scenario.loading import load_scenario
from qsim.scenario.schema import Scenario

SHORT = "months=60"
POSTS = "commissioners[integration].funding[0].posts=2"
TWO, SAME = ((), (POSTS,)), ((), ())
"""What is changed in each scenario of a pair."""

SHARED_OUT = 10
"""Comparisons that a process does at once."""

VERDICTS: tuple[Verdict, ...] = ("clearly", "probably", "equal", "undecided", "trade_off")


class Kind(NamedTuple):
    """One kind of comparison: its name, what is changed in each scenario, what counts, and what is no twin."""

    name: str
    changes: tuple[tuple[str, ...], tuple[str, ...]]
    standards: Standards
    apart: Apart | None


def pair_with(changes: Sequence[Sequence[str]]) -> list[Scenario]:
    """Return the scenarios of a pair."""
    return [load_scenario("small", [SHORT, *each]) for each in changes]


def counted(kind: Kind, seeds: Sequence[int], pool: Executor, tell: Callable[[str], None]) -> Counter[Verdict]:
    """Return how often each verdict was given; seeds are shared out, so that all processors are at work."""
    counts: Counter[Verdict] = Counter()
    parts = [seeds[first : first + SHARED_OUT] for first in range(0, len(seeds), SHARED_OUT)]
    for found in pool.map(partial(_verdicts, kind), parts):
        counts.update(found)
        tell(f"{kind.name}: {counts.total()} of {len(seeds)}, {dict(counts)}")
    return counts


def _verdicts(kind: Kind, seeds: Sequence[int]) -> list[Verdict]:
    return list(repeated_verdicts(pair_with(kind.changes), seeds, kind.standards, kind.apart, workers=1))
