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


def places(lines):
    return [line.partition("  ")[0] for line in lines]


def test_a_key_or_an_id_that_is_there_twice_hides_nothing(said):
    unit = "  - {id: c, funding: [{kind: permanent, posts: 1, start: 2015-01}], tasks: [%s], under: %s}\n"
    units = f"commissioners:\n{unit % ('integratoin', 'mayor')}{unit % ('integration', 'majr')}"
    found = places(said(f"months: 24\n{units}strat: 1\n"))
    assert found == [f"city.yaml:{place}" for place in ("8:1", "10:77", "11:10", "11:98", "12:1")]


def test_what_a_file_extends_hides_nothing_either(write, complaints, base):
    write(base + "strat: 1\nmonths: 24\n")
    found = places(complaints(write("extends: city.yaml\nmonths: 24\nmonths: 36\nfunds: 1\n", "child.yaml")))
    assert found == ["child.yaml:3:1", "child.yaml:4:1", "city.yaml:8:1", "city.yaml:9:1"]


def test_a_place_is_that_in_the_file_though_entries_before_it_are_wrong(said):
    told = said("concepts:\n  - {id: one}\n  - {id: one, tasks: [integratoin], adopted: 2016-01}\n")
    assert any(line.startswith("city.yaml:10:23  concepts[1].tasks[0]") for line in told), told


def test_what_only_misses_something_that_is_there_and_wrong_is_not_told(said):
    """A part that lacks a key says so, beside errors elsewhere, but not where another key is wrong, or the entry itself."""
    phase = "commissioners:\n  - {id: c, tasks: [integration], funding: [{posts: 2, start: 2016-01, kind: fixed%s}]}\n"
    assert any("duration_months" in line for line in said("strat: 1\n" + phase % ""))
    assert not any("missing key" in line for line in said(phase % ", duration: 24"))
    unit = "commissioners:\n  - {id: c, tasks: 3, funding: [{kind: permanent, posts: 1, start: 2015-01}]}\n"
    owned = "formats:\n  - {id: f, tasks: [integration], start: 2016-01, owner: %s}\n"
    assert len(said(unit + owned % "c")) == 1
    assert len(said(unit + owned % "d")) == 2
