"""The tables of the baseline: what is in them, how they are computed, written and read, and the digest that names them."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Mapping
from pathlib import Path

from qsim.measures.catalogue import COLUMN, OUTCOMES
from qsim.runs.execution import simulate
from qsim.scenario.loading import load_scenario

FOLDER = Path(__file__).parent / "tables"
SCENARIOS = Path(__file__).parents[2] / "scenarios"
DIGEST = "digest.txt"

SEED = 1
REPLICATES = (0, 1, 2, 3)
MONTHS = (1, 12, 60, 120)
"""Months of a run, from 1 on."""

MEASURES = (
    "commitment", "considered", "practice", "joint_practice", "implementation_gap", "need_gap", "knowledge", "openness",
    "salience", "support", "workload", "recognition", "posts_filled",
)  # fmt: skip
"""Columns of a month that are kept; of a run all outcomes are."""

HEAD = ("measure", "month", *(f"run_{replicate}" for replicate in REPLICATES))
RUN = "run"
"""Stands for the month where a row is an outcome of the run."""

Place = tuple[str, str, int]
"""A measure, a month or :data:`RUN`, a replicate."""

Table = dict[Place, float]


def scenario_files(folder: Path = SCENARIOS) -> dict[str, Path]:
    """Return the scenario files by name."""
    return {path.stem: path for path in sorted(folder.glob("*.yaml"))}


def computed(path: Path) -> Table:
    """Return the table of a scenario as the package computes it now."""
    scenario = load_scenario(path)
    output = simulate(scenario, seed=SEED, replicates=REPLICATES, workers=1).output
    months = {
        (name, str(month), replicate): float(output.series[run, month - 1, COLUMN[name]])
        for name in MEASURES
        for month in MONTHS
        if month <= scenario.months
        for run, replicate in enumerate(REPLICATES)
    }
    outcomes = {
        (measure.name, RUN, replicate): float(output.outcomes[run, column])
        for column, measure in enumerate(OUTCOMES)
        for run, replicate in enumerate(REPLICATES)
    }
    return months | outcomes


def text_of(table: Table) -> str:
    """Return a table as the text of its file, with all digits of each number."""
    rows = [",".join(HEAD)]
    for measure, month in dict.fromkeys((measure, month) for measure, month, _ in table):
        rows.append(",".join([measure, month, *(repr(table[measure, month, each]) for each in REPLICATES)]))
    return "\n".join(rows) + "\n"


def table_of(text: str) -> Table:
    """Return the table that a file holds; raise ValueError if it is no table of the baseline."""
    head, *rows = csv.reader(text.splitlines())
    if tuple(head) != HEAD:
        raise ValueError(f"the columns must be {', '.join(HEAD)}")
    return {
        (measure, month, replicate): float(value)
        for measure, month, *values in rows
        for replicate, value in zip(REPLICATES, values, strict=True)
    }


def texts_in(folder: Path = FOLDER) -> dict[str, str]:
    """Return the texts of the tables in a folder by the name of the scenario."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.csv"))}


def digest_of(texts: Mapping[str, str]) -> str:
    """Return twelve hex digits that name a baseline: they change with any number or scenario."""
    digest = hashlib.sha256()
    for name in sorted(texts):
        digest.update(f"{name}\n{texts[name]}\n".encode())
    return digest.hexdigest()[:12]


def write(texts: Mapping[str, str], folder: Path = FOLDER) -> str:
    """Write a baseline in place of what the folder holds; return its digest."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in folder.glob("*.csv"):
        if path.stem not in texts:
            path.unlink()
    for name, text in texts.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    digest = digest_of(texts)
    (folder / DIGEST).write_text(digest + "\n", encoding="utf-8")
    return digest
