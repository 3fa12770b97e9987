"""The schema of experiment files: base scenarios, factors, design, replications, outcomes; its form for editors."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from qsim.engine.rows import REPLICATIONS
from qsim.engine.seeds import LARGEST_SEED, MOST_REPLICATIONS
from qsim.files.json_schema import json_schema
from qsim.files.kinds import Kind
from qsim.measures.catalogue import OUTCOMES
from qsim.runs.distributions import DistributionEntry
from qsim.runs.readings import LAST_YEAR, MEASURES, Reading
from qsim.scenario.labels import Label
from qsim.scenario.values import Flag, Id, Number, Part

DesignKind = Literal["factorial", "latin_hypercube", "sobol", "saltelli", "one_at_a_time", "points"]
Output = Literal["runs", "series", "departments"]

MOST_POINTS = 2**32 - 1

Text = Annotated[str, StringConstraints(min_length=1, max_length=400)]
Changes = dict[Text, Any]


Name = Annotated[str, StringConstraints(min_length=1, max_length=400)]

SCENARIO, OUTCOME, TIME = "scenario", "outcome", "time"
"""What else than a factor runs may be chosen by and drawn along."""

Selection = dict[Name, Any]
"""Runs of a study: by factor the value or the values, by ``scenario`` its name, by ``outcome`` another column."""


class Pair(Part):
    """Two selections of runs, the mean of one less that of the other."""

    more: Selection
    less: Selection


class ExpectedEntry(Part):
    """A statement that a study can bear out or not: an outcome is larger in one part of its runs than in another."""

    id: Id
    statements: tuple[Name, ...] = ()
    """Ids of statements of the report that it follows from, if it does."""
    text: Label
    outcome: Name
    """The column that is compared: a measure, with its task and its time behind it where it has them."""
    more: Selection
    """Where it is expected to be larger."""
    less: Selection
    """Where it is expected to be smaller."""
    beyond: Pair | None = None
    """A difference that the one of ``more`` and ``less`` is expected to exceed."""
    equal: Flag = False
    """Whether no relevant difference is expected instead."""
    relevant: Annotated[float, Field(gt=0)] | None = None
    """The smallest relevant difference; without it that of the measure."""
    headline: Flag = False
    """Whether it answers the question of the experiment."""

    @property
    def pairs(self) -> tuple[tuple[Selection, Selection], ...]:
        """What is compared: one pair of selections, or a second one that the first is to exceed."""
        first = (self.more, self.less)
        return (first,) if self.beyond is None else (first, (self.beyond.more, self.beyond.less))


class FigureEntry(Part):
    """What the figure of an experiment shows: an outcome along factors, ``scenario`` or ``time``."""

    kind: Literal["lines", "surface"] = "lines"
    """``lines``: one for each value of ``lines``; ``surface``: shades of the outcome over ``x`` and ``lines``."""
    outcome: Name
    x: Name
    """``time`` takes all months at which the measure of ``outcome`` is read."""
    lines: Name | None = None
    columns: Name | None = None
    rows: Name | None = None

    @property
    def axes(self) -> dict[str, str]:
        """What stands on each axis that is used."""
        named = {"x": self.x, "lines": self.lines, "columns": self.columns, "rows": self.rows}
        return {axis: name for axis, name in named.items() if name is not None}


def value_label(value: Any) -> str:
    """Return a value of a factor as it is called in tables."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def chosen_labels(value: Any) -> list[str]:
    """Return what a selection says of one factor as labels."""
    return [value_label(one) for one in (value if isinstance(value, (list, tuple)) else [value])]


class FactorEntry(Part):
    """What is varied: a key by levels or over a range, or several keys at once by named packages."""

    id: Id
    """The name of its column in the table of points."""
    label: Label | None = None
    key: Text | None = None
    """A key of the scenario or a parameter, as with ``--set``: ``administration.departments``, ``parameters.rule.name``; or
    ``setting``, the plausible setting in which all runs of a point lie, by its number."""
    levels: Annotated[tuple[Any, ...], Field(min_length=1)] | None = None
    """Values that the key takes, written as in a scenario: numbers, names, dates."""
    range: Annotated[tuple[Any, ...], Field(min_length=2, max_length=2)] | None = None
    """``[low, high]``, two numbers or two months."""
    scale: Literal["linear", "log"] = "linear"
    """How the range is covered: evenly, or evenly in the logarithm."""
    distribution: DistributionEntry | None = None
    """How likely the values of the range are; without it all alike. For designs that spread points."""
    integer: Flag = False
    """Whether the range holds whole numbers only."""
    steps: Annotated[int, Number(2, 10_000, "number of levels", whole=True, known=True)] | None = None
    """How many levels, evenly spread over the range, stand for it; needed in a factorial design."""
    set: Annotated[dict[Text, Changes], Field(min_length=1)] | None = None
    """Packages by name, each with the keys it sets; an empty one leaves the scenario as it is."""
    names: dict[Text, Label] = Field(default_factory=dict)
    """What levels or packages are called where people read; without it as in the file."""


class DesignEntry(Part):
    """Which points of the space of factors are run."""

    kind: DesignKind = "factorial"
    number: Annotated[int, Number(1, MOST_POINTS, "number of points", whole=True, known=True)] | None = None
    """Points of a Latin hypercube or a Sobol sequence; base points of a Saltelli design."""
    second_order: Flag = False
    """Whether a Saltelli design also has the points for second-order indices."""
    file: Text | None = None
    """The CSV file of the points, beside the experiment: a column a factor, a row a point."""


class OutcomeEntry(Part):
    """One number that is kept of a run: a measure at a time."""

    measure: Text
    """A column of ``series`` or of ``runs``."""
    at: Text = LAST_YEAR
    """``last_year`` or ``whole_run`` (means), ``peak`` (largest month) or a month such as 2019-06."""
    task: Id | None = None
    """The task alone; without it the mean over all tasks."""


class ExperimentFile(Part):
    """An experiment: a question, what is varied to answer it, and what is looked at."""

    kind: Literal["experiment"]
    schema_version: Literal[1]
    label: Label
    question: Label
    """What the experiment is to answer."""
    scenarios: Annotated[tuple[Text, ...], Field(min_length=1)]
    """The scenarios that are varied, by name or file."""
    factors: tuple[FactorEntry, ...] = ()
    design: DesignEntry = DesignEntry()
    replications: Annotated[int, Number(1, MOST_REPLICATIONS, "number of runs", whole=True, known=True)] = REPLICATIONS
    """Runs of each point, by default as many as `run` makes; run r draws the same at every point."""
    seed: Annotated[int, Number(0, LARGEST_SEED, "seed", whole=True, known=True)] = 1
    fixed: Flag = False
    """Whether parameters of which nothing is said keep their values; without it runs draw them from possible settings."""
    outcomes: tuple[OutcomeEntry, ...] = ()
    """What is kept of each run; without any, all columns of ``runs``."""
    output: Output = "runs"
    """What is written: ``runs`` alone, ``series`` (the months of every run, too) or ``departments`` (those, too)."""
    figure: FigureEntry | None = None
    """What the figure of the answer shows."""
    expected: tuple[ExpectedEntry, ...] = ()
    """What is expected to come out, written down before the experiment is run."""

    @property
    def readings(self) -> tuple[Reading, ...]:
        """What is read from each run; without outcomes, all columns of the table ``runs``."""
        if not self.outcomes:
            return tuple(Reading(measure.name) for measure in OUTCOMES)
        return tuple(Reading(entry.measure, entry.at, entry.task) for entry in self.outcomes)


EXPERIMENT = Kind("experiment", "experiments", ExperimentFile, explained_by="question")


def experiment_schema() -> dict[str, Any]:
    """Return a JSON Schema (draft 2020-12) of experiment files, with the names of all measures."""
    schema = json_schema(EXPERIMENT)
    definitions = schema["$defs"]
    measure = definitions["OutcomeEntry"]["properties"]["measure"]
    definitions["OutcomeEntry"]["properties"]["measure"] = {**measure, "enum": list(MEASURES)}
    definitions["FactorEntry"]["oneOf"] = [{"required": ["key"]}, {"required": ["set"]}]
    return schema
