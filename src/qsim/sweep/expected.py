"""What an experiment expects and how its figure is drawn: the entries of the file, and what is wrong with them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from qsim.files.findings import Finding
from qsim.files.messages import suggestion
from qsim.files.nodes import Path
from qsim.scenario.values import Flag, Id, Label, Part

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
    statements: tuple[Name, ...]
    """Ids of statements of the report that it follows from."""
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


def expectation_findings(
    expected: Sequence[ExpectedEntry],
    figure: FigureEntry | None,
    values: Mapping[str, Sequence[str] | None],
    columns: Sequence[str],
    relevant: Mapping[str, float | None],
) -> Iterator[Finding]:
    """Yield what is wrong with expectations and a figure.

    ``values`` are the labels of each factor and of ``scenario``, None where a factor has a range; ``columns`` are the
    outcomes that are kept, ``relevant`` their smallest relevant differences.
    """
    for index, entry in enumerate(expected):
        path: Path = ("expected", index)
        if entry.outcome not in columns:
            yield Finding((*path, "outcome"), _no_outcome(entry.outcome, columns))
        elif entry.relevant is None and relevant[entry.outcome] is None:
            yield Finding(
                path, f'missing key "relevant"; {entry.outcome} has no smallest relevant difference of its own'
            )
        pairs = [(path, entry.more, entry.less)]
        if entry.beyond is not None:
            pairs.append(((*path, "beyond"), entry.beyond.more, entry.beyond.less))
        for place, *selections in pairs:
            for name, selection in zip(("more", "less"), selections, strict=True):
                yield from _selection_findings(selection, (*place, name), values, columns)
    if figure is None:
        return
    if figure.outcome not in columns:
        yield Finding(("figure", "outcome"), _no_outcome(figure.outcome, columns))
    for axis, name in figure.axes.items():
        if name == TIME and axis == "x":
            continue
        if values.get(name) is None:
            yield Finding(("figure", axis), f'"{name}" is no factor with levels{suggestion(name, [*values, TIME])}')
    if figure.kind == "surface" and figure.lines is None:
        yield Finding(("figure",), 'missing key "lines", the second axis of the surface')


def _selection_findings(
    selection: Selection, path: Path, values: Mapping[str, Sequence[str] | None], columns: Sequence[str]
) -> Iterator[Finding]:
    for name, value in selection.items():
        if name == OUTCOME:
            if value not in columns:
                yield Finding((*path, name), _no_outcome(str(value), columns))
            continue
        known = values.get(name)
        if known is None:
            yield Finding((*path, name), f'"{name}" is no factor with levels{suggestion(name, [*values, OUTCOME])}')
            continue
        for label in chosen_labels(value):
            if label not in known:
                yield Finding((*path, name), f'{name} is never "{label}"; there are {", ".join(known)}')


def _no_outcome(name: str, columns: Sequence[str]) -> str:
    return f'"{name}" is no outcome of the experiment{suggestion(name, list(columns))}'
