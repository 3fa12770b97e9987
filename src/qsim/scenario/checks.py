"""Checks what the schema cannot see: that the parts of a scenario do not contradict each other.

Departments, divisions and leaders exist and have one place; names that are used are borne; dates are in order (``dates``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from qsim.files.findings import Finding, unknown_name, unknown_names
from qsim.files.messages import nearest, suggestion
from qsim.files.nodes import Path
from qsim.scenario.catalogue import load_catalogue
from qsim.scenario.dates import check_dates, check_observed
from qsim.scenario.house import build_house
from qsim.scenario.schema import Recut, Scenario
from qsim.scenario.standing import holders_of
from qsim.scenario.structure import Administration, TaskShare
from qsim.scenario.values import Unknown

LEADING_FIELDS = (
    ("under", "leaders", "leader"),
    ("leader", "leaders", "leader"),
    ("division", "divisions", "division"),
    ("department", "departments", "department"),
    ("commissioner", "commissioners", "commissioner"),
    ("task", "tasks", "task"),
)
"""Fields that name one thing: the field, the names it is among, and their kind."""

LISTS = (
    ("tasks", "tasks", "task"),
    ("members", "departments", "department"),
    ("departments", "departments", "department"),
    ("civil_society", "groups", "civil society group"),
)
"""Fields that name several things, or, where they hold one word, a group of departments."""


@dataclass(frozen=True)
class Names:
    """What can be named in a scenario, by kind."""

    tasks: Collection[str]
    departments: Collection[str]
    divisions: Collection[str]
    leaders: Collection[str]
    commissioners: Collection[str]
    groups: Collection[str]


def check(scenario: Scenario) -> list[Finding]:
    """Return what contradicts each other in a scenario."""
    findings = list(_check_administration(scenario))
    try:
        names = _find_names(scenario, sound=not findings)
    except (ValueError, KeyError) as error:
        findings.append(Finding(("administration",), f"no administration can be built of this: {error}"))
        names = _find_names(scenario, sound=False)
    findings += _check_leaders(scenario, names)
    findings += _check_references(scenario, names)
    findings += check_dates(scenario)
    findings += check_observed(scenario)
    return findings


def largest_size(administration: Administration) -> int:
    """Return the number of departments of the catalogue, the largest it can be."""
    size = administration.departments
    return int(size.largest if isinstance(size, Unknown) else size)


def _find_names(scenario: Scenario, sound: bool) -> Names:
    """Return what can be named in a scenario; ``sound`` says that its administration has passed its checks.

    Raise ValueError if the house cannot be built all the same.
    """
    if sound:
        settled = scenario.administration.model_copy(update={"departments": largest_size(scenario.administration)})
        bare = scenario.model_copy(update={"administration": settled, "leaders": (), "chains": ()})
        house = build_house(bare)
        departments = list(house.holders)
        divisions = [division.id for division in house.divisions]
    else:
        departments = _department_names(scenario.administration)
        listed = [division.id for division in scenario.administration.divisions]
        divisions = listed or [division.id for division in load_catalogue().divisions]
    return Names(
        tasks=[task.id for task in scenario.tasks],
        departments=departments,
        divisions=divisions,
        leaders=["mayor", "deputy", *(f"head_{division}" for division in divisions)],
        commissioners=[entry.id for entry in scenario.commissioners],
        groups=[entry.id for entry in scenario.civil_society],
    )


def _department_names(administration: Administration) -> list[str]:
    own = [entry.id for entry in administration.own_departments]
    standing = holders_of(load_catalogue(), largest_size(administration), set(own))
    return list(dict.fromkeys([*standing, *own]))


def _check_administration(scenario: Scenario) -> Iterator[Finding]:
    """Yield a finding for each contradiction among departments and divisions."""
    administration = scenario.administration
    size = administration.departments
    if (size.smallest if isinstance(size, Unknown) else size) < 1 and not administration.own_departments:
        path: Path = ("administration", "departments")
        yield Finding(path, "there may be no departments at all; expected at least 1, or own_departments")
    yield from _check_own_departments(administration)
    yield from _check_divisions(administration)
    yield from _check_other_tasks(scenario)


def _check_own_departments(administration: Administration) -> Iterator[Finding]:
    catalogue = load_catalogue()
    standing = holders_of(
        catalogue, largest_size(administration), {entry.id for entry in administration.own_departments}
    )
    divisions = [division.id for division in administration.divisions or catalogue.divisions]
    slots: dict[int, str] = {}
    for index, entry in enumerate(administration.own_departments):
        path: Path = ("administration", "own_departments", index)
        yield from unknown_name((*path, "division"), entry.division, divisions, "division")
        if entry.slot is None and entry.id not in standing:
            near = nearest(entry.id, standing)
            meant = f'; did you mean "{near}"?' if near else ""
            text = f'missing key "slot"; the catalogue has no "{entry.id}", so it needs one, 5000 to 60000{meant}'
            yield Finding(path, text, lacks="slot")
        if entry.slot is not None and entry.slot in slots:
            yield Finding((*path, "slot"), f"{entry.slot} is the slot of {slots[entry.slot]}, too; expected another")
        if entry.slot is not None:
            slots.setdefault(entry.slot, entry.id)


def _check_divisions(administration: Administration) -> Iterator[Finding]:
    departments = _department_names(administration)
    holders: dict[str, str] = {}
    for index, division in enumerate(administration.divisions):
        path: Path = ("administration", "divisions", index, "departments")
        yield from unknown_names(path, division.departments, departments, "department")
        for position, name in enumerate(division.departments):
            if holders.setdefault(name, division.id) != division.id:
                yield Finding((*path, position), f'"{name}" is in the division {holders[name]}, too')


def _check_other_tasks(scenario: Scenario) -> Iterator[Finding]:
    """Yield a finding for each task of the kind ``other`` that concerns no department."""
    shares = [share for entry in scenario.administration.own_departments for share in entry.tasks]
    if any(_concerns(share) for share in shares if share.kind == "other"):
        return
    for index, task in enumerate(scenario.tasks):
        if task.kind == "other":
            text = (
                'no department says how far a task of the kind "other" concerns it; '
                "give a relevance under administration.own_departments"
            )
            yield Finding(("tasks", index, "kind"), text, lacks="own_departments")


def _concerns(share: TaskShare) -> bool:
    relevance: Any = share.relevance
    return isinstance(relevance, Unknown) or relevance > 0


def _check_leaders(scenario: Scenario, names: Names) -> Iterator[Finding]:
    """Yield a finding for each leader whose office does not exist, or whose entry contradicts the office."""
    for index, leader in enumerate(scenario.leaders):
        path: Path = ("leaders", index)
        if leader.id not in names.leaders:
            text = f'there is no office "{leader.id}"{suggestion(leader.id, names.leaders, "there are")}'
            yield Finding((*path, "id"), text, lacks=leader.id.removeprefix("head_"))
            continue
        kind, _, division = leader.id.partition("_")
        if leader.kind != kind:
            yield Finding((*path, "kind"), f'"{leader.kind}" does not fit the id "{leader.id}"; expected {kind}')
        if leader.division is not None and leader.division != division:
            expected = f"expected {division}" if division else "this office has no division"
            text = f'"{leader.division}" does not fit the id "{leader.id}"; {expected}'
            yield Finding((*path, "division"), text)


def _check_references(scenario: Scenario, names: Names) -> Iterator[Finding]:
    """Yield a finding for each name that nothing bears."""
    for block in ("commissioners", "formats", "concepts", "civil_society", "events"):
        for index, entry in enumerate(getattr(scenario, block)):
            yield from _check_entry((block, index), entry, names)
    for index, chain in enumerate(scenario.chains):
        for position, department in enumerate(chain.departments):
            path: Path = ("chains", index, "departments", position)
            yield from unknown_name(path, department, names.departments, "department")
    yield from _check_owners(scenario, names)
    for index, event in enumerate(scenario.events):
        if isinstance(event, Recut) and event.departments and event.division is None:
            text = 'missing key "division"; the departments named need one to move to'
            yield Finding(("events", index), text, "division")


def _check_entry(path: Path, entry: Any, names: Names) -> Iterator[Finding]:
    fields = type(entry).model_fields
    for field, among, kind in LEADING_FIELDS:
        if field in fields:
            yield from unknown_name((*path, field), getattr(entry, field), getattr(names, among), kind)
    for field, among, kind in LISTS:
        if field in fields and isinstance(getattr(entry, field), tuple):
            yield from unknown_names((*path, field), getattr(entry, field), getattr(names, among), kind)


def _check_owners(scenario: Scenario, names: Names) -> Iterator[Finding]:
    """Yield a finding for each owner of a format who does not exist or could be several."""
    owners = [*{*names.commissioners}, *names.leaders, *{*names.groups}]
    for index, entry in enumerate(scenario.formats):
        path: Path = ("formats", index, "owner")
        yield from unknown_name(path, entry.owner, owners, "commissioner, leader or civil society group")
        if entry.owner is not None and owners.count(entry.owner) > 1:
            text = f'"{entry.owner}" is the id of two: commissioners, leaders and groups need different ids'
            yield Finding(path, text)
