"""The decorators of everything that is compiled, and the folder that keeps the compiled code.

Numba caches by file and does not see a change in a function that another file calls. So the folder bears a hash of all
sources of the package, of Python and of the processor, and lies in the user's cache folder: every installation of the
same sources finds there what another has compiled.
"""

from __future__ import annotations

import atexit
import os
import shutil
import stat
import sys
import tempfile
from collections.abc import Callable
from functools import cached_property, lru_cache, update_wrapper
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar, cast

from qsim.files.kept import cache_home

Function = TypeVar("Function", bound=Callable[..., Any])

LINKED = "0.68."
"""The version of Numba whose inner workings ``linking`` knows; with another each function is compiled by itself."""


def sources_hash() -> str:
    """Return 16 hex digits that change with any source file that compiled code comes from or takes constants from."""
    digest = blake2b(digest_size=8)
    package = Path(__file__).parents[1]
    for pattern in ("world/*.py", "mechanisms/*.py", "measures/*.py", "engine/run.py"):
        for path in sorted(package.glob(pattern)):
            digest.update(path.name.encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


@lru_cache(maxsize=1)
def cache_folder() -> Path:
    """Return the folder of the compiled code: in the user's cache folder if it can be written or holds the code already.

    Else it lies in a temporary folder that is the user's own, and stays; where there is none it ends with this process.
    """
    name = _folder_name()
    preferred = cache_home() / name
    if _holds_code(preferred) or _can_be_written(preferred):
        return preferred
    own = Path(tempfile.gettempdir(), f"qsim-{os.getuid()}") if hasattr(os, "getuid") else None
    if own is not None and _is_only_ours(own) and _can_be_written(own / name):
        return own / name
    brief = tempfile.mkdtemp(prefix="qsim-")
    atexit.register(shutil.rmtree, brief, ignore_errors=True)
    return Path(brief, name)


def _folder_name() -> str:
    """Return a name that differs wherever compiled code does: with sources, compiler, Python and processor."""
    import numba
    from numba.core.registry import cpu_target

    machine = repr((cpu_target.target_context.codegen().magic_tuple(), sys.version_info[:2], sys.abiflags))
    bounds = "-bounds" if os.environ.get("NUMBA_BOUNDSCHECK") == "1" else ""
    return f"compiled-{sources_hash()}-numba{numba.__version__}-{blake2b(machine.encode(), digest_size=4).hexdigest()}{bounds}"


def _holds_code(folder: Path) -> bool:
    """Return whether the run was compiled there, which is compiled last."""
    return any(folder.rglob("run._advance*.nbi"))


def _can_be_written(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def _is_only_ours(folder: Path) -> bool:
    """Return whether nobody else can write in a folder, which is made if it is missing: what lies there is executed."""
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        status = folder.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(status.st_mode) and status.st_uid == os.getuid() and not status.st_mode & 0o022


def is_compiled() -> bool:
    """Return whether compiled code of these sources lies in the cache folder (or nothing is compiled at all)."""
    return uncompiled() or _holds_code(cache_folder())


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

        from qsim.world.kept_code import cache_in

        options = {"nogil": True, "error_model": "numpy", **self._options}
        linked = numba.__version__.startswith(LINKED)
        if linked:
            from qsim.world.linking import compiler

            options["pipeline_class"] = compiler(self._use)
        made = numba.njit(**options)(self.py_func)
        if not (linked and self._use == "part"):
            made._cache = cache_in(cache_folder())(self.py_func)
        typed, plain = made.get_call_template, numba.types.unliteral
        # a constant that is handed on is an integer like others: each would have a compiled version of its own
        made.get_call_template = lambda args, kws: typed(tuple(map(plain, args)), kws)
        return made

    def __call__(self, *arguments: Any) -> Any:
        """Call the compiled function."""
        return self._dispatcher(*arguments)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._dispatcher, name)
