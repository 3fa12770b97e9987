"""The statements of the report that claims test or roles place, by their ids A01 to K23, read from statements.yaml."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML

from qsim.scenario.values import Label


@dataclass(frozen=True)
class Statement:
    """A statement in own words: its section of the report, and whether it is inferred beyond the report's words."""

    id: str
    section: str
    inferred: bool
    name_en: str
    name_de: str | None = None

    @property
    def group(self) -> str:
        """The letter of its group."""
        return self.id[0]


@dataclass(frozen=True)
class Group:
    """A group of statements; ``held_out`` groups take no part in calibration."""

    id: str
    held_out: bool
    label: Label


@cache
def _content() -> Any:
    text = files("qsim.claims").joinpath("statements.yaml").read_text(encoding="utf-8")
    return YAML(typ="safe", pure=True).load(text)


@cache
def all_statements() -> dict[str, Statement]:
    """Return all statements by id, in order."""
    return {entry["id"]: Statement(**entry) for entry in _content()["statements"]}


@cache
def all_groups() -> dict[str, Group]:
    """Return the groups by letter, in order."""
    entries = _content()["groups"]
    return {entry["id"]: Group(entry["id"], entry["held_out"], Label(**entry["label"])) for entry in entries}


def unknown_statement(name: str) -> str | None:
    """Return what is to be said of an id that is no statement's, with those that were meant; None if it is one."""
    known = all_statements()
    if name in known:
        return None
    if name.upper() in known:
        meant = f'; did you mean "{name.upper()}"?'
    elif name[:1].upper() in all_groups():
        ids = [one.id for one in known.values() if one.group == name[0].upper()]
        meant = f"; group {name[0].upper()} has {ids[0]} to {ids[-1]}"
    else:
        meant = f"; there are groups {', '.join(all_groups())}, such as {next(iter(known))}"
    return f'there is no statement "{name}"{meant}'


def is_held_out(statement: str) -> bool:
    """Return whether a statement, by its id, is held out of calibration."""
    return all_groups()[statement[0]].held_out
