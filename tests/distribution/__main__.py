"""Builds wheel and sdist, and tries both where nothing else is: an empty environment, an empty folder, no network.

``python -m tests.distribution`` leaves both in ``dist/`` and prints their sizes; it ends at the first thing that is wrong.
``make dist`` calls it in an environment that has ``build`` and ``setuptools``.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from tests.distribution.content import container_sources, is_below, names_in, wrong_in_sdist, wrong_in_wheel

ROOT = Path(__file__).parents[2]
DIST = ROOT / "dist"
FEW = ("-r", "20")
TRIALS = (
    (("--version",), ""),
    (("run", "halle", *FEW), ""),
    (("explore", "halle", "--out", "x.html"), "x.html"),
    (("explore", "--city", "--out", "city.html"), "city.html"),
    (("init", "mytown"), "scenarios/mytown.yaml"),
    (("validate", "mytown"), ""),
    (("run", "mytown", *FEW, "--out", "results", "--csv"), "results/runs.csv"),
    (("reproduce", "results"), ""),
    (("sweep", "--list"), ""),
    (("claims", "--list"), ""),
    (("levers", "halle"), ""),
    (("schema", "--kind", "levers"), ""),
)
"""What is called in the empty folder, one after another, and the file that is there afterwards."""
ON_ARRIVAL = TRIALS[:2]
"""What is called of the sdist, whose wheel is the same."""
CUT_OFF = ("unshare", "--map-root-user", "--net")
"""Runs a command without a network, where the system allows it."""


def main() -> None:
    """Build, look into, install and try; say how large all is."""
    with tempfile.TemporaryDirectory(prefix="qsim-dist-") as made:
        folder = Path(made)
        sdist, wheel = built(folder)
        shutil.rmtree(DIST, ignore_errors=True)
        DIST.mkdir()
        for path in (sdist, wheel):
            shutil.copy(path, DIST)
            print(f"dist/{path.name}: {path.stat().st_size / 1e6:.2f} MB, {len(names_in(path))} files", flush=True)
        print("Commands run without a network" if can_be_cut_off() else "The network could not be cut off", flush=True)
        environment = folder / "environment"
        called(sys.executable, "-m", "venv", environment)
        install(environment, "--constraint", ROOT / "constraints.txt", sdist)
        size = sum(path.lstat().st_size for path in environment.rglob("*"))
        print(f"An environment with qsim and all that it needs: {size / 1e6:.0f} MB", flush=True)
        tried(environment, folder / "sdist", ON_ARRIVAL)
        install(environment, "--force-reinstall", "--no-deps", wheel)
        tried(environment, folder / "wheel", TRIALS)


def built(folder: Path) -> tuple[Path, Path]:
    """Return the sdist and the wheel made of it; leave the process if either holds what it should not.

    The checkout itself, and what the container file copies of it, must give the same wheel to the last bit.
    """
    listed = ("git", "ls-files", "--cached", "--others", "--exclude-standard", "-z")
    files = [name for name in called(*listed, cwd=ROOT).split("\0") if (ROOT / name).is_file()]
    copied = container_sources((ROOT / "Containerfile").read_text("utf-8"))
    checkout = copy(files, folder / "checkout")
    container = copy([name for name in files if is_below(name, copied)], folder / "container")
    build = (sys.executable, "-m", "build", "--no-isolation", "--outdir")
    dated = {"SOURCE_DATE_EPOCH": called("git", "log", "-1", "--format=%ct", cwd=ROOT).strip()}
    called(*build, folder / "built", checkout, **dated)
    (sdist,), (wheel,) = (folder / "built").glob("*.tar.gz"), (folder / "built").glob("*.whl")
    for source in (checkout, container):
        called(*build, source / "dist", "--wheel", source, **dated)
        if (source / "dist" / wheel.name).read_bytes() != wheel.read_bytes():
            sys.exit(f"{wheel.name} of the sdist is another one than that of the {source.name}")
    if wrong := wrong_in_wheel(names_in(wheel)) + wrong_in_sdist(names_in(sdist), files):
        sys.exit(f"do not belong there: {', '.join(wrong)}")
    return sdist, wheel


def copy(names: Iterable[str], folder: Path) -> Path:
    """Copy files of the repository into a new folder and return it."""
    for name in names:
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, target)
    return folder


def install(environment: Path, *arguments: object) -> None:
    """Install into an environment; libraries are those that were tested together."""
    called(environment / "bin/python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *arguments)


def tried(environment: Path, folder: Path, trials: Sequence[tuple[tuple[str, ...], str]]) -> None:
    """Call commands of an environment in a new, empty folder, with another home; leave the process at the first that fails."""
    home = environment.with_name("home")  # the same for all, so that the rules are compiled once
    home.mkdir(exist_ok=True)
    folder.mkdir()
    cut_off = CUT_OFF if can_be_cut_off() else ()
    alone = {"PATH": "/usr/bin:/bin", "HOME": str(home), "LANG": "C.UTF-8"}
    for arguments, file in trials:
        output = called(*cut_off, environment / "bin/qsim", *arguments, cwd=folder, only=alone)
        if not (folder / file).exists() or not (output or file):
            sys.exit(f"qsim {' '.join(arguments)}: no {file or 'output'}")
        print(f"{folder.name}: qsim {' '.join(arguments)}", flush=True)


@cache
def can_be_cut_off() -> bool:
    """Return whether this system lets a process have no network."""
    found = shutil.which(CUT_OFF[0])
    return found is not None and subprocess.run([*CUT_OFF, "true"], capture_output=True, check=False).returncode == 0


def called(*command: object, cwd: Path | None = None, only: dict[str, str] | None = None, **more: str) -> str:
    """Return what a command prints; leave the process with all it said if it fails.

    It does not see Python sources of this process; ``only`` is all of its environment, ``more`` is added to the usual one.
    """
    usual = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run([str(word) for word in command], cwd=cwd, env=only or usual | more, text=True,
                          encoding="utf-8", capture_output=True, check=False)  # fmt: skip
    if done.returncode:
        sys.exit(f"{' '.join(map(str, command))}: exit code {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    main()
