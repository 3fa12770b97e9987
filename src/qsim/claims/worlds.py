"""The worlds of a claim: scenarios made from a base by the changes that a claims file states, with its places."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from qsim.engine.overrides import chosen_overrides
from qsim.files.messages import InputError, Message, message_at, shown, suggestion
from qsim.files.nodes import Node
from qsim.scenario.changes import set_values
from qsim.scenario.discovery import find_scenario
from qsim.scenario.inheritance import read_merged
from qsim.scenario.loading import checked_scenario
from qsim.scenario.schema import Scenario

OTHER_BASE = ("scenario", "set")
"""The keys of a world that starts from another scenario than the claim's base."""


def build_world(base: Node | None, world: Node, key: str) -> Scenario:
    """Return the scenario of a world: its base by name, changed; ``key`` names the world in messages.

    Raise InputError, with all errors at the places of the claims file, for a base that does not exist, keys the scenario
    does not have, or changes that make it wrong.
    """
    start, changes = _parts(base, world, key)
    try:
        path = _base_path(start)
    except InputError as error:
        raise InputError([message_at(start.place, key, _named(start, message)) for message in error.messages]) from None
    try:
        scenario = checked_scenario(set_values(_content(path), changes), path.stem)
        chosen_overrides(scenario, plausible=False)
    except InputError as error:
        raise InputError([_here(message, world, key) for message in error.messages]) from None
    return scenario


def _parts(base: Node | None, world: Node, key: str) -> tuple[Node, Mapping[str, Node]]:
    """Return the node of the scenario that a world starts from, and its changes."""
    content = world.value or {}
    if base is None and "scenario" not in content:
        raise InputError([message_at(world.named, key, 'missing key "scenario"; the claim has no base')])
    if base is not None and not any(name in content for name in OTHER_BASE):
        return base, content
    for name, node in content.items():
        if name not in OTHER_BASE:
            text = f"unknown key {shown(name)}{suggestion(name, OTHER_BASE)}; changes belong below set"
            raise InputError([message_at(node.named, key, text)])
    start, changes = content.get("scenario", base), content.get("set")
    assert start is not None
    if changes is not None and changes.value is not None and not isinstance(changes.value, dict):
        text = f"set: found {shown(changes.value)}; expected keys and their values"
        raise InputError([message_at(changes.place, key, text)])
    return start, (changes.value if changes is not None else None) or {}


def _base_path(start: Node) -> Path:
    if not isinstance(start.value, str) or not start.value:
        raise InputError([message_at(start.place, "", f"found {shown(start.value)}; expected the name of a scenario")])
    return find_scenario(start.value)


def _named(start: Node, message: Message) -> str:
    """Return what is wrong with a base, with its name."""
    return f"{message.file}: {message.text}" if message.file == start.value else message.text


@lru_cache(maxsize=128)
def _content(path: Path) -> Node:
    return read_merged(path)


def _here(message: Message, world: Node, key: str) -> Message:
    """Return a message about a world at its place in the claims file: as it is if it stands there already."""
    if message.file == world.place.file:
        return message
    return message_at(world.named, key, f"with these changes the scenario is wrong: {message}")
