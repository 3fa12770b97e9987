"""``qsim sweep``, ``status`` and ``reproduce`` as a user meets them: stopped, killed, gone on with, and refused."""

import json
import re
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

import qsim

QSIM = Path(sys.executable).parent / "qsim"
EXPERIMENT = """\
kind: experiment
schema_version: 1
label: {de: Probe, en: Trial}
question: {de: Was bringt es?, en: What does it bring?}
scenarios: [city.yaml]
factors:
  - {id: size, key: administration.departments, levels: [8, 12]}
  - {id: up, key: parameters.practice.up, levels: [0.02, 0.05, 0.08]}
replications: 4
outcomes: [{measure: practice}]
"""


@pytest.fixture
def trial(write, city):
    """The name of a small experiment file."""
    return write("trial.yaml", EXPERIMENT)


def tables(out):
    study = qsim.Study.open(out)
    return study.runs, study.points


def same(one, other):
    for first, second in zip(one, other, strict=True):
        pd.testing.assert_frame_equal(first, second, check_exact=True)


def started(*arguments):
    return subprocess.Popen(
        [QSIM, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )


def wait_for_parts(folder, count, process):
    deadline = time.monotonic() + 300
    runs = folder / "runs.parquet"
    while process.poll() is None and time.monotonic() < deadline:
        if runs.is_dir() and len(list(runs.glob("part-*.parquet"))) >= count:
            return
        time.sleep(0.02)


def test_a_study_from_plan_to_end(command, trial, folder):
    planned = command("sweep", trial, "--dry-run", "-j", 1)
    assert planned.exit_code == 0, planned.stderr
    assert planned.stdout.startswith("Trial: 24 runs (1 scenario × 6 points × 4 replications) in 2 parts\nAbout ")
    assert planned.stdout.endswith("Nothing was written.\n")
    assert sorted(path.name for path in folder.iterdir()) == ["city.yaml", "trial.yaml"]
    done = command("sweep", trial, "-o", "out")
    assert (done.exit_code, done.stdout, done.stderr) == (0, "trial: done, 24 runs\n", "")
    assert sorted(path.name for path in (folder / "out").iterdir()) == [
        "checksums", "manifest.json", "points.parquet", "runs.parquet"
    ]  # fmt: skip
    assert len(pd.read_parquet("out/runs.parquet")) == 24
    again = command("sweep", trial, "-o", "out")
    assert (again.exit_code, again.stderr) == (0, "2 of 2 parts are there already\n")
    status = command("status", "out", "--lang", "de")
    assert (status.exit_code, status.stdout) == (0, "trial: fertig, 24 Läufe\n")
    found = command("reproduce", "out", "--all")
    assert found.exit_code == 0
    assert found.stdout.splitlines() == [
        "24 of 24 runs done again: the numbers agree (largest relative difference 0)", "Compared: points, runs."
    ]  # fmt: skip


def test_json(command, trial, folder):
    planned = json.loads(command("sweep", trial, "-n", "--json", "-j", 2).stdout)
    assert (planned["runs"], planned["points"], planned["workers"]) == (24, 6, 2)
    assert min(planned["size"], planned["seconds"], planned["wall"]) > 0
    done = json.loads(command("sweep", trial, "-o", "out", "--json", "--seed", 5).stdout)
    assert (done["runs"], done["runs_done"], done["stopped"]) == (24, 24, False)
    status = json.loads(command("status", "out", "--json").stdout)
    assert status["command"] == f"qsim sweep {folder}/trial.yaml --seed 5 --out {folder}/out"
    assert status["finished"] is True
    assert json.loads(command("reproduce", "out", "--json").stdout)["agrees"] is True


def test_changes_replications_and_seed_are_the_studys(command, trial):
    assert command("sweep", trial, "-o", "a", "-S", "months=12", "-r", 2, "--seed", 3).exit_code == 0
    runs = qsim.Study.open("a").runs
    scenario = qsim.load_scenario(
        "city.yaml", ["months=12", "administration.departments=8", "parameters.practice.up=0.02"]
    )
    expected = qsim.simulate(scenario, 2, seed=3).runs["practice"]
    assert runs[runs["point"] == 0]["practice"].tolist() == expected.tolist()


def test_experiments_are_listed_and_validated(command, trial, folder):
    listed = command("sweep", "--list").stdout
    assert re.search(r"^funding_duration +How long must a post be funded", listed, re.MULTILINE)
    german = json.loads(command("sweep", "--list", "--json", "--lang", "de").stdout)
    assert next(entry for entry in german if entry["id"] == "funding_duration")["label"].startswith("Dauer der")
    done = command("validate", trial, "funding_duration")
    assert (done.exit_code, done.stdout) == (0, "trial.yaml: right\nfunding_duration: right\n")
    text = (folder / trial).read_text(encoding="utf-8")
    (folder / trial).write_text(text.replace("departments, levels", "departmens, levels"), encoding="utf-8")
    done = command("validate", trial)
    assert done.exit_code == 2
    assert done.stderr == ('trial.yaml:7:21  administration: unknown key "departmens"; did you mean "departments"?\n')


def test_killed_at_any_moment_it_goes_on(command, trial, folder):
    assert command("sweep", trial, "-o", "whole", "-r", 150).exit_code == 0
    for kills, parts in enumerate((0, 2, 4)):
        running = started("sweep", trial, "-o", "out", "-r", 150, "-j", 1 + kills % 2)
        wait_for_parts(folder / "out", parts, running)
        running.kill()
        running.communicate(timeout=60)
    done = command("sweep", trial, "-o", "out", "-r", 150)
    assert done.exit_code == 0, done.stderr
    same(tables("out"), tables("whole"))
    left = [path for path in (folder / "out").rglob("*") if path.name.endswith(".unfinished")]
    assert left == []


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_signal_finishes_what_is_in_flight(trial, folder, command, number, code):
    assert command("sweep", trial, "-n", "--quiet").exit_code == 0  # the rules are compiled now
    running = started("sweep", trial, "-o", "out", "-r", 100000, "-j", 1)
    wait_for_parts(folder / "out", 2, running)
    running.send_signal(number)
    output, errors = running.communicate(timeout=120)
    assert running.returncode == code
    lines = errors.splitlines()
    assert lines[-3:] == [
        "finishing the parts in flight; Ctrl-C again leaves them",
        f"to go on: qsim sweep {folder}/trial.yaml --replications 100000 --out {folder}/out",
        "interrupted",
    ]
    assert "Traceback" not in errors
    assert " of 600,000 runs (" in output
    status = command("status", "out")
    assert status.exit_code == 3
    assert f"to go on: qsim sweep {folder}/trial.yaml --replications 100000 --out {folder}/out" in status.stdout


def test_the_command_that_goes_on_works_from_any_folder(command, trial, folder, monkeypatch):
    assert command("sweep", trial, "-o", "my study", "-r", 20).exit_code == 0
    (folder / "my study" / "runs.parquet" / "part-000001.parquet").unlink()
    monkeypatch.chdir("/")
    line = command("status", folder / "my study").stdout.splitlines()[-1]
    assert command(*shlex.split(line.removeprefix("to go on: qsim "))).exit_code == 0
    assert command("status", folder / "my study").exit_code == 0


@pytest.mark.parametrize(
    "stated",
    ["rm -rf ~ ; qsim sweep e", "qsim sweep e; rm -rf ~", "qsim sweep e --help", "qsim run halle", "qsim sweep 'e", "qsim",
     "qsim sweep e\x1b[2J", "qsim sweep e --jobs many"],
)  # fmt: skip
def test_a_command_that_goes_on_with_nothing_is_not_shown(command, trial, folder, stated):
    assert command("sweep", trial, "-o", "out").exit_code == 0
    path = folder / "out" / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "command": stated}))
    (folder / "out" / "runs.parquet" / "part-000001.parquet").unlink()
    done = command("status", "out")
    assert (done.exit_code, done.stdout) == (3, "trial: 16 of 24 runs (1 of 2 parts)\n")


def test_nohup_stays_nohup(trial, folder):
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        running = started("sweep", trial, "-o", "out", "-r", 2000, "-j", 1)
    finally:
        signal.signal(signal.SIGHUP, before)
    wait_for_parts(folder / "out", 1, running)
    running.send_signal(signal.SIGHUP)
    output, errors = running.communicate(timeout=120)
    assert (running.returncode, output) == (0, "trial: done, 12,000 runs\n"), errors


def test_a_second_sweep_at_the_same_time_is_refused(trial, folder, command):
    running = started("sweep", trial, "-o", "out", "-r", 100000, "-j", 1)
    wait_for_parts(folder / "out", 1, running)
    second = command("sweep", trial, "-o", "out", "-r", 100000)
    status = command("status", "out")
    running.kill()
    running.communicate(timeout=60)
    assert (second.exit_code, second.stderr) == (
        2, "out:  another run is writing there; wait for it or name another folder\n"
    )  # fmt: skip
    assert "being worked on right now" in status.stdout


def test_failed_parts_are_exit_code_1(command, trial, folder, monkeypatch):
    from qsim.engine.prepare import Prepared

    plain = Prepared.run

    def run_or_fail(self, seed, rows):
        if len(self.house.departments) == 12:
            raise ZeroDivisionError("by zero")
        return plain(self, seed, rows)

    with monkeypatch.context() as patch:
        patch.setattr(Prepared, "run", run_or_fail)
        done = command("sweep", trial, "-o", "out", "-r", 16)
    assert done.exit_code == 1
    lines = done.stderr.splitlines()
    assert "part 3 failed (rows 48 to 63): city, point 3 (size 12, up 0.02): ZeroDivisionError: by zero" in lines
    assert lines[-1] == f"to go on: qsim sweep {folder}/trial.yaml --replications 16 --out {folder}/out"
    assert done.stdout == "trial: 48 of 96 runs (3 of 6 parts)\n"
    status = command("status", "out")
    assert status.exit_code == 1
    assert "part 3 failed (rows 48 to 63)" in status.stdout
    assert command("sweep", trial, "-o", "out", "-r", 16).exit_code == 0
    assert command("status", "out").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("sweep",), "name an experiment"),
        (("sweep", "trial.yaml"), "--out says where to write"),
        (("sweep", "trail", "-n"), "no such experiment"),
        (("sweep", "small"), "small:  is a scenario; `qsim run small` runs it"),
        (("run", "size_proactivity"), "is an experiment; `qsim sweep size_proactivity --out FOLDER` runs it"),
        (("sweep", "funding_duratio", "-n"), 'did you mean "funding_duration"'),
        (("sweep", "city.yaml", "-n"), "expected experiment"),
        (("sweep", "trial.yaml", "-n", "-S", "monts=12"), 'did you mean "months"'),
        (("sweep", "trial.yaml", "-n", "-r", "0"), "'--replications'"),
        (("sweep", "trial.yaml", "-o", "city.yaml"), "is a file; --out takes a folder"),
        (("sweep", "trial.yaml", "-o", "/proc/results"), "cannot write there"),
        (("sweep", "huge.yaml", "-o", "out"), "  design: 1,000,000,000 points x 4 replications are 4,000,000,000 runs"),
        (
            ("sweep", "trial.yaml", "-o", "out", "--scheduler", "nonsense"),
            "expected the address of one that runs, such as",
        ),
        (("status", "out"), "there is no such folder"),
        (("status", "."), "holds no results of qsim"),
        (("reproduce", "out"), "there is no manifest of qsim"),
        (("reproduce", "city.yaml"), "is no manifest of qsim"),
    ],
)
def test_what_is_wrong_is_one_line(command, trial, write, folder, arguments, said):
    thousand = "  - {{id: {0}, key: parameters.practice.up, range: [0.01, 0.1], steps: 1000}}\n"
    head = EXPERIMENT.partition("factors:\n")[0]
    body = head + "factors:\n" + "".join(thousand.format(name) for name in "abc") + "replications: 4\n"
    write("huge.yaml", body)
    done = command(*arguments)
    assert done.exit_code == 2
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert not (folder / "out").exists()


def test_a_full_disk_says_so_and_the_study_goes_on(command, trial, folder):
    disk = folder / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=400k", "none", disk], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("making a file system takes rights that this user lacks")
    try:
        done = command("sweep", trial, "-o", disk / "out", "-r", 400)
        assert done.exit_code == 3, done.stderr
        assert f"{disk}/out:  cannot write there: no space left on device; what is done stays" in done.stderr
        assert "Traceback" not in done.stderr
        assert list((disk / "out" / "runs.parquet").glob("*.parquet"))
        assert command("status", disk / "out").exit_code == 3
        subprocess.run(["mount", "-o", "remount,size=20m", disk], check=True)
        assert command("sweep", trial, "-o", disk / "out", "-r", 400).exit_code == 0
        assert command("sweep", trial, "-o", "whole", "-r", 400).exit_code == 0
        same(tables(disk / "out"), tables("whole"))
    finally:
        subprocess.run(["umount", disk], check=True)


def test_a_run_is_reproduced(command, city, folder):
    assert command("run", city, "-r", 6, "-o", "out").exit_code == 0
    assert command("status", "out").stdout == "city: done, results of `qsim run`\n"
    done = command("reproduce", "out")
    assert done.exit_code == 0, done.stderr
    assert done.stdout.splitlines() == [
        "6 of 6 runs done again: the numbers agree (largest relative difference 0)",
        "Compared: series, series_tasks, runs, departments, divisions, ledger, events.",
    ]
    frame = pd.read_parquet("out/series.parquet")
    frame.loc[3, "practice"] += 1e-6
    frame.to_parquet("out/series.parquet")
    done = command("reproduce", "out/manifest.json", "--lang", "de")
    assert done.exit_code == 1
    assert "Die Zahlen weichen ab" in done.stdout
    assert "series.parquet, practice" in done.stdout
