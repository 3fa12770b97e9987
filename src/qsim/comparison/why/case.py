"""One case followed through the house: what it meets at each department of its chain, and where it sticks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from qsim.engine.prepare import Prepared
from qsim.engine.run import run_months
from qsim.files.messages import InputError, suggestion
from qsim.measures.joint import LEAST, channel_quality
from qsim.runs.execution import Row
from qsim.runs.to_json import Plain
from qsim.scenario.house import House
from qsim.scenario.schema import Scenario
from qsim.scenario.standing import HouseChain
from qsim.scenario.values import month_text
from qsim.world.blueprint import Plan
from qsim.world.compiling import entry
from qsim.world.records import World, reference

INPUTS = ("motivation", "ability", "time")
"""What practice needs, as fields of a stance: willingness, usable knowledge, time."""

FIELDS = ("practice", *INPUTS)

Array = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True)
class CaseStep:
    """A department on the way: practice, willingness, usable knowledge and time, and the channel to the next step.

    All are shares; ``channel`` is NaN at the last step.
    """

    department: str
    practice: float
    motivation: float
    ability: float
    time: float
    channel: float

    @property
    def scarcest(self) -> str:
        """The input that there is least of, one of :data:`INPUTS`."""
        return min(INPUTS, key=lambda name: float(getattr(self, name)))


@dataclass(frozen=True)
class Case:
    """A case of a chain (``chain``, of task ``task``) in an absolute ``month``, in ``runs`` runs.

    ``steps`` are means over these runs, ``done`` is the share of such cases that is done jointly: the power mean of
    practice along the chain times the quality of each channel; a chain of one department has no channel to fail.
    """

    chain: Plain[HouseChain]
    task: str
    month: int
    runs: int
    steps: tuple[CaseStep, ...]
    done: float

    @property
    def weakest_step(self) -> int:
        """The index of the department where least is done."""
        return min(range(len(self.steps)), key=lambda i: self.steps[i].practice)

    @property
    def weakest_channel(self) -> int:
        """The index of the step whose channel to the next is worst."""
        return min(range(len(self.steps) - 1), key=lambda i: self.steps[i].channel)

    @property
    def sticks_at_channel(self) -> bool:
        """Whether the worst channel is worse than what is done at the worst department."""
        return len(self.steps) > 1 and self.steps[self.weakest_channel].channel < self.steps[self.weakest_step].practice


def follow_case(
    prepared: Prepared, chain: str | None, month: int, seed: int = 1, rows: Sequence[Row] = ((0, 0),)
) -> tuple[Case, Case]:
    """Follow a case of a chain (by its id; None: the first) in an absolute month, in the first run and in all.

    ``rows`` are replicate and setting of the runs; left out are those in whose setting the chain runs through other
    departments than in the first. Raise InputError for a chain that does not exist or a month outside the run.
    """
    plan, place = find_case(prepared, chain, month, seed, rows[0][1])
    followed, way = plan.house.chains[place].id, _way(plan.house, place)
    measured = []
    for replicate, setting in rows:
        house = prepared.blueprint.plan(seed, setting)[0].house
        at = next((i for i, each in enumerate(house.chains) if each.id == followed), None)
        if at is None or _way(house, at) != way:
            continue
        world = prepared.blueprint.world(seed, replicate, setting)
        if prepared.extended:
            running = prepared.months_of(world)
            for each in range(prepared.scenario.start, month + 1):
                running.month(each)
        else:
            run_months(world, month + 1 - prepared.scenario.start)
        measured.append(_steps(world, house.chains[at], int(world.chains["first"][at])))
    return _case(plan, place, month, measured[:1]), _case(plan, place, month, measured)


def _way(house: House, place: int) -> list[str]:
    return [house.departments[d].id for d in house.chains[place].departments]


def find_case(prepared: Prepared, chain: str | None, month: int, seed: int, setting: int) -> tuple[Plan, int]:
    """Return the plan of a setting and the index of a chain in its house, before anything runs.

    Raise InputError for a chain that does not exist or a month outside the run.
    """
    _check_month(prepared.scenario, month)
    plan, _ = prepared.blueprint.plan(seed, setting)
    return plan, _chain_index(plan.house.chains, chain, prepared.scenario)


def _steps(world: World, chain: HouseChain, first: int) -> Array:
    """Return the steps (steps, fields and channel) of a chain whose links begin at ``first``."""
    values = np.full((len(chain.departments), len(FIELDS) + 1), np.nan)
    for i, d in enumerate(chain.departments):
        values[i, :-1] = [world.stances[name][d, chain.task] for name in FIELDS]
    channels = np.empty(len(values) - 1)
    _read_channels(reference(world), first, chain.task, channels)
    values[:-1, -1] = channels
    return values


@entry
def _read_channels(world: Any, first: int, k: int, out: np.ndarray) -> None:
    for i in range(out.size):
        out[i] = channel_quality(world, first + i, k)


def _case(plan: Plan, place: int, month: int, measured: Sequence[Array]) -> Case:
    chain = plan.house.chains[place]
    stacked = np.stack(measured)
    practice = np.maximum(stacked[:, :, 0], LEAST)
    links = np.mean(practice**-2.0, axis=1) ** -0.5
    channels = stacked[:, :-1, -1].prod(axis=1)
    done = float(np.mean(links * channels))
    steps = tuple(
        CaseStep(plan.house.departments[d].id, *(float(value) for value in row))
        for d, row in zip(chain.departments, stacked.mean(axis=0), strict=True)
    )
    return Case(chain, plan.scenario.tasks[chain.task].id, month, len(measured), steps, done)


def _chain_index(chains: Sequence[HouseChain], wanted: str | None, scenario: Scenario) -> int:
    names = [chain.id for chain in chains]
    if wanted is None:
        return 0
    if wanted not in names:
        text = f'there is no chain "{wanted}"{suggestion(wanted, names, "there are")}'
        raise InputError.about(scenario.id, text)
    return names.index(wanted)


def _check_month(scenario: Scenario, month: int) -> None:
    last = scenario.start + scenario.months - 1
    if not scenario.start <= month <= last:
        text = f"{month_text(month)} is not within the run, {month_text(scenario.start)} to {month_text(last)}"
        raise InputError.about(scenario.id, text)
