"""A finished study as cases: its points and runs from a folder, and in which of them an outcome is beyond a threshold."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.dataset

from qsim.comparison.when.boxes import Cases, numbered
from qsim.engine.overrides import parameter_of
from qsim.engine.settings import moved_parameters, parameter_rows
from qsim.files.messages import InputError, Message, suggestion
from qsim.files.nodes import plain
from qsim.files.reading import read_text
from qsim.measures.catalogue import Measure
from qsim.runs.designs import Variable, named
from qsim.runs.manifest import MANIFEST, Manifest, read_manifest
from qsim.runs.readings import MEASURES, Array
from qsim.scenario.labels import Label
from qsim.scenario.values import MONTH_PATTERN, month_number
from qsim.sweep.factors import SETTING
from qsim.sweep.parts import RUNS, planned_files

POINT, SCENARIO, REPLICATE = "point", "scenario", "replicate"
NAMES = b"qsim.factors"
"""Where a table of points may say what its columns are called, as JSON; one without a name there is no factor."""


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
        raise InputError.about(folder, "is no folder")
    manifest = read_manifest(folder / MANIFEST)
    if manifest is None:
        raise InputError.about(folder, "holds no study: there is no manifest of qsim")
    parts = manifest.get("parts", 0)
    files = planned_files(folder, RUNS, parts)
    if not (folder / "points.parquet").exists():
        text = (
            f"holds results of `qsim {manifest['study']}` without points; "
            "expected those of `qsim sweep`, or finished ones of `qsim sensitivity`"
        )
        raise InputError.about(folder, text)
    points, metadata = _table(folder, "points")
    names = _names(manifest, metadata)
    for name in [entry["id"] for entry in _entries(manifest) if entry.get("key") == SETTING]:
        points = _with_assumptions(points, name)
        names |= {key: Named(*named(key)) for key in map(str, points) if parameter_of(key) and key not in names}
    if NAMES in metadata:
        points = points[[name for name in points if name == POINT or name in names]]
    runs, _ = _table(folder, "runs", list(files.values()))
    for frame, name, columns in ((points, "points", [POINT]), (runs, "runs", [SCENARIO, POINT, REPLICATE])):
        absent = [column for column in columns if column not in frame]
        if absent:
            raise InputError.about(folder, f"the table {name} has no column {absent[0]}")
    tables = StudyTables(folder, points, runs, names, parts, parts - len(files))
    if not tables.factors:
        raise InputError.about(folder, "the study varies nothing; discovery takes a study with factors")
    return tables


def _table(folder: Path, name: str, parts: Sequence[Path] = ()) -> tuple[pd.DataFrame, Mapping[bytes, bytes]]:
    path = folder / f"{name}.parquet"
    if not path.exists():
        raise InputError.about(folder, f"there is no {name}.parquet")
    try:
        table = pa.dataset.dataset([str(part.absolute()) for part in parts or [path]], format="parquet").to_table()
        return table.to_pandas(), table.schema.metadata or {}
    except (OSError, ValueError, pa.ArrowException) as error:
        raise InputError.about(path, f"cannot be read: {str(error).splitlines()[0]}") from None


def _names(manifest: Manifest, metadata: Mapping[bytes, bytes]) -> dict[str, Named]:
    """Return the names of factors, from the table itself or from the experiment in the manifest."""
    if NAMES in metadata:
        given = json.loads(metadata[NAMES])
        return {name: Named(Label(**entry["label"]), entry["unit"]) for name, entry in given.items()}
    return {str(entry["id"]): _named(entry) for entry in _entries(manifest)}


def _entries(manifest: Manifest) -> list[dict[str, Any]]:
    """Return the factors of the experiment in a manifest."""
    if "experiment" not in manifest:
        return []
    content = plain(read_text(manifest["experiment"]["text"], "experiment"))
    factors = content.get("factors") if isinstance(content, dict) else None
    return [entry for entry in factors or () if isinstance(entry, dict) and "id" in entry]


def _with_assumptions(points: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return points with what their settings, numbers in a column of this name, say of parameters in place of the numbers."""
    keys, values = moved_parameters(parameter_rows(True))
    said = pd.DataFrame(values[points[name].astype(int)], columns=[*keys], index=points.index)
    return pd.concat([points.drop(columns=name), said], axis=1)


def _named(entry: Mapping[str, Any]) -> Named:
    key, own = str(entry.get("key") or ""), Label(de=str(entry["id"]), en=str(entry["id"]))
    label, unit = named(key) if key else (own, "")
    if entry.get("label") is not None:
        label = Label(**entry["label"])
    elif parameter_of(key) is None:
        label = own
    levels = {str(level): Label(**name) for level, name in (entry.get("names") or {}).items()}
    return Named(label, unit, levels)


SCENARIO_LABEL = Label(de="Szenario", en="scenario")


@dataclass(frozen=True)
class Question:
    """Asks where the mean of an outcome over a point's runs lies above or below a threshold.

    With ``against``, the outcome is how much more it is in ``scenario`` than in that other one, run by run.
    """

    outcome: str
    threshold: float
    above: bool = True
    scenario: str | None = None
    against: str | None = None


def measure_of(column: str) -> Measure | None:
    """Return the measure of a column, which may name a date behind it."""
    fitting = [name for name in MEASURES if column == name or column.startswith(f"{name}_")]
    return MEASURES[max(fitting, key=len)] if fitting else None


def make_question(
    tables: StudyTables,
    outcome: str | None,
    above: float | None,
    below: float | None,
    scenario: str | None = None,
    against: str | None = None,
) -> Question:
    """Return a question that the tables can answer; raise InputError, one line for each mistake."""
    mistakes = []
    column = outcome or (tables.outcomes[0] if tables.outcomes else "")
    if column not in tables.outcomes:
        mistakes.append(_message("--outcome", f'there is no outcome "{column}"{suggestion(column, tables.outcomes)}'))
    for option, name in (("--scenario", scenario), ("--against", against)):
        if name is not None and name not in tables.scenarios:
            mistakes.append(_message(option, f'there is no scenario "{name}"{suggestion(name, tables.scenarios)}'))
    if against is not None and scenario is None:
        mistakes.append(_message("--against", "takes --scenario, the one that is to be better"))
    if against is not None and against == scenario:
        mistakes.append(_message("--against", f'"{against}" cannot be compared with itself'))
    if above is not None and below is not None:
        mistakes.append(_message("", "--above and --below exclude each other"))
    measure = measure_of(column)
    relevant = measure.smallest_relevant if measure is not None else None
    if above is None and below is None and (against is None or relevant is None):
        mistakes.append(_message("", "a threshold is missing: --above X or --below X"))
    if mistakes:
        raise InputError(mistakes)
    if above is None and below is None:
        assert relevant is not None
        assert measure is not None
        upwards = measure.higher_is_better is not False
        return Question(column, relevant if upwards else -relevant, upwards, scenario, against)
    threshold = below if above is None else above
    assert threshold is not None
    return Question(column, threshold, above is not None, scenario, against)


def make_cases(tables: StudyTables, question: Question) -> tuple[Cases, int]:
    """Return a case for each point, and how many were left out because the outcome or a factor is missing there.

    Where a study has several scenarios and the question names none, the scenario is a factor, too.
    """
    means = _means(tables, question)
    frame = means.merge(tables.points, on=POINT, how="left", validate="many_to_one")
    names = ([SCENARIO] if SCENARIO in frame and _differs(frame[SCENARIO]) else []) + tables.factors
    names = [name for name in names if _differs(frame[name])]
    if not names:
        raise InputError.about(tables.folder, "no factor has more than one value")
    whole = np.isfinite(frame["outcome"].to_numpy(dtype=np.float64)) & frame[names].notna().all(axis=1).to_numpy()
    frame = frame[whole]
    columns = [_column(name, frame[name], tables.names.get(name)) for name in names]
    outcome = frame["outcome"].to_numpy(dtype=np.float64)
    wanted = outcome > question.threshold if question.above else outcome < question.threshold
    values = np.column_stack([values for _, values in columns])
    return Cases(tuple(factor for factor, _ in columns), values, wanted), int((~whole).sum())


def _differs(column: pd.Series) -> bool:
    return len(column.dropna().unique()) > 1


def _means(tables: StudyTables, question: Question) -> pd.DataFrame:
    """Return the mean outcome by point, and by scenario where the question compares none."""
    runs = tables.runs
    if question.against is not None:
        keys = [POINT, REPLICATE]
        sides = [
            runs.loc[runs[SCENARIO] == name].set_index(keys)[question.outcome]
            for name in (question.scenario, question.against)
        ]
        return (sides[0] - sides[1]).groupby(level=POINT).mean().rename("outcome").reset_index()
    if question.scenario is not None:
        runs = runs.loc[runs[SCENARIO] == question.scenario]
    result = runs.groupby([SCENARIO, POINT], observed=True)[question.outcome].mean()
    return result.rename("outcome").reset_index()


def _column(name: str, column: pd.Series, named: Named | None) -> tuple[Variable, Array]:
    """Return a factor with its values: numbers, months as numbers, or the places of levels."""
    label = SCENARIO_LABEL if name == SCENARIO else named.label if named is not None else Label(de=name, en=name)
    unit = named.unit if named is not None else ""
    if pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column):
        values = column.to_numpy(dtype=np.float64)
        return Variable(name, label, whole=bool((values == np.round(values)).all()), unit=unit), values
    texts = [str(value) for value in column]
    if all(MONTH_PATTERN.fullmatch(text) for text in texts):
        return Variable(name, label, months=True), np.array([month_number(text) for text in texts], dtype=np.float64)
    levels, places = numbered(texts)
    called = named.levels if named is not None else {}
    names = tuple(called.get(level, _as_written(level)) for level in levels) if called else ()
    return Variable(name, label, levels=levels, names=names), places


def _as_written(level: str) -> Label:
    text = level.replace("_", " ")
    return Label(de=text, en=text)


def _message(option: str, text: str) -> Message:
    return Message("", None, None, option, text)
