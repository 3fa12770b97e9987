"""Compares scenarios in twin worlds until it is clear which does better, or the budget is spent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from qsim.comparison.ranking import Rank, ranking
from qsim.comparison.verdict import PRIMARY, Comparison, Verdict, compare_pair, judge_pair
from qsim.comparison.worlds import TwinWorlds, prepare_twins
from qsim.engine.own_files import Given, with_own
from qsim.engine.rows import REPLICATIONS, SETTINGS, TWINS
from qsim.runs.execution import Progress, Tables
from qsim.runs.manifest import Manifest, make_manifest, standards_in
from qsim.runs.readings import MEASURES
from qsim.runs.standards import Standards
from qsim.scenario.loading import as_scenario
from qsim.scenario.schema import Scenario

FIRST = SETTINGS // 2
"""Settings at the first look; each further one has twice as many, and the second is the first that can be the last."""

ERROR = 0.05
"""The chance, over all looks together, that an interval misses the true difference."""

Stopped = Literal["agreed", "budget", "fixed"]
"""Why no more was run: two looks agreed, the budget was spent, or the number was fixed beforehand."""


@dataclass(frozen=True)
class Look:
    """The verdicts on each pair after a number of settings, and which scenario is better: 0 the first, 1 the other, -1 none."""

    settings: int
    verdicts: tuple[Verdict, ...]
    better: tuple[int, ...]


def planned_looks(most: int) -> tuple[int, ...]:
    """Return the numbers of settings at which a comparison of ``most`` settings or fewer looks.

    >>> planned_looks(450)
    (50, 100, 200, 400)
    >>> planned_looks(30)
    (30,)
    """
    looks = [FIRST]
    while looks[-1] * 2 <= most:
        looks.append(looks[-1] * 2)
    return tuple(looks) if most >= FIRST else (most,)


def confidence_of(looks: int) -> float:
    """Return the confidence of the intervals at each look, so that over all of them the error stays (Bonferroni)."""
    return 1.0 - ERROR / looks


def agreed(looks: Sequence[Look]) -> bool:
    """Whether the last two looks gave each pair the same verdict for the same scenario, and none of them is *undecided*."""
    if len(looks) < 2:
        return False
    last, before = looks[-1], looks[-2]
    return (last.verdicts, last.better) == (before.verdicts, before.better) and "undecided" not in last.verdicts


BUDGET = 10_000
"""Runs, over all scenarios, that a comparison takes at most."""


@dataclass(frozen=True)
class Compared:
    """Scenarios that were compared: their worlds, each pair of the first with another, and why it was enough.

    ``looks`` are the looks that were taken of the ``planned`` ones; ``ranking`` puts the scenarios in order, empty if
    there is no setting in which all have the primary outcome. ``against_best`` compares the first in that order with each
    of those behind it, in their order.
    """

    worlds: TwinWorlds
    pairs: tuple[Comparison, ...]
    looks: tuple[Look, ...]
    planned: tuple[int, ...]
    stopped: Stopped
    ranking: tuple[Rank, ...]
    standards: Standards
    against_best: tuple[Comparison, ...] = ()

    @property
    def scenarios(self) -> tuple[Scenario, ...]:
        """The scenarios, the first of which is compared with each other one."""
        return tuple(result.scenario for result in self.worlds.results)

    @property
    def leaders(self) -> tuple[int, ...]:
        """The scenarios, by place and the best mean level first, that cannot be told from the best one; none without ranks."""
        places = [rank.index for rank in self.ranking]
        alike = [place for place, pair in zip(places[1:], self.against_best, strict=True) if pair.better < 0]
        return (*places[:1], *alike)


def compare(
    scenarios: Sequence[Scenario | str | Path] | Scenario | str | Path,
    seed: int = 1,
    settings: int | None = None,
    replications: int | None = None,
    plausible: bool = True,
    workers: int | None = None,
    progress: Progress | None = None,
    budget: int = BUDGET,
    standards: Standards | None = None,
    rules: Given | Sequence[Given] | None = None,
) -> tuple[Comparison, ...]:
    """Compare the first of several scenarios, or names or paths of such, with each other one, in twin worlds.

    Each *setting* is a draw of everything unknown, the parameters of all rules among it; in it ``replications`` worlds
    (5 by default) differ by stochastic variability alone. Settings are added at looks after 50, 100, 200, ... of them, until
    each pair has the same verdict, other than *undecided*, at two looks in a row, or until ``budget`` runs are spent; the
    error is split over the looks. With ``settings`` their number is fixed and there is one look. With ``plausible=False``
    parameters keep their values, and each of ``replications`` worlds (500 by default) draws the scenario's unknowns. With
    ``rules`` of one's own (a file, several, or what one declares) one scenario is compared as it is with what it is with them;
    of several each has them.

    Raise TypeError for what is no list of scenarios, ValueError for fewer than two, less than one replication or setting
    or a budget for fewer than two settings, InputError for a wrong scenario.
    """
    listed: Sequence[Any] = [scenarios] if isinstance(scenarios, (str, Path, Scenario)) else scenarios
    if listed is not scenarios and rules is None:
        raise TypeError("scenarios is a list of two scenarios or more, such as [one, other]")
    given = [as_scenario(each) for each in listed]
    twins = prepare_twins(with_and_without(given, rules), plausible)
    count = (TWINS if plausible else REPLICATIONS) if replications is None else replications
    worlds = TwinWorlds(twins, seed, count, plausible)
    fixed = settings if plausible else count
    return compare_worlds(worlds, fixed, budget, standards or Standards(), workers, progress).pairs


def with_and_without(scenarios: Sequence[Scenario], rules: Given | Sequence[Given] | None) -> list[Scenario]:
    """Return one scenario as it is and with own rules, or several, each with them; as they are without rules."""
    if not rules:
        return list(scenarios)
    changed = [with_own(one, rules) for one in scenarios]
    return [*scenarios, *changed] if len(scenarios) == 1 else changed


def compare_worlds(
    worlds: TwinWorlds,
    fixed: int | None,
    budget: int,
    standards: Standards,
    workers: int | None = None,
    progress: Progress | None = None,
    store: Tables | None = None,
) -> Compared:
    """Run twin worlds for a fixed number of settings, or until their verdicts agree or the budget is spent."""
    planned = (fixed,) if fixed is not None else planned_looks(affordable(worlds, budget))
    looks = look_until_agreed(worlds, planned, standards, workers, progress, store)
    confidence = confidence_of(len(planned))
    better = MEASURES[PRIMARY].higher_is_better is not False
    ranks = ranking([worlds.outcome(place, PRIMARY) for place in range(len(worlds.twins))], better)
    ahead = [(ranks[0].index, rank.index) for rank in ranks[1:]]
    return Compared(
        worlds=worlds,
        pairs=tuple(compare_pair(worlds, (0, second), standards, confidence) for second in range(1, len(worlds.twins))),
        looks=looks,
        planned=planned,
        stopped="fixed" if fixed is not None else "agreed" if agreed(looks) else "budget",
        ranking=ranks,
        standards=standards,
        against_best=tuple(compare_pair(worlds, pair, standards, confidence) for pair in ahead),
    )


def look_until_agreed(
    worlds: TwinWorlds,
    planned: Sequence[int],
    standards: Standards,
    workers: int | None = None,
    progress: Progress | None = None,
    store: Tables | None = None,
) -> tuple[Look, ...]:
    """Run twin worlds and look at their verdicts as planned; return the looks up to the first that agrees with its last."""
    confidence = confidence_of(len(planned))
    looks: list[Look] = []
    for settings in planned:
        worlds.extend(settings, workers, progress, store)
        others = range(1, len(worlds.twins))
        verdicts, better = zip(
            *(judge_pair(worlds, (0, other), standards, confidence) for other in others), strict=True
        )
        looks.append(Look(settings, verdicts, better))
        if agreed(looks):
            break
    return tuple(looks)


def affordable(worlds: TwinWorlds, budget: int) -> int:
    """Return how many settings a budget of runs allows; raise ValueError if it is fewer than two."""
    cost = len(worlds.twins) * worlds.replications
    if budget < 2 * cost:
        raise ValueError(f"a budget of {budget} runs is too small: two settings take {2 * cost}")
    return budget // cost


@dataclass(frozen=True)
class ComparisonPlan:
    """A comparison of the first scenario with each other one, before it is run.

    ``settings`` fixes the number of plausible settings, None lets the verdicts decide within a ``budget`` of runs.
    Without ``plausible`` settings each of ``replications`` worlds in all is a setting of its own. Two scenarios with the
    same id get different ones.
    """

    scenarios: Sequence[Scenario]
    seed: int = 1
    settings: int | None = None
    replications: int = TWINS
    budget: int = BUDGET
    plausible: bool = True
    standards: Standards = field(default_factory=Standards)

    @property
    def fixed(self) -> int | None:
        """The number of settings, if it does not depend on the verdicts."""
        return self.settings if self.plausible else self.replications

    @property
    def numbers(self) -> dict[str, int | None]:
        """Seed and numbers of runs, by the names of the command's options; None for what does not decide."""
        budget = None if self.fixed else self.budget
        settings = self.settings if self.plausible else None
        return {"seed": self.seed, "settings": settings, "replications": self.replications, "budget": budget}

    def worlds(self) -> TwinWorlds:
        """Return the twin worlds, none of them run yet; raise InputError for wrong overrides, ValueError for one scenario."""
        return TwinWorlds(prepare_twins(self.scenarios, self.plausible), self.seed, self.replications, self.plausible)

    def most_runs(self, worlds: TwinWorlds) -> int:
        """Return how many runs it takes at most; raise ValueError for a budget that is too small."""
        return (self.fixed or affordable(worlds, self.budget)) * worlds.replications * len(worlds.twins)

    def manifest(self, worlds: TwinWorlds, command: str) -> Manifest:
        """Return the manifest of the comparison; ``command`` is what gives its numbers again."""
        return make_manifest(
            "compare",
            [twin.scenario for twin in worlds.twins],
            seed=self.seed,
            replications=self.replications,
            settings=self.numbers["settings"],
            plausible=self.plausible,
            budget=self.numbers["budget"],
            standards=self.standards,
            command=command,
        )

    def run(
        self,
        worlds: TwinWorlds,
        workers: int | None = None,
        progress: Progress | None = None,
        store: Tables | None = None,
    ) -> Compared:
        """Run the worlds and compare them; raise RunError for a run that fails."""
        return compare_worlds(worlds, self.fixed, self.budget, self.standards, workers, progress, store)


def planned_again(manifest: Manifest, scenarios: Sequence[Scenario]) -> ComparisonPlan:
    """Return the plan that a manifest holds."""
    return ComparisonPlan(
        scenarios,
        seed=manifest["seed"],
        settings=manifest["settings"],
        replications=manifest["replications"],
        budget=manifest["budget"] or BUDGET,
        plausible=manifest["plausible"],
        standards=standards_in(manifest["standards"]),
    )
