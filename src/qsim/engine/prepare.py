"""A scenario made ready to run: its worlds, its measured shape, and the runs of many replicates in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from qsim.engine.fit import Fit, Fitting
from qsim.engine.overrides import chosen_overrides
from qsim.engine.own_files import extension_of
from qsim.engine.own_month import OwnMonths, Totals, simulate_own
from qsim.engine.run import simulate_months
from qsim.engine.wide import WideBlueprint, narrowed
from qsim.files.messages import InputError
from qsim.measures.catalogue import DEPARTMENT_MEASURES, SERIES, TASK_SERIES
from qsim.measures.outcomes import run_outcomes
from qsim.scenario.house import House
from qsim.scenario.schema import Scenario, Shock
from qsim.scenario.values import Unknown
from qsim.world.blueprint import Blueprint, Plan, Start
from qsim.world.kinds import ACTIVITIES
from qsim.world.records import World
from qsim.world.unknowns import find_unknowns, is_structural, replaced


class RunOutput(NamedTuple):
    """What some runs gave; ``departments`` and ``ledger`` are sums over these runs."""

    series: np.ndarray  # (runs, months, SERIES)
    series_tasks: np.ndarray  # (runs, months, tasks, TASK_SERIES)
    outcomes: np.ndarray  # (runs, OUTCOMES)
    departments_sum: np.ndarray  # (months, departments, tasks, DEPARTMENT_MEASURES)
    departments_square: np.ndarray  # (months, departments, tasks), of practice
    ledger: np.ndarray  # (payers, activities)


class Prepared:
    """A scenario with its blueprint.

    With ``plausible`` settings parameters are those of the ensemble, setting by setting; else those of the central setting.
    ``reference`` is the plan whose departments and payers name the rows of sums; where the size of the administration is
    unknown it is the largest.
    """

    def __init__(self, scenario: Scenario, plausible: bool = False) -> None:
        self.scenario = scenario
        self.plausible = plausible
        self.fit: Fit | None = None
        """What observed facts have done to its settings; None if they have not been asked."""
        switches, parameters, unknown = chosen_overrides(scenario, plausible)
        self.extension = extension_of(scenario).without(scenario.rules.off)
        self.rules = extension_of(scenario).declared
        """What all rules declare, own ones last."""
        kind = Blueprint if not self.extended else WideBlueprint
        self.blueprint = kind(scenario, parameters, switches, unknown)
        largest = _largest(scenario)
        known = largest is scenario  # then all settings have the same structure, which is laid out once
        self.reference = self.blueprint.plan(0, 0)[0] if known else Plan(largest, narrowed(parameters[:1]), switches)
        self.payers = payers_of(self.reference.house, scenario)
        shocks = [event.date for event in scenario.events if isinstance(event, Shock) and _strikes(event)]
        dates = [date.middle if isinstance(date, Unknown) else date for date in shocks]
        within = [date for date in dates if date >= scenario.start]
        self.first_shock = int(min(within)) - scenario.start if within else None

    @property
    def extended(self) -> bool:
        """Whether own files add something to the model."""
        return bool(self.scenario.rules.own)

    @property
    def house(self) -> House:
        """The administration whose departments name the rows."""
        return self.reference.house

    def at(self, values: Mapping[str, Any]) -> Prepared:
        """Return the scenario with values, by key, in place of what is unknown or of ``parameters.<rule>.<name>``.

        Raise ValueError for a parameter that does not exist.
        """
        varied = copy(self)
        varied.blueprint = self.blueprint.at(values)
        return varied

    def with_parameters(self, parameters: np.ndarray) -> Prepared:
        """Return the scenario with other rows of parameters (rows,), which hold whatever it states of them."""
        varied = copy(self)
        varied.blueprint = self.blueprint.with_parameters(parameters)
        return varied

    def within(self, fit: Fit) -> Prepared:
        """Return the scenario in the settings that fit alone, one after another and again."""
        varied = copy(self)
        varied.blueprint = Fitting(self.blueprint, fit.settings)
        varied.fit = fit
        return varied

    def run(self, seed: int, rows: Sequence[tuple[int, int]]) -> RunOutput:
        """Run the rows (replicate, setting), one after another, in this thread.

        Raise InputError if facts were observed that have not been asked yet.
        """
        if self.plausible and self.scenario.observed and self.fit is None:
            text = "what was observed chooses among settings in run, compare and explain alone; leave it out here"
            raise InputError.about(self.scenario.id, text, "observed")
        months, tasks = self.scenario.months, len(self.scenario.tasks)
        departments = len(self.house.departments)
        series = np.empty((len(rows), months, len(SERIES)))
        by_task = np.empty((len(rows), months, tasks, len(TASK_SERIES)))
        sums = np.zeros((months, departments, tasks, len(DEPARTMENT_MEASURES)))
        squares = np.zeros((months, departments, tasks))
        ledger = np.zeros((len(self.payers), len(ACTIVITIES)))
        done = 0
        for start in self.blueprint.starts(seed, rows):
            own = slice(done, done := done + len(start.words))
            if start.plan.house.departments == self.house.departments:
                self._simulate(start, series[own], by_task[own], (sums, squares, ledger))
            else:
                self._run_smaller(start, series[own], by_task[own], (sums, squares, ledger))
        outcomes = run_outcomes(series, self.first_shock)
        return RunOutput(series, by_task, outcomes, sums, squares, ledger)

    def _simulate(self, start: Start, series: np.ndarray, by_task: np.ndarray, totals: Totals) -> None:
        """Run and measure all months of some runs, and add to the totals."""
        if not self.extended:
            simulate_months(start, self.scenario.months, series, by_task, *totals)
            return
        for run in range(len(start.words)):
            world = start.world(run)
            simulate_own(self, world, self.values_of(world), series[run], by_task[run], totals)

    def values_of(self, world: World) -> np.ndarray:
        """Return all parameters of the run of a world, those of own rules among them: an array of one record."""
        if not self.extended:
            return world.parameters
        setting = int(world.key["setting"][0])
        _, draws = self.blueprint.plan(int(world.key["seed"][0]), setting)
        return self.blueprint.values(np.array([setting]), {key: np.array([u]) for key, u in draws.items()})

    def months_of(self, world: World) -> OwnMonths:
        """Return the months of a world, to be run one after another."""
        return OwnMonths(self, world, self.values_of(world))

    def _run_smaller(
        self,
        start: Start,
        series: np.ndarray,
        by_task: np.ndarray,
        totals: Totals,
    ) -> None:
        """Run worlds with fewer departments and add their sums to the rows of the same names."""
        plan = start.plan
        months, tasks = self.scenario.months, len(self.scenario.tasks)
        own_sums = np.zeros((months, len(plan.house.departments), tasks, len(DEPARTMENT_MEASURES)))
        own_squares = np.zeros(own_sums.shape[:3])
        own_payers = payers_of(plan.house, self.scenario)
        own_ledger = np.zeros((len(own_payers), len(ACTIVITIES)))
        self._simulate(start, series, by_task, (own_sums, own_squares, own_ledger))
        rows = [self.house.department_index(department.id) for department in plan.house.departments]
        totals[0][:, rows] += own_sums
        totals[1][:, rows] += own_squares
        totals[2][[self.payers.index(payer) for payer in own_payers]] += own_ledger


class _Same(NamedTuple):
    """A scenario that is the same as another only if it is the very same object."""

    scenario: Scenario

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.scenario is other.scenario

    def __hash__(self) -> int:
        return id(self.scenario)


def prepare(scenario: Scenario, plausible: bool = False) -> Prepared:
    """Return the scenario made ready, from memory if it was among the last; raise InputError for wrong overrides."""
    return _prepared(_Same(scenario), plausible)


@lru_cache(maxsize=16)
def _prepared(same: _Same, plausible: bool) -> Prepared:
    return Prepared(same.scenario, plausible)


def payers_of(house: House, scenario: Scenario) -> list[tuple[str, str]]:
    """Return kind and id of who pays hours, in the order of the ledger's rows."""
    return [*(("department", department.id) for department in house.departments),
            *(("commissioner", unit.id) for unit in scenario.commissioners),
            *(("leader", leader.id) for leader in house.leaders),
            *(("civil_society", group.id) for group in scenario.civil_society)]  # fmt: skip


def _largest(scenario: Scenario) -> Scenario:
    """Return the scenario with the largest structure its unknowns allow, and their first choices otherwise."""
    values = {key: unknown.largest if key == "administration.departments" else unknown.middle
              for key, unknown in find_unknowns(scenario) if is_structural(key, unknown)}  # fmt: skip
    return replaced(scenario, values) if values else scenario


def _strikes(event: Shock) -> bool:
    return event.workload != 0.0 or event.need != 0.0
