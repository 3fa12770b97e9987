"""The schema of the library of levers (Maßnahmen) and of its prices, as frozen objects.

A lever is a change of a scenario with a condition, somebody who decides it, evidence and a cost.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from qsim.files.kinds import Kind
from qsim.scenario.labels import Label
from qsim.scenario.structure import Posts
from qsim.scenario.values import Id, Number, Part, Share, Source, Unknown, refused

Euro = Annotated[float | Unknown, Number(0, 999_999, "amount", unit="euro")]
Months = Annotated[int, Number(1, 600, "duration", whole=True, unit="months", known=True)]
Year = Annotated[int, Number(1990, 2100, "year", whole=True, known=True)]

Decider = Literal["council", "mayor", "division", "unit"]
Need = Literal["unit", "no_unit", "two_units", "concept", "climate_task", "ending_posts"]
Grounds = Literal["report", "literature", "assumption"]


class Funded(Part):
    """What others pay of a lever, for a time."""

    share: Share
    """Of the pay of the posts, with the employer's part, that others pay."""
    months: Months


class Cost(Part):
    """What a lever costs the municipality, at the prices of a year; hours come from the ledger of the runs."""

    a_year: Euro = 0.0
    """Beside the posts."""
    once: Euro = 0.0
    posts: Posts = 0.0
    """Posts that it takes, priced by their pay grade."""
    grade: Id | None = None
    """The pay grade of the posts, by its id in the prices."""
    per: Literal["house", "department", "post"] = "house"
    """What the amounts are for: the whole house, each department, or each post that it makes permanent."""
    months: Months | None = None
    """How long it costs so much a year; without it for good."""
    funded: Funded | None = None
    year: Year
    """Of the prices."""
    source: Source

    @model_validator(mode="after")
    def _graded(self) -> Cost:
        if (self.grade is None) == bool(self.posts):
            raise refused("posts need a pay grade, and a pay grade needs posts")
        return self


class Evidence(Part):
    """What speaks for a lever."""

    statements: tuple[str, ...] = ()
    """Statements of the report, by their ids."""
    grade: Grounds
    """Where its strength comes from."""


class Sign(Part):
    """By what a scenario shows that it has a lever already: a value, or an entry in force, that is so."""

    among: Literal["administration", "formats", "concepts", "civil_society", "commissioners", "leaders", "place"]
    """Where it stands; ``place`` is where the unit stands."""
    has: Annotated[dict[str, Any], Field(min_length=1)]
    """What must hold of fields, such as ``channels.gate``: numbers reach a value, others are it, or one of a list."""


class Lever(Part):
    """A measure: what it changes, what it needs, who decides it, what speaks for it, and what it costs."""

    id: Id
    label: Label
    help: Label
    """What it is, in a sentence."""
    adds: dict[str, Any] = Field(default_factory=dict)
    """What is laid over the scenario, as in a file that extends another; texts may hold places such as ``{unit}``."""
    changes: dict[str, Any] = Field(default_factory=dict)
    """Keys of the scenario and their new values, as of ``--set``; keys may hold places, too."""
    like: Id | None = None
    """The lever whose change this has, too: in the model only their costs differ."""
    needs: tuple[Need, ...] = ()
    not_beside: tuple[Id, ...] = ()
    """Levers that exclude it."""
    there: tuple[Sign, ...] = ()
    """Each of them shows that a scenario has it already."""
    decided_by: Decider
    evidence: Evidence
    cost: Cost

    @model_validator(mode="after")
    def _changes_something(self) -> Lever:
        if bool(self.adds or self.changes) == (self.like is not None):
            raise refused("a measure has either a change of its own, adds or changes, or that of another, like")
        return self


class Levers(Part):
    """A file of the library: a group of measures."""

    kind: Literal["levers"]
    schema_version: Literal[1]
    label: Label
    levers: Annotated[tuple[Lever, ...], Field(min_length=1)]


class Grade(Part):
    """A pay grade (Entgeltgruppe)."""

    id: Id
    label: Label
    monthly: Euro
    """Gross pay of a full post; a range covers the steps that are usual."""


class Prices(Part):
    """What posts cost at the prices of a year."""

    kind: Literal["prices"]
    schema_version: Literal[1]
    year: Year
    grades: Annotated[tuple[Grade, ...], Field(min_length=1)]
    pay_source: Source
    bonus: Share
    """Yearly bonus, as a share of a month's pay."""
    bonus_source: Source
    employer: Share
    """What the employer pays in social insurance and pension, on top of gross pay."""
    employer_source: Source
    overhead: Share
    """Of central services, on top of the cost of staff."""
    overhead_source: Source
    workplace: Euro
    """Room, equipment and computers of an office post, a year."""
    workplace_source: Source


LEVERS = Kind("levers", "levers", Levers, noun="measures")
PRICES = Kind("prices", "levers", Prices)
