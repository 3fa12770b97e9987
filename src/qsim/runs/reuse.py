"""What a study takes over from another one: on what all its runs hang, by what a point is told from others, where tables are.

A run draws by its address alone, so it is the same in every study that has its scenario, the values of its point, its replicate
and its seed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet

from qsim.files.messages import InputError
from qsim.runs.manifest import MANIFEST, Manifest, read_manifest
from qsim.runs.store import Stamp, is_of, readable

SAME = ("version", "sources", "seed", "plausible", "settings")
"""Entries of a manifest on which every run hangs."""


def no_study(folder: Path, study: str, there: Manifest | None) -> InputError:
    """Return what is said of a folder that is not there, or holds no study of this kind: its manifest, if any, is ``there``."""
    if not folder.is_dir():
        return InputError.about(folder, "there is no such folder")
    if there is not None and there.get("study") not in (None, study):
        return InputError.about(folder, f"holds results of `qsim {there['study']}`; expected those of `qsim {study}`")
    return InputError.about(folder, f"holds no study; `qsim {study}` makes one")


def reused_manifest(folder: Path, here: Manifest) -> Manifest:
    """Return the manifest of a study of the same kind whose runs may be those of the plan ``here``.

    Raise InputError, one clear line, if the folder holds none.
    """
    there = read_manifest(folder / MANIFEST)
    if there is None or there.get("study") != here["study"]:
        raise no_study(folder, here["study"], there)
    other = [name for name in SAME if there.get(name) != here.get(name)]
    if other:
        raise InputError.about(folder, f"has no run of this study; other {', '.join(other)}")
    return there


def same_scenarios(there: Manifest, here: Manifest) -> dict[int, int]:
    """Return by place of a scenario here that of the same one there."""
    known = {(entry["id"], entry["sha256"]): place for place, entry in enumerate(there["scenarios"])}
    found = ((place, known.get((entry["id"], entry["sha256"]))) for place, entry in enumerate(here["scenarios"]))
    return {place: other for place, other in found if other is not None}


def nothing_same(folder: Path) -> InputError:
    """Return what is said where no run of a folder is one of the plan."""
    return InputError.about(folder, "has no run of this study; no scenario, point and replicate is the same")


def lacking(folder: Path, outcome: str) -> InputError:
    """Return what is said of a folder whose runs were not asked for an outcome."""
    return InputError.about(folder, f"lacks the outcome {outcome}, so all is to be run; leave out --reuse")


def point_digest(values: Mapping[str, Any]) -> bytes:
    """Return what tells a point from others: the keys that it sets, and to what."""
    return blake2b(json.dumps(values, sort_keys=True).encode(), digest_size=16).digest()


def stamped_table(path: Path, stamp: Stamp) -> pa.Table:
    """Return the table in a file that bears a stamp; raise InputError for a damaged one, and one of another plan."""
    told = "cannot be read, or belongs to another plan"
    with readable(path, told):
        if is_of(path, stamp):
            return pa.parquet.read_table(path.absolute(), page_checksum_verification=True)
    raise InputError.about(path, told)
