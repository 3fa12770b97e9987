"""What takes long to make of a file: kept in the user's cache folder for as long as the file and the code stay the same."""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any

import platformdirs

import qsim


def cache_home() -> Path:
    """Return the folder for all that can be made again: the one that QSIM_CACHE_DIR names, or the user's cache folder."""
    return Path(os.environ.get("QSIM_CACHE_DIR") or platformdirs.user_cache_dir("qsim"))


def kept_yaml(source: Path) -> Any:
    """Return the content of a YAML 1.2 file of the package; reading YAML takes some hundred times as long as JSON."""
    return kept(source, _read_yaml)


def _read_yaml(text: str) -> Any:
    from ruamel.yaml import YAML

    return YAML(typ="safe", pure=True).load(text)


def kept(source: Path, build: Callable[[str], Any]) -> Any:
    """Return what a function makes of the text of a file, as JSON has it (lists for tuples).

    It is made once for each state of the file and of the module of the function, and each version of qsim. A folder that
    cannot be read or written, and an entry that is spoilt, cost time only.
    """
    data = source.read_bytes()
    digest = blake2b(data, digest_size=12)
    digest.update(Path(build.__code__.co_filename).read_bytes())
    digest.update(f"{build.__qualname__} {qsim.__version__}".encode())
    path = cache_home() / "kept" / f"{source.stem}-{digest.hexdigest()}.json"
    with suppress(OSError, ValueError):
        return json.loads(path.read_bytes())
    text = json.dumps(build(data.decode()), ensure_ascii=False)
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, text.encode())
    return json.loads(text)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file under another name first, so that a file of this name is always whole.

    What a process that was killed left of it is removed. Raise OSError, which names the file, if it cannot be written.
    """
    ending = f".{os.getpid()}.unfinished"
    try:
        _remove_left(path)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=ending)
        with os.fdopen(handle, "wb") as file, _removed_on_failure(Path(name)):
            file.write(content)
            file.flush()
            os.fsync(handle)
            os.chmod(name, 0o666 & ~_umask())
            os.replace(name, path)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error


@contextmanager
def _removed_on_failure(path: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _remove_left(path: Path) -> None:
    """Remove what processes that are gone left of a file they wrote."""
    left = re.compile(rf"\.{re.escape(path.name)}\.\w+\.(\d+)\.unfinished")
    for other in path.parent.iterdir():
        found = left.fullmatch(other.name)
        if found and not _is_alive(int(found[1])):
            other.unlink(missing_ok=True)


def _is_alive(process: int) -> bool:
    """Return whether a process of this machine is there, or may be."""
    if os.name == "nt":  # there, asking would end it
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
