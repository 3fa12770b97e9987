"""Manifests as they are read: one shape, the limits of the command line, one clear line for all else."""

import json
import os

import pytest

from qsim.files.messages import InputError
from qsim.runs.manifest import make_manifest, manifest_in, manifest_text, read_manifest
from qsim.scenario.loading import load_scenario

RIGHT = make_manifest("run", [load_scenario("small")], seed=1, replications=4)


def test_what_is_written_is_what_is_read(tmp_path):
    path = tmp_path / "manifest.json"
    path.write_text(manifest_text(RIGHT), encoding="utf-8")
    assert read_manifest(path) == RIGHT
    assert read_manifest(tmp_path / "none.json") is None


def changed(**entries):
    return json.dumps({**RIGHT, **entries})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (changed(seed=-1), "seed: found -1; expected greater than or equal to 0"),
        (changed(seed=10**400), "seed: found a number of more than 15 digits; expected less than"),
        (changed(seed="1"), 'seed: found "1"; expected a valid integer'),
        (changed(seed=True), "seed: found true; expected a valid integer"),
        (changed(replications=0), "replications: found 0; expected 1 to 1000000"),
        (changed(replications=10**9), "replications: found 1000000000; expected less than or equal to 1000000"),
        (changed(settings="x"), 'settings: found "x"; expected a valid integer'),
        (changed(settings=10**6), "settings: found 1000000; expected less than or equal to 10000"),
        (changed(budget=0), "budget: found 0; expected greater than or equal to 1"),
        (changed(standards={"clearly": 0.1}), "standards: found a group of keys; Value error"),
        (changed(scenarios=[]), "scenarios: found 0; expected at least 1"),
        (changed(study="compare"), "scenarios: found 1; expected at least 2"),
        (changed(scenarios=3), "scenarios: found 3; expected a valid list"),
        (changed(libraries={"numpy": 2}), "libraries: found 2; expected a valid string"),
        (changed(libraries={}), "libraries: found a group of keys; expected the version of numpy, too"),
        (changed(libraries={"numpy": "2"}), "libraries: found a group of keys; expected the version of numba, too"),
        (changed(scenarios=[{"id": "a", "sha256": ""}]), "scenarios[0].text: missing"),
        (changed(parts="x"), 'parts: found "x"; expected a valid integer'),
        (
            changed(numbers={"levels": {"a": 10**400}}),
            "numbers: found a number of more than 15 digits; expected a finite number, a text or nothing",
        ),
        (changed(day="2026-13-01"), 'day: found "2026-13-01"'),
        ('{"package": "qsim"}', "version: missing"),
    ],
)
def test_what_is_damaged_is_one_line(text, said):
    with pytest.raises(InputError) as caught:
        manifest_in(text, "page.html")
    line = str(caught.value)
    assert line.startswith(f"page.html:  holds a manifest that is damaged: {said}")
    assert len(line) < 300
    assert len(line.splitlines()) == 1


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", '{"package": "other"}', "[" * 100_000, changed(numbers={"a": float("nan")}), "\x00"]
)
def test_what_holds_no_manifest(text):
    assert manifest_in(text, "page.html") is None


@pytest.mark.parametrize(("made", "said"), [(os.mkfifo, "is a pipe or a device"), (os.mkdir, "is a folder")])
def test_what_is_no_file_is_said_at_once(tmp_path, made, said):
    path = tmp_path / "manifest.json"
    made(path)
    with pytest.raises(InputError, match=said):
        read_manifest(path)
