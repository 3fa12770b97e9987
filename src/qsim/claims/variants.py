"""Variants of the model in which claims are tested: without a mechanism, and as rivals explain the same."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

import numpy as np
from pydantic import BaseModel

from qsim.claims.schema import Mechanism
from qsim.comparison.why.divergence import first_divergence
from qsim.engine.prepare import Prepared, prepare
from qsim.mechanisms.month import NAMES
from qsim.runs.readings import MEASURES, Array
from qsim.runs.to_json import Real
from qsim.scenario.labels import Label
from qsim.scenario.schema import Scenario
from qsim.world.parameters import PARAMETERS

Kind = TypeVar("Kind", bound=BaseModel)


@dataclass(frozen=True)
class Variant:
    """What differs from the model as it is: rules that are off, parameters with other values, changes of the scenario.

    ``parameters`` and ``scenario`` hold names and values; a key of a scenario without an index in brackets stands for all
    entries of a list: such as ``tasks.knowledge``.
    """

    off: tuple[str, ...] = ()
    parameters: tuple[tuple[str, float], ...] = ()
    scenario: tuple[tuple[str, str | float], ...] = ()


AS_IT_IS = Variant()


def switched_off(mechanism: Mechanism) -> Variant:
    """Return the model without a mechanism."""
    if mechanism.parameter is None:
        return Variant(off=(mechanism.rule or "",))
    assert mechanism.neutral is not None
    return Variant(parameters=((mechanism.parameter, mechanism.neutral),))


def prepare_variant(scenario: Scenario, variant: Variant, plausible: bool = True) -> Prepared:
    """Return a scenario made ready to run in a variant of the model, in plausible settings or at the defaults.

    A parameter has its value in every setting, whatever its range, so runs may give numbers that are not finite. Raise
    AttributeError for a key that scenarios do not have, ValueError for rules and parameters that do not exist.
    """
    for key, value in variant.scenario:
        scenario = _with_value(scenario, key.split("."), value)
    if not set(variant.off) <= set(NAMES):
        raise ValueError(f"there are no rules {', '.join(sorted({*variant.off} - {*NAMES}))}")
    rules = scenario.rules.model_copy(update={"off": (*scenario.rules.off, *variant.off)})
    prepared = Prepared(scenario.model_copy(update={"rules": rules}), plausible)
    return prepared.at({f"{PARAMETERS}{name}": value for name, value in variant.parameters})


def _with_value(part: Kind, steps: list[str], value: Any) -> Kind:
    """Return a part of a scenario with a value at these steps below it, in a list in every entry."""
    name, *rest = steps
    old = getattr(part, name)
    if rest:
        many = isinstance(old, tuple)
        value = tuple(_with_value(entry, rest, value) for entry in old) if many else _with_value(old, rest, value)
    return part.model_copy(update={name: value})


@dataclass(frozen=True)
class Cause:
    """The rule of the month without which a contradiction is smallest: the effect then, and whether it is none then.

    ``others`` are the other rules without which it is none; ``first`` is the rule in which run 0 of the two worlds first
    differs, None if they differ before the first month.
    """

    rule: str
    effect: Real
    ends: bool
    others: tuple[str, ...] = ()
    first: str | None = None


def candidates(measures: Iterable[str]) -> list[str]:
    """Return the rules whose absence may explain what measures show: all that do not write them themselves."""
    writing = {rule for measure in measures for rule in MEASURES[measure].by}
    return [rule for rule in NAMES if rule not in writing]


def find_cause(
    measures: Iterable[str], contrast_without: Callable[[Variant], Array], relevant: float, wanted: float
) -> Cause | None:
    """Return the cause of a contradiction; None where no rule can be left out.

    ``contrast_without`` gives the contrast (settings, twins) in a variant of the model. The best rule is the one without
    which the effect is nearest to ``wanted``: infinity for a direction, 0 for an equivalence.
    """
    effects = {}
    for rule in candidates(measures):
        values = contrast_without(Variant(off=(rule,)))
        known = values[np.isfinite(values)]
        if known.size:
            effects[rule] = float(known.mean())
    if not effects:
        return None
    away = {rule: -effect if math.isinf(wanted) else abs(effect - wanted) for rule, effect in effects.items()}
    best, *rest = sorted(away, key=lambda rule: away[rule])
    others = tuple(rule for rule in rest if away[rule] <= relevant)
    return Cause(best, effects[best], away[best] <= relevant, others)


def divergence_rule(contrast: Mapping[str, float], worlds: Mapping[str, Scenario], seed: int) -> str | None:
    """Return the rule in which the two worlds that weigh most in a contrast first differ, None if before all rules."""
    most = max(contrast, key=lambda name: contrast[name])
    least = min(contrast, key=lambda name: contrast[name])
    if most == least or worlds[most].start != worlds[least].start:
        return None
    result = first_divergence(prepare(worlds[most]), prepare(worlds[least]), seed)
    return None if result is None or result.rule is None else result.rule.name


FULL_MODEL = "full_model"


@dataclass(frozen=True)
class Model:
    """A model: what a rival says, where it is from in the literature, and what is off or set in it.

    ``parameters`` holds ``rule.name`` and values; ``scenario`` keys of a scenario and values, where a list stands for all
    its entries.
    """

    name: str
    label: Label
    says: Label | None
    source: str
    off: tuple[str, ...] = ()
    parameters: Mapping[str, float] = field(default_factory=dict)
    scenario: Mapping[str, str | float] = field(default_factory=dict)

    @property
    def variant(self) -> Variant:
        """The model it is."""
        return Variant(off=self.off, parameters=(*self.parameters.items(),), scenario=(*self.scenario.items(),))


KNOWING = {"tasks.knowledge": 1.0, "tasks.process_knowledge": 1.0, "administration.turnover_per_year": 0.0}
"""Everybody knows enough from the start, and nobody who knows leaves the departments."""

WILLING = {"administration.communication_culture": 1.0, "administration.closed_share": 0.0}
"""Every department is open from the start."""

MODELS: tuple[Model, ...] = (
    Model(FULL_MODEL, Label(de="volles Modell", en="full model"), None, ""),
    # Without occasions nobody asks and nothing but chance orders the contacts; what a contact costs and brings stays.
    Model(
        "random_contacts",
        Label(de="Kontakte zufällig", en="contacts at random"),
        Label(
            de="Wen eine Einheit anspricht, ist Zufall: weder Bedarf noch Anfragen ordnen die Kontakte.",
            en="Whom a unit turns to is chance: neither need nor requests order the contacts.",
        ),
        "Cohen, March and Olsen 1972",
        parameters={"outreach.occasions": 0.0},
        scenario={"commissioners.outreach": "random"},
    ),
    # Learning from colleagues, peers' influence, whom one can ask and joint practice all run over the strength of ties.
    Model(
        "no_ties",
        Label(de="keine informellen Kontakte", en="no informal ties"),
        Label(
            de="Es zählen allein Dienstwege und Formate: niemand lernt nebenbei von Bekannten oder lässt sich von ihnen "
            "beeinflussen.",
            en="Only official channels and formats count: nobody learns from acquaintances or is influenced by them.",
        ),
        "Weber 1922",
        parameters={"ties.strength": 0.0, "ties.chain_strength": 0.0, "formats.tie_gain": 0.0},
    ),
    # Official levels cost in two places only: the hours of a contact, and the channels between steps of a process.
    Model(
        "no_hierarchy",
        Label(de="keine Hierarchie", en="no hierarchy"),
        Label(
            de="Dienstwege kosten nichts: alle reden mit allen, wie in einer organischen Organisation.",
            en="Official channels cost nothing: everybody talks to everybody, as in an organic organisation.",
        ),
        "Burns and Stalker 1961",
        parameters={"outreach.level_hours": 0.0},
        scenario={"administration.hierarchy": 0.0},
    ),
    # What moves willingness (leadership, openness, commitment), knowledge (learning), or only these by a detour
    # (recognition, civil society) is off; what brings or takes time (shocks, staff, contacts, formats) stays.
    Model(
        "overload_only",
        Label(de="nur Überlast", en="overload only"),
        Label(
            de="Alle wollen und wissen genug; umgesetzt wird, wofür Zeit ist.",
            en="Everybody is willing and knows enough; done is what there is time for.",
        ),
        "Lipsky 1980",
        off=("leadership", "learning", "openness", "recognition", "commitment", "civil_society"),
        parameters={"practice.reach": 0.0},
        scenario={**KNOWING, **WILLING},
    ),
    # Workload would vary time, learning knowledge, commitment a willingness beyond openness; leaders count by their
    # example alone; contacts, formats and recognition stay, as they open departments.
    Model(
        "culture_only",
        Label(de="nur Kultur", en="culture only"),
        Label(
            de="Alle wissen genug und haben gleich viel Zeit; umgesetzt wird, wofür ein Amt offen ist.",
            en="Everybody knows enough and has the same time; done is what a department is open to.",
        ),
        "Schein 1985",
        off=("workload", "learning", "commitment"),
        parameters={
            "workload.steepness": 0.0,
            "openness.overload_rate": 0.0,
            "practice.backing_weight": 0.0,
            "practice.blocking_weight": 0.0,
            "practice.reach": 0.0,
        },
        scenario=KNOWING,
    ),
    # Paper, posts, contacts and knowledge go on as they do; what is done stays what it was at the start.
    Model(
        "decoupling_only",
        Label(de="nur Entkopplung", en="decoupling only"),
        Label(
            de="Papiere werden beschlossen, die Praxis folgt ihnen nicht: sie bleibt, wie sie war.",
            en="Paper is adopted and practice does not follow: it stays as it was.",
        ),
        "Meyer and Rowan 1977",
        off=("practice",),
    ),
)


def models() -> dict[str, Variant]:
    """Return the full model and its rivals by name."""
    return {model.name: model.variant for model in MODELS}
