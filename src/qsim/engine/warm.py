"""The first compilation: announced, done once, and shared by two processes.

Compiling the rules takes most of its time in Python, so threads do not help. Two processes take one piece of work after
another from the same list, the largest first, and put what they make into the cache folder; this one loads it from there.
"""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numba
import numpy as np

from qsim.engine.run import run_rules
from qsim.files.kept import cache_home
from qsim.measures.measuring import measure_month
from qsim.mechanisms.month import FUNCTIONS, MONTH, RULES
from qsim.scenario.schema import Scenario
from qsim.world.blueprint import Plan
from qsim.world.compiling import cache_folder, is_compiled
from qsim.world.handle import WorldType, world_type
from qsim.world.initial import begin
from qsim.world.parameters import default_parameters
from qsim.world.records import World

ANNOUNCEMENT = "qsim: compiling the rules, once for this version (half a minute) ..."


def on_standard_error(text: str) -> None:
    """Write a line to standard error."""
    print(text, file=sys.stderr, flush=True)


def warm_up(announce: Callable[[str], None] | None = on_standard_error) -> None:
    """Compile all rules if that has not been done for these sources; ``announce`` is told so."""
    if is_compiled():
        return
    if announce is not None:
        _announce(announce)
    collecting = gc.isenabled()
    gc.disable()  # the compiler makes millions of objects that live on; looking through them takes a tenth of the time
    try:
        with TemporaryDirectory(prefix="qsim-") as taken:
            other = _start_other(taken) if (os.cpu_count() or 1) > 1 else None
            try:
                world = _smallest_world()
                compile_pieces(Path(taken), world)
            except BaseException:
                if other is not None:
                    other.terminate()
                raise
            finally:
                if other is not None:
                    other.wait()
        run_rules(world, int(world.key["start"][0]), 0, 0)  # what it calls is in the cache by now
    finally:
        if collecting:
            gc.enable()


def _announce(say: Callable[[str], None]) -> None:
    """Say that the rules are compiled, and where they are kept if that is not the user's cache folder."""
    folder, home = cache_folder().parent, cache_home()
    if folder != home:
        say(f"qsim: nothing can be written in {home}; compiled code is kept in {folder}")
    say(ANNOUNCEMENT)


def _start_other(taken: str) -> subprocess.Popen[bytes]:
    """Start the second process, quiet and out of reach of Ctrl-C; what it fails to compile is compiled here later."""
    command = [sys.executable, "-m", "qsim.engine.warm", taken]
    environment = {**os.environ, "QSIM_CACHE_DIR": str(cache_folder().parent)}
    null = subprocess.DEVNULL
    return subprocess.Popen(command, env=environment, stdin=null, stderr=null, start_new_session=True)


def compile_pieces(taken: Path, world: World) -> None:
    """Compile every piece of work that nobody else has taken: whoever makes the file of its name in this folder has it."""
    kind = _world_type(world)
    floats = (numba.types.Array(numba.float64, n, "C") for n in (1, 2, 3, 2))
    pieces: dict[Any, tuple[Any, ...]] = dict.fromkeys(FUNCTIONS.values(), (kind, numba.int64))
    words = numba.types.Array(numba.uint64, 1, "C")
    pieces |= {begin: (kind, words, words, numba.types.Array(numba.int64, 1, "C"), words)}
    pieces |= {measure_month: (kind, numba.int64, *floats)}
    for function in sorted(pieces, key=_size, reverse=True):
        try:
            (taken / function.__name__).touch(exist_ok=False)
        except FileExistsError:
            continue
        function.compile(pieces[function])


def _size(function: Any) -> int:
    """Return the length of the file of a function, which tells roughly how long it takes to compile."""
    return Path(function.py_func.__code__.co_filename).stat().st_size


def _world_type(world: World) -> WorldType:
    kinds = [numba.typeof(array) for array in world]
    return world_type(World._fields, kinds)


def _smallest_world() -> World:
    """Return a world of four departments, with the types that all worlds have."""
    scenario = Scenario.model_validate({
        "kind": "scenario", "schema_version": 1, "label": {"de": "-", "en": "-"}, "start": "2020-01", "months": 1,
        "administration": {"departments": 4}, "tasks": [{"id": "task", "kind": "integration"}],
    })  # fmt: skip
    plan = Plan(scenario, default_parameters(RULES), np.ones(len(MONTH), np.int64))
    return plan.template


if __name__ == "__main__":
    gc.disable()
    compile_pieces(Path(sys.argv[1]), _smallest_world())
