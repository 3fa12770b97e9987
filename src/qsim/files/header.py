"""The header of every file: of which kind it is, and which version of that kind."""

from __future__ import annotations

from qsim.files.messages import InputError, message_at, shown
from qsim.files.nodes import Node

KINDS = ("scenario", "experiment", "claims", "roles")
VERSION = 1


def check_header(root: Node, expected: str) -> None:
    """Raise InputError if a file says that it is of another kind or version."""
    kind, version = root.child("kind"), root.child("schema_version")
    if kind is not None and kind.value != expected:
        another = kind.value in KINDS if isinstance(kind.value, str) else False
        text = f"this file is of the kind {kind.value}; " if another else f"{shown(kind.value)} is not a kind of file; "
        raise InputError([message_at(kind.place, "kind", f"{text}expected {expected}")])
    if version is not None and (version.value != VERSION or isinstance(version.value, bool)):
        text = f"{shown(version.value)} is not a version this qsim reads; expected {VERSION}"
        raise InputError([message_at(version.place, "schema_version", text)])
