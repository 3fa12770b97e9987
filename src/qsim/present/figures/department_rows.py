"""The rows of the heat map: departments by division and weight, copies of a department or whole divisions united."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from qsim.present.text.names import Names
from qsim.present.text.terms import CONSTRAINTS
from qsim.present.words.speaker import Speaker

if TYPE_CHECKING:
    from qsim.engine.result import Result

MOST_ROWS = 60
"""Departments that can be told apart in one figure."""

COPY = re.compile(r"(.+)_[0-9]+")


@dataclass(frozen=True)
class Row:
    """A row of the heat map: its name and its practice by month (months,), NaN where nothing is known."""

    name: str
    weight: float
    practice: np.ndarray


@dataclass(frozen=True)
class Block:
    """The rows of a division; without a name where each row is a division itself."""

    name: str
    rows: tuple[Row, ...]


def department_blocks(result: Result, task: str, speak: Speaker) -> tuple[np.ndarray, list[Block]]:
    """Return the months and the departments that have a part in a task, by division, those of most weight first.

    Beyond 60 departments the copies of one are united, beyond 60 of these each division is one row. A department that
    stands in no run is left out. Raise ValueError if no department has a part in the task.
    """
    table = _known(result.departments, task)
    if table.empty:
        raise ValueError(f"no department has a part in the task {task}")
    names = Names(result.scenario, speak)
    keys = table["department"]
    if keys.nunique() > MOST_ROWS:
        keys = keys.map(dict(zip(keys.unique(), map(_original, keys.unique()), strict=True)))
    whole_divisions = keys.nunique() > MOST_ROWS
    table = table.assign(row=table["division"] if whole_divisions else keys)
    months = np.sort(table["month"].unique())
    rows: dict[str, list[Row]] = {}
    for (division, key), part in table.groupby(["division", "row"], sort=False):
        name = names.division(str(key)) if whole_divisions else names.department(str(key))
        rows.setdefault("" if whole_divisions else names.division(str(division)), []).append(
            _row(part, name if whole_divisions else _with_copies(part, name, speak), months)
        )
    blocks = [Block(name, tuple(sorted(held, key=lambda row: -row.weight))) for name, held in rows.items()]
    return months, sorted(blocks, key=lambda block: -sum(row.weight for row in block.rows))


def _known(departments: pd.DataFrame, task: str) -> pd.DataFrame:
    """Return the rows of a task in which a department stands in some run and has a weight."""
    constraints = [f"constraint_{name}" for name in CONSTRAINTS]
    stands = departments[constraints].sum(axis=1) > 0
    known = departments[(departments["task"] == task) & (departments["weight"] > 0) & stands]
    return known.assign(department=known["department"].astype(str), division=known["division"].astype(str))


def _original(department: str) -> str:
    copy = COPY.fullmatch(department)
    return copy[1] if copy else department


def _with_copies(part: pd.DataFrame, name: str, speak: Speaker) -> str:
    copies = part["department"].nunique()
    if copies == 1:
        return name
    return speak("figures.heat.copies", department=name, number=speak.decimal(copies, 0))


def _row(part: pd.DataFrame, name: str, months: np.ndarray) -> Row:
    """Return the mean of departments by month, weighted."""
    weighted = part.assign(sum=part["practice"] * part["weight"]).groupby("month")[["sum", "weight"]].sum()
    practice = (weighted["sum"] / weighted["weight"]).reindex(pd.Index(months))
    weight = float(part.groupby("department")["weight"].first().sum())
    return Row(name, weight, practice.to_numpy(dtype=np.float64))
