"""Compiled code as it is kept: with a checksum, for every installation of the same sources, in a folder that may be read-only."""

from __future__ import annotations

import logging
import os
import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, ClassVar

from numba.core.caching import CompileResultCacheImpl, FunctionCache, IndexDataCacheFile, _CacheLocator

LOGGER = logging.getLogger("qsim")
"""What is not for the caller but for whoever reads along; commands say it in the language that is spoken."""

DIGEST = 16
"""Bytes of the checksum at the end of a file; what Numba wrote before it ends by itself."""


class DamagedError(OSError):
    """A file that is not as it was written."""


class _Hashed:
    """A file that is written and hashed on the way."""

    def __init__(self, file: Any) -> None:
        self._file, self.hash = file, blake2b(digest_size=DIGEST)

    def write(self, data: bytes) -> int:
        self.hash.update(data)
        return int(self._file.write(data))


class _Files(IndexDataCacheFile):  # type: ignore[misc]  # numba is not typed here
    """The index and the data of a function; what is damaged counts as not there, what cannot be written is not kept."""

    def save(self, key: Any, data: Any) -> None:
        with suppress(OSError):
            super().save(key, data)

    @contextmanager
    def _open_for_write(self, filepath: str) -> Iterator[_Hashed]:
        with super()._open_for_write(filepath) as file:
            hashed = _Hashed(file)
            yield hashed
            file.write(hashed.hash.digest())

    def _load_index(self) -> dict[Any, str]:
        try:
            whole(Path(self._index_path))
            return dict(super()._load_index())
        except OSError:
            return {}

    def _load_data(self, name: str) -> Any:
        return pickle.loads(whole(Path(self._data_path(name))))


def whole(path: Path) -> bytes:
    """Return the content of a file; raise DamagedError, and say so once, if its checksum differs."""
    content = path.read_bytes()
    if blake2b(content[:-DIGEST], digest_size=DIGEST).digest() != content[-DIGEST:]:
        _tell_of_damage(path.parent)
        raise DamagedError
    return content


@cache
def _tell_of_damage(folder: Path) -> None:
    LOGGER.warning(f"qsim: compiled code in {folder} is damaged; it is compiled anew ...")


def cache_in(folder: Path) -> Callable[[Callable[..., Any]], FunctionCache]:
    """Return what makes the cache of a function in a folder, which is made when something is kept there."""

    class Place(_CacheLocator):  # type: ignore[misc]  # as above
        """Where the code of a function is kept; sources need no stamp, as the folder bears their hash."""

        def __init__(self, function: Callable[..., Any], file: str) -> None:
            self._path, self._line = folder / Path(file).parent.name, function.__code__.co_firstlineno

        def ensure_cache_path(self) -> None:
            with suppress(OSError):
                os.makedirs(self._path, exist_ok=True)

        def get_cache_path(self) -> str:
            return str(self._path)

        def get_source_stamp(self) -> str:
            return ""

        def get_disambiguator(self) -> str:
            return str(self._line)

        @classmethod
        def from_function(cls, function: Callable[..., Any], file: str) -> Place:
            return cls(function, file)

    class Implementation(CompileResultCacheImpl):  # type: ignore[misc]  # as above
        _locator_classes: ClassVar = [Place]

    class Kept(FunctionCache):  # type: ignore[misc]  # as above
        _impl_class = Implementation

        def __init__(self, function: Callable[..., Any]) -> None:
            super().__init__(function)
            self._cache_file = _Files(self._cache_path, self._impl.filename_base, "")

    return Kept
