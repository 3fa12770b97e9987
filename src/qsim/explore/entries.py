"""Values in a scenario by key: what stands there, the scenario with others in their place, and what may be added to it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from qsim.files.kept import kept_yaml
from qsim.scenario.schema import CouncilDecision, Scenario
from qsim.scenario.structure import Commissioner, Concept, Format, FundingPhase, Leader
from qsim.scenario.values import Part, Unknown, month_number

NEVER = month_number("2100-01")
"""The month of what a municipality does not have."""

ROOM = 5.0
"""Posts of a funding phase that a page can set at least, as long as the scenario has no more."""

ADDED = Path(__file__).with_name("additions.yaml")


def parts_of(part: Any, key: str = "") -> Iterator[tuple[str, Part]]:
    """Yield the key and the object of a scenario, and of all that it holds, in the order of the schema."""
    if isinstance(part, Part) and not isinstance(part, Unknown):
        yield key, part
        for name in type(part).model_fields:
            yield from parts_of(getattr(part, name), f"{key}.{name}" if key else name)
    elif isinstance(part, tuple):
        for index, entry in enumerate(part):
            yield from parts_of(entry, f"{key}[{_name(entry, index)}]")


def placed(part: Any, values: Mapping[str, Any], key: str = "") -> Any:
    """Return a scenario in which these values stand at their keys, unchecked."""
    if key in values:
        return values[key]
    if isinstance(part, Unknown):
        return part
    if isinstance(part, BaseModel):
        fields = ((name, getattr(part, name)) for name in type(part).model_fields)
        new = {name: (old, placed(old, values, f"{key}.{name}" if key else name)) for name, old in fields}
        changed = {name: value for name, (old, value) in new.items() if value is not old}
        return part.model_copy(update=changed) if changed else part
    if isinstance(part, tuple):
        entries = tuple(placed(entry, values, f"{key}[{_name(entry, index)}]") for index, entry in enumerate(part))
        return part if all(a is b for a, b in zip(part, entries, strict=True)) else entries
    return part


def _name(entry: Any, index: int) -> Any:
    return getattr(entry, "id", None) or index


def additions(scenario: Scenario) -> dict[str, Part]:
    """Return what may be added to a scenario, by key: a commissioner where there is none, formats, a concept, and the like.

    It concerns all tasks and never begins, or has no posts; the first commissioner looks after formats.
    """
    content = kept_yaml(ADDED)
    tasks = tuple(task.id for task in scenario.tasks)
    owner = {"owner": scenario.commissioners[0].id} if scenario.commissioners else {}
    found: dict[str, Part] = {}
    for entry in [] if scenario.commissioners else content["commissioners"]:
        funding = [{**phase, "start": scenario.start} for phase in entry["funding"]]
        unit = Commissioner.model_validate({**entry, "tasks": tasks, "funding": funding})
        found[f"commissioners[{entry['id']}]"] = unit
    for entry in content["formats"]:
        found[f"formats[{entry['id']}]"] = Format.model_validate({**entry, **owner, "tasks": tasks, "start": NEVER})
    for entry in content["concepts"]:
        found[f"concepts[{entry['id']}]"] = Concept.model_validate({**entry, "tasks": tasks, "adopted": NEVER})
    for entry in content["events"]:
        found[f"events[{entry['id']}]"] = CouncilDecision.model_validate({**entry, "tasks": tasks, "date": NEVER})
    found["leaders[mayor]"] = Leader(id="mayor", kind="mayor")
    there = {key for key, _ in parts_of(scenario)}
    return {key: entry for key, entry in found.items() if key not in there}


def extended(scenario: Scenario) -> Scenario:
    """Return a scenario with all that may be added to it at the end of its lists."""
    lists: dict[str, tuple[Any, ...]] = {}
    for key, entry in additions(scenario).items():
        name = key.partition("[")[0]
        lists[name] = (*lists.get(name, getattr(scenario, name)), entry)
    return scenario.model_copy(update=lists)


def post_limits(scenario: Scenario) -> dict[str, float]:
    """Return how many posts a page can set, by the key of each phase of funding that there is or may be."""
    phases = ((key, part) for key, part in parts_of(extended(scenario)) if isinstance(part, FundingPhase))
    return {f"{key}.posts": _limit(part.posts) for key, part in phases}


def _limit(posts: float | Unknown) -> float:
    return float(math.ceil(posts.largest)) if isinstance(posts, Unknown) else max(ROOM, math.ceil(2 * posts))
