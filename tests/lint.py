"""What must hold for the repository as a whole and no other tool checks: flow of imports, length, reasons, version, packaging.

``python -m tests.lint`` prints a line for each thing that is wrong, and fails if there is one.
"""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import qsim
from evidence.documents.house import FLOORS, imports_of

ROOT = Path(__file__).parents[1]
SOURCES = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in sorted((ROOT / "src").rglob("*.py"))}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LONGEST = 300
"""Lines of a file."""
IGNORED = re.compile(r"#\s*(type: ignore|noqa)")
REASONED = re.compile(r"#\s*(type: ignore\[[\w, -]+\]|noqa: [\w, ]+)\s*# \S")
CONSTRAINT = re.compile(r"[a-z0-9][\w.-]*==[\w.]+(; python_version (<|>=) \"3\.\d+\")?")
UNWANTED = re.compile(
    r"py[p]i\.org|python[h]osted|anaconda\.or[g]|index-ur[l]"  # addresses of package registries
    r"|(?<![\w.~])/(home|root|Users|work)/\w"  # folders of one machine
    r"|\b(TOD[O]|FIXM[E]|XX[X])\b"
)


def module_of(name):
    """Return the full name of the module in a source file, and its package."""
    steps = Path(name).with_suffix("").parts[1:]
    return ".".join(steps[:-1] if steps[-1] == "__init__" else steps), ".".join(steps[:-1])


def graph_of(sources):
    """Return which modules import which, wherever the import stands; ``qsim`` itself, which hands on what is public, left out."""
    names = {module_of(name)[0] for name in sources} - {"qsim"}
    graph = {}
    for name, text in sources.items():
        module = module_of(name)[0]
        used = {one if one in names else one.rpartition(".")[0] for one in imports_of(text)}
        graph[module] = (used & names) - {module}
    graph.pop("qsim", None)
    return graph


def cycle_in(graph):
    """Return nodes of a graph that lead back to the first, nothing if there are none."""
    done, path = set(), []

    def visit(node):
        if node in path:
            return path[path.index(node) :]
        if node in done:
            return []
        path.append(node)
        found = next(filter(None, map(visit, sorted(graph.get(node, ())))), [])
        path.pop()
        done.add(node)
        return found

    return next(filter(None, map(visit, sorted(graph))), [])


def imports_against_the_flow(sources):
    """A folder imports only from itself and from those before it; the rest of the package is above all folders."""
    for name, text in sources.items():
        folder = module_of(name)[0].split(".")[1:2]
        if not folder or folder[0] not in FLOORS:
            continue
        allowed = {"", *FLOORS[: FLOORS.index(folder[0]) + 1], "__version__"}
        for used in imports_of(text):
            steps = [*used.split("."), ""]
            if steps[0] == "evidence" or (steps[0] == "qsim" and steps[1] not in allowed):
                yield f"{name}: imports {used}"


def circles(sources):
    """Neither modules nor folders import each other in a circle; a folder and one within it are one."""
    modules, folders = graph_of(sources), {}
    folder_of = dict(map(module_of, sources))
    for module, used in modules.items():
        own = folder_of[module]
        others = {folder_of[one] for one in used} - {own}
        apart = {one for one in others if not f"{one}.".startswith(f"{own}.") and not f"{own}.".startswith(f"{one}.")}
        folders.setdefault(own, set()).update(apart)
    for graph in (modules, folders):
        if found := cycle_in(graph):
            yield f"a circle of imports: {' -> '.join([*found, found[0]])}"


def hashes(sources):
    """``hash`` differs from process to process: only a ``__hash__`` may use it. (Ruff bans draws without an address.)"""
    for name, text in sources.items():
        tree = ast.parse(text)
        within = {
            id(node) for one in ast.walk(tree) if getattr(one, "name", "") == "__hash__" for node in ast.walk(one)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Name) and node.id == "hash" and id(node) not in within:
                yield f"{name}:{node.lineno}: hash"


def long_files(sources):
    """No file is longer than it may be."""
    for name, text in sources.items():
        if text.count("\n") > LONGEST:
            yield f"{name}: {text.count(chr(10))} lines, at most {LONGEST}"


def ignores_without_a_reason(sources):
    """What is left out of checks has a reason beside it."""
    for name, text in sources.items():
        for number, line in enumerate(text.splitlines(), 1):
            if IGNORED.search(line) and not REASONED.search(line):
                yield f"{name}:{number}: no reason beside it"


def version():
    """The version stands in one place, and the changelog has a head for it; other files that say it are generated."""
    if "version" in PROJECT["project"]:
        yield "pyproject.toml: the version is that of src/qsim/__init__.py"
    if not re.search(rf"^## {re.escape(qsim.__version__)}\b", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE):
        yield f"CHANGELOG.md: nothing on {qsim.__version__}"


def packaging():
    """All packages are shipped, and all files of data."""
    tool = PROJECT["tool"]["setuptools"]
    data = {name for name in tool["package-dir"] if name.startswith("qsim.data.")}
    for name in sorted(set(tool["packages"]) ^ ({module_of(source)[1] for source in SOURCES} | data)):
        yield f"pyproject.toml: packages and folders differ in {name}"
    covered = set()
    for package, patterns in tool["package-data"].items():
        folder = ROOT / tool["package-dir"].get(package, f"src/{package.replace('.', '/')}")
        covered |= {path for pattern in patterns for path in folder.glob(pattern)}
    files = {path for path in (ROOT / "src/qsim").rglob("*") if path.is_file() and path.suffix not in (".py", ".pyc")}
    files |= {path for name in ("claims", "scenarios") for path in (ROOT / name).rglob("*") if path.is_file()}
    files |= set((ROOT / "experiments").glob("*.yaml"))
    for path in sorted(files ^ covered):
        yield f"pyproject.toml: package-data and files differ in {path.relative_to(ROOT).as_posix()}"


def constraints():
    """Every dependency is constrained, each constraint a name and a version."""

    def plain(name):
        return re.sub(r"[-_.]+", "-", name).lower()

    lines = [line for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines() if line and line[0] != "#"]
    for line in lines:
        if not CONSTRAINT.fullmatch(line):
            yield f"constraints.txt: {line}"
    pinned = {plain(line.split("==")[0]) for line in lines}
    extras = PROJECT["project"]["optional-dependencies"]
    wanted = [*PROJECT["project"]["dependencies"], *(name for extra in extras.values() for name in extra)]
    names = {plain(re.match(r"[\w.-]+", requirement)[0]) for requirement in wanted} - {"qsim"}
    for name in sorted(names - pinned):
        yield f"constraints.txt: {name} is missing"


def unwanted_words(files):
    """No file holds addresses of registries, folders of one machine, or what is to be done some day."""
    for name, text in files.items():
        yield from (f"{name}: {match[0]}" for match in UNWANTED.finditer(text))


def texts():
    """Return all texts that git knows or would take, nothing outside a git checkout."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=False).stdout.decode().split("\0")
    others = (".png", ".svg", ".parquet", ".wasm")
    return {name: (ROOT / name).read_text("utf-8") for name in listed if name and (ROOT / name).is_file()
            and not name.endswith(others)}  # fmt: skip


CHECKS = (imports_against_the_flow, circles, hashes, long_files, ignores_without_a_reason)
"""What is checked of the sources: each takes texts by name and yields a line for each thing that is wrong."""


def main():
    """Print what is wrong, and return how much that is."""
    wrong = [line for check in CHECKS for line in check(SOURCES)]
    wrong += [*version(), *packaging(), *constraints(), *unwanted_words(texts())]
    print(*wrong, sep="\n", end="\n" if wrong else "")
    return len(wrong)


if __name__ == "__main__":
    sys.exit(main() > 0)
