"""The schema of experiment files: base scenarios, factors, design, replications, outcomes; its form for editors."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from qsim.files.json_schema import json_schema
from qsim.files.kinds import Kind
from qsim.runs.readings import MEASURES
from qsim.scenario.values import Flag, Id, Label, Number, Part
from qsim.sweep.expected import ExpectedEntry, FigureEntry

DesignKind = Literal["factorial", "latin_hypercube", "sobol", "saltelli", "one_at_a_time", "points"]
Output = Literal["runs", "series", "departments"]

LAST_YEAR = "last_year"
MOST_REPLICATIONS = 1_000_000
LARGEST_SEED = 2**63 - 1
MOST_POINTS = 2**32 - 1

Text = Annotated[str, StringConstraints(min_length=1, max_length=400)]
Changes = dict[Text, Any]


class FactorEntry(Part):
    """What is varied: a key by levels or over a range, or several keys at once by named packages."""

    id: Id
    """The name of its column in the table of points."""
    label: Label | None = None
    key: Text | None = None
    """A key of the scenario or a parameter, as with ``--set``: ``administration.departments``, ``parameters.rule.name``."""
    levels: Annotated[tuple[Any, ...], Field(min_length=1)] | None = None
    """Values that the key takes, written as in a scenario: numbers, names, dates."""
    range: Annotated[tuple[Any, ...], Field(min_length=2, max_length=2)] | None = None
    """``[low, high]``, two numbers or two months."""
    scale: Literal["linear", "log"] = "linear"
    """How the range is covered: evenly, or evenly in the logarithm."""
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
    replications: Annotated[int, Number(1, MOST_REPLICATIONS, "number of runs", whole=True, known=True)] = 100
    """Runs of each point; run r has the same luck at every point."""
    seed: Annotated[int, Number(0, LARGEST_SEED, "seed", whole=True, known=True)] = 1
    outcomes: tuple[OutcomeEntry, ...] = ()
    """What is kept of each run; without any, all columns of ``runs``."""
    output: Output = "runs"
    """What is written: ``runs`` alone, ``series`` (the months of every run, too) or ``departments`` (those, too)."""
    figure: FigureEntry | None = None
    """What the figure of the answer shows."""
    expected: tuple[ExpectedEntry, ...] = ()
    """What is expected to come out, written down before the experiment is run."""


EXPERIMENT = Kind("experiment", "experiments", ExperimentFile, explained_by="question")


def experiment_schema() -> dict[str, Any]:
    """Return a JSON Schema (draft 2020-12) of experiment files, with the names of all measures."""
    schema = json_schema(EXPERIMENT)
    definitions = schema["$defs"]
    measure = definitions["OutcomeEntry"]["properties"]["measure"]
    definitions["OutcomeEntry"]["properties"]["measure"] = {**measure, "enum": list(MEASURES)}
    definitions["FactorEntry"]["oneOf"] = [{"required": ["key"]}, {"required": ["set"]}]
    return schema
