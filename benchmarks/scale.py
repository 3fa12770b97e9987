"""A sweep of a million runs: its memory, its files, and the same by a cluster whose workers die."""

from __future__ import annotations

import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from statistics import median

from benchmarks.children import QSIM, Cost, cost_of
from benchmarks.study_file import POINTS, write_experiment
from benchmarks.timing import Finding

SCENARIO = "small"
FEW, MANY = 100_000, 1_000_000
CHANGES = ("--set", "months=24")
"""Runs of two years, so that a million takes minutes; what is measured but the time does not depend on it."""

ROUNDS = 3
WORKERS = 2
LIVES = 20.0
"""Seconds after which a worker of the cluster is killed and another one started."""


def findings() -> Iterator[Finding]:
    """Yield the findings as they are known."""
    with tempfile.TemporaryDirectory(prefix="qsim-scale-") as name:
        folder = Path(name)
        few = median(sweep(folder / f"few{n}", FEW).memory for n in range(ROUNDS))
        many = sweep(folder / "many", MANY)
        yield Finding(f"study_memory_{MANY}_over_{FEW}", many.memory / few, 1.1, "ratio")
        made = digests(folder / "many" / "out")
        yield Finding("million_runs_files", len(made), 1500, "files")
        size = sum(path.stat().st_size for path in (folder / "many" / "out").rglob("*") if path.is_file())
        yield Finding("million_runs_megabytes", size / 1e6, 30, "MB")
        with dying_workers() as (address, died):
            other = sweep(folder / "cluster", MANY, "--scheduler", address)
            yield Finding("cluster_workers_killed", died(), 3, "processes", "at least")
        differing = made.items() ^ digests(folder / "cluster" / "out").items()
        yield Finding("cluster_other_files", len({name for name, _ in differing}), 0, "files")
        yield Finding("cluster_planner_over_study", other.processor / many.processor, 0.1, "of processor time")


def sweep(folder: Path, runs: int, *options: str) -> Cost:
    """Run a study of so many runs into the folder ``out`` within a new folder, by the command; return what it took."""
    folder.mkdir()
    path = write_experiment(folder, SCENARIO, runs // POINTS)
    return cost_of([*QSIM, "sweep", str(path), *CHANGES, "--out", str(folder / "out"), *options])


def digests(folder: Path) -> dict[str, bytes]:
    """Return a digest of each file of a study's tables by its name."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.parent != folder)
    return {str(path.relative_to(folder)): blake2b(path.read_bytes()).digest() for path in files}


@contextmanager
def dying_workers() -> Iterator[tuple[str, Callable[[], int]]]:
    """Give the address of a cluster on loopback, one of whose workers is killed time and again, and how many were."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address, ended, killed = f"tcp://127.0.0.1:{port}", threading.Event(), list[int]()
    with tempfile.TemporaryDirectory(prefix="qsim-dask-") as place:

        def started(kind: str, *arguments: str) -> subprocess.Popen[bytes]:
            command = [sys.executable, "-m", f"distributed.cli.dask_{kind}", *arguments, "--no-dashboard"]
            null = subprocess.DEVNULL
            return subprocess.Popen([*command, "--host", "127.0.0.1"], cwd=place, stdout=null, stderr=null)

        def worker() -> subprocess.Popen[bytes]:
            return started("worker", address, "--nthreads", "1", "--no-nanny")

        scheduler, workers = started("scheduler", "--port", str(port)), [worker() for _ in range(WORKERS)]

        def kill_in_turn() -> None:
            while not ended.wait(LIVES):
                killed.append(workers[0].pid)
                end(workers.pop(0))
                workers.append(worker())

        killer = threading.Thread(target=kill_in_turn)
        killer.start()
        try:
            yield address, lambda: len(killed)
        finally:
            ended.set()
            killer.join()
            for process in (*workers, scheduler):
                end(process)


def end(process: subprocess.Popen[bytes]) -> None:
    """Kill a process and wait for its end."""
    process.kill()
    process.wait()
