"""Lays levers over a scenario: checks their conditions, and writes the result as a scenario file that extends the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

from qsim.advice.lever import Lever
from qsim.advice.library import Library, load_library
from qsim.advice.situation import Situation, usual_start
from qsim.files.changes import changed
from qsim.files.inheritance import difference, merge
from qsim.files.messages import InputError, Message, Place
from qsim.files.nodes import Node, Origin, plain
from qsim.scenario.labels import Label
from qsim.scenario.loading import checked_scenario
from qsim.scenario.schema import SCENARIO, Scenario
from qsim.scenario.values import month_number, month_text
from qsim.scenario.writing import extending_yaml

BEGINS = ("start", "date", "adopted")
"""The keys of the month in which something begins."""


def with_levers(
    scenario: Scenario, names: Sequence[str], start: int | None = None, library: Library | None = None
) -> Scenario:
    """Return a scenario with the levers of these names, from a month on.

    ``start`` is absolute, as in scenarios; without it levers begin in the first month of the run in which somebody has
    posts for the task. The scenario's id and label say which levers it has. Raise InputError with a line for each lever
    that is unknown, that excludes another, whose conditions are not met, or that the scenario has already.
    """
    known = library or load_library()
    chosen = known.named(names)
    month = usual_start(scenario) if start is None else start
    wrong = [*_contradictions(chosen), *_out_of_run(Situation(scenario, month))]
    done = scenario
    founding = [lever for lever in chosen if "no_unit" in lever.needs]
    for levers in (founding, [lever for lever in chosen if lever not in founding]):  # the others may need the unit
        situation = Situation(done, month)
        found = ((lever.id, lever_problem(lever, situation, known, start is not None)) for lever in levers)
        wrong += [_message(name, text) for name, text in found if text is not None]
        if levers and not wrong:
            done = laid_over(situation, levers, known)
    if wrong:
        raise InputError(wrong)
    return _called(done, scenario, chosen) if chosen else scenario


def lever_problem(lever: Lever, situation: Situation, library: Library, dated: bool = False) -> str | None:
    """Return in a line why a lever cannot be had by itself, None if it can.

    ``dated`` says that the month was asked for: a lever that holds for the whole run then cannot begin later.
    """
    change = change_of(lever, library)
    if text := next(filter(None, map(situation.lacks_problem, lever.needs)), None):
        return text
    if shown := has_already(lever, situation, library):
        return f"the scenario has it already: {shown}"
    if dated and situation.start > situation.scenario.start and not is_dated(change):
        return f"it holds for the whole run and cannot begin in {month_text(situation.start)}"
    last = situation.scenario.start + situation.scenario.months - 1
    late = [month for month in _beginnings(situation.filled(change.adds)) if month > last]
    return f"it would begin in {month_text(late[0])}, after the run" if late else None


def change_of(lever: Lever, library: Library) -> Lever:
    """Return the lever whose change this one has: itself, or the one that it is like."""
    return lever if lever.like is None else library.levers[lever.like]


def has_already(lever: Lever, situation: Situation, library: Library) -> str | None:
    """Return the key by which a scenario shows that it has a lever, None if it does not."""
    change = change_of(lever, library)
    for path, name in _new_entries(change.adds):
        if name in _ids(situation.scenario, path):
            return f"{path[-1]}[{name}]"
    return next(filter(None, map(situation.shown_by, (*lever.there, *change.there))), None)


def is_dated(change: Lever) -> bool:
    """Return whether a lever begins in a month, and does not hold for the whole run."""
    return "{from" in str(change.adds) or any("{ending}" in key for key in change.changes)


def excludes(one: Lever, other: Lever) -> bool:
    """Return whether two levers cannot be had together."""
    likes = {one.like or one.id}, {other.like or other.id}
    return other.id in one.not_beside or one.id in other.not_beside or likes[0] == likes[1]


def laid_over(situation: Situation, levers: Sequence[Lever], library: Library) -> Scenario:
    """Return the scenario of a situation with levers, whatever they need; raise InputError if it is then none."""
    root = content_of(situation.scenario)
    for lever in levers:
        change = change_of(lever, library)
        root = merge(root, _node(situation.filled(change.adds), Place(lever.id)))
        changes = {one: _node(value, Place(lever.id)) for key, value in situation.filled(change.changes).items()
                   for one in situation.keys(key)}  # fmt: skip
        root = changed(SCENARIO, root, changes)
    return checked_scenario(root, situation.scenario.id)


def overlay_text(scenario: Scenario, changed_scenario: Scenario, extends: str) -> str:
    """Return the text of a scenario file that extends another, ``extends``, and loads as the changed scenario does.

    ``scenario`` is what that file holds.
    """
    child = difference(content_of(scenario), content_of(changed_scenario))
    return extending_yaml(extends, {} if child is None else plain(child))


def content_of(scenario: Scenario) -> Node:
    """Return the content of a scenario as that of a file."""
    if scenario._origin.root is not None:
        return scenario._origin.root
    kept = scenario.model_dump(mode="json", exclude={"id"}, exclude_unset=True, exclude_none=True)
    return _node({**kept, "kind": scenario.kind, "schema_version": scenario.schema_version}, Place(scenario.id))


def _called(done: Scenario, scenario: Scenario, levers: Sequence[Lever]) -> Scenario:
    """Return a scenario with an id and a label that say which levers it has."""
    labels = [lever.label for lever in levers]
    label = Label(de=f"{scenario.label.de}; dazu {_listed(labels, 'de', 'und')}",
                  en=f"{scenario.label.en}, with {_listed(labels, 'en', 'and')}")  # fmt: skip
    called = done.model_copy(update={"id": " + ".join((scenario.id, *(one.id for one in levers))), "label": label})
    root = content_of(done)
    written = _node(label.model_dump(), Place(levers[-1].id))
    called._origin = Origin(Node({**root.value, "label": written}, root.place))
    return called


def _listed(labels: Sequence[Label], language: str, last: str) -> str:
    words = [label.in_language(language) for label in labels]
    return f" {last} ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _contradictions(chosen: Sequence[Lever]) -> Iterator[Message]:
    for one, other in combinations(chosen, 2):
        if excludes(one, other):
            yield _message(one.id, f'not beside "{other.id}"; choose one of them')


def check_start(situation: Situation) -> None:
    """Raise InputError if the month of a situation is not within the run."""
    if wrong := [*_out_of_run(situation)]:
        raise InputError(wrong)


def _out_of_run(situation: Situation) -> Iterator[Message]:
    first = situation.scenario.start
    last = first + situation.scenario.months - 1
    if not first <= situation.start <= last:
        start, run = month_text(situation.start), (month_text(first), month_text(last))
        yield _message("--from", f"{start} is not within the run, {run[0]} to {run[1]}")


def _message(name: str, text: str) -> Message:
    return Message("", None, None, name, text)


def _node(value: Any, place: Place) -> Node:
    if isinstance(value, dict):
        value = {key: _node(each, place) for key, each in value.items()}
    elif isinstance(value, (list, tuple)):
        value = [_node(each, place) for each in value]
    return Node(value, place, place)


def _new_entries(adds: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the lists and the ids of the entries that a lever adds, with its places not yet filled: their ids say so."""
    for key, value in adds.items() if isinstance(adds, dict) else ():
        for entry in value if isinstance(value, list) else ():
            if isinstance(entry, dict) and str(entry.get("id", "")).startswith("added_"):
                yield (*path, key), entry["id"]
            yield from _new_entries(entry, (*path, key))


def _ids(part: Any, path: Sequence[str]) -> set[str | None]:
    """Return the ids of all entries of lists at a path."""
    entries = getattr(part, path[0])
    if len(path) == 1:
        return {getattr(entry, "id", None) for entry in entries}
    return {name for entry in entries for name in _ids(entry, path[1:])}


def _beginnings(adds: Any) -> Iterator[int]:
    """Yield the months in which what a lever adds begins."""
    for key, value in adds.items() if isinstance(adds, dict) else ():
        if key in BEGINS and isinstance(value, str):
            yield month_number(value)
        for entry in value if isinstance(value, list) else [value]:
            yield from _beginnings(entry)
