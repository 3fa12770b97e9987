"""The reference model: the rules once more, one agent at a time in plain Python, as a Mesa model."""

from __future__ import annotations

from importlib import import_module

import mesa

from qsim.scenario.house import build_house
from qsim.scenario.schema import Scenario
from reference import setup, setup_calendar
from reference.agents import (
    Chain,
    CivilSociety,
    Commissioner,
    Concept,
    Department,
    Event,
    Format,
    House,
    Leader,
    Link,
    Member,
    Phase,
    Post,
    Task,
    Tie,
)
from reference.draws import Draws
from reference.measures import Measured, measure
from reference.settings import Setting
from reference.start import start
from reference.ties import tie

NAMES = (
    "calendar", "funding", "staffing", "workload", "leadership", "outreach", "formats", "learning", "openness", "recognition",
    "commitment", "practice", "civil_society",
)  # fmt: skip
"""The month, in order; each rule is a module of its own with a function of the same name."""

RULES = tuple(getattr(import_module(f"reference.rules.{name}"), name) for name in NAMES)

FLOWS = (
    "asked", "outreach", "cases", "exchange", "source", "process_source", "peer_hours", "peer_openness", "gate", "decided",
    "friction", "ordered",
)  # fmt: skip
"""What stances collect during a month."""


class ReferenceModel(mesa.Model):
    """One run of a scenario; ``step`` runs a month, and what it measured is the last entry of ``measured``.

    Without a ``setting`` what nobody knows is drawn with the replicate. ``plausible`` draws the parameters of rules, too.
    ``measuring`` can be switched off.
    """

    def __init__(
        self, scenario: Scenario, seed: int, replicate: int = 0, setting: int | None = None, plausible: bool = False
    ) -> None:
        super().__init__(rng=seed)
        drawn = Setting(scenario, seed, replicate if setting is None else setting)
        self.settings = scenario
        self.seed = seed
        self.replicate = replicate
        self.setting = drawn
        self.start = scenario.start
        self.month = scenario.start - 1
        self.parameters = drawn.parameters(plausible)
        self.off = set(scenario.rules.off)
        self.draws = Draws(seed, replicate)
        self.measuring = True
        self.measured: list[Measured] = []
        self.governance = [0.0] * 12
        self.administration = House()
        self.tasks: list[Task] = []
        self.departments: list[Department] = []
        self.leaders: list[Leader] = []
        self.units: list[Commissioner] = []
        self.phases: list[Phase] = []
        self.posts: list[Post] = []
        self.groups: list[CivilSociety] = []
        self.formats: list[Format] = []
        self.members: list[Member] = []
        self.concepts: list[Concept] = []
        self.chains: list[Chain] = []
        self.links: list[Link] = []
        self.ties: list[Tie] = []
        self.events: list[Event] = []
        self._set_up(drawn)

    def _set_up(self, drawn: Setting) -> None:
        house = build_house(drawn.scenario)
        setup.set_up_offices(self, drawn, house)
        setup.set_up_units(self, drawn, house)
        setup.set_up_groups(self, drawn)
        setup_calendar.set_up_formats(self, drawn, house)
        setup_calendar.set_up_concepts(self, drawn, house)
        setup_calendar.set_up_chains(self, drawn, house)
        setup_calendar.set_up_events(self, drawn, house)
        start(self)
        tie(self, house)

    def step(self) -> None:
        """Run a month: the rules that are on, then the measures."""
        self.begin_month()
        for rule in RULES:
            self.apply(rule)
        if self.measuring:
            self.measured.append(measure(self))

    def run(self, months: int) -> None:
        """Run some months."""
        for _ in range(months):
            self.step()

    def begin_month(self) -> None:
        """Begin the next month: time sheets are empty, and nothing has been exchanged."""
        self.month += 1
        for payer in (*self.departments, *self.units, *self.leaders, *self.groups):
            for activity in payer.ledger:
                payer.ledger[activity] = 0.0
        for department in self.departments:
            department.spent_before = department.spent
            department.spent = 0.0
            for stance in department.stances:
                for flow in FLOWS:
                    setattr(stance, flow, 0.0)

    def apply(self, rule) -> None:
        """Run a rule of the month unless it is switched off."""
        if rule.__name__ not in self.off:
            rule(self)

    def uniform(self, decision: str, slot: int) -> float:
        """Return a uniform draw of this month."""
        return self.draws.uniform(decision, self.month, slot)

    def uniform_pair(self, decision: str, slot: int) -> tuple[float, float]:
        """Return two uniform draws of this month with the same address."""
        return self.draws.uniform_pair(decision, self.month, slot)

    def normal(self, decision: str, slot: int) -> float:
        """Return a standard normal draw of this month."""
        return self.draws.normal(decision, self.month, slot)
