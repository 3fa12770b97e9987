"""The WebAssembly module of the rules, which lies beside this file, and what it was built from; ``make browser`` builds it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from qsim.browser.layout import signature
from qsim.engine.settings import rules_hash

MODULE = Path(__file__).with_name("rules.wasm")
RECORD = Path(__file__).with_name("rules.json")
"""What the module was built from: the hash of the rules, the layout, its own hash, and the versions of the tools."""


def module_bytes() -> bytes:
    """Return the module."""
    return MODULE.read_bytes()


def module_record() -> dict[str, Any]:
    """Return what the module was built from."""
    record: dict[str, Any] = json.loads(RECORD.read_text(encoding="utf-8"))
    return record


def source_record() -> dict[str, str]:
    """Return what a module of the sources as they are would be built from."""
    run = Path(__file__).parents[1] / "engine" / "run.py"
    rules = hashlib.blake2b(rules_hash().encode() + run.read_bytes(), digest_size=8).hexdigest()
    return {"rules": rules, "layout": f"{signature():x}"}


def stale() -> list[str]:
    """Return which of ``rules`` and ``layout`` have changed since the module was built, and ``module`` if it is another."""
    record = module_record()
    now = {**source_record(), "module": hashlib.sha256(module_bytes()).hexdigest()}
    return [name for name, value in now.items() if record[name] != value]
