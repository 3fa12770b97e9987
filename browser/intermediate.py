"""The rules as LLVM's intermediate code, as Numba lowers them, before anything is optimised for the processor of this machine.

What the package does to compile in less time is switched off here: nothing comes from a cache and nothing goes into one.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numba
from numba import types
from numba.core.caching import NullCache
from numba.core.codegen import JITCodeLibrary, JITCPUCodegen
from numba.core.compiler_lock import global_compiler_lock
from numba.core.registry import cpu_target
from numba.core.runtime.nrt import rtsys

from browser.entry import entry
from qsim.world import compiling, kept_code

NAME = "qsim_rules"
"""What the function is called in the intermediate code; ``runtime.c`` calls it."""


class _Lowered(JITCodeLibrary):  # type: ignore[misc]  # numba is not typed here
    """The code of a function as it was lowered: not optimised, not made executable."""

    def _optimize_functions(self, module: Any) -> None:
        module.data_layout = self._codegen._data_layout

    def _optimize_final_module(self) -> None:
        """Do nothing."""

    def _finalize_final_module(self) -> None:
        self._finalized = True

    def get_pointer_to_function(self, name: str) -> int:
        """Return that there is no machine code."""
        return 0

    @property
    def codegen(self) -> Any:
        """What would be told where the function keeps Python's objects: it keeps none."""
        return SimpleNamespace(set_env=lambda name, env: None)


def intermediate_code() -> tuple[str, str]:
    """Return the module of the rules with all that they call, as text, and the name of the function that is its entry.

    This process can run no rules afterwards.
    """
    compiling.LINKED = "none"  # every function is compiled as Numba does it by itself, into a library of its own
    kept_code.cache_in = lambda folder: lambda function: NullCache()
    JITCPUCodegen._library_class = _Lowered
    rtsys._init = False
    rtsys.initialize(cpu_target.target_context)
    options = {"nogil": True, "error_model": "numpy", "no_cpython_wrapper": True, "no_cfunc_wrapper": True}
    made = numba.njit(**options)(entry())
    made.compile((types.int64,) * 6)
    (result,) = made.overloads.values()
    with global_compiler_lock:
        result.library._ensure_finalized()  # which links all that it calls
    return str(result.library._final_module), result.fndesc.llvm_func_name
