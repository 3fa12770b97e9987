"""What must hold for the repository as a whole: purity of the sources, one-way imports, versions, packaging."""

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from ruamel.yaml import YAML

import qsim

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "src" / "qsim").rglob("*.py"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LINES = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
CONSTRAINTS = [line for line in LINES if line and not line.startswith("#")]
FLOW = (
    "files", "scenario", "world", "mechanisms", "measures", "engine", "runs", "sweep", "comparison", "sensitivity", "claims",
    "present", "commands",
)  # fmt: skip
"""The folders of the package; each imports only from itself and from those before it."""


def name_of(path):
    return path.relative_to(ROOT).as_posix()


def tree_of(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(tree):
    """Yield the full names of all that a module imports, wherever the import stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative import"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def global_randomness(source):
    """Return what a source uses of random numbers without an address."""
    tree = ast.parse(source)
    banned = ("random", "secrets", "numpy.random", "scipy.stats.qmc")
    found = [name for name in imported(tree) if any(name == one or name.startswith(f"{one}.") for one in banned)]
    arrays = {"np", "numpy"}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr == "random":
            if isinstance(node.value, ast.Name) and node.value.id in arrays:
                found.append(f"{node.value.id}.random")
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "hash":
            found.append("hash()")
    if "def __hash__" in source:  # what makes objects keys of dictionaries draws nothing
        found = [name for name in found if name != "hash()"]
    return found


@pytest.mark.parametrize(
    "source",
    ["import random", "from numpy import random", "import numpy.random as r", "from numpy.random import default_rng",
     "x = np.random.rand()", "x = hash('calendar')", "def f():\n    from secrets import token_bytes"],
)  # fmt: skip
def test_randomness_without_an_address_is_noticed(source):
    assert global_randomness(source)


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_no_source_draws_without_an_address(path):
    # the points of a study are no draws of a world: they come from a sequence with a seed
    designs = ["scipy.stats.qmc"] if {"sweep", "sensitivity"} & set(path.parts) else []
    assert [name for name in global_randomness(path.read_text(encoding="utf-8")) if name not in designs] == []


@pytest.mark.parametrize("folder", FLOW)
def test_a_folder_imports_only_from_those_before_it(folder):
    later = {*FLOW[FLOW.index(folder) + 1 :], "cli"}
    wrong = [
        (name_of(path), name)
        for path in sorted((ROOT / "src" / "qsim" / folder).rglob("*.py"))
        for name in imported(tree_of(path))
        if name.startswith("qsim.") and name.split(".")[1] in later
    ]
    assert wrong == []


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_a_file_says_what_is_in_it_and_is_no_longer_than_it_may_be(path):
    text = path.read_text(encoding="utf-8")
    assert not text or ast.get_docstring(ast.parse(text)), "no docstring"
    assert text.count("\n") <= 300


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_what_is_left_out_of_checks_has_a_reason_beside_it(path):
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if re.search(r"#\s*(type: ignore|noqa)", line):
            assert re.search(r"#\s*(type: ignore\[[\w, -]+\]|noqa: [\w, ]+)\s*# \S", line), f"{name_of(path)}:{number}"


def test_the_version_is_the_same_everywhere():
    citation = YAML(typ="safe").load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert PROJECT["project"]["version"] == qsim.__version__ == citation["version"]
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(rf"^## {re.escape(qsim.__version__)}\b", changes, re.MULTILINE)


def test_the_citation_is_complete():
    citation = YAML(typ="safe").load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert {"cff-version", "message", "title", "authors", "version", "license", "type", "abstract"} <= set(citation)
    assert citation["license"] == PROJECT["project"]["license"]
    assert all(set(author) == {"name"} for author in citation["authors"])


def test_all_packages_are_shipped():
    folders = {path.parent for path in SOURCES}
    packages = {".".join(folder.relative_to(ROOT / "src").parts) for folder in folders}
    assert set(PROJECT["tool"]["setuptools"]["packages"]) == packages | {
        "qsim.data.claims",
        "qsim.data.experiments",
        "qsim.data.scenarios",
    }


def test_all_data_files_are_shipped():
    shipped = PROJECT["tool"]["setuptools"]["package-data"]
    folders = PROJECT["tool"]["setuptools"]["package-dir"]
    covered = set()
    for package, patterns in shipped.items():
        folder = ROOT / folders.get(package, f"src/{package.replace('.', '/')}")
        covered |= {path for pattern in patterns for path in folder.glob(pattern)}
    data = {
        path for path in (ROOT / "src" / "qsim").rglob("*") if path.is_file() and path.suffix not in (".py", ".pyc")
    }
    others = {path for name in ("claims", "scenarios") for path in (ROOT / name).rglob("*") if path.is_file()}
    others |= set((ROOT / "experiments").glob("*.yaml"))
    assert data | others == covered


@pytest.mark.parametrize("line", CONSTRAINTS)
def test_a_constraint_is_a_name_and_a_version(line):
    assert re.fullmatch(r"[a-z0-9][\w.-]*==[\w.]+(; python_version (<|>=) \"3\.\d+\")?", line)


def test_every_dependency_is_constrained():
    def plain(name):
        return re.sub(r"[-_.]+", "-", name).lower()

    pinned = {plain(line.split("==")[0]) for line in CONSTRAINTS}
    extras = PROJECT["project"]["optional-dependencies"]
    wanted = [*PROJECT["project"]["dependencies"], *(name for extra in extras.values() for name in extra)]
    names = {plain(re.match(r"[\w.-]+", requirement)[0]) for requirement in wanted} - {"qsim"}
    assert names <= pinned


def tracked_files():
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name]


UNWANTED = re.compile(
    r"py[p]i\.org|python[h]osted|anaconda\.or[g]|index-ur[l]"  # addresses of package registries
    r"|(?<![\w.~])/(home|root|Users|work)/\w"  # folders of one machine
    r"|\b(TOD[O]|FIXM[E]|XX[X])\b"
)


@pytest.mark.parametrize(
    "text", ["https://py" + "pi.org/simple", "see /home" + "/anna/qsim", "# TO" + "DO later", "--index-" + "url x"]
)
def test_unwanted_words_are_noticed(text):
    assert UNWANTED.search(text)


def test_no_file_holds_addresses_of_registries_or_folders_of_one_machine():
    found = []
    for path in tracked_files():
        if path.is_file() and path.suffix not in (".png", ".svg", ".parquet"):
            text = path.read_text(encoding="utf-8")
            found += [f"{name_of(path)}: {match[0]}" for match in UNWANTED.finditer(text)]
    assert found == []
