"""The decorators of everything that is compiled, and the folder that keeps the compiled code.

Numba caches by file and does not see a change in a function that another file calls. So the folder bears a hash of all
sources of the package, lies in the user's cache folder and is set while a function is decorated.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import numba
import platformdirs

Function = TypeVar("Function", bound=Callable[..., Any])


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
    bounds = "-bounds" if os.environ.get("NUMBA_BOUNDSCHECK") == "1" else ""
    name = f"compiled-{sources_hash()}-numba{numba.__version__}{bounds}"
    preferred = Path(os.environ.get("QSIM_CACHE_DIR") or platformdirs.user_cache_dir("qsim")) / name
    try:
        preferred.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=preferred):
            return preferred
    except OSError:
        return Path(tempfile.mkdtemp(prefix="qsim-"))


def is_compiled() -> bool:
    """Return whether compiled code of these sources lies in the cache folder (or nothing is compiled at all)."""
    return bool(numba.config.DISABLE_JIT) or any(cache_folder().rglob("run._advance*.nbi"))


def compiled(function: Function) -> Function:
    """Compile a function that other compiled functions call: cached, without the interpreter lock, numpy's division."""
    return _decorate(function, no_cpython_wrapper=True, no_cfunc_wrapper=True)


def inlined(function: Function) -> Function:
    """Compile a function as a part of the one function that calls it, which is faster than compiling it by itself."""
    return _decorate(function, inline="always")


def entry(function: Function) -> Function:
    """Compile a function that Python calls, in the same way."""
    return _decorate(function)


def _decorate(function: Function, **options: bool | str) -> Function:
    kept = numba.config.CACHE_DIR
    numba.config.CACHE_DIR = str(cache_folder())
    try:
        decorated = numba.njit(cache=True, nogil=True, error_model="numpy", **options)(function)
    finally:
        numba.config.CACHE_DIR = kept
    return decorated
