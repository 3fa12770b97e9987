"""What advice says: packages with effect and cost, what money buys, single measures, and how far that was run."""

from __future__ import annotations

from dataclasses import dataclass

from qsim.advice.costing import Euros
from qsim.advice.library import Library
from qsim.advice.offer import Budget, Ids, LeftOut
from qsim.advice.selection import Ending
from qsim.advice.tradeoff import Step
from qsim.engine.prepare import Prepared
from qsim.measures.catalogue import Measure
from qsim.runs.to_json import Hidden
from qsim.scenario.schema import Scenario


@dataclass(frozen=True)
class Effect:
    """How much better a package does than doing nothing, in the unit of the goal, with its interval over settings of 95 %.

    It is above zero where the package does better, also where less of the goal is better. It rests on so many ``worlds`` in so
    many ``settings``, which doing nothing has in common.
    """

    mean: float
    low: float
    high: float
    settings: int
    worlds: int


@dataclass(frozen=True)
class Robustness:
    """How a package does among those shown and doing nothing, setting by setting, freed of the luck of worlds.

    ``best``: in which share of the settings it is the best; ``regret_90``, ``regret_largest``: how much worse than the best of
    a setting it is in nine of ten settings at most, and in the worst, in the unit of the goal.
    """

    best: float
    regret_90: float
    regret_largest: float


@dataclass(frozen=True)
class Advised:
    """A package of measures, which may be a single one or none.

    ``a_year``: euros a year, each measure in its dearest year; ``once``; ``posts``; ``mean_a_year``: euros on average a year
    until the end of the run, with what is paid once. ``level`` of the goal, as results of runs have it; ``per_10000``: effect
    for each 10,000 euros of ``mean_a_year`` at most, NaN if it costs nothing. ``hours``: what it takes more a year, by payer,
    less where negative. ``bottlenecks``: by how much the share of the unmet need that each constraint holds back changes;
    ``widens``: the one whose share falls most, besides ``adjusting``, None if none falls by half a percent. ``decided_by``:
    measures by who decides them; ``needs``: the conditions of those that have some, which the scenario meets. ``maximal``:
    the budget affords nothing besides.
    """

    ids: Ids
    affordable: bool
    maximal: bool
    a_year: Euros
    once: Euros
    posts: Euros
    mean_a_year: Euros
    level: float
    effect: Effect
    per_10000: float
    hours: dict[str, float]
    bottlenecks: dict[str, float]
    widens: str | None
    decided_by: dict[str, Ids]
    needs: dict[str, tuple[str, ...]]
    robustness: Robustness | None = None


@dataclass(frozen=True)
class Curve:
    """The best package for each budget, cheapest first; ``costs`` is the least budget that affords it.

    ``steps`` say what 10,000 euros more bring along it: from ``enough`` on nothing more that can be told, up to ``limit``.
    """

    points: tuple[Advised, ...]
    costs: tuple[float, ...]
    steps: tuple[Step, ...]
    enough: float
    limit: float


@dataclass(frozen=True)
class Condition:
    """Whether what is seen of a ``measure`` is ``above`` a threshold, or else at most that."""

    measure: str
    threshold: float
    above: bool


@dataclass(frozen=True)
class Rule:
    """What to add by what is seen before the decision: ``then`` where all conditions, one or two, hold; ``otherwise`` elsewhere.

    ``gain``: what deciding by it brings more than adding the same whatever is seen, with its 95 % interval, in worlds from
    which the rule was not made.
    """

    conditions: tuple[Condition, ...]
    then: Ids
    otherwise: Ids
    gain: float
    low: float
    high: float


@dataclass(frozen=True)
class Again:
    """What to do when it is decided again, in ``month``, ``YYYY-MM``; until then the recommended package is all there is.

    The month is the last one for which there is money. ``ends``: measures of the package that are paid until then only; empty
    where posts end on which the council decides, or nothing, three years after the beginning. ``euro``: euros a year that are
    free from the next month on. ``add`` does most whatever is seen by then, nothing where it is empty, with its ``effect``
    against adding nothing. ``rule``: the best rule that was found, if any; it ``helps`` where it gains more than the smallest
    relevant difference.
    """

    month: str
    ends: Ids
    euro: float
    add: Ids
    effect: Effect
    rule: Rule | None
    helps: bool


@dataclass(frozen=True)
class Advice:
    """The best that can be done in a scenario within a budget, from month ``start`` on, ``YYYY-MM``.

    ``best`` holds packages that cannot be told apart at the top: first the one to take, the cheapest of them (where runs ended
    first, of those whose interval lies within ``relevant`` of the best), then those with the highest means; there are ``group``
    of them in all. ``stopped`` says why no more was run: ``best``: one is left; ``group``: all in it are within the smallest
    ``relevant`` difference; ``budget``: more runs might tell more. Of the packages that can be afforded (``affordable``, None
    where they were not counted) so many were ``compared``. ``most_effect`` and ``most_per_euro`` are single measures, whether
    they can be afforded or not. ``again``: what to do when the money ends, None where too little of the run is left then or
    nothing can be added. ``left_out`` are measures that cannot be had. ``runs`` are all but those of ``again``.
    """

    scenario: Hidden[Scenario]
    library: Hidden[Library]
    base: Hidden[Prepared]
    measure: Hidden[Measure]
    goal: str
    relevant: float
    budget: Budget
    start: str
    nothing: Advised
    best: tuple[Advised, ...]
    group: int
    stopped: Ending
    affordable: int | None
    compared: int
    curve: Curve
    most_effect: tuple[Advised, ...]
    most_per_euro: tuple[Advised, ...]
    again: Again | None
    left_out: tuple[LeftOut, ...]
    runs: int
    seed: int

    @property
    def recommended(self) -> Advised:
        """The package to take; it holds no measure where none brings more than doing nothing."""
        return self.best[0]
