from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from qsim.engine.rows import rows_of
from qsim.measures.catalogue import OUTCOMES
from qsim.scenario.house import build_house
from qsim.scenario.labels import Label
from qsim.scenario.schema import Scenario

CONSTRAINTS = ("motivation", "knowledge", "time", "joint", "adjusting")
WILLINGNESS = ("openness", "backing", "binding")


@dataclass(frozen=True)
class Mark:
    month: str
    kind: str
    label: Label
    certain: bool = True


@dataclass
class Example:
    """A result as the engine hands it over, with numbers made up to look like those of a run."""

    scenario: Scenario
    runs: pd.DataFrame
    series: pd.DataFrame
    departments: pd.DataFrame
    ledger: pd.DataFrame
    calendar: list[Mark] = field(default_factory=list)
    seed: int = 1
    prepared: SimpleNamespace = field(default_factory=lambda: SimpleNamespace(plausible=True, fit=None))

    @property
    def rows(self) -> list[tuple[int, int]]:
        return rows_of(range(len(self.runs)))

    @property
    def settings(self) -> int:
        return len({setting for _, setting in self.rows})

    @property
    def runs_columns(self) -> pd.DataFrame:
        return self.runs

    @property
    def series_columns(self) -> pd.DataFrame:
        return self.series

    @property
    def ledger_rows(self) -> list[Any]:
        return [*self.ledger.itertuples(index=False)]


def scenario(label: str = "Halle (Saale): Integration", departments: int = 30, months: int = 120) -> Scenario:
    return Scenario.model_validate(
        {
            "kind": "scenario",
            "schema_version": 1,
            "id": "example",
            "label": {"de": label, "en": label},
            "start": "2012-01",
            "months": months,
            "administration": {"departments": departments},
            "tasks": [
                {"id": "integration", "kind": "integration", "label": {"de": "Integration", "en": "Integration"}}
            ],
            "commissioners": [
                {
                    "id": "unit",
                    "tasks": ["integration"],
                    "label": {"de": "Integrationsbeauftragte", "en": "Integration commissioner"},
                    "funding": [{"posts": 2, "start": "2013-01", "kind": "fixed", "duration_months": 36}],
                }
            ],
        }
    )


def _smooth(noise: np.ndarray, width: int = 9) -> np.ndarray:
    kernel = np.ones(width) / width
    padded = np.pad(noise, ((0, 0), (width // 2, width // 2)), mode="edge")
    return np.array([np.convolve(row, kernel, mode="valid") for row in padded])


def _series(runs: int, months: int, level: float, noise: np.random.Generator) -> pd.DataFrame:
    t = np.arange(months)
    shift = _smooth(noise.normal(0, 0.05, (runs, months))) + noise.normal(0, 0.04, (runs, 1))
    ramp = 1 / (1 + np.exp(-(t - 45) / 14))
    columns = {
        "commitment": np.clip(0.15 + 0.45 * (t > 24) + 0.3 * shift, 0, 1),
        "practice": np.clip(0.05 + level * ramp + shift, 0, 1),
        "need_gap": np.clip(0.85 - level * ramp - shift, 0, 1),
    }
    columns["considered"] = np.clip(columns["practice"] * 1.4 + 0.03, 0, 1)
    columns["joint_practice"] = columns["practice"] * 0.6
    columns["implementation_gap"] = np.clip(columns["commitment"] - columns["practice"], 0, 1)
    pulls = np.stack([0.4 - 0.2 * ramp, 0.3 - 0.1 * ramp, 0.1 + 0.3 * ramp, 0.15 + 0 * t, 0.05 + 0.1 * (t % 24 < 4)])
    shares = np.clip(pulls[:, None, :] + 0.3 * shift, 0.01, 1)
    columns |= dict(zip([f"constraint_{name}" for name in CONSTRAINTS], shares / shares.sum(axis=0), strict=True))
    willing = np.clip(np.array([0.5, 0.3, 0.2])[:, None, None] + 0 * shift, 0, 1)
    columns |= dict(zip([f"willingness_{name}" for name in WILLINGNESS], willing, strict=True))
    first = np.datetime64("2012-01", "M")
    index = {
        "scenario": "example",
        "replicate": np.repeat(np.arange(runs), months),
        "month": np.tile((first + t).astype("datetime64[s]"), runs),
    }
    return pd.DataFrame(index | {name: values.reshape(-1) for name, values in columns.items()})


def _departments(example: Scenario, months: int, noise: np.random.Generator) -> pd.DataFrame:
    house = build_house(example)
    t = np.arange(months)
    relevances = [float(department.relevance[0]) for department in house.departments]  # type: ignore[arg-type]  # known
    frames = []
    for department, relevance in zip(house.departments, relevances, strict=True):
        shares = noise.dirichlet(np.ones(len(CONSTRAINTS)), months)
        frame = pd.DataFrame(shares, columns=[f"constraint_{name}" for name in CONSTRAINTS])
        frame["department"] = department.id
        frame["division"] = house.divisions[department.division].id
        frame["task"] = "integration"
        frame["month"] = (np.datetime64("2012-01", "M") + t).astype("datetime64[s]")
        frame["weight"] = relevance / sum(relevances)
        frame["practice"] = 0.03 + 0.7 * relevance * noise.random() / (1 + np.exp(-(t - noise.uniform(20, 80)) / 10))
        frames.append(frame)
    return pd.concat(frames, ignore_index=True)


def make_result(
    runs: int = 40,
    months: int = 120,
    departments: int = 30,
    level: float = 0.3,
    label: str = "Halle (Saale): Integration",
) -> Any:
    noise = np.random.default_rng(7)
    example = scenario(label, departments, months)
    series = _series(runs, months, level, noise)
    last = series.groupby("replicate").tail(12).groupby("replicate")
    outcomes = last[["commitment", "considered", "practice", "joint_practice", "implementation_gap"]].mean()
    table = outcomes.reset_index()
    table.insert(0, "scenario", "example")
    table.insert(2, "setting", table["replicate"])
    for months_later, factor in ((0, 1.0), (12, 0.9), (24, 0.8), (60, 0.5)):
        table[f"practice_after_funding_{months_later}"] = factor * table["practice"]
    table = table.reindex(columns=["scenario", "replicate", "setting", *(measure.name for measure in OUTCOMES)])
    ledger = pd.DataFrame(
        [
            ("department", "social_services", "task", 21000.0),
            ("department", "social_services", "meeting", 1200.0),
            ("department", "youth", "task", 9000.0),
            ("commissioner", "unit", "contact", 5200.0),
            ("commissioner", "unit", "coordination", 2100.0),
            ("leader", "mayor", "attention", 130.0),
            ("civil_society", "quarter_actors", "volunteering", 900.0),
        ],
        columns=["payer_kind", "payer", "activity", "hours"],
    )
    marks = [
        ("2012-12", "new_leader", "Neuer Oberbürgermeister", "New mayor"),
        ("2013-01", "funding_start", "Förderung beginnt", "Funding begins"),
        ("2014-05", "note", "Kommunalwahl (Stadtrat)", "Council election"),
        ("2015-01", "recut", "Vier statt fünf Beigeordnete, Wirtschaft zum Oberbürgermeister", "Four deputies"),
        ("2015-09", "shock", "Zuzug Geflüchteter 2015", "Inflow of refugees 2015"),
        (
            "2015-09",
            "unit_move",
            "Dienstleistungszentrum beim Oberbürgermeister",
            "Service centre at the mayor’s office",
        ),
        ("2016-01", "funding_end", "Förderung endet", "Funding ends"),
        ("2019-05", "note", "Kommunalwahl (Stadtrat)", "Council election"),
        ("2020-03", "shock", "Corona-Pandemie", "Covid pandemic"),
    ]
    calendar = [Mark(month, kind, Label(de=de, en=en), kind != "note") for month, kind, de, en in marks]
    return Example(example, table, series, _departments(example, months, noise), ledger, calendar)


@pytest.fixture(scope="session")
def _typical() -> Any:
    return make_result()


@pytest.fixture
def result(_typical: Any) -> Any:
    """A result made once, of which each test has a copy of its own."""
    return deepcopy(_typical)


@pytest.fixture(scope="session")
def make() -> Callable[..., Any]:
    return make_result
