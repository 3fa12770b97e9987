"""The full model and its rivals: simpler explanations of the same statements, each declared as changes of the full model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from qsim.claims.variants import Variant
from qsim.scenario.values import Label

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
    # Without requests nothing but chance orders the contacts; what a contact costs and brings stays.
    Model(
        "random_contacts",
        Label(de="Kontakte zufällig", en="contacts at random"),
        Label(
            de="Wen eine Einheit anspricht, ist Zufall: weder Bedarf noch Anfragen ordnen die Kontakte.",
            en="Whom a unit turns to is chance: neither need nor requests order the contacts.",
        ),
        "Cohen, March and Olsen 1972",
        parameters={"outreach.pull": 0.0},
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
