"""What differs between two versions: outcomes of each scenario, verdicts on pairs of them, claims, and what is new or gone."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from qsim.claims.loading import load_ledger
from qsim.comparison.report import check_comparable
from qsim.comparison.verdict import KEY_OUTCOMES, PRIMARY, OutcomeComparison, Verdict, judge, outcome_of_twins
from qsim.diff.taken import Ran, Tested, claims_of, runs_of
from qsim.diff.version import Version, this_version
from qsim.files.messages import InputError, suggestion
from qsim.files.reading import read_file
from qsim.measures.catalogue import OUTCOMES
from qsim.scenario.labels import Label
from qsim.scenario.loading import load_scenario
from qsim.scenario.schema import Scenario

SETTINGS = 20
"""Possible settings in which each scenario is run, with five twins in each."""
SAME, ZERO = 1e-9, 1e-12
"""Up to which relative and which absolute difference numbers are the same, as in the baseline."""
RELEVANT = {
    one.name: one.smallest_relevant for one in OUTCOMES if one.smallest_relevant is not None and not one.by_size
}
"""The outcomes that can move by more than anybody would notice, with how much that is."""

Judgement = tuple[Verdict, int]
"""A verdict, and which of the pair is better: 0 the first, 1 the second, -1 none."""


@dataclass(frozen=True)
class Change:
    """An outcome of a scenario: its levels before and after, and the difference in twin worlds."""

    scenario: str
    row: OutcomeComparison

    @property
    def size(self) -> float:
        """How many times the smallest relevant difference it has moved; NaN where it is missing before or after."""
        return abs(self.row.difference) / self.row.smallest_relevant

    @property
    def moved(self) -> bool:
        """Whether it has moved by more than the smallest relevant difference, surely, or is there in one version only."""
        sure = self.row.low > 0.0 or self.row.high < 0.0
        return (self.size > 1.0 and sure) or math.isnan(self.size)

    @property
    def open(self) -> bool:
        """Whether it may have moved so far: the difference is larger, but the choice of settings may have made it."""
        return self.size > 1.0 and not self.moved


@dataclass(frozen=True)
class Judged:
    """The verdicts on two scenarios, by name, before and after."""

    pair: tuple[str, str]
    before: Judgement
    after: Judgement

    @property
    def turned(self) -> bool:
        """Whether they differ."""
        return self.before != self.after


@dataclass(frozen=True)
class Claimed:
    """A claim and its outcomes before and after; None in a version that does not have it."""

    id: str
    text: Label
    before: str | None
    after: str | None

    @property
    def turned(self) -> bool:
        """Whether both versions have it, with other outcomes."""
        return self.before is not None and self.after is not None and self.before != self.after


@dataclass(frozen=True)
class Difference:
    """What differs between a version and the one that runs.

    ``versions`` are their names, before and after; ``changes`` has every outcome of the scenarios that both have, ``same`` the
    scenarios of which every number is the same; ``rerun`` says whether claims were run anew, not read as they are stored.
    """

    versions: tuple[str, str]
    seed: int
    settings: int
    labels: Mapping[str, Label]
    changes: tuple[Change, ...]
    same: tuple[str, ...]
    new: tuple[str, ...]
    gone: tuple[str, ...]
    verdicts: tuple[Judged, ...]
    claims: tuple[Claimed, ...]
    rerun: bool

    @property
    def moved(self) -> list[Change]:
        """The outcomes that have moved by more than the smallest relevant difference, the largest change first."""
        return sorted((one for one in self.changes if one.moved), key=lambda one: -np.nan_to_num(one.size, nan=np.inf))

    @property
    def open(self) -> list[Change]:
        """The outcomes that may have moved so far, the largest difference first."""
        return sorted((one for one in self.changes if one.open), key=lambda one: -one.size)

    @property
    def compared(self) -> list[str]:
        """The scenarios that both versions have."""
        return list(dict.fromkeys(one.scenario for one in self.changes))


def planned(other: Version, names: Sequence[str] = ()) -> tuple[list[str], list[str]]:
    """Return the scenarios that are run in the other version and in this one; raise InputError for a name in neither."""
    versions = other, this_version()
    known = sorted({name for version in versions for name in version.scenarios})
    for name in names:
        if name not in known:
            raise InputError.about(name, f"no scenario of this name comes with either version{suggestion(name, known)}")
    first, second = ([name for name in one.scenarios if not names or name in names] for one in versions)
    return first, second


def difference(
    other: Version,
    names: Sequence[str] = (),
    settings: int = SETTINGS,
    seed: int = 1,
    workers: int | None = None,
    groups: Sequence[str] | None = None,
    progress: Callable[[int], None] = lambda count: None,
) -> Difference:
    """Return what differs from another version, of all scenarios that come with qsim or of those named.

    ``groups`` are those of claims that are run anew (all if empty); None takes the outcomes that are stored. Raise
    InputError for a version that cannot be run, or a name or a group that is none.
    """
    if groups:
        load_ledger().chosen(groups=groups)
    this = this_version()
    before, after = (
        runs_of(version, asked, settings, seed, workers, progress)
        for version, asked in zip((other, this), planned(other, names), strict=True)
    )
    both = [name for name in after if name in before]
    first, second = (claims_of(version, groups) for version in (other, this))
    return Difference(
        versions=(other.name, this.name),
        seed=seed,
        settings=settings,
        labels={name: ran.label for name, ran in (before | after).items()},
        changes=tuple(change for name in both for change in _changes(name, before[name], after[name])),
        same=tuple(name for name in both if is_same(before[name], after[name])),
        new=tuple(name for name in after if name not in before),
        gone=tuple(name for name in before if name not in after),
        verdicts=tuple(
            Judged(pair, *(judged(runs[pair[0]], runs[pair[1]]) for runs in (before, after)))
            for pair in pairs(this, both)
        ),
        claims=tuple(_claims(first, second)),
        rerun=groups is not None,
    )


def _changes(name: str, before: Ran, after: Ran) -> Iterator[Change]:
    for measure in OUTCOMES:
        values = [each.outcomes.get(measure.name) for each in (before, after)]
        if measure.name in RELEVANT and (values[0] is not None or values[1] is not None):
            missing = np.full(next(one for one in values if one is not None).shape, np.nan)
            first, second = (missing if one is None else one for one in values)
            row = outcome_of_twins(measure, first, second, RELEVANT[measure.name])
            if np.isfinite(row.levels).any():
                yield Change(name, row)


def is_same(before: Ran, after: Ran) -> bool:
    """Return whether every number of two versions of a scenario is the same."""
    return before.outcomes.keys() == after.outcomes.keys() and all(
        np.allclose(values, after.outcomes[name], SAME, ZERO, equal_nan=True)
        for name, values in before.outcomes.items()
    )


def judged(first: Ran, second: Ran) -> Judgement:
    """Return the verdict of this version on two scenarios by their runs."""
    rows = {
        name: outcome_of_twins(measure, first.outcomes[name], second.outcomes[name], RELEVANT[name])
        for measure in OUTCOMES
        if (name := measure.name) in (PRIMARY, *KEY_OUTCOMES)
    }
    return judge(rows[PRIMARY], [rows[name] for name in KEY_OUTCOMES])


def pairs(version: Version, names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield each scenario with the one it extends, or else with the first other one that extends that, where they compare."""
    folder, extended = version.data("scenarios"), {}
    for name in names:
        node = read_file(folder / f"{name}.yaml", name, []).child("extends")
        if node is not None:
            extended[name] = Path(str(node.value)).stem
    loaded = {name: load_scenario(folder / f"{name}.yaml") for name in names if extended}
    for name, base in extended.items():
        siblings = [one for one, its in extended.items() if its == base and one < name]
        found = next(
            (one for one in (base, *siblings) if one in loaded and _comparable(loaded[one], loaded[name])), None
        )
        if found is not None:
            yield found, name


def _comparable(first: Scenario, second: Scenario) -> bool:
    try:
        check_comparable([first, second])
    except InputError:
        return False
    return True


def _claims(before: Mapping[str, Tested], after: Mapping[str, Tested]) -> Iterator[Claimed]:
    for name in dict.fromkeys((*before, *after)):
        outcomes = [one[name].outcome if name in one else None for one in (before, after)]
        yield Claimed(name, (after if name in after else before)[name].text, *outcomes)
