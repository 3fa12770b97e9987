"""Small experiments, written to a folder."""

import pytest

from qsim.sweep.loading import load_experiment
from trial_studies import run, tables

HEAD = """\
kind: experiment
schema_version: 1
label: {de: Probe, en: Trial}
question: {de: Wirkt es?, en: Does it work?}
scenarios: [small]
"""
SHORT = ("months=18", "administration.departments=8")
POINTS = """\
factors:
  - {id: posts, key: "commissioners[integration].funding[0].posts", levels: [1, 2]}
  - {id: up, key: parameters.practice.up, levels: [0.02, 0.05, 0.08]}
replications: 3
outcomes:
  - {measure: practice}
  - {measure: practice, at: peak}
  - {measure: joint_practice, at: 2020-12}
"""


@pytest.fixture
def write(tmp_path, monkeypatch):
    """Writes an experiment, its head and this body, and returns its path as it is named in messages."""
    monkeypatch.chdir(tmp_path)

    def write_file(body=POINTS, head=HEAD, name="trial.yaml"):
        (tmp_path / name).write_text(head + body, encoding="utf-8")
        return name

    return write_file


@pytest.fixture
def load(write):
    """Loads an experiment of this body whose scenarios are cut short."""
    return lambda body=POINTS, **options: load_experiment(write(body), SHORT, **options)


@pytest.fixture
def once(load, tmp_path):
    """The experiment, and its tables as one thread gives them in one part."""
    experiment = load()
    run(experiment, tmp_path / "once", workers=1, rows=100)
    return experiment, tables(tmp_path / "once")
