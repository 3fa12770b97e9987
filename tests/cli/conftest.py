"""The command line as a user meets it, in an empty folder: in this process, or in one of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from qsim.commands.root import app

QSIM = Path(sys.executable).parent / "qsim"


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """An empty current folder, and a locale that is neither German nor English."""
    monkeypatch.chdir(tmp_path)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "COLUMNS", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture
def process():
    """Runs ``qsim`` in a process of its own; returns what it did with its exit code, output and errors as text."""

    def run(*arguments, **environment):
        return subprocess.run(
            [QSIM, *map(str, arguments)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=300,
            env={**os.environ, **environment},
            check=False,
        )

    return run


@pytest.fixture
def command():
    """Runs ``qsim`` in this process, which is faster."""
    return lambda *arguments: CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def write(folder):
    """Writes a file and returns its name."""

    def write_file(name, text):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return name

    return write_file


@pytest.fixture
def city(write):
    """The name of a small scenario file of 24 months."""
    text = """\
kind: scenario
schema_version: 1
label: {de: Probestadt, en: Trial town}
start: 2015-01
months: 24
administration: {departments: 12}
tasks:
  - {id: integration, kind: integration}
"""
    return write("city.yaml", text)
