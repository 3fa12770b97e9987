"""Versions by their names: a folder, a wheel, a revision of a checkout; anything else is refused in one line."""

import shutil
import subprocess
import zipfile

import pytest

from qsim.diff.version import opened, this_version
from qsim.files.messages import InputError


@pytest.fixture
def sources(tmp_path):
    """A folder of the least that counts as a version."""
    package = tmp_path / "checkout" / "src" / "qsim"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text('__version__ = "0.9"\n')
    scenarios = tmp_path / "checkout" / "scenarios"
    scenarios.mkdir()
    (scenarios / "town.yaml").write_text("kind: scenario\n")
    return tmp_path / "checkout"


def test_a_folder_with_the_package_or_its_sources(sources):
    for path in (sources, sources / "src"):
        with opened(str(path)) as version:
            assert version.sources == sources / "src"
            assert version.scenarios == ("town",)


def test_a_wheel(sources, tmp_path):
    wheel = tmp_path / "qsim-0.9-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as file:
        file.write(sources / "src" / "qsim" / "__init__.py", "qsim/__init__.py")
        file.write(sources / "scenarios" / "town.yaml", "qsim/data/scenarios/town.yaml")
    with opened(str(wheel)) as version:
        folder = version.sources
        assert version.scenarios == ("town",)
    assert not folder.exists()


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_a_revision_is_what_was_there_then(sources):
    def git(*words):
        who = ("-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false")
        subprocess.run(["git", "-C", sources, *who, *words], check=True, capture_output=True)

    git("init", "--quiet")
    git("add", ".")
    git("commit", "--quiet", "-m", "first")
    (sources / "scenarios" / "village.yaml").write_text("kind: scenario\n")
    git("add", ".")
    git("commit", "--quiet", "-m", "second")
    with opened("HEAD~1", sources) as before, opened("HEAD", sources) as after:
        assert before.name.startswith("HEAD~1 (")
        assert before.scenarios == ("town",)
        assert after.scenarios == ("town", "village")
        assert before.digest != after.digest
    for wrong in ("HEAD~9", "--all"):
        with pytest.raises(InputError, match="there is no such version of qsim"), opened(wrong, sources):
            pass


def test_the_digest_changes_with_any_number_and_with_nothing_else(sources):
    def digest():
        with opened(str(sources)) as version:
            return version.digest

    first = digest()
    (sources / "src" / "qsim" / "notes.txt").write_text("x")
    assert digest() == first
    (sources / "scenarios" / "town.yaml").write_text("kind: scenario\nmonths: 12\n")
    assert digest() != first


@pytest.mark.parametrize("name", ["no_such_folder", "v9.9.9"])
def test_what_is_no_version_is_refused(name, tmp_path):
    with (
        pytest.raises(InputError, match="expected a revision of its checkout, a wheel or a folder"),
        opened(name, tmp_path),
    ):
        pass


def test_this_version_is_the_one_that_runs():
    assert "halle" in this_version().scenarios
