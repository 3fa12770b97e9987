"""Reads a finished sensitivity study from its folder: its design, its tables, and what it took to run it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from qsim.files.messages import InputError
from qsim.runs.manifest import MANIFEST, Manifest, read_manifest
from qsim.sensitivity.study import Design

TABLES = ("indices", "assumptions", "screening", "pairs", "convergence", "luck")
COST = "cost.json"
"""Where whoever measured it writes what the study took: seconds, peak_bytes, bytes, processors."""


@dataclass(frozen=True)
class Stored:
    """A study as it lies in a folder; ``cost`` is empty if nobody measured it."""

    scenario: str
    measure: str
    dates: tuple[str, ...]
    design: Design
    dimensions: int
    processor: str
    tables: Mapping[str, pd.DataFrame]
    cost: Mapping[str, float] = field(default_factory=dict)

    @property
    def runs(self) -> int:
        """The number of runs."""
        return self.design.runs(self.dimensions)

    def table(self, name: str, at: str | None = None) -> pd.DataFrame:
        """Return a table, or its rows of one date."""
        frame = self.tables[name]
        return frame if at is None else frame[frame["at"] == at].reset_index(drop=True)


def read_stored(folder: Path) -> Stored:
    """Return the study in a folder; raise InputError, in one line, if there is none or it is not finished."""
    manifest = read_manifest(folder / MANIFEST)
    if manifest is None or manifest.get("study") != "sensitivity":
        raise InputError.about(folder, "holds no sensitivity study")
    missing = [name for name in TABLES if not (folder / f"{name}.parquet").is_file()]
    if missing:
        raise InputError.about(folder, f"the study is not finished: there is no {missing[0]}.parquet")
    tables = {name: pd.read_parquet(folder / f"{name}.parquet") for name in TABLES}
    content = _content(manifest)
    cost = json.loads((folder / COST).read_text(encoding="utf-8")) if (folder / COST).is_file() else {}
    dates = tuple(dict.fromkeys(tables["indices"]["at"]))
    design = Design(**content["design"])
    measure = content["readings"][0]["measure"]
    names = (manifest["scenarios"][0]["id"], measure, dates, design, len(content["dimensions"]))
    return Stored(*names, str(manifest["processor"]), tables, cost)


def _content(manifest: Manifest) -> dict[str, Any]:
    entry = next(entry for entry in manifest["scenarios"] if entry["id"] == "design")
    return dict(json.loads(entry["text"]))
