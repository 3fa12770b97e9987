"""What takes long to make of a file: kept in the user's cache folder for as long as the file and the code stay the same."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any

import platformdirs

import qsim
from qsim.files.writing import write_whole


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
