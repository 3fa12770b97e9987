"""From intermediate code to a WebAssembly module: for the other machine, optimised in Numba's order, linked, with no imports."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import llvmlite.binding as llvm

from browser.intermediate import NAME

HERE = Path(__file__).parent
TRIPLE = "wasm32-unknown-unknown"
FEATURES = "+bulk-memory,+mutable-globals,+sign-ext,-nontrapping-fptoint"
"""Without non-trapping conversion: LLVM then guards it, and a number that is none becomes the integer that it is on x86."""

LEVEL = 3
STACK = 1 << 18
"""Bytes. The stack lies below the data, so that a run that needs more stops instead of writing on them."""

DYNAMIC = re.compile(r"^(@numba\.dynamic\.globals\S*) = .*$", re.MULTILINE)
INCLUDED = (HERE / "libm" / "include", HERE / "libm" / "musl")
COMPILE = ("cc", "-target", "wasm32-freestanding", "-mcpu=mvp", "-mbulk-memory", "-msign-ext", "-O2", "-ffreestanding",
           "-fno-builtin", "-fno-sanitize=all", "-ffp-contract=off", "-w", "-c",
           *(f"-I{folder}" for folder in INCLUDED))  # fmt: skip
LINK = ("wasm-ld", "--no-entry", "--gc-sections", "--strip-all", "--stack-first", "-z", f"stack-size={STACK}")


def wasm_module(code: str, entry: str) -> bytes:
    """Return the module of intermediate code whose function ``entry`` is called by ``runtime.c``."""
    machine = _machine()
    module = _for_machine(code, entry, machine)
    _optimise(module, machine)
    return _linked(machine.emit_object(module))


def _machine() -> Any:
    llvm.initialize_all_targets()
    llvm.initialize_all_asmprinters()
    target = llvm.Target.from_triple(TRIPLE)
    return target.create_target_machine(cpu="mvp", features=FEATURES, opt=LEVEL, reloc="static")


def _for_machine(code: str, entry: str, machine: Any) -> Any:
    """Return the module with the sizes of the other machine; only the entry is seen from outside.

    What Numba keeps of this process, the addresses of Python's objects, becomes null: compiled rules read none of them.
    """
    module = llvm.parse_assembly(DYNAMIC.sub(r"\1 = internal global ptr null", code))
    module.triple = TRIPLE
    module.data_layout = str(machine.target_data)
    for one in (*module.functions, *module.global_variables):
        if not one.is_declaration:
            one.linkage = "internal"
    made = module.get_function(entry)
    made.name = NAME
    made.linkage = "external"
    module.verify()
    return module


def _optimise(module: Any, machine: Any) -> None:
    """Optimise as Numba does: a cheap round, then without what counts references, then all."""
    for level, cheap in ((0, True), (LEVEL, False)):
        options = llvm.create_pipeline_tuning_options(speed_level=level)
        options.loop_vectorization = options.slp_vectorization = False
        builder = llvm.create_pass_builder(machine, options)
        passes = builder.getModulePassManager()
        if cheap:
            passes.add_loop_rotate_pass()
            passes.add_instruction_combine_pass()
            passes.add_jump_threading_pass()
        passes.add_refprune_pass()
        if not cheap:
            passes.add_global_dead_code_eliminate_pass()
        passes.run(module, builder)
    module.verify()


def _linked(rules: bytes) -> bytes:
    """Return the module of the rules, the runtime and the mathematics, and of nothing else: what is missing is an error."""
    sources = [HERE / "runtime.c", *sorted((HERE / "libm" / "musl").glob("*.c"))]
    with TemporaryDirectory(prefix="qsim-") as name:
        folder = Path(name)
        (folder / "rules.o").write_bytes(rules)
        objects = ["rules.o"]
        for source in sources:
            objects.append(f"{source.stem}.o")
            _zig(folder, *COMPILE, str(source), "-o", objects[-1])
        _zig(folder, *LINK, *objects, "-o", "rules.wasm")
        return (folder / "rules.wasm").read_bytes()


def _zig(folder: Path, *arguments: str) -> None:
    """Run a tool of the compiler that comes as a Python package; raise CalledProcessError with what it says."""
    caches = dict.fromkeys(("ZIG_LOCAL_CACHE_DIR", "ZIG_GLOBAL_CACHE_DIR"), str(folder / "cache"))
    done = subprocess.run([sys.executable, "-m", "ziglang", *arguments], cwd=folder, env={**os.environ, **caches},
                          capture_output=True, text=True, check=False)  # fmt: skip
    if done.returncode:
        print(done.stderr, file=sys.stderr)
        done.check_returncode()
