"""Makes an experiment of Python objects: of what a file of it would say, so that it is checked, kept and run as one."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qsim.engine.own_files import Given, with_own
from qsim.files.messages import InputError
from qsim.files.reading import read_text
from qsim.scenario.loading import as_scenario, checked_scenario, content_of
from qsim.scenario.own_code import with_codes
from qsim.scenario.schema import SCENARIO, Scenario
from qsim.scenario.writing import resolved_yaml
from qsim.sweep.factors import Base
from qsim.sweep.loading import Experiment, Sources, read_experiment
from qsim.sweep.schema import EXPERIMENT

if TYPE_CHECKING:
    import pandas as pd

POINTS_FILE = "points.csv"
"""What the points are called that stand in no file."""

LONGEST_NAME = 400

One = Scenario | str | Path
Scenarios = One | Sequence[One] | Mapping[str, One | Mapping[str, Any]]


def experiment_of(
    scenarios: Scenarios,
    factors: Mapping[str, Mapping[str, Any]],
    content: Mapping[str, Any],
    name: str,
    points: pd.DataFrame | None = None,
    rules: Given | Sequence[Given] | None = None,
) -> Experiment:
    """Return the experiment of this ``name`` that has these scenarios and, by id, factors; see :meth:`qsim.Study.of`.

    Raise InputError with all that is wrong, TypeError for what no file can hold.
    """
    _check_types(factors, content["outcomes"], points)
    bases = [_base(with_own(one, rules)) for one in _scenarios(scenarios)]
    label = {"de": name, "en": name}
    head = {"kind": EXPERIMENT.name, "schema_version": 1, "label": label, "question": label}
    varied = [{"id": factor, **entry} for factor, entry in factors.items()]
    measures = [{"measure": one} if isinstance(one, str) else one for one in content["outcomes"]]
    whole = {
        **head,
        **content,
        "scenarios": [base.id[:LONGEST_NAME] for base in bases],
        "factors": varied,
        "outcomes": measures,
    }
    if points is not None:
        whole["design"] = {"kind": "points", "file": POINTS_FILE}
    waiting, text = iter(bases), _text(whole)

    def given_points(file: str) -> tuple[str, str]:
        if points is None:
            raise InputError.about(file, "is not read; points=... takes a table")
        return points.to_csv(index=False), file

    sources = Sources(lambda wanted: next(waiting), given_points)
    with _without_lines(name):
        return read_experiment(read_text(text, name), name, text, sources)


def _check_types(factors: object, outcomes: object, points: object) -> None:
    """Raise TypeError unless factors are groups of keys by id, outcomes several, and points none or a table."""
    if not isinstance(factors, Mapping):
        raise TypeError(f"factors is a group of factors by their ids, not {type(factors).__name__}")
    for name, factor in factors.items():
        if not isinstance(factor, Mapping):
            raise TypeError(f"factors[{name}] is a group of keys such as key and levels, not {type(factor).__name__}")
    if isinstance(outcomes, (str, Mapping)) or not isinstance(outcomes, Sequence):
        raise TypeError(f"outcomes is a list of measures, not {type(outcomes).__name__}")
    if points is not None and not hasattr(points, "to_csv"):
        raise TypeError(f"points is a table of pandas, not {type(points).__name__}")


def _scenarios(given: Scenarios) -> list[Scenario]:
    """Return scenarios that are given as such, by names of files, or, by name, as the content of one."""
    if not isinstance(given, Mapping):
        several = [given] if isinstance(given, (Scenario, str, Path)) else given
        if not isinstance(several, Sequence):
            raise TypeError(f"scenarios is a scenario, several, or some by name, not {type(given).__name__}")
        return [as_scenario(one) for one in several]
    if "kind" in given or "administration" in given:
        raise TypeError('scenarios takes the content of a scenario by its name, {"town": {...}}')
    return [_named(name, one) for name, one in given.items()]


def _named(name: str, given: One | Mapping[str, Any]) -> Scenario:
    if not isinstance(given, Mapping):
        return as_scenario(given).model_copy(update={"id": name})
    head = {"kind": SCENARIO.name, "schema_version": 1, "label": {"de": name, "en": name}}
    text = _text({**head, **given})
    with _without_lines(name):
        return checked_scenario(content_of(text, name), name)


@contextmanager
def _without_lines(name: str) -> Iterator[None]:
    """Tell what is wrong by its key alone, as nobody has seen the lines of a text of this name."""
    try:
        yield
    except InputError as error:
        here = (replace(one, line=None, column=None) if one.file == name else one for one in error.messages)
        raise InputError(here) from None


def _base(scenario: Scenario) -> Base:
    """Return a scenario as a file of it would be read; its own rules may be run if they might be before."""
    allowed = all(code.allowed for code in scenario.rules.own)
    root = content_of(resolved_yaml(scenario), scenario.id)
    return Base(scenario.id, with_codes(root, (), allow=allowed))


def _text(content: Mapping[str, Any]) -> str:
    """Return a file of some content: JSON, which YAML reads."""
    return json.dumps(content, ensure_ascii=False, indent=1, default=_plain)


def _plain(value: Any) -> Any:
    if hasattr(value, "tolist"):
        return value.tolist()
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} is no value of a file; expected a number, text, list or group of keys")
