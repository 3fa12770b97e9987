"""Checks that dates of a scenario are in order: of funding, formats, groups and events, and of what was observed.

A date that nobody knows is wrong where it could not be right, whatever it turns out to be; only events must lie within the
run in any case.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from qsim.files.findings import Finding
from qsim.files.nodes import Path
from qsim.scenario.schema import Note, Scenario
from qsim.scenario.structure import FundingPhase
from qsim.scenario.values import MONTH_NUMBERS, Unknown, month_text


def earliest(value: float | Unknown) -> float:
    """Return the smallest value, if nobody knows which."""
    return float(value.smallest) if isinstance(value, Unknown) else value


def latest(value: float | Unknown) -> float:
    """Return the largest value, if nobody knows which."""
    return float(value.largest) if isinstance(value, Unknown) else value


def check_dates(scenario: Scenario) -> Iterator[Finding]:
    """Yield a finding for each date that contradicts another, or cannot be written."""
    if (last := scenario.start + scenario.months - 1) not in MONTH_NUMBERS:
        text = f"the run ends in {month_text(last)}; expected an end of at most {month_text(MONTH_NUMBERS[-1])}"
        yield Finding(("months",), text)
    for index, commissioner in enumerate(scenario.commissioners):
        yield from _check_funding(("commissioners", index, "funding"), commissioner.funding)
    for block in ("formats", "civil_society"):
        for index, entry in enumerate(getattr(scenario, block)):
            if entry.start is not None and entry.end is not None and latest(entry.end) < earliest(entry.start):
                text = f"{month_text(latest(entry.end))} is before the start, {month_text(earliest(entry.start))}"
                yield Finding((block, index, "end"), text)
    yield from _check_events(scenario)


def check_observed(scenario: Scenario) -> Iterator[Finding]:
    """Yield a finding for each observation that says nothing, two things, or something of a time before or after the run."""
    last = scenario.start + scenario.months - 1
    for index, one in enumerate(scenario.observed):
        path: Path = ("observed", index)
        if one.value is not None and one.within is None:
            yield Finding(path, 'missing key "within"; how far may the true value lie from the one found?', "within")
        elif one.value is None and one.within is not None:
            yield Finding((*path, "within"), "there is no value that it goes with; leave it out, or write the value")
        elif (one.value is None) == (one.at_least is None and one.at_most is None):
            yield Finding(path, "expected a value, or at_least, at_most or both", "value")
        elif one.at_least is not None and one.at_most is not None and one.at_most < one.at_least:
            yield Finding((*path, "at_most"), f"{one.at_most:g} is less than at_least, {one.at_least:g}")
        if not scenario.start <= one.date <= last:
            text = f"{month_text(one.date)} lies outside the run; expected {month_text(scenario.start)} to {month_text(last)}"
            yield Finding((*path, "date"), text)


def _check_funding(path: Path, phases: Sequence[FundingPhase]) -> Iterator[Finding]:
    """Yield a finding for each phase without its duration; without an id, for one out of order or beside another alike."""
    for index, phase in enumerate(phases):
        if phase.kind == "fixed" and phase.duration_months is None:
            yield Finding((*path, index), 'missing key "duration_months"; a fixed phase needs one', "duration_months")
        if phase.kind == "permanent" and phase.duration_months is not None:
            text = "a permanent phase has no duration; leave it out, or write kind: fixed"
            yield Finding((*path, index, "duration_months"), text)
    for (index, before), (_, after) in pairwise(enumerate(phases)):
        if after.id is None and latest(after.start) < earliest(before.start):
            start, earlier = month_text(latest(after.start)), month_text(earliest(before.start))
            text = f"{start} is before the start of the phase above it, {earlier}"
            yield Finding((*path, index + 1, "start"), text)
    for (first, one), (second, other) in combinations(enumerate(phases), 2):
        unnamed = one.id == other.id and (one.label is None or other.label is None or one.label == other.label)
        if unnamed and _overlap(one, other):
            span = _span(one)
            text = f"overlaps with funding[{first}] ({span}); posts side by side need a label each, unlike the other"
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
