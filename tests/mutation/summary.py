"""What a sample of mutants adds up to: how many the tests notice, how many of these by a timeout, and who survives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from scipy.stats import binomtest

if TYPE_CHECKING:
    from tests.mutation.mutants import Mutant
    from tests.mutation.trial import Outcome


def summary(mutants: Sequence[Mutant], found: Sequence[Outcome], in_all: int, seed: int) -> dict[str, Any]:
    """Return the sums and the mutants that survived or ran out of time.

    A timeout counts as noticed, since a loop that never ends does not pass unseen, but it is counted apart: on a busy
    machine it may be mere slowness.
    """
    noticed = sum(outcome != "survived" for outcome in found)
    low, high = binomtest(noticed, len(found)).proportion_ci(0.95, "wilson")
    return {
        "mutants": in_all,
        "tried": len(found),
        "noticed": noticed,
        "failed_tests": sum(outcome == "killed" for outcome in found),
        "timeouts": sum(outcome == "timeout" for outcome in found),
        "share": round(noticed / len(found), 4),
        "interval_95": [round(float(low), 4), round(float(high), 4)],
        "seed": seed,
        "survived": _described(mutants, found, "survived"),
        "timed_out": _described(mutants, found, "timeout"),
    }


def sentence(sums: dict[str, Any]) -> str:
    """Return the sums in one line."""
    low, high = sums["interval_95"]
    return (
        f"{sums['noticed']} of {sums['tried']} noticed ({sums['timeouts']} of these by a timeout): {sums['share']:.1%}, "
        f"95 % interval {low:.1%} to {high:.1%}"
    )


def _described(mutants: Sequence[Mutant], found: Sequence[Outcome], wanted: Outcome) -> list[dict[str, Any]]:
    return [
        {"place": mutant.place, "operator": mutant.operator, "change": mutant.change.splitlines()}
        for mutant, outcome in zip(mutants, found, strict=True)
        if outcome == wanted
    ]
