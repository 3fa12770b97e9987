"""From the tables of a study to cases: in which points an outcome is beyond a threshold, or one scenario beats another."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from qsim.comparison.when.cases import Array, Cases, Factor, numbered
from qsim.comparison.when.folder import POINT, REPLICATE, SCENARIO, Named, StudyTables, wrong
from qsim.files.messages import InputError, Message, suggestion
from qsim.measures.catalogue import Measure
from qsim.runs.readings import MEASURES
from qsim.scenario.values import MONTH_PATTERN, Label, month_number

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
        raise wrong(tables.folder, "no factor has more than one value")
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
    found = runs.groupby([SCENARIO, POINT], observed=True)[question.outcome].mean()
    return found.rename("outcome").reset_index()


def _column(name: str, column: pd.Series, named: Named | None) -> tuple[Factor, Array]:
    """Return a factor with its values: numbers, months as numbers, or the places of levels."""
    label = SCENARIO_LABEL if name == SCENARIO else named.label if named is not None else Label(de=name, en=name)
    unit = named.unit if named is not None else ""
    if pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column):
        values = column.to_numpy(dtype=np.float64)
        return Factor(name, label, whole=bool((values == np.round(values)).all()), unit=unit), values
    texts = [str(value) for value in column]
    if all(MONTH_PATTERN.fullmatch(text) for text in texts):
        return Factor(name, label, months=True), np.array([month_number(text) for text in texts], dtype=np.float64)
    levels, places = numbered(texts)
    called = named.levels if named is not None else {}
    names = tuple(called.get(level, _as_written(level)) for level in levels) if called else ()
    return Factor(name, label, levels, names), places


def _as_written(level: str) -> Label:
    text = level.replace("_", " ")
    return Label(de=text, en=text)


def _message(option: str, text: str) -> Message:
    return Message("", None, None, option, text)
