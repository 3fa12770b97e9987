"""Reads a finished study: its points and runs from a folder, and what its factors are called."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.dataset

from qsim.engine.overrides import all_parameters
from qsim.files.messages import InputError, Message
from qsim.files.nodes import plain
from qsim.files.reading import read_text
from qsim.runs.manifest import MANIFEST, read_manifest
from qsim.scenario.values import Label
from qsim.sweep.folder import parts_in

POINT, SCENARIO, REPLICATE = "point", "scenario", "replicate"
NAMES = b"qsim.factors"
"""Where a table of points may say what its columns are called, as JSON."""

PARAMETERS = "parameters."
UNITS = {
    "_share": "share",
    "turnover_per_year": "share a year",
    "_months": "months",
    "_weeks": "weeks",
    "_hours": "hours",
}
"""Units by how the last name of a key ends."""


@dataclass(frozen=True)
class Named:
    """What a column of points is called: its label, its unit, and those of its levels that have a name for people."""

    label: Label
    unit: str = ""
    levels: Mapping[str, Label] = field(default_factory=dict)


@dataclass(frozen=True)
class StudyTables:
    """One row a point with its factors, one row a run with its outcomes, and the names of factors by column.

    ``parts`` counts the parts of the study, ``missing`` those whose runs are not there; both are 0 where it has none.
    """

    folder: Path
    points: pd.DataFrame
    runs: pd.DataFrame
    names: Mapping[str, Named]
    parts: int = 0
    missing: int = 0

    @property
    def factors(self) -> list[str]:
        """The columns of factors."""
        return [name for name in self.points.columns if name != POINT]

    @property
    def outcomes(self) -> list[str]:
        """The columns of outcomes."""
        return [name for name in self.runs.columns if name not in (SCENARIO, POINT, REPLICATE)]

    @property
    def scenarios(self) -> list[str]:
        """The scenarios, in the order of their names."""
        return sorted(map(str, self.runs[SCENARIO].unique()))


def read_study(folder: Path) -> StudyTables:
    """Return the tables of a study's folder; raise InputError, one clear line, if it holds none or one without factors."""
    if not folder.is_dir():
        raise wrong(folder, "is no folder")
    manifest = read_manifest(folder / MANIFEST)
    if manifest is None:
        raise wrong(folder, "holds no study: there is no manifest of qsim")
    points, metadata = _table(folder, "points")
    runs, _ = _table(folder, "runs")
    for frame, name, columns in ((points, "points", [POINT]), (runs, "runs", [SCENARIO, POINT, REPLICATE])):
        absent = [column for column in columns if column not in frame]
        if absent:
            raise wrong(folder, f"the table {name} has no column {absent[0]}")
    parts = int(manifest.get("parts") or 0)
    missing = parts - sum(1 for index in parts_in(folder) if index < parts)
    tables = StudyTables(folder, points, runs, _names(manifest, metadata), parts, missing)
    if not tables.factors:
        raise wrong(folder, "the study varies nothing; discovery takes a study with factors")
    return tables


def wrong(folder: Path, text: str) -> InputError:
    """Return an error about a folder."""
    return InputError([Message(str(folder), None, None, "", text)])


def _table(folder: Path, name: str) -> tuple[pd.DataFrame, Mapping[bytes, bytes]]:
    path = folder / f"{name}.parquet"
    if not path.exists():
        raise wrong(folder, f"holds no study with points: there is no {name}.parquet")
    try:
        table = pa.dataset.dataset(path, format="parquet").to_table()
        return table.to_pandas(), table.schema.metadata or {}
    except (OSError, ValueError, pa.ArrowException) as error:
        raise wrong(path, f"cannot be read: {str(error).splitlines()[0]}") from None


def _names(manifest: Mapping[str, Any], metadata: Mapping[bytes, bytes]) -> dict[str, Named]:
    """Return the names of factors, from the table itself or from the experiment in the manifest."""
    if NAMES in metadata:
        given = json.loads(metadata[NAMES])
        return {name: Named(Label(**entry["label"]), entry["unit"]) for name, entry in given.items()}
    experiment = manifest.get("experiment")
    if not isinstance(experiment, dict):
        return {}
    content = plain(read_text(str(experiment.get("text", "")), "experiment"))
    factors = content.get("factors") if isinstance(content, dict) else None
    return {str(entry["id"]): _named(entry) for entry in factors or () if isinstance(entry, dict) and "id" in entry}


def _named(entry: Mapping[str, Any]) -> Named:
    key = str(entry.get("key") or "")
    parameter = all_parameters().get(key.removeprefix(PARAMETERS).replace(".", "_", 1)) if PARAMETERS in key else None
    label = entry.get("label")
    if label is not None:
        named = Label(**label)
    elif parameter is not None:
        named = Label(de=parameter.label_de, en=parameter.label_en)
    else:
        named = Label(de=str(entry["id"]), en=str(entry["id"]))
    levels = {str(level): Label(**name) for level, name in (entry.get("names") or {}).items()}
    return Named(named, parameter.unit if parameter is not None else unit_of(key), levels)


def unit_of(key: str) -> str:
    """Return the unit of a key of a scenario, empty where its name does not say."""
    return next((unit for ending, unit in UNITS.items() if key.endswith(ending)), "")
