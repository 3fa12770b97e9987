"""``qsim sweep --scheduler`` on a real Dask cluster: a scheduler and two workers on loopback, one of them killed."""

import logging
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pandas as pd
import pytest

import qsim
from qsim.runs.runner import LOCAL, workers_of

dask = pytest.importorskip("dask", reason="Dask is not installed (the extra `cluster`)")
psutil = pytest.importorskip("psutil")
pytest.importorskip("distributed")  # what it adds to Dask's settings must be there before tests change them

QSIM = Path(sys.executable).parent / "qsim"
EXPERIMENT = """\
kind: experiment
schema_version: 1
label: {de: Probe, en: Trial}
question: {de: Was bringt es?, en: What does it bring?}
scenarios: [city.yaml]
factors:
  - {id: size, key: administration.departments, levels: [8, 12, 16]}
  - {id: up, key: parameters.practice.up, range: [0.02, 0.08]}
design: {kind: latin_hypercube, number: 60}
replications: 20
outcomes: [{measure: practice}, {measure: practice, at: peak}]
"""


@pytest.fixture
def trial(write, city):
    """The name of a small experiment file of 75 parts."""
    return write("trial.yaml", EXPERIMENT)


@pytest.fixture
def start(tmp_path):
    """Starts a Dask process of the installed version; all are ended after the test."""
    running = []

    def start_process(*arguments):
        command = [sys.executable, "-m", "distributed.cli.dask_" + arguments[0], *map(str, arguments[1:])]
        place = tmp_path / f"dask{len(running)}"
        place.mkdir()
        process = subprocess.Popen(command, cwd=place, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        running.append(process)
        return process

    yield start_process
    for process in running:
        process.kill()
        process.wait()


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def answers(port):
    with socket.socket() as trial:
        trial.settimeout(1)
        return trial.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
def cluster(start):
    """The address of a scheduler on loopback, and its two workers, one thread each."""
    port = free_port()
    start("scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard")
    deadline = time.monotonic() + 60
    while not answers(port) and time.monotonic() < deadline:
        time.sleep(0.1)
    address = f"tcp://127.0.0.1:{port}"
    workers = [
        start("worker", address, "--nthreads", 1, "--no-nanny", "--no-dashboard", "--host", "127.0.0.1")
        for _ in range(2)
    ]
    return address, workers


def same(one, other):
    for name in ("runs", "points"):
        first, second = (getattr(qsim.Study.open(out), name) for out in (one, other))
        pd.testing.assert_frame_equal(first, second, check_exact=True)


def test_a_killed_worker_loses_nothing(cluster, command, trial, folder):
    address, workers = cluster
    assert command("sweep", trial, "-o", "threads").exit_code == 0
    sweep = subprocess.Popen(
        [QSIM, "sweep", trial, "-o", "dask", "--scheduler", address], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True,
    )  # fmt: skip
    parts = folder / "dask" / "runs.parquet"
    deadline = time.monotonic() + 120
    while sweep.poll() is None and time.monotonic() < deadline:
        if parts.is_dir() and len(list(parts.glob("part-*.parquet"))) >= 3:
            break
        time.sleep(0.02)
    assert sweep.poll() is None, "the study was over before a worker could be killed"
    workers[0].kill()
    output, errors = sweep.communicate(timeout=240)
    assert sweep.returncode == 0, errors
    assert output == "trial: done, 1,200 runs\n"
    same("threads", "dask")


def test_a_scheduler_that_cannot_be_reached_leaves_nothing(command, trial, folder):
    with dask.config.set({"distributed.comm.timeouts.connect": "2s"}):
        done = command("sweep", trial, "-o", "out", "--scheduler", f"tcp://127.0.0.1:{free_port()}")
    assert done.exit_code == 2
    assert "cannot reach the scheduler" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (folder / "out").exists()


def test_a_cluster_started_for_the_study(command, process, trial):
    assert command("sweep", trial, "-o", "threads", "-r", 4).exit_code == 0
    done = process("sweep", trial, "-o", "dask", "-r", 4, "--scheduler", "local", "-j", 1)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "trial: done, 240 runs\n"
    assert "Traceback" not in done.stderr
    same("threads", "dask")


def test_a_cluster_of_its_own_listens_here_alone_and_tells_nothing():
    """Dask's pages say what is run, and to whom; nobody asked for them."""
    with workers_of(1, LOCAL) as workers:
        scheduler = workers.executor._client.cluster.scheduler
        address, port = scheduler.address, scheduler.http_server.port
        for page in ("status", "info/main/workers.html"):
            with pytest.raises(HTTPError, match="404") as refused:
                urlopen(f"http://127.0.0.1:{port}/{page}")
            refused.value.close()
        del scheduler
    assert address.startswith("tcp://127.0.0.1:")


def test_what_a_worker_notes_is_said_here_alone(caplog, capfd):
    with workers_of(1, LOCAL) as workers:
        workers.executor.submit(logging.getLogger("qsim").warning, "noted").result()
    assert caplog.messages.count("noted") == 1
    assert "noted" not in capfd.readouterr().err


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGKILL, -9)])
def test_workers_never_outlive_the_process_that_started_them(trial, folder, number, code):
    sweep = subprocess.Popen(
        [QSIM, "sweep", trial, "-o", "out", "-r", "100000", "--scheduler", "local", "-j", "1"], stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    parts = folder / "out" / "runs.parquet"
    deadline = time.monotonic() + 120
    while sweep.poll() is None and time.monotonic() < deadline and len(list(parts.glob("part-*.parquet"))) < 2:
        time.sleep(0.05)
    below = psutil.Process(sweep.pid).children(recursive=True)
    sweep.send_signal(number)
    _, errors = sweep.communicate(timeout=120)
    assert sweep.returncode == code, errors
    assert below
    assert psutil.wait_procs(below, timeout=30)[1] == []


def test_without_dask_it_says_what_to_install(command, trial, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    done = command("sweep", trial, "-o", "out", "--scheduler", "local")
    assert done.exit_code == 2
    assert "pip install 'qsim[cluster]'" in done.stderr
