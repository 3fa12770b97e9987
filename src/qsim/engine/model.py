"""The administration as a Mesa model: one run of a scenario, stepped month by month, whose state can be written.

Stepped to its end it is exactly run ``replicate`` of :func:`~qsim.runs.execution.simulate`, bit for bit: with the
``setting`` that this run has there, or with ``fixed`` parameters there and without a setting here.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, TypeVar

import mesa
import numpy as np
from mesa import DataCollector
from mesa.agent import AgentSet

from qsim.engine.agents import KINDS, Administered, CivilSociety, Commissioner, Department, Leader
from qsim.engine.prepare import Prepared, prepare
from qsim.engine.run import measure
from qsim.engine.seeds import LARGEST_REPLICATE, seed_of, whole_number
from qsim.engine.told import DEFAULT, told_by
from qsim.engine.user_rules import OwnRule, OwnRun, month_segments, rule_names, run_month
from qsim.engine.warm import warm_up
from qsim.files.messages import suggestion
from qsim.measures.catalogue import DEPARTMENT_MEASURES, SERIES, TASK_SERIES
from qsim.scenario.house import House
from qsim.scenario.loading import as_scenario, load_scenario
from qsim.scenario.schema import Scenario
from qsim.world.records import World

Reporters = Mapping[str, Any]
Kind = TypeVar("Kind", bound=Administered)


class Gauge:
    """The measures of the last month of one world.

    ``values`` (SERIES,) are of the whole administration, ``by_task`` (tasks, TASK_SERIES) of each task; NaN before the
    first month.
    """

    def __init__(self, world: World) -> None:
        departments, tasks = world.stances.shape
        self.by_task = np.full((tasks, len(TASK_SERIES)), np.nan)
        self._row = np.full(len(SERIES), np.nan)
        self.values: list[float] = self._row.tolist()
        self._sums = np.zeros((departments, tasks, len(DEPARTMENT_MEASURES)))
        self._squares = np.zeros((departments, tasks))

    def read(self, world: World, month: int) -> None:
        """Measure an absolute month, once, as it fades the hours that governance is measured by."""
        measure(world, month, self._row, self.by_task, self._sums, self._squares)
        self.values = self._row.tolist()


class Administration(mesa.Model):  # type: ignore[misc]  # mesa is untyped
    """One run of a scenario as a Mesa model.

    ``settings`` is a scenario, the name of one, or the path of its file; without it the scenario ``medium`` that comes
    with qsim. ``rng`` is the seed: a whole number, None for one from the operating system (kept in ``seed``), or a
    NumPy Generator, which yields one. ``replicate`` is the number of the run, ``setting`` that of one of the possible
    settings of what nobody knows: run r of ``simulate`` has setting r // 5. Without it parameters have their defaults,
    the central setting, and the run draws what the scenario leaves open for itself. The classes of agents can be replaced by
    subclasses; a ``step`` they override runs each month after the rules and before the month is recorded. ``rules``
    are a researcher's own, from :func:`~qsim.engine.user_rules.own_rule`. The reporters add to ``datacollector``,
    which has the columns of ``simulate(...).series``, one row a month. ``scenario`` is one of Mesa's scenarios, which says what
    these arguments do not (:func:`~qsim.engine.told.told_by`).

    Raise InputError for a wrong scenario, TypeError or ValueError for other arguments.

    >>> model = Administration("small", rng=1, replicate=17)
    >>> model.step()
    >>> model.date.isoformat(), len(model.departments), 0.0 < model.department("youth").workload
    ('2020-01-01', 10, True)
    """

    def __init__(
        self,
        settings: Scenario | str | Path | None = None,
        rng: Any = None,
        replicate: int = 0,
        department_class: type[Department] = Department,
        commissioner_class: type[Commissioner] = Commissioner,
        leader_class: type[Leader] = Leader,
        civil_society_class: type[CivilSociety] = CivilSociety,
        rules: Iterable[OwnRule] = (),
        model_reporters: Reporters | None = None,
        agent_reporters: Reporters | None = None,
        agenttype_reporters: Any = None,
        setting: int | None = None,
        scenario: Any = None,
    ) -> None:
        told = told_by(scenario)
        self.seed: int = told.seed if rng is None and told.seed is not None else seed_of(rng)
        super().__init__(rng=self.seed)
        if scenario is not None:
            self.scenario = scenario
        self.replicate: int = whole_number(replicate, "replicate", LARGEST_REPLICATE) or told.replicate
        self.settings: Scenario = _scenario(told.settings if settings is None else settings)
        setting = told.setting if setting is None else setting
        prepared = prepare(self.settings, plausible=setting is not None)
        own = self.replicate if setting is None else whole_number(setting, "setting", LARGEST_REPLICATE)
        warm_up()
        world = prepared.blueprint.world(self.seed, self.replicate, own)
        given = (department_class, commissioner_class, leader_class, civil_society_class)
        found = tuple(_checked(kind, base) for kind, base in zip(given, KINDS, strict=True))
        self._begin(prepared, world, prepared.values_of(world), found, tuple(rules))
        self.datacollector = series_collector(model_reporters, agent_reporters, agenttype_reporters)

    def _begin(
        self,
        prepared: Prepared,
        world: World,
        values: np.ndarray,
        classes: tuple[type[Administered], ...],
        rules: tuple[OwnRule, ...] = (),
    ) -> None:
        """Stand at the beginning of a run; what own files of the scenario replace has not been replaced otherwise."""
        extension = prepared.extension
        self.settings, self.world = prepared.scenario, world
        self.house: House = prepared.blueprint.plan(self.seed, int(world.key["setting"][0]))[0].house
        self.month: int = self.settings.start - 1
        self.gauge = Gauge(world)
        self._segments = month_segments((*extension.rules, *rules))
        self._own = OwnRun(world, values, self)
        self._counter = 0
        self._classes: tuple[type[Administered], ...] = tuple(
            next((own for own in extension.agents if kind is base and issubclass(own, base)), kind)
            for kind, base in zip(classes, KINDS, strict=True)
        )
        counts = (world.departments.size, world.units.size, world.leaders.size, world.groups.size)
        for kind, count in zip(self._classes, counts, strict=True):
            for index in range(count):
                kind(self, index)
        self._stepping = [kind for kind in self._classes if kind.step is not mesa.Agent.step]

    def step(self) -> None:
        """Run one month: the rules, then the agents' own steps, then the record.

        After the last month ``running`` is False, and a further step changes nothing: Mesa's clients overshoot.
        """
        last = self.settings.start + self.settings.months - 1
        if self.month == last:
            return
        self.month += 1
        run_month(self._own, self.month, self._segments)
        self.step_agents()
        self.gauge.read(self.world, self.month)
        if self.month == last:
            self.running = False
        self.datacollector.collect(self)

    def step_agents(self) -> None:
        """Let all agents whose class has a step of its own take it."""
        for kind in self._stepping:
            self._agents_of(kind).do("step")

    @property
    def steps(self) -> int:
        """How many months were run. Mesa 3 counts calls of ``step`` instead, Mesa 4 has no count."""
        return self.month - self.settings.start + 1

    @steps.setter
    def steps(self, count: int) -> None:
        pass

    @property
    def date(self) -> datetime.date:
        """The first day of ``month``, the absolute month last run (12 times the year, plus 0 to 11)."""
        year, index = divmod(self.month, 12)
        return datetime.date(year, index + 1, 1)

    @property
    def measures(self) -> dict[str, float]:
        """The measures of the last month by name, those of ``series``; NaN before the first month."""
        return {measure.name: value for measure, value in zip(SERIES, self.gauge.values, strict=True)}

    @property
    def rule_names(self) -> tuple[str, ...]:
        """The names of the rules of the month in the order in which they run, own rules among them."""
        return rule_names(self._segments)

    @property
    def departments(self) -> AgentSet:
        """All departments, in the order of the world."""
        return self._agents_of(self._classes[0])

    @property
    def commissioners(self) -> AgentSet:
        """All commissioners' units, in the order of the scenario."""
        return self._agents_of(self._classes[1])

    @property
    def leaders(self) -> AgentSet:
        """The mayor, the deputy, and the heads in the order of divisions."""
        return self._agents_of(self._classes[2])

    @property
    def civil_society(self) -> AgentSet:
        """All groups of civil society, in the order of the scenario."""
        return self._agents_of(self._classes[3])

    def department(self, name: str) -> Department:
        """Return the department that does the work of an id; raise ValueError with the nearest id if there is none.

        In a small administration ``youth`` is part of another department, which is then returned.
        """
        holder = self.house.holders.get(name)
        stands = name if holder is None else self.house.departments[holder].id
        found: Department = _named(self.departments, stands, "department")
        return found

    def commissioner(self, name: str) -> Commissioner:
        """Return a commissioner's unit by id; raise ValueError with the nearest id if there is none."""
        found: Commissioner = _named(self.commissioners, name, "commissioner")
        return found

    def leader(self, name: str) -> Leader:
        """Return a leader by id, as ``mayor`` or ``head_social``; raise ValueError if there is none."""
        found: Leader = _named(self.leaders, name, "leader")
        return found

    def group(self, name: str) -> CivilSociety:
        """Return a group of civil society by id; raise ValueError with the nearest id if there is none."""
        found: CivilSociety = _named(self.civil_society, name, "group of civil society")
        return found

    def register_agent(self, agent: mesa.Agent) -> None:
        """Register an agent, under a number that no other agent of the model has.

        Mesa 3.3 counts the agents of each model in a table of its own, which keeps every model alive for ever.
        """
        super().register_agent(agent)
        self._counter += 1
        agent.unique_id = self._counter
        kept = getattr(mesa.Agent, "_ids", None)
        if kept is not None:
            kept.pop(self, None)

    def _agents_of(self, kind: type[Administered]) -> AgentSet:
        found = self.agents_by_type.get(kind)
        return AgentSet([], random=self.random) if found is None else found


class _Inside(Administration):
    """A run of a scenario whose world is there already."""

    def __init__(self, prepared: Prepared, world: World, values: np.ndarray) -> None:
        self.seed = int(world.key["seed"][0])
        mesa.Model.__init__(self, rng=self.seed)
        self.replicate = int(world.key["replicate"][0])
        self._begin(prepared, world, values, KINDS)


def model_of(prepared: Prepared, world: World, values: np.ndarray) -> Administration:
    """Return a world of a scenario as a Mesa model, with all parameters of its run: for rules and agents that need one."""
    return _Inside(prepared, world, values)


def _scenario(settings: Scenario | str | Path | None) -> Scenario:
    if settings is None:
        return _default_scenario()
    return as_scenario(settings, "settings")


@lru_cache(maxsize=1)
def _default_scenario() -> Scenario:
    return load_scenario(DEFAULT)


def _checked(kind: type[Kind], base: type[Kind]) -> type[Kind]:
    if not (isinstance(kind, type) and issubclass(kind, base)):
        raise TypeError(f"{kind!r} cannot stand for {base.__name__}: derive the class from it")
    return kind


def _named(agents: AgentSet, name: str, kind: str) -> Any:
    for agent in agents:
        if agent.id == name:
            return agent
    raise ValueError(f'there is no {kind} "{name}"{suggestion(name, [agent.id for agent in agents])}')


def series_collector(
    model_reporters: Reporters | None, agent_reporters: Reporters | None, agenttype_reporters: Any
) -> DataCollector:
    """Return a DataCollector with the columns of :data:`~qsim.measures.catalogue.SERIES` and the reporters given."""
    columns = {measured.name: partial(_column, place=place) for place, measured in enumerate(SERIES)}
    return DataCollector(columns | dict(model_reporters or {}), agent_reporters, agenttype_reporters)


def _column(model: Administration, place: int) -> float:
    return model.gauge.values[place]
