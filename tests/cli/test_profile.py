"""``qsim run --profile``: the same results, and where the time goes."""

import json
import subprocess
import sys

import pytest

from qsim.mechanisms.month import NAMES

FEW = ("--replications", 2)


def test_the_table_stands_after_the_same_results(command, city):
    plain = command("run", city, *FEW)
    done = command("run", city, *FEW, "--profile")
    assert done.exit_code == 0, done.stderr
    assert done.stdout.startswith(plain.stdout)
    table = done.stdout.removeprefix(plain.stdout)
    assert "Where the time goes: Trial town" in table
    for words in ("µs a month", "Outreach", "Measuring", "Building the world", "the parts add up to"):
        assert words in table
    assert "timing each rule" in done.stderr


def test_german(command, city):
    table = command("run", city, *FEW, "--profile", "--lang", "de").stdout
    assert "Wo die Zeit bleibt: Probestadt" in table
    assert "Ansprache" in table


def test_json_has_each_part(command, city):
    found = json.loads(command("run", city, *FEW, "--profile", "--json").stdout)
    timed = found.pop("profile")
    assert found == json.loads(command("run", city, *FEW, "--json").stdout)
    assert list(timed["microseconds_a_month"]) == ["start", *NAMES, "measuring"]
    assert sum(timed["share_of_month"].values()) == pytest.approx(1.0)
    month = sum(timed["microseconds_a_month"].values())
    assert timed["milliseconds_a_run"]["month"] == pytest.approx(24 * month / 1000)


def test_quiet_says_nothing(command, city):
    assert command("run", city, *FEW, "--profile", "--quiet").stderr == ""


def test_nobody_waits_for_it_who_does_not_ask(city):
    code = "import sys; from typer.testing import CliRunner; from qsim.commands.root import app; "
    code += f"done = CliRunner().invoke(app, ['run', {city!r}, '-r', '1']); assert done.exit_code == 0, done.output; "
    code += "assert 'qsim.engine.run' in sys.modules; print('qsim.engine.profile' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
