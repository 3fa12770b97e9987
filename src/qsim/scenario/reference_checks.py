"""Checks that all tasks, departments, divisions, leaders, commissioners and groups that are named exist."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qsim.files.findings import Finding, Names, unknown_name, unknown_names
from qsim.files.nodes import Path
from qsim.scenario.schema import Recut, Scenario

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


def check_references(scenario: Scenario, names: Names) -> Iterator[Finding]:
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
            yield Finding(("events", index), 'missing key "division"; the departments named need one to move to')


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
    owners = [*names.commissioners, *names.leaders, *names.groups]
    for index, entry in enumerate(scenario.formats):
        path: Path = ("formats", index, "owner")
        yield from unknown_name(path, entry.owner, owners, "commissioner, leader or civil society group")
        if entry.owner is not None and owners.count(entry.owner) > 1:
            yield Finding(
                path, f'"{entry.owner}" is the id of two: commissioners, leaders and groups need different ids'
            )
