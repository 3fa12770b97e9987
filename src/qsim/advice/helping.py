"""Which single measures would help most in a scenario, whatever they cost, and which bottleneck each one widens."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass

from qsim.advice.advice import Advised
from qsim.advice.choosing import Effort
from qsim.advice.describing import Describer
from qsim.advice.library import Library, load_library
from qsim.advice.offer import Budget, LeftOut, offer_of
from qsim.advice.table import Table
from qsim.comparison.report import Stage
from qsim.comparison.verdict import PRIMARY
from qsim.measures.catalogue import OUTCOMES, Measure
from qsim.runs.standards import Standards
from qsim.runs.to_json import Hidden
from qsim.scenario.schema import Scenario
from qsim.scenario.values import month_text

UNLIMITED = Budget(1e12)
"""More than anything costs."""


@dataclass(frozen=True)
class Help:
    """The single measures that would help most from month ``start`` on, ``YYYY-MM``, against doing ``nothing``.

    Of so many ``tried``, ``most_effect`` and ``most_per_euro`` are the best five, by effect and by effect for their money; of
    the latter only those that cost some. ``left_out`` are measures that cannot be had.
    """

    library: Hidden[Library]
    measure: Hidden[Measure]
    relevant: float
    start: str
    tried: int
    nothing: Advised
    most_effect: tuple[Advised, ...]
    most_per_euro: tuple[Advised, ...]
    left_out: tuple[LeftOut, ...]


def most_helpful(
    scenario: Scenario,
    library: Library | None = None,
    seed: int = 1,
    workers: int | None = None,
    stage: Stage = lambda runs, name: nullcontext(lambda done: None),
) -> Help:
    """Return which single measures help most with what is done jointly, in the worlds of every other command.

    Raise InputError for observed facts that contradict the model, RunError for a run that fails.
    """
    measure = next(one for one in OUTCOMES if one.name == PRIMARY)
    offer = offer_of(scenario, library or load_library(), UNLIMITED)
    table = Table(offer, seed, workers)
    describe, singles, worlds = Describer(offer, table, measure), [*offer.singles], table.columns(0, Effort.side)
    with stage(table.missing([(), *singles], worlds), "running single measures") as progress:
        table.numbers([(), *singles], worlds, progress)
    most_effect, most_per_euro = best_alone([describe(ids, worlds) for ids in singles], Effort.alone)
    return Help(
        library=offer.library,
        measure=measure,
        relevant=Standards().smallest_relevant(measure, table.base),
        start=month_text(offer.start),
        tried=len(singles),
        nothing=describe((), worlds),
        most_effect=most_effect,
        most_per_euro=most_per_euro,
        left_out=offer.left_out,
    )


def best_alone(alone: Sequence[Advised], shown: int) -> tuple[tuple[Advised, ...], tuple[Advised, ...]]:
    """Return those of single measures with most effect, and with most effect for their money, where they cost some."""
    dear = [one for one in alone if one.per_10000 > 0]
    return (
        tuple(sorted(alone, key=lambda one: -one.effect.mean)[:shown]),
        tuple(sorted(dear, key=lambda one: -one.per_10000)[:shown]),
    )
