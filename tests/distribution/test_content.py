"""What is handed on as a package: what does not belong there is noticed, and the container file names what there is."""

import re
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

from tests.distribution.content import (
    container_sources,
    instructions,
    is_below,
    names_in,
    wrong_in_sdist,
    wrong_in_wheel,
)

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
CONTAINER = (ROOT / "Containerfile").read_text("utf-8")


@pytest.mark.parametrize(
    "name", ["tests/conftest.py", "qsim/data/experiments/size.py", "qsim/x.pyc", "evidence/held_out.py", "docs/odd.md"]
)
def test_what_does_not_belong_in_a_wheel_is_noticed(name):
    good = ["qsim/world/draws.py", "qsim/data/claims/latest.json", "qsim-1.0.0.dist-info/licenses/LICENSE"]
    assert wrong_in_wheel([*good, name]) == [name]


@pytest.mark.parametrize(
    "name", ["tests/test_lint.py", "src/qsim/left_over.yaml", "scenarios/notes.txt", "build/lib/x.py"]
)
def test_what_does_not_belong_in_an_sdist_is_noticed(name):
    good = ["pyproject.toml", "src/qsim/cli.py", "scenarios/halle.yaml"]
    tracked = [*good, "tests/test_lint.py", "scenarios/notes.txt"]
    made = ["PKG-INFO", "src/qsim.egg-info/SOURCES.txt"]
    assert wrong_in_sdist([*good, *made, name], tracked) == [name]


def test_names_in_archives(tmp_path):
    (tmp_path / "a").write_text("a", encoding="utf-8")
    with zipfile.ZipFile(tmp_path / "x.whl", "w") as wheel:
        wheel.write(tmp_path / "a", "qsim/a")
    with tarfile.open(tmp_path / "x.tar.gz", "w:gz") as sdist:
        sdist.add(tmp_path / "a", "x-1/src/a")
    assert names_in(tmp_path / "x.whl") == ["qsim/a"]
    assert names_in(tmp_path / "x.tar.gz") == ["src/a"]


def test_the_container_file_copies_what_there_is_and_all_that_the_package_is_made_of():
    sources = container_sources(CONTAINER)
    assert [name for name in sources if not (ROOT / name).exists()] == []
    folders = PROJECT["tool"]["setuptools"]["package-dir"].values()
    needed = ["pyproject.toml", PROJECT["project"]["readme"], *PROJECT["project"]["license-files"], *folders]
    assert [name for name in needed if not is_below(name, sources)] == []


def test_what_the_container_file_copies_is_not_ignored():
    rules = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    assert {rule[1:] for rule in rules if rule.startswith("!")} == set(container_sources(CONTAINER))
    assert "*" in rules


def test_the_container_runs_a_command_of_the_package_as_a_user_without_rights():
    said = dict(instructions(CONTAINER))
    assert said["ENTRYPOINT"] == ["[qsim]"]
    assert "qsim" in PROJECT["project"]["scripts"]
    assert said["USER"] == ["qsim"]
    assert "useradd --no-create-home qsim" in CONTAINER
    (extras,) = re.findall(r"'\.\[(.*)\]'", CONTAINER)
    assert set(extras.split(",")) <= set(PROJECT["project"]["optional-dependencies"])
    versions = re.findall(r"^FROM python:(3\.\d+)-slim", CONTAINER, re.MULTILINE)
    assert len(set(versions)) == 1
    assert len(versions) == 2
