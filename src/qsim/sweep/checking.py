"""Checks an experiment against its scenarios: that outcomes can be read and every level gives a scenario that stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from qsim.files.findings import Finding
from qsim.files.messages import InputError, Message, Place, message_at, shown, suggestion
from qsim.files.nodes import Node, Path
from qsim.runs.designs import NUMBERED, Design
from qsim.runs.readings import MEASURES, Reading, columns_by_month, measure_problem, task_problem, time_problem
from qsim.scenario.schema import Scenario
from qsim.sweep.factors import SETTING, Base, Factor, build_scenario, changes_of
from qsim.sweep.schema import (
    OUTCOME,
    SCENARIO,
    TIME,
    ExpectedEntry,
    ExperimentFile,
    FigureEntry,
    Selection,
    chosen_labels,
)

MOST_LEVELS = 200
"""Levels of a factor that are tried; of more, as many evenly spread ones."""

MOST_POINTS = 12
"""Points of the design that are tried besides."""

MOST_SLICES = 1_000_000
"""Points of a Latin hypercube."""

RESERVED = ("scenario", "point", "replicate", "outcome", "time")


def content_findings(content: ExperimentFile, scenarios: Sequence[Scenario]) -> Iterator[Finding]:
    """Yield what is wrong with outcomes, design and names of an experiment; ``scenarios`` are its right ones."""
    names: list[str] = []
    for index, (entry, reading) in enumerate(zip(content.outcomes, content.readings, strict=False)):
        path = ("outcomes", index)
        problem = measure_problem(entry.measure)
        if problem is not None:
            yield Finding((*path, "measure"), problem)
            continue
        problem = time_problem(entry.measure, entry.at, scenarios)
        if problem is not None:
            yield Finding((*path, "at"), problem)
        problem = task_problem(reading, scenarios)
        if problem is not None:
            yield Finding((*path, "task"), problem)
        if reading.column in names:
            yield Finding(path, f"{reading.column} is there twice")
        names.append(reading.column)
    for index, factor in enumerate(content.factors):
        if factor.id in RESERVED or factor.id in names:
            yield Finding(("factors", index, "id"), f'"{factor.id}" is the name of another column; choose another')
        if factor.key == SETTING and content.fixed:
            yield Finding(
                ("factors", index, "key"), "with fixed parameters there is one setting alone; leave out one of both"
            )
    yield from _design_findings(content)


def _design_findings(content: ExperimentFile) -> Iterator[Finding]:
    design = content.design
    if design.kind in NUMBERED and design.number is None:
        yield Finding(("design",), f'missing key "number"; how many points the {design.kind} has', "number")
    if design.kind == "latin_hypercube" and (design.number or 0) > MOST_SLICES:
        text = f"a Latin hypercube has at most {MOST_SLICES:,} points, which are in memory; the kind sobol takes more"
        yield Finding(("design", "number"), text)
    if design.kind not in NUMBERED and design.number is not None:
        yield Finding(("design", "number"), f"a design of the kind {design.kind} counts its points itself")
    if design.kind == "points" and design.file is None:
        yield Finding(("design",), 'missing key "file"; the CSV file of the points', "file")
    if design.file is not None and not design.file.endswith(".csv"):
        yield Finding(("design", "file"), f"{shown(design.file)} does not end in .csv, and no other file is opened")
    if design.kind != "points" and design.file is not None:
        yield Finding(("design", "file"), "a file belongs to a design of the kind points")
    if design.second_order and design.kind != "saltelli":
        yield Finding(("design", "second_order"), "second_order belongs to a design of the kind saltelli")
    if not content.factors and design.kind != "factorial":
        yield Finding(
            ("design", "kind"), f"a design of the kind {design.kind} takes factors; there are none", "factors"
        )


def answer_findings(content: ExperimentFile, factors: Sequence[Factor], bases: Sequence[Base]) -> Iterator[Finding]:
    """Yield what is wrong with names of levels, expectations and the figure of an experiment."""
    values: dict[str, list[str] | None] = {SCENARIO: [base.id for base in bases]}
    for index, (entry, factor) in enumerate(zip(content.factors, factors, strict=True)):
        labels = None if factor.is_range else list(factor.levels)
        values[factor.id] = labels
        for name in entry.names:
            if name not in (labels or ()):
                yield Finding(("factors", index, "names", name), f'{factor.id} is never "{name}"')
    readings = content.readings
    relevant = {one.column: MEASURES[one.measure].smallest_relevant for one in readings}
    yield from expectation_findings(content.expected, content.figure, values, list(relevant), relevant)
    figure, columns = content.figure, {one.column: one for one in readings}
    if (
        figure is not None
        and figure.x == TIME
        and figure.outcome in columns
        and not columns_by_month(columns, figure.outcome)
    ):
        yield Finding(
            ("figure", "x"), f"{figure.outcome} is read at no month; a figure over time takes outcomes at months"
        )


def refusals(
    bases: Sequence[Base], factors: Sequence[Factor], design: Design | None, readings: Sequence[Reading], file: str
) -> list[Message]:
    """Return what the scenarios refuse, one message a place: levels and ends of ranges on their own, points of the design.

    What the scenarios allow may still leave nothing to read: months outside a run that a factor has cut short.

    ``design`` is None where its points cannot be made; levels are tried one by one from the first of each factor.
    """
    rows = [] if design is None else list(_spread(design, min(design.points, MOST_POINTS)))
    if design is None or design.points > MOST_POINTS:
        rows = [*_one_by_one(factors), *rows]
    result: dict[tuple[object, ...], Message] = {}
    for base in bases:
        for row in rows:
            changes = changes_of(factors, row)
            try:
                scenario = build_scenario(base, changes)
                problems = [time_problem(reading.measure, reading.at, [scenario]) for reading in readings]
                if changes and any(problems):
                    raise InputError.about("", next(filter(None, problems)))
            except InputError as error:
                for message in error.messages:
                    told = _hinted(_here(message, changes, base, factors, row, file), factors, row)
                    result.setdefault((told.line, told.column, told.key), told)
    return list(result.values())


def _spread(design: Design, count: int) -> Iterator[list[float]]:
    for place in np.unique(np.linspace(0, design.points - 1, count).astype(np.int64)):
        yield design.codes(int(place), int(place) + 1)[0].tolist()


def _one_by_one(factors: Sequence[Factor]) -> Iterator[list[float]]:
    start = [factor.low if factor.is_range else 0.0 for factor in factors]
    yield start
    for column, factor in enumerate(factors):
        count = len(factor.levels)
        spread = np.unique(np.linspace(0, count - 1, min(count, MOST_LEVELS)).astype(np.int64))[1:].tolist()
        codes = [factor.high] if factor.is_range else spread
        for code in codes:
            yield [*start[:column], float(code), *start[column + 1 :]]


def _here(
    message: Message,
    changes: Mapping[str, Node],
    base: Base,
    factors: Sequence[Factor],
    row: Sequence[float],
    file: str,
) -> Message:
    """Return a message at its place in the experiment, or else at the first factor, with the point that it is about."""
    if message.file == file or not changes:
        return message
    places: set[Place] = {node.place for node in changes.values()}
    for node in changes.values():
        if Place(message.file, message.line, message.column) in places:
            return message
        first = node.named
        break
    point = ", ".join(f"{factor.id} {factor.shown(code)}" for factor, code in zip(factors, row, strict=True))
    return message_at(first, "", f"with {point} the scenario {base.id} is wrong: {str(message).strip()}")


def _hinted(message: Message, factors: Sequence[Factor], row: Sequence[float]) -> Message:
    """Return a message about a broken number in the range of a key that takes whole ones with what to write."""
    at = Place(message.file, message.line, message.column)
    for factor, code in zip(factors, row, strict=True):
        if factor.range_place == at and not code.is_integer() and "a whole number" in message.text:
            return message_at(at, message.key, f'{message.text}; write "integer: true" beside the range')
    return message


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
                path,
                f'missing key "relevant"; {entry.outcome} has no smallest relevant difference of its own',
                "relevant",
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
        yield Finding(("figure",), 'missing key "lines", the second axis of the surface', "lines")


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
