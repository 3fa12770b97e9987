"""Names, streams and letters as a system may hand them over: what is said is safe, and never a traceback."""

import gc
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

QSIM = Path(sys.executable).parent / "qsim"
ASCII = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}


@pytest.mark.parametrize(
    "arguments", [("run", "city.yaml", "-r", "2", "-o", "ä"), ("init", "ö"), ("validate", "ü.yaml")]
)
def test_umlauts_where_the_locale_asks_for_ascii(process, city, folder, arguments):
    (folder / "ü.yaml").write_bytes((folder / city).read_bytes())
    done = process(*arguments, "-q", **ASCII)
    assert (done.returncode, done.stderr) == (0, "")
    assert {"ü.yaml", city} <= {path.name for path in folder.iterdir()}
    assert arguments[0] != "run" or (folder / "ä" / "runs.parquet").is_file()


def test_names_that_are_no_text(process, command, city, folder):
    name = os.fsdecode(b"out\xe4")
    done = command("run", city, "-r", "2", "-o", name)
    assert done.exit_code == 2
    assert '\\udce4" is not text in UTF-8; rename the file or folder' in done.stderr
    (folder / "scenarios").mkdir()
    (folder / "scenarios" / os.fsdecode(b"x\xe4.yaml")).touch()
    assert command("scenarios").exit_code == 0


def test_what_a_terminal_would_obey_is_written_out(command, city, folder):
    name = "\x1b[31mx"
    assert command("init", name).stdout == "scenarios/\\x1b[31mx.yaml\n"
    done = command("run", "\x1b]0;x\x07", "-q")
    assert "\\x1b]0;x\\x07:  there is no such scenario" in done.stderr
    (folder / "scenarios" / f"{name}.yaml").write_text('{label: {de: "a\\x9bb", en: "a\\x9bb"}}')
    done = command("scenarios", "--json")
    assert all(letter.isprintable() or letter == "\n" for letter in done.stdout)
    assert json.loads(done.stdout)[-1]["id"] == "wuerzburg_under_mayor"
    assert name in [entry["id"] for entry in json.loads(done.stdout)]


@pytest.mark.parametrize("closed", [(1,), (2,), (0, 1, 2)])
@pytest.mark.parametrize(("arguments", "code"), [(("scenarios",), 0), (("validate", "gone"), 2), (("--help",), 0)])
def test_closed_streams(arguments, code, closed):
    def close():
        for number in closed:
            os.close(number)

    done = subprocess.run([QSIM, *arguments], preexec_fn=close, stdout=-1, stderr=-1, text=True, check=False)
    assert done.returncode == code
    assert "Traceback" not in done.stderr


def test_wrong_files_stay_wrong_when_nobody_reads_along(city):
    reading, writing = os.pipe()
    os.close(reading)
    files = ["gone", city] * 50
    done = subprocess.run([QSIM, "validate", *files], stdout=writing, stderr=writing, check=False)
    os.close(writing)
    assert done.returncode == 2


@pytest.mark.parametrize("address", ["tls://127.0.0.1:9", "ucx://x", "nonsense://x"])
def test_schedulers_that_cannot_be_reached(command, write, city, address):
    write("study.yaml", STUDY)
    done = command("sweep", "study.yaml", "-q", "-o", "out", "--scheduler", address)
    assert done.exit_code == 2
    assert done.stderr.startswith(f"cannot reach the scheduler {address}; ")
    assert len(done.stderr.splitlines()) == 1
    distributed = pytest.importorskip("distributed")
    assert not [one for one in gc.get_objects() if type(one) is distributed.Client]


STUDY = """\
kind: experiment
schema_version: 1
label: {de: Probe, en: Trial}
question: {de: Was?, en: What?}
scenarios: [city.yaml]
factors: [{id: size, key: administration.departments, levels: [6, 8]}]
design: {kind: factorial}
replications: 2
seed: 3
outcomes: [{measure: joint_practice}]
"""


def test_a_folder_that_looks_like_an_address(command, write, city):
    write("study.yaml", STUDY)
    for arguments in (("sweep", "study.yaml", "-q", "-o", "s3:x"), ("status", "s3:x"), ("reproduce", "s3:x", "-q"),
                      ("run", city, "-r", "2", "-q", "-o", "hdfs:y"), ("reproduce", "hdfs:y", "-q")):  # fmt: skip
        done = command(*arguments)
        assert (done.exit_code, done.stderr) == (0, ""), arguments
