"""Tries an input: in this process where that says the same, and judges how it ended, what it said, and what was run."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import chdir, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType

from typer.testing import CliRunner

from qsim.commands.root import app
from qsim.engine.prepare import prepare
from qsim.files.messages import InputError
from qsim.scenario.loading import load_scenario
from qsim.sweep.loading import load_experiment
from tests.fuzz.inputs import Input
from tests.fuzz.originals import environment, results
from tests.invariants import Before, check_world, fields_stay_in_their_ranges
from tests.worlds import run_month

LONGEST = 10
"""Seconds of processor time that a command may take: how busy the machine is says nothing of it."""

PATIENCE = 12
"""As many times as long it may take by the clock, so that what waits for ever ends, too."""

MOST_RUNS = 100
"""Runs of a study that are run."""

MOST_DEPARTMENTS = 40
ENDED = {0, 1, 2, 3, 129, 130, 143}
"""The exit codes that there are."""

WHOLE = (
    r"is a (folder|pipe or a device|binary file)|is larger than|there (is|are) no|cannot be read|is no (CSV|page|study|manifest)"
    r"|holds |exists already|cannot write there|is a file|is not the name of a file"
    r"|carries a manifest|results of |[\d,]+ points? x"
)
"""How messages about a file as a whole begin."""


class HangError(BaseException):
    """A command took too long."""


@contextmanager
def _limited(seconds: float) -> Iterator[None]:
    def give_up(number: int, frame: FrameType | None) -> None:
        raise HangError

    limits = (
        (signal.ITIMER_PROF, signal.SIGPROF, seconds),
        (signal.ITIMER_REAL, signal.SIGALRM, PATIENCE * seconds),
    )
    before = {number: signal.signal(number, give_up) for _, number, _ in limits}
    for timer, _, longest in limits:
        signal.setitimer(timer, longest)
    try:
        yield
    finally:
        for timer, number, _ in limits:
            signal.setitimer(timer, 0)
            signal.signal(number, before[number])


def tried(one: Input) -> tuple[str, str]:
    """Return how an input ended, in a word, and what is wrong with that; nothing if nothing is."""
    with TemporaryDirectory(prefix="qsim-fuzz-") as folder, chdir(folder):
        lay_out(one, Path(folder))
        ending = "done"
        for command in one.commands:
            code, output, errors, problem = _asked(one, command)
            problem = problem or _said_wrong(one, command, code, output, errors)
            if problem:
                return "failed", f"{' '.join(command)!a}: {problem}"
            if code:
                return {1: "disagrees", 2: "refused", 3: "unfinished"}.get(code, "stopped"), ""
        return ending, _run_wrong(one)


def lay_out(one: Input, folder: Path) -> None:
    """Write the files of an input."""
    if one.results:
        shutil.copytree(results() / one.results, folder / one.results)
    for name, content in one.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    for name, target in one.links.items():
        (folder / name).symlink_to(target)
    for name in one.pipes:
        os.mkfifo(folder / name)


def _asked(one: Input, command: list[str]) -> tuple[int, str, str, str]:
    """Run a command; return its exit code, output and errors, and a traceback or hang."""
    if one.environment is not None:
        return _process(one, command)
    if command[0] == "sweep" and "-n" not in command and _is_large(command[1]):
        command = [*command, "-n", "--yes"]
    try:
        with _limited(LONGEST):
            done = CliRunner().invoke(app, command)
    except HangError:
        return 0, "", "", f"hang of more than {LONGEST} s"
    error = done.exception
    if isinstance(error, HangError):
        return 0, "", "", f"hang of more than {LONGEST} s"
    if error is not None and not isinstance(error, SystemExit):
        trace = error.__traceback__
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        where = "" if trace is None else f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}"
        return 0, "", "", f"traceback: {type(error).__name__}: {str(error)[:200]!a} at {where}"
    return done.exit_code, done.stdout, done.stderr, ""


def _is_large(name: str) -> bool:
    """Return whether a study has more runs than are run here."""
    with suppress(InputError, ValueError, OSError):
        experiment = load_experiment(name)
        return experiment.runs > MOST_RUNS or any(one.months > 24 for one in experiment.scenarios)
    return False


def _process(one: Input, command: list[str]) -> tuple[int, str, str, str]:
    environs = {**environment(), **(one.environment or {})}
    code = "import os,sys;[os.close(n) for n in map(int, sys.argv[1].split())];os.execv(sys.argv[2], sys.argv[2:])"
    closed = " ".join(map(str, one.closed))
    arguments = [os.fsencode(part) for part in (sys.executable, "-c", code, closed, *QSIM, *command)]
    process = subprocess.Popen(
        arguments, env=environs, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    try:
        if one.signal is not None:
            time.sleep(one.signal[1])
            process.send_signal(one.signal[0])
        output, errors = process.communicate(timeout=PATIENCE * LONGEST)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        return 0, "", "", "hang"
    said = errors.decode("utf-8", "replace")
    if "Traceback" in said or "Exception ignored" in said:
        return 0, "", "", f"traceback: {said.strip().splitlines()[-1]!a}"
    return process.returncode, output.decode("utf-8", "replace"), said, ""


QSIM = (sys.executable, "-c", "from qsim.cli import main; main()")


def _said_wrong(one: Input, command: list[str], code: int, output: str, errors: str) -> str:
    """Return what is wrong with how a command ended and with what it said."""
    if code not in ENDED:
        return f"exit code {code}"
    for text in (output, errors):
        if odd := [letter for letter in text if not letter.isprintable() and letter not in "\n\xa0\u202f"]:
            return f"letter {odd[0]!a} in what is said"
    if code == 2 and 2 not in one.closed:
        if not errors.strip():
            return "refused without a word"
        for line in errors.splitlines():
            if one.spoilt and not _has_place(line):
                return f"no place: {line[:300]!a}"
    if "--json" in command and "--help" not in command and code == 0:
        try:
            json.loads(output, parse_constant=lambda name: 1 / 0)
        except (ValueError, ZeroDivisionError) as error:
            return f"output is no JSON: {error}"
    return ""


PLACES = re.compile(
    rf"^(\S+\.ya?ml(:| in \S+:)\d+:\d+  |\S+\.(csv|html):\d+(:\d+)?  |--set  |\S+:  ({WHOLE})|qsim( \w+)?: |[\w.]+: |\w+ in )"
)


def _has_place(line: str) -> bool:
    return PLACES.match(line) is not None


def _run_wrong(one: Input) -> str:
    """Return which invariant a scenario breaks that was found right, in two months of it."""
    if one.kind not in ("scenario", "extends", "set"):
        return ""
    changes = [part for command in one.commands[:1] for part in command[3:]]
    scenario = load_scenario(one.commands[0][1], changes)
    if prepare(scenario).reference.template.departments.size > MOST_DEPARTMENTS:
        return ""
    world = prepare(scenario).blueprint.world(1, 0)
    try:
        fields_stay_in_their_ranges(world)
        for month in range(scenario.start, scenario.start + min(scenario.months, 2)):
            before = Before(world)
            run_month(world, month)
            check_world(world, before)
    except AssertionError as error:
        return f"out of range: {str(error)[:200]}"
    return ""
