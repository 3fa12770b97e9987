"""What a sensitivity study varies and reads: settings, what a scenario leaves open, and the factors of an experiment."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

import numpy as np

from qsim.engine.overrides import chosen_parameters, open_parameters
from qsim.engine.own_files import extension_of
from qsim.files.changes import Changes, changed
from qsim.files.kinds import file_name, known_files
from qsim.files.messages import InputError, Message, suggestion
from qsim.files.nodes import Node
from qsim.files.reading import read_file
from qsim.runs.designs import Variable, named
from qsim.runs.distributions import Distribution, distribution_of
from qsim.runs.readings import Reading, by_run_only
from qsim.scenario.labels import Label
from qsim.scenario.loading import checked_scenario, load_scenario
from qsim.scenario.schema import SCENARIO, Scenario
from qsim.scenario.values import DATES, Unknown, month_number
from qsim.sweep.factors import SETTING, Base
from qsim.sweep.loading import Experiment, load_experiment
from qsim.sweep.schema import EXPERIMENT, FactorEntry
from qsim.world.parameters import PARAMETERS, Rule
from qsim.world.unknowns import find_unknowns

FACTS = "facts["

MEASURE = "joint_practice"
"""What is read unless something else is asked for."""

Parameters = Literal["together", "ranges", "fixed"]
"""How parameters of the rules vary: as the settings of the ensemble, each over its whole range, or not at all."""

SETTING_LABEL = Label(de="unsichere Annahmen zusammen", en="unsure assumptions, together")

OWN_DESIGN = "saltelli"
"""An experiment with this design states the number of base points and of runs at each."""


@dataclass(frozen=True)
class Opened:
    """A key that an experiment opens: what it is called, and how its range is covered."""

    label: Label
    log: bool = False
    distribution: Distribution | None = None


@dataclass(frozen=True, kw_only=True)
class Dimension(Variable):
    """A variable whose id is a key of a scenario, with what is known of its value."""

    unknown: Unknown

    def draw(self, u: float) -> float:
        """Return where between its ends, from 0 to 1, the value lies for a place ``u`` in the unit cube."""
        if self.distribution is not None:
            u = float(self.distribution.places(np.array(u)))
        if not self.log:
            return u
        assert self.unknown.between is not None
        low, high = self.unknown.between
        return float((low * (high / low) ** u - low) / (high - low))

    @property
    def entry(self) -> dict[str, Any]:
        """What is varied as a manifest holds it: the key with its range or choices, and how these are spread."""
        form = "between" if self.unknown.between is not None else "one_of"
        spread = {} if self.distribution is None else {"distribution": asdict(self.distribution)}
        return {"key": self.id, form: list(getattr(self.unknown, form)), "log": self.log, **spread}


def all_dimensions(
    scenario: Scenario, opened: Mapping[str, Opened] | None = None, parameters: Parameters = "together"
) -> tuple[Dimension, ...]:
    """Return the settings as one dimension or the parameters by themselves, then what the scenario leaves open.

    A parameter to which the scenario gives a value is not varied; one that it leaves open varies as the scenario says, beside
    the settings. ``opened`` says what keys are called. Raise InputError for wrong overrides.
    """
    rows, unknown = chosen_parameters(scenario, plausible=parameters == "together")
    together = [_settings(len(rows))] if (rows != rows[0]).any() else []
    if parameters == "ranges":
        unknown = open_parameters(scenario)
    of_rules = [(f"{PARAMETERS}{name}", known) for name, known in unknown.items()]
    of_scenario = [pair for pair in find_unknowns(scenario) if not pair[0].startswith((PARAMETERS, FACTS))]
    rules = extension_of(scenario).declared
    alone = (_dimension(key, known, (opened or {}).get(key), rules) for key, known in (*of_rules, *of_scenario))
    return (*together, *alone)


def _settings(number: int) -> Dimension:
    return Dimension(id=SETTING, label=SETTING_LABEL, whole=True, unknown=Unknown(between=(0, number - 1)))


def _dimension(key: str, unknown: Unknown, opened: Opened | None, rules: tuple[Rule, ...]) -> Dimension:
    label, unit = named(key, rules)
    opened = opened or Opened(label)
    months = key.rpartition(".")[2] in DATES
    return Dimension(id=key, label=opened.label, unit=unit, log=opened.log, months=months, unknown=unknown,
                     distribution=opened.distribution)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """A scenario with what it leaves open, and what the file states besides: None where it does not.

    ``opened`` says how the keys are called that an experiment opens.
    """

    scenario: Scenario
    opened: Mapping[str, Opened] = field(default_factory=dict)
    outcomes: tuple[Reading, ...] = ()
    number: int | None = None
    replicates: int | None = None
    seed: int | None = None
    fixed: bool = False

    def outcome(self, measure: str | None, dates: Sequence[str]) -> tuple[str, Sequence[str]]:
        """Return the measure and the months that are read: what was asked for, else what the experiment states.

        Raise InputError if that is an outcome of one task, as the mean over tasks is read here.
        """
        if measure is None and self.outcomes and self.outcomes[0].task is not None:
            first = self.outcomes[0]
            text = f"{first.measure} of the task {first.task} cannot be read here; --measure reads the mean over tasks"
            raise InputError.about("", text, "outcomes[0]")
        chosen = measure or (self.outcomes[0].measure if self.outcomes else MEASURE)
        stated = [one.at for one in self.outcomes if one.measure == chosen and not by_run_only(chosen)]
        return chosen, dates or [at for at in stated if _is_month(at)]


def asked_of(name: str, changes: Changes = (), scenario: str | None = None) -> Asked:
    """Return what a study of a scenario or an experiment, by name or path, is asked to do.

    ``scenario`` chooses one of an experiment that has several. Raise InputError, with all that is wrong.
    """
    if not names_experiment(name):
        if scenario is not None:
            raise InputError.about("", f"{name} is a scenario; --scenario chooses one of an experiment's", "--scenario")
        return Asked(_scenario(name, changes))
    experiment = load_experiment(name, changes)
    base = _chosen(experiment, scenario)
    made, opened = _opened(base, experiment.content.factors, experiment.id)
    outcomes = experiment.readings if experiment.content.outcomes else ()
    content = experiment.content
    if content.design.kind != OWN_DESIGN:
        return Asked(made, opened, outcomes, seed=content.seed, fixed=content.fixed)
    return Asked(made, opened, outcomes, content.design.number, content.replications, content.seed, content.fixed)


def names_experiment(name: str) -> bool:
    """Return whether a name or path is that of an experiment; what is neither is taken for a scenario."""
    path = Path(name)
    if path.is_file():
        try:
            kind = read_file(path, file_name(path, EXPERIMENT), []).child("kind")
        except InputError:
            return False
        return kind is not None and kind.value == EXPERIMENT.name
    return path.parent == Path() and path.stem in known_files(EXPERIMENT)


def _scenario(name: str, changes: Changes) -> Scenario:
    """Return a scenario; raise InputError, with the nearest names of both kinds if there is none of that name."""
    path = Path(name)
    if path.parent == Path() and not path.suffix and name not in known_files(SCENARIO) and not path.is_file():
        known = [*known_files(EXPERIMENT), *known_files(SCENARIO)]
        text = f"there is no such scenario or experiment{suggestion(name, known, 'there are')}"
        raise InputError.about(name or '""', text)
    return load_scenario(name, changes)


def _chosen(experiment: Experiment, scenario: str | None) -> Base:
    names = [base.id for base in experiment.bases]
    if scenario is None:
        if len(names) > 1:
            raise InputError.about(
                "", f"{experiment.id} has the scenarios {', '.join(names)}; choose one of them", "--scenario"
            )
        return experiment.bases[0]
    if scenario not in names:
        raise InputError.about(
            "", f'{experiment.id} has no scenario "{scenario}"{suggestion(scenario, names)}', "--scenario"
        )
    return experiment.bases[names.index(scenario)]


def _opened(base: Base, factors: Sequence[FactorEntry], file: str) -> tuple[Scenario, dict[str, Opened]]:
    """Return the scenario with each factor left open, and what the open keys are called."""
    wrong = [Message(file, None, None, f"factors[{entry.id}]", text) for entry in factors for text in _problems(entry)]
    if wrong:
        raise InputError(wrong)
    root, opened = base.root, {}
    scenario = checked_scenario(root, base.id)
    rules = extension_of(scenario).declared
    for entry in factors:
        before = dict(find_unknowns(scenario))
        root, scenario = _open(root, entry, base.id, file)
        for key, unknown in find_unknowns(scenario):
            if before.get(key) != unknown:
                opened[key] = Opened(entry.label or named(key, rules)[0], entry.scale == "log", _distribution(entry))
    return scenario, opened


def _open(root: Node, entry: FactorEntry, name: str, file: str) -> tuple[Node, Scenario]:
    """Return the content and the scenario in which a factor is left open; raise InputError where that cannot be."""
    try:
        opened = changed(SCENARIO, root, [f"{entry.key}={json.dumps(_value(entry))}"])
        return opened, checked_scenario(opened, name)
    except InputError as error:
        told = error.messages[0].text
        text = f"{entry.key} cannot be left open: {told}"
        raise InputError.about(file, text, f"factors[{entry.id}]") from None


def _problems(entry: FactorEntry) -> list[str]:
    if entry.key == SETTING:
        return ["all settings are varied here anyway; leave the factor out"]
    if entry.set is not None:
        return ["packages cannot be varied here; sensitivity takes factors of one key, by levels or a range"]
    if entry.levels is None and entry.range is None:
        return ["its values stand in a file of points; sensitivity takes levels or a range"]
    return []


def _value(entry: FactorEntry) -> Any:
    """Return what a factor leaves open, as a scenario says it; one level alone is a value."""
    if entry.range is not None:
        return {"between": list(entry.range)}
    levels = list(entry.levels or ())
    return levels[0] if len(levels) == 1 else {"one_of": levels}


def _distribution(entry: FactorEntry) -> Distribution | None:
    if entry.distribution is None or entry.range is None:
        return None
    low, high = map(float, entry.range)
    return distribution_of(entry.distribution, low, high, entry.scale == "log", entry.integer)


def _is_month(at: str) -> bool:
    try:
        month_number(at)
    except ValueError:
        return False
    return True
