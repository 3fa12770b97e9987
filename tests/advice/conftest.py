"""Scenarios and the library as the tests of advice need them."""

from functools import cache

import pytest

from qsim.scenario.loading import load_scenario

CITY = """\
kind: scenario
schema_version: 1
label: {de: Stadt, en: City}
start: 2020-01
months: 60
administration: {departments: 12}
tasks: [{id: integration, kind: integration}]
commissioners:
  - id: unit
    tasks: [integration]
    funding:
      - {posts: 1, start: 2020-01, kind: fixed, duration_months: 24}
concepts: [{id: paper, tasks: [integration], adopted: 2018-01}]
events: [{kind: note, date: 2019-01}]
"""


@cache
def load(name):
    return load_scenario(name)


@pytest.fixture
def city(tmp_path, monkeypatch):
    """Loads a small city whose file holds the text, in an empty current folder."""
    monkeypatch.chdir(tmp_path)

    def load_city(text=CITY, changes=()):
        (tmp_path / "city.yaml").write_text(text, encoding="utf-8")
        return load_scenario("city.yaml", changes)

    return load_city
