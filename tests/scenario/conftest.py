"""A folder with scenario files, and what is said about them."""

import pytest

from qsim.files import kinds
from qsim.files.messages import InputError
from qsim.scenario.loading import load_scenario

BASE = """\
kind: scenario
schema_version: 1
label: {de: Probe, en: Trial}
start: 2015-01
months: 120
tasks:
  - {id: integration, kind: integration}
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty current folder; the scenarios that come with qsim are those of its folder ``packaged``."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(kinds, "packaged", lambda folder: tmp_path / "packaged")
    return tmp_path


@pytest.fixture
def write(folder):
    """Writes a file below the folder and returns its name."""

    def write_file(text, name="city.yaml"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return name

    return write_file


@pytest.fixture
def base():
    """The text of a small scenario that is right, seven lines long."""
    return BASE


@pytest.fixture
def complaints(folder):
    """Returns what is said, line by line, when a scenario is loaded; nothing if it is right."""

    def lines(name, changes=()):
        try:
            load_scenario(name, changes)
        except InputError as error:
            return str(error).splitlines()
        return []

    return lines


@pytest.fixture
def said(write, complaints):
    """Returns what is said, line by line, about the small scenario with more text behind it."""
    return lambda more, changes=(): complaints(write(BASE + more), changes)
