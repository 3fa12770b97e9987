"""The scripts of a page that runs worlds, as text for one offline file, and the policy that lets nothing else run."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

HERE = Path(__file__).parent
IMAGES = "img-src data:"
EXPORT = re.compile(r"^export ", re.MULTILINE)


def pool_script() -> str:
    """Return the text of the module with the class ``Pool``, for the one inline module of a page to begin with."""
    return (HERE / "pool.mjs").read_text(encoding="utf-8")


def worker_script() -> str:
    """Return the text of a worker of the pool: a plain script, as a page from a file may not start modules as workers."""
    return EXPORT.sub("", (HERE / "rules.mjs").read_text(encoding="utf-8")) + "\nserve(self);\n"


def licences() -> str:
    """Return the notices that a page with the module has to hold: those of the functions of mathematics in it."""
    return (HERE / "licences.txt").read_text(encoding="utf-8")


def policy(style: str, *scripts: str) -> str:
    """Return the content security policy of a page with an inline style and scripts: they run, and the module."""
    runs = f"script-src {_hashes(*scripts)} 'wasm-unsafe-eval'; worker-src blob:; " if scripts else ""
    return f"default-src 'none'; {runs}style-src {_hashes(style)}; {IMAGES}; base-uri 'none'; form-action 'none'"


def _hashes(*texts: str) -> str:
    hashes = (base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in texts)
    return " ".join(f"'sha256-{one}'" for one in hashes)
