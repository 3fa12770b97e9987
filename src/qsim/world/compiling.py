"""The decorators of everything that is compiled, and the folder that keeps the compiled code.

Numba caches by file and does not see a change in a function that another file calls. So the folder bears a hash of all
sources of the package, lies in the user's cache folder and is set while a function is handed to Numba.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import threading
from collections.abc import Callable
from functools import cached_property, lru_cache, update_wrapper
from pathlib import Path
from typing import Any, TypeVar, cast

from qsim.files.kept import cache_home

Function = TypeVar("Function", bound=Callable[..., Any])

_ONE_BY_ONE = threading.RLock()

LINKED = "0.68."
"""The version of Numba whose inner workings ``linking`` knows; with another each function is compiled by itself."""


def sources_hash() -> str:
    """Return 16 hex digits that change with any source file that compiled code comes from or takes constants from."""
    digest = hashlib.blake2b(digest_size=8)
    package = Path(__file__).parents[1]
    for pattern in ("world/*.py", "mechanisms/*.py", "measures/*.py", "engine/run.py"):
        for path in sorted(package.glob(pattern)):
            digest.update(path.name.encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


@lru_cache(maxsize=1)
def cache_folder() -> Path:
    """Return the folder of the compiled code: in the user's cache folder, or a temporary one if that is read-only."""
    import numba

    bounds = "-bounds" if os.environ.get("NUMBA_BOUNDSCHECK") == "1" else ""
    name = f"compiled-{sources_hash()}-numba{numba.__version__}{bounds}"
    preferred = cache_home() / name
    try:
        preferred.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=preferred):
            return preferred
    except OSError:
        return Path(tempfile.mkdtemp(prefix="qsim-"))


def is_compiled() -> bool:
    """Return whether compiled code of these sources lies in the cache folder (or nothing is compiled at all)."""
    return uncompiled() or any(cache_folder().rglob("run._advance*.nbi"))


def compiled(function: Function) -> Function:
    """Compile a function as a part of every compiled function that calls it: kept within those, not by itself."""
    return _decorate(function, "part", no_cpython_wrapper=True, no_cfunc_wrapper=True)


def piece(function: Function) -> Function:
    """Compile a function that an assembly calls by itself: a piece of work of the first compilation."""
    return _decorate(function, "piece", no_cpython_wrapper=True, no_cfunc_wrapper=True)


def inlined(function: Function) -> Function:
    """Compile a function as a part of the one function that calls it, which is faster than compiling it by itself."""
    return _decorate(function, "entry", inline="always")


def entry(function: Function) -> Function:
    """Compile a function that Python calls."""
    return _decorate(function, "entry")


def assembly(function: Function) -> Function:
    """Compile a function that Python calls and that is made of pieces."""
    return _decorate(function, "assembly")


def _decorate(function: Function, use: str, **options: bool | str) -> Function:
    return function if uncompiled() else cast(Function, Compiled(function, use, options))


def uncompiled() -> bool:
    """Return whether all rules run as plain Python, as NUMBA_DISABLE_JIT=1 asks for."""
    return os.environ.get("NUMBA_DISABLE_JIT", "0") not in ("", "0")


class Compiled:
    """A function that is handed to Numba when it is first called, or first met in a function that is being compiled.

    So the rules can be imported for what they declare, without Numba. Numba asks a global for its ``_numba_type_``, and
    for how it wants to be inlined; here the answers are those of its own dispatcher.
    """

    def __init__(self, function: Callable[..., Any], use: str, options: dict[str, Any]) -> None:
        update_wrapper(self, function)
        self.py_func = function
        self._use = use
        self._options = options

    @cached_property
    def _dispatcher(self) -> Any:
        import numba

        options = {"nogil": True, "error_model": "numpy", "cache": True, **self._options}
        if numba.__version__.startswith(LINKED):
            from qsim.world.linking import compiler

            options |= {"pipeline_class": compiler(self._use), "cache": self._use != "part"}
        with _ONE_BY_ONE:
            kept = numba.config.CACHE_DIR
            numba.config.CACHE_DIR = str(cache_folder())
            try:
                made = numba.njit(**options)(self.py_func)
            finally:
                numba.config.CACHE_DIR = kept
        typed, plain = made.get_call_template, numba.types.unliteral
        # a constant that is handed on is an integer like others: each would have a compiled version of its own
        made.get_call_template = lambda args, kws: typed(tuple(map(plain, args)), kws)
        return made

    def __call__(self, *arguments: Any) -> Any:
        """Call the compiled function."""
        return self._dispatcher(*arguments)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._dispatcher, name)
