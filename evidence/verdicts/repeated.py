"""How often a verdict is wrong: the same comparison again and again with fresh worlds, where the truth is known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from qsim.comparison.comparing import BUDGET, affordable, look_until_agreed, planned_looks
from qsim.comparison.verdict import PRIMARY, Verdict
from qsim.comparison.worlds import TwinWorlds, prepare_twins
from qsim.engine.prepare import Prepared
from qsim.engine.rows import TWINS
from qsim.runs.execution import Progress, Row
from qsim.runs.intervals import interval, setting_levels
from qsim.runs.standards import Standards
from qsim.scenario.schema import Scenario

Apart = Literal["luck", "everything"]
"""What worlds that are no twins do not share: luck alone, or luck and the settings of what nobody knows."""

FAR = 2**24
"""The first replicate, and the first setting, of worlds that share nothing with those that count from 0."""


class DisjointWorlds(TwinWorlds):
    """Worlds of scenarios that are no twins: all but the first have luck, and if wanted settings, of their own."""

    def __init__(self, twins: Sequence[Prepared], seed: int, replications: int, apart: Apart) -> None:
        super().__init__(twins, seed, replications, plausible=True)
        self.apart: Apart = apart

    def rows_of(self, place: int, settings: int) -> list[Row]:
        """Return the rows of the twins for the first scenario, rows far away for the others."""
        rows = super().rows_of(place, settings)
        far = FAR * place
        return [(replicate + far, setting + far * (self.apart == "everything")) for replicate, setting in rows]


def true_difference(
    pair: Sequence[Scenario], runs: int, seed: int, workers: int | None = None, progress: Progress | None = None
) -> tuple[float, float, float]:
    """Return the mean difference of the primary outcome, second minus first, over many runs, with its 95 % interval."""
    settings = runs // (len(pair) * TWINS)
    worlds = TwinWorlds(prepare_twins(pair), seed, TWINS, True)
    worlds.extend(settings, workers, progress)
    values = setting_levels(worlds.outcome(1, PRIMARY) - worlds.outcome(0, PRIMARY))
    return (float(values.mean()), *interval(values))


def repeated_verdicts(
    pair: Sequence[Scenario],
    seeds: Sequence[int],
    standards: Standards | None = None,
    apart: Apart | None = None,
    budget: int = BUDGET,
    workers: int | None = None,
) -> Iterator[Verdict]:
    """Yield the verdict of a comparison of two scenarios for each seed; no two share a world.

    ``apart`` makes the worlds of the second scenario no twins of those of the first.
    """
    twins = prepare_twins(pair)
    for seed in seeds:
        worlds = TwinWorlds(twins, seed, TWINS, True) if apart is None else DisjointWorlds(twins, seed, TWINS, apart)
        looks = look_until_agreed(worlds, planned_looks(affordable(worlds, budget)), standards or Standards(), workers)
        yield looks[-1].verdicts[0]
