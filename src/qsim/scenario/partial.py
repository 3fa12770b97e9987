"""What is right in a file that has errors: enough of it to find the errors that only show between its parts."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from pydantic import ValidationError

from qsim.files.messages import Message
from qsim.files.nodes import Node, plain
from qsim.scenario.checks import check
from qsim.scenario.schema import Scenario
from qsim.scenario.translation import counts_wrong

ROUNDS = 6
"""How often values are left out before the rest is given up: what lacks a key is left out after the key was."""


def errors_between_parts(root: Node, name: str) -> list[Message]:
    """Return what checks between the parts of a file find where some of its values are wrong by themselves.

    Wrong values are left out first; keys that are missing for this reason are not told.
    """
    content: Any = {**deepcopy(plain(root)), "id": name}
    for _ in range(ROUNDS):
        try:
            scenario = Scenario.model_validate(content)
        except ValidationError as error:
            found = [one for one in error.errors(include_url=False) if not counts_wrong(one)]
            paths = {_path(content, one["loc"]) for one in found}
            for path in sorted(paths, key=_from_the_end, reverse=True):
                _leave_out(content, path)
        else:
            return [message for message in check(scenario, root) if not message.text.startswith("missing key")]
    return []


def _path(content: Any, steps: Sequence[str | int]) -> tuple[str | int, ...]:
    """Return the steps that lead through the content; pydantic also names the members of unions on the way."""
    path: list[str | int] = []
    for step in steps:
        below = isinstance(content, dict) and step in content
        if below or (isinstance(content, list) and isinstance(step, int) and step < len(content)):
            content = content[step]
            path.append(step)
    return tuple(path)


def _from_the_end(path: tuple[str | int, ...]) -> list[tuple[int, str]]:
    return [(step, "") if isinstance(step, int) else (-1, step) for step in path]


def _leave_out(content: Any, path: tuple[str | int, ...]) -> None:
    try:
        for step in path[:-1]:
            content = content[step]
        if path:
            del content[path[-1]]
    except (KeyError, IndexError):  # it was a part of something that has been left out
        return
