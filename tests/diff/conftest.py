"""Other versions of qsim: copies of its sources with three of its scenarios, one number of which is another."""

import shutil
from pathlib import Path

import pytest

import qsim
from qsim.diff.difference import difference
from qsim.diff.version import opened

PACKAGE = Path(qsim.__file__).parent
SCENARIOS = ("small", "medium", "large")
SETTINGS = 5


def copied(folder, scenarios=SCENARIOS):
    """Return a folder with the sources and these scenarios; the rules are the same, so that nothing is compiled anew."""
    shutil.copytree(PACKAGE, folder / "src" / "qsim", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "scenarios").mkdir()
    for name in scenarios:
        shutil.copy(PACKAGE.parents[1] / "scenarios" / f"{name}.yaml", folder / "scenarios")
    return folder


def write_column(folder, name, value):
    """Give a parameter the same value in all settings of a version."""
    path = folder / "src" / "qsim" / "engine" / "settings.csv"
    head, names, *rows = path.read_text(encoding="utf-8").splitlines()
    place = names.split(",").index(name)
    cells = [row.split(",") for row in rows]
    rows = [",".join([*row[:place], value, *row[place + 1 :]]) for row in cells]
    path.write_text("\n".join([head, names, *rows, ""]), encoding="utf-8")


@pytest.fixture(scope="session")
def changed(tmp_path_factory):
    """A version in which whatever is known is soon forgotten, without one of the scenarios."""
    folder = copied(tmp_path_factory.mktemp("changed"), ("medium", "large"))
    write_column(folder, "learning.forgetting", "0.3")
    return folder


@pytest.fixture(scope="session")
def alike(tmp_path_factory):
    """A version that differs in a comment alone."""
    folder = copied(tmp_path_factory.mktemp("alike"))
    with (folder / "src" / "qsim" / "own.py").open("a", encoding="utf-8") as file:
        file.write("# nothing else\n")
    return folder


@pytest.fixture(scope="session")
def differences(changed, alike):
    """What differs from each of the two, run once."""

    def found(folder, *names):
        with opened(str(folder)) as other:
            return difference(other, names, SETTINGS, workers=1)

    return {"changed": found(changed, *SCENARIOS), "alike": found(alike, "medium", "large")}


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """An empty folder for the numbers that are kept; compiled code stays where it is."""
    monkeypatch.setattr("qsim.diff.taken.cache_home", lambda: tmp_path / "kept")
    return tmp_path / "kept" / "diff"
