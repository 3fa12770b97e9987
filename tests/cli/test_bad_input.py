"""Bad input: one clear line for each error, exit code 2, no traceback, nothing half-written."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

FEW = ("--replications", "4")
QSIM = Path(sys.executable).parent / "qsim"


def refused(done, said):
    code = done.returncode if isinstance(done, subprocess.CompletedProcess) else done.exit_code
    assert code == 2
    assert said in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("run", "city.yaml", "--replications", "0"), "'--replications'"),
        (("run", "city.yaml", "--replications", "-3"), "'--replications'"),
        (("run", "city.yaml", "--replications", "many"), "'--replications'"),
        (("run", "city.yaml", "--seed", "-1"), "'--seed'"),
        (("run", "city.yaml", "-j", "0"), "'-j'"),
        (("run", "city.yaml", "--lang", "fr"), "'fr' is not one of"),
        (("--lang", "fr", "run", "city.yaml"), "'fr' is not one of"),
        (("schema", "--kind", "roles"), "'roles' is not one of"),
        (("run", "city.yaml", "--csv"), "--csv needs --out"),
        (("run", "city.yaml", "--repetitions", "4"), "No such option: --repetitions"),
        (("run", "city.yaml", "other.yaml"), "other.yaml"),
        (("run",), "Missing argument 'SCENARIO'"),
        (("rnu", "city.yaml"), "rnu"),
        (("run", "hale"), 'did you mean "halle"'),
        (("run", "gone/city.yaml"), "no such file"),
        (("run", "city.yaml", "-S", "administration.departmens=80"), 'did you mean "departments"'),
        (("run", "city.yaml", "-S", "months"), "months"),
        (("run", "city.yaml", "-S", "months=-6"), "-6"),
        (("run", "city.yaml", "-S", "parameters.practice.up=7"), "7 is not a share"),
        (("run", "city.yaml", "-S", "parameters.practice.upp=0.1"), "upp"),
        (("run", "city.yaml", "-S", "rules.off=[learnin]"), 'did you mean "learning"'),
        (("compare", "city.yaml", "gone"), "no such scenario"),
        (("compare", "city.yaml", "city.yaml", "--settings", "0"), "'--settings'"),
        (("compare", "city.yaml", "city.yaml", "--replications", "0"), "'--replications'"),
        (("compare", "city.yaml", "city.yaml", "--clearly", "0,9"), "'--clearly': \"0,9\" has a decimal comma"),
        (("compare", "city.yaml", "city.yaml", "--probably", "0,7"), "expected a decimal point, 0.7"),
        (("explain", "city.yaml", "--run", "-1"), "'--run'"),
        (("validate",), "Missing argument"),
    ],
)
def test_wrong_arguments_are_one_line(command, city, folder, arguments, said):
    refused(command(*arguments), said)
    assert [path.name for path in folder.iterdir()] == [city]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "text"),
        (b"kind: scenario\n\tmonths: 3\n", "tab"),
        (b"months: 3\nmonths: 4\n", "months"),
        (b"extends: wrong.yaml\n", "extends"),
    ],
)
def test_files_that_are_no_scenarios(command, write, folder, content, said):
    write("wrong.yaml", content)
    done = command("run", "wrong.yaml", "-o", "out")
    assert done.exit_code == 2
    assert said in done.stderr.lower()
    assert all(line.startswith("wrong.yaml") for line in done.stderr.splitlines())
    assert [path.name for path in folder.iterdir()] == ["wrong.yaml"]


def test_all_errors_of_a_file_at_once(command, write):
    write("wrong.yaml", "kind: scenario\nschema_version: 1\nstart: 2015-1\nmonths: six\ntasks: []\nfoo: 1\n")
    done = command("run", "wrong.yaml")
    assert done.exit_code == 2
    assert len(done.stderr.splitlines()) >= 4


def test_an_out_that_is_a_file(command, city, write):
    write("out", "mine")
    refused(command("run", city, *FEW, "-o", "out"), "out:  is a file; --out takes a folder")


def test_an_out_with_foreign_files(command, city, write, folder):
    write("out/notes.txt", "mine")
    refused(command("run", city, *FEW, "-o", "out"), "holds files that are no results of qsim (notes.txt)")
    assert (folder / "out" / "notes.txt").read_text() == "mine"


def test_an_out_that_only_points_to_itself(command, folder):
    (folder / "circle").symlink_to("circle")
    refused(command("sweep", "funding_duration", "-o", "circle", "-q"), "circle:  cannot write there")


def test_an_out_that_cannot_be_made(command, city):
    refused(command("run", city, *FEW, "-o", "/proc/results"), "/proc/results:  cannot write there")


def test_an_out_without_permission(command, city, folder):
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere; the test with a disk that cannot be written takes its place")
    (folder / "out").mkdir(mode=0o500)
    refused(command("run", city, *FEW, "-o", "out"), "out:  cannot write there: permission denied")


@pytest.fixture
def disk(folder):
    """Makes a folder that is a file system of its own, with these options, and returns it."""
    made = []

    def mount(options):
        place = folder / "disk"
        place.mkdir()
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", options, "none", place], capture_output=True, check=False)
        if done.returncode:
            pytest.skip("making a file system takes rights that this user lacks")
        made.append(place)
        return place

    yield mount
    for place in made:
        subprocess.run(["umount", place], check=True)


def test_an_out_on_a_disk_that_cannot_be_written(command, city, disk):
    out = disk("ro")
    refused(command("run", city, *FEW, "-o", out), f"{out}:  cannot write there: read-only file system")


@pytest.mark.parametrize("replications", ["4", "200"])
def test_a_full_disk(command, city, disk, replications):
    tiny = disk("size=200k")
    done = command("run", city, "--replications", replications, "-o", tiny / "out", "--csv", "--quiet")
    refused(done, "cannot write there: no space left on device")
    assert list(tiny.iterdir()) == []


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full here")
@pytest.mark.parametrize("arguments", [("scenarios",), ("schema",), ("run", "city.yaml", *FEW, "--quiet")])
def test_a_full_disk_behind_the_output(city, arguments):
    with open("/dev/full", "w") as full:
        done = subprocess.run([QSIM, *arguments], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == "standard output:  no space left on device\n"


@pytest.mark.parametrize("arguments", [("schema",), ("scenarios",), ("--help",)])
def test_a_reader_who_leaves_early(arguments):
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run([QSIM, *arguments], stdout=writing, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, "")


BEGIN = "from qsim.cli import main; main()"
IMPORTING = """
import builtins, os, signal, sys
plain = builtins.__import__

def watched(name, *more):
    if name == {name!r}:
        builtins.__import__ = plain
        try:
            os.kill(os.getpid(), signal.SIGINT)
            signal.raise_signal(signal.SIGINT)
        except KeyboardInterrupt:
            raise RuntimeError("a library fails in its own words") from None
    return plain(name, *more)

builtins.__import__ = watched
sys.argv = ["qsim", "validate", "small"]
"""


@pytest.mark.parametrize(("name", "code", "said"), [("typer", -signal.SIGINT, ""),
                                                    ("qsim.scenario.loading", 130, "interrupted\n")])  # fmt: skip
def test_interrupted_during_imports(name, code, said):
    """Before anything can be said the signal itself ends it, which a shell counts as 130; later libraries get no say."""
    program = IMPORTING.format(name=name) + BEGIN
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (code, "", said)


def test_interrupted_in_the_middle(command, city, folder):
    assert command("run", city, *FEW).exit_code == 0  # the rules are compiled now
    arguments = [QSIM, "run", city, "--replications", "200000", "-o", "out"]
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 300
    while not any((folder / "out").glob(".series.*")) and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    output, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert errors.splitlines()[-1] == "interrupted"
    assert "Traceback" not in errors
    assert output == ""
    assert [path.name for path in folder.iterdir()] == [city]


@pytest.mark.parametrize(("language", "last"), [("en", "... and 1,900 more"), ("de", "... und 1.900 weitere")])
def test_of_very_many_errors_the_first_are_told(command, write, language, last):
    name = write(
        "many.yaml",
        "kind: scenario\nschema_version: 1\nextends: small\n" + "".join(f"key_{i}: 1\n" for i in range(2000)),
    )
    done = command("validate", name, "--lang", language)
    told = done.stderr.splitlines()
    assert (done.exit_code, len(told), told[-1]) == (2, 101, last)
    assert [line.split(":")[1] for line in told[:-1]] == [str(line) for line in range(4, 104)]
