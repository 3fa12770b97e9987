"""Errors between the parts of a file are told together with those within them."""

from __future__ import annotations

import pytest

from qsim.files.messages import InputError
from qsim.scenario.loading import load_scenario

FILE = """\
kind: scenario
schema_version: 1
label: {de: A, en: A}
start: 2020-01
months: 24
administration:
  departmens: 10
tasks:
  - {id: integration, kind: integration, need: {between: []}}
commissioners:
  - id: c
    tasks: [integratoin]
    under: majr
    funding:
      - {posts: 2, start: 2020-05, kind: fixed, duration: 24}
      - {posts: -1, start: 2020-01, kind: permanent}
formats:
  - {id: f, tasks: [integration], owner: nobody, start: 2020-01, members: [yuth]}
"""


def test_a_wrong_value_hides_no_wrong_name(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text(FILE, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_scenario(path)
    told = "\n".join(map(str, caught.value.messages))
    for word in ("departmens", "between is empty", "integratoin", "majr", '"duration"', "-1 is not", "nobody", "yuth"):
        assert word in told, told
    assert "missing key" not in told


def test_a_file_of_which_nothing_is_left(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text("kind: scenario\nschema_version: 1\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load_scenario(path)
    assert all("missing key" in message.text for message in caught.value.messages)
