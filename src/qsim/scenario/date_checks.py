"""Checks that dates are in order: phases of funding, starts and ends, events within the run.

A date that nobody knows is wrong where it could not be right, whatever it turns out to be; only events must lie within
the run in any case.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from qsim.files.findings import Finding
from qsim.files.nodes import Path
from qsim.scenario.schema import FundingPhase, Note, Scenario
from qsim.scenario.values import Unknown, month_text


def earliest(value: float | Unknown) -> float:
    """Return the smallest value, if nobody knows which."""
    return float(value.smallest) if isinstance(value, Unknown) else value


def latest(value: float | Unknown) -> float:
    """Return the largest value, if nobody knows which."""
    return float(value.largest) if isinstance(value, Unknown) else value


def check_dates(scenario: Scenario) -> Iterator[Finding]:
    """Yield a finding for each date that contradicts another."""
    for index, commissioner in enumerate(scenario.commissioners):
        yield from check_funding(("commissioners", index, "funding"), commissioner.funding)
    for block in ("formats", "civil_society"):
        for index, entry in enumerate(getattr(scenario, block)):
            if entry.start is not None and entry.end is not None and latest(entry.end) < earliest(entry.start):
                text = f"{month_text(latest(entry.end))} is before the start, {month_text(earliest(entry.start))}"
                yield Finding((block, index, "end"), text)
    yield from _check_events(scenario)


def check_funding(path: Path, phases: Sequence[FundingPhase]) -> Iterator[Finding]:
    """Yield a finding for each phase without its duration, out of order, or beside another of the same posts."""
    for index, phase in enumerate(phases):
        if phase.kind == "fixed" and phase.duration_months is None:
            yield Finding((*path, index), 'missing key "duration_months"; a fixed phase needs one')
        if phase.kind == "permanent" and phase.duration_months is not None:
            text = "a permanent phase has no duration; leave it out, or write kind: fixed"
            yield Finding((*path, index, "duration_months"), text)
    for (index, before), (_, after) in pairwise(enumerate(phases)):
        if latest(after.start) < earliest(before.start):
            text = f"{month_text(latest(after.start))} is before the start of the phase above it, "
            yield Finding((*path, index + 1, "start"), text + month_text(earliest(before.start)))
    for (first, one), (second, other) in combinations(enumerate(phases), 2):
        if _overlap(one, other) and (one.label is None or other.label is None or one.label == other.label):
            text = (
                f"overlaps with funding[{first}] ({_span(one)}); posts side by side need a label each, unlike the other"
            )
            yield Finding((*path, second), text)


def _overlap(one: FundingPhase, other: FundingPhase) -> bool:
    """Whether two phases overlap whatever is not known of them."""
    return latest(one.start) < _first_end(other) and latest(other.start) < _first_end(one)


def _first_end(phase: FundingPhase) -> float:
    """Return the month after the phase, the earliest it can be."""
    if phase.kind == "permanent":
        return math.inf
    return earliest(phase.start) + (0 if phase.duration_months is None else earliest(phase.duration_months))


def _span(phase: FundingPhase) -> str:
    start, end = month_text(earliest(phase.start)), _first_end(phase)
    return f"from {start} on" if end == math.inf else f"{start} to {month_text(end - 1)}"


def _check_events(scenario: Scenario) -> Iterator[Finding]:
    """Yield a finding for each event outside the run; notes may be of any time."""
    first, last = scenario.start, scenario.start + scenario.months - 1
    run = f"the run, {month_text(first)} to {month_text(last)}"
    for index, event in enumerate(scenario.events):
        if isinstance(event, Note):
            continue
        path: Path = ("events", index, "date")
        if earliest(event.date) < first:
            text = f"{month_text(earliest(event.date))} is before {run}; history is written as kind: note"
            yield Finding(path, text)
        elif latest(event.date) > last:
            yield Finding(path, f"{month_text(latest(event.date))} is after {run}")
