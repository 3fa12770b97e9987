"""Compares scenarios in twin worlds until it is clear which does better, or the budget is spent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qsim.comparison.pair import PRIMARY, Comparison, compare_pair, judge_pair
from qsim.comparison.ranking import Rank, ranking
from qsim.comparison.stopping import Look, Stopped, agreed, confidence_of, planned_looks
from qsim.comparison.worlds import TwinWorlds, prepare_twins
from qsim.measures.catalogue import OUTCOMES
from qsim.runs.execution import Progress
from qsim.runs.standards import Standards
from qsim.runs.store import Store
from qsim.scenario.schema import Scenario

BUDGET = 10_000
"""Runs, over all scenarios, that a comparison takes at most."""

REPLICATIONS = 5
"""Twin worlds in each setting, apart by luck."""


@dataclass(frozen=True)
class Compared:
    """Scenarios that were compared: their worlds, each pair of the first with another, and why it was enough.

    ``looks`` are the looks that were taken of the ``planned`` ones; ``ranking`` puts the scenarios in order, empty if
    there is no setting in which all have the primary outcome.
    """

    worlds: TwinWorlds
    pairs: tuple[Comparison, ...]
    looks: tuple[Look, ...]
    planned: tuple[int, ...]
    stopped: Stopped
    ranking: tuple[Rank, ...]
    standards: Standards

    @property
    def scenarios(self) -> tuple[Scenario, ...]:
        """The scenarios, the first of which is compared with each other one."""
        return tuple(result.scenario for result in self.worlds.results)


def compare(
    scenarios: Sequence[Scenario],
    seed: int = 1,
    settings: int | None = None,
    replications: int | None = None,
    plausible: bool = True,
    workers: int | None = None,
    progress: Progress | None = None,
    budget: int = BUDGET,
    standards: Standards | None = None,
) -> tuple[Comparison, ...]:
    """Compare the first of several scenarios with each other one, in twin worlds.

    Each *setting* is a draw of everything unknown, the parameters of all rules among it; in it ``replications`` worlds
    (5 by default) differ by luck alone. Settings are added at looks after 50, 100, 200, ... of them, until each pair
    has the same verdict, other than *undecided*, at two looks in a row, or until ``budget`` runs are spent; the error is
    split over the looks. With ``settings`` their number is fixed and there is one look. With ``plausible=False`` the
    parameters keep their values, and each world draws the scenario's unknowns for itself: it is a setting of its own,
    and ``replications`` fixes their number.

    Raise ValueError for fewer than two scenarios, less than one replication or setting or a budget for fewer than two
    settings, InputError for wrong overrides of parameters.
    """
    twins = prepare_twins(scenarios, plausible)
    worlds = TwinWorlds(twins, seed, REPLICATIONS if replications is None else replications, plausible)
    fixed = settings if plausible else replications
    return compare_worlds(worlds, fixed, budget, standards or Standards(), workers, progress).pairs


def compare_worlds(
    worlds: TwinWorlds,
    fixed: int | None,
    budget: int,
    standards: Standards,
    workers: int | None = None,
    progress: Progress | None = None,
    store: Store | None = None,
) -> Compared:
    """Run twin worlds for a fixed number of settings, or until their verdicts agree or the budget is spent."""
    planned = (fixed,) if fixed is not None else planned_looks(affordable(worlds, budget))
    looks = look_until_agreed(worlds, planned, standards, workers, progress, store)
    confidence = confidence_of(len(planned))
    return Compared(
        worlds=worlds,
        pairs=tuple(compare_pair(worlds, second, standards, confidence) for second in range(1, len(worlds.twins))),
        looks=looks,
        planned=planned,
        stopped="fixed" if fixed is not None else "agreed" if agreed(looks) else "budget",
        ranking=_ranked(worlds),
        standards=standards,
    )


def look_until_agreed(
    worlds: TwinWorlds,
    planned: Sequence[int],
    standards: Standards,
    workers: int | None = None,
    progress: Progress | None = None,
    store: Store | None = None,
) -> tuple[Look, ...]:
    """Run twin worlds and look at their verdicts as planned; return the looks up to the first that agrees with its last."""
    confidence = confidence_of(len(planned))
    looks: list[Look] = []
    for settings in planned:
        worlds.extend(settings, workers, progress, store)
        others = range(1, len(worlds.twins))
        verdicts, better = zip(*(judge_pair(worlds, other, standards, confidence) for other in others), strict=True)
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


def _ranked(worlds: TwinWorlds) -> tuple[Rank, ...]:
    measure = next(measure for measure in OUTCOMES if measure.name == PRIMARY)
    levels = [worlds.outcome(place, PRIMARY) for place in range(len(worlds.twins))]
    try:
        return ranking(levels, measure.higher_is_better is not False)
    except ValueError:
        return ()
