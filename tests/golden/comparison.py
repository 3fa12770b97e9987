"""Compares tables of results with the baseline, and says what differs, where and by how much."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from golden.baseline import Place, Table

RELATIVE = 1e-9
ROUNDING = 1e-14
"""Absolute: what may remain where sums of shares cancel, some last bits of a number near 1."""

SHOWN = 20
"""Differences that a message lists."""


@dataclass(frozen=True)
class Difference:
    """A value of a scenario that is not what the baseline says; NaN is a value like any other."""

    scenario: str
    place: Place
    before: float | None
    now: float | None

    @property
    def size(self) -> float:
        """The difference relative to the larger of both; infinite where only one is known."""
        if self.before is None or self.now is None or math.isnan(self.before) or math.isnan(self.now):
            return math.inf
        return abs(self.now - self.before) / max(abs(self.before), abs(self.now))

    def __str__(self) -> str:
        measure, month, replicate = self.place
        when = "outcome" if month == "run" else f"month {month}"
        size = "" if math.isinf(self.size) else f", relative difference {self.size:.1e}"
        return f"{self.scenario}: {measure}, {when}, run {replicate}: {_shown(self.before)} -> {_shown(self.now)}{size}"


def _shown(value: float | None) -> str:
    return "not there" if value is None else repr(value)


def same(before: float, now: float) -> bool:
    """Return whether two values agree: to 1e-9 of the larger one, or both NaN."""
    if math.isnan(before) or math.isnan(now):
        return math.isnan(before) and math.isnan(now)
    return math.isclose(before, now, rel_tol=RELATIVE, abs_tol=ROUNDING)


def differences(before: Mapping[str, Table], now: Mapping[str, Table]) -> list[Difference]:
    """Return all values that differ between tables by scenario, the largest relative difference first."""
    found = []
    for scenario in before.keys() & now.keys():
        old, new = before[scenario], now[scenario]
        for place in old.keys() | new.keys():
            if place not in old or place not in new or not same(old[place], new[place]):
                found.append(Difference(scenario, place, old.get(place), new.get(place)))
    return sorted(found, key=lambda each: (-each.size, each.scenario, each.place))


def message(before: Mapping[str, Table], now: Mapping[str, Table]) -> str:
    """Return what differs between the baseline and the tables of now in words; nothing if they agree."""
    found = differences(before, now)
    lines = [f"{name}: a scenario without a table in the baseline" for name in sorted(now.keys() - before.keys())]
    lines += [f"{name}: a table in the baseline without a scenario" for name in sorted(before.keys() - now.keys())]
    if found:
        values = sum(len(now[name].keys() | before[name].keys()) for name in now.keys() & before.keys())
        scenarios = len({each.scenario for each in found})
        lines += [f"{len(found)} of {values} values differ, in {scenarios} of {len(now)} scenarios; the largest first:"]
        lines += [f"  {each}" for each in found[:SHOWN]]
        lines += [f"  and {len(found) - SHOWN} more"] if len(found) > SHOWN else []
    return "\n".join(lines)
