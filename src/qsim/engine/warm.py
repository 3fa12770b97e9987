"""The first compilation: announced, done once, and shared by two processes.

Compiling the rules takes most of its time in Python, so threads do not help. A second process compiles half of the rules
into the cache folder while this one compiles the other half; what both made is then loaded.
"""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from typing import Any

import numba
import numpy as np

from qsim.engine.run import run_rules
from qsim.measures.measuring import measure_month
from qsim.mechanisms import month as month_module
from qsim.mechanisms.month import MONTH, NAMES, RULES
from qsim.scenario.schema import Scenario
from qsim.world.blueprint import Plan
from qsim.world.compiling import is_compiled
from qsim.world.handle import WorldType, reference, world_type
from qsim.world.initial import initialise
from qsim.world.parameters import default_parameters
from qsim.world.records import World

ANNOUNCEMENT = "qsim: compiling the rules, once for this version (half a minute) ..."
OTHER_HALF = ("calendar", "outreach", "formats")
"""The rules that the second process compiles, besides the measures: about half of the work."""


def warm_up(announce: bool = True) -> None:
    """Compile all rules if that has not been done for these sources; say so on standard error if ``announce``."""
    if is_compiled():
        return
    if announce:
        print(ANNOUNCEMENT, file=sys.stderr, flush=True)
    other = _start_other_half() if (os.cpu_count() or 1) > 1 else None
    collecting = gc.isenabled()
    gc.disable()  # the compiler makes millions of objects that live on; looking through them takes a tenth of the time
    try:
        world = _smallest_world()
        initialise(reference(world))
        kind = _world_type(world)
        for name in NAMES:
            if name not in OTHER_HALF:
                _rule(name).compile((kind, numba.int64))
    except BaseException:
        if other is not None:
            other.terminate()
        raise
    finally:
        if collecting:
            gc.enable()
    if other is not None:
        other.wait()
    _compile_entry(world)


def _start_other_half() -> subprocess.Popen[bytes]:
    """Start the second process, quiet and out of reach of Ctrl-C; what it fails to compile is compiled here later."""
    command = [sys.executable, "-m", "qsim.engine.warm"]
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)


def _rule(name: str) -> Any:
    return getattr(month_module, name)


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
    world = World(*(array.copy() for array in plan.template))
    world.key["start"] = scenario.start
    return world


def _compile_entry(world: World) -> None:
    """Compile what Python calls; all that it calls in turn is in the cache by now."""
    run_rules(world, int(world.key["start"][0]), 0, 0)


def _compile_other_half() -> None:
    gc.disable()
    kind = _world_type(_smallest_world())
    for name in OTHER_HALF:
        _rule(name).compile((kind, numba.int64))
    floats = [numba.types.Array(numba.float64, n, "C") for n in (1, 2, 3, 2)]
    dispatcher: Any = measure_month
    dispatcher.compile((kind, numba.int64, *floats))


if __name__ == "__main__":
    _compile_other_half()
