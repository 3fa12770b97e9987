"""The manifest of a folder of results: what was run, with which versions and command, so that anybody can run it again."""

from __future__ import annotations

import hashlib
import json
import platform
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

import qsim
from qsim.runs.standards import Standards
from qsim.scenario.schema import Scenario
from qsim.scenario.writing import resolved_yaml

MANIFEST = "manifest.json"
LIBRARIES = ("mesa", "numpy", "numba", "llvmlite", "scipy", "pandas", "pyarrow", "pydantic", "ruamel.yaml")
SETTLED = ("version", "study", "seed", "replications", "settings", "plausible", "budget", "standards")
"""The entries, besides the scenarios, that settle the numbers: two folders with the same ones belong to one plan."""

Manifest = dict[str, Any]


def make_manifest(
    study: str,
    scenarios: Sequence[Scenario],
    *,
    seed: int,
    replications: int,
    settings: int | None = None,
    plausible: bool = False,
    budget: int | None = None,
    standards: Standards | None = None,
    command: str = "",
    texts: Mapping[str, str] | None = None,
) -> Manifest:
    """Return the manifest of a study: ``run`` or ``compare``, its scenarios in full, its seed and numbers of runs.

    ``settings`` counts the plausible settings, None if the unknown is drawn with each replicate or if a ``budget`` of
    runs decides; ``standards`` say what counts in a comparison; ``texts`` are what else settles the results, by name.
    The manifest holds no times and nothing else that differs between two runs of the same plan on the same machine.
    """
    return {
        "package": "qsim",
        "version": qsim.__version__,
        "study": study,
        "command": command,
        "seed": seed,
        "replications": replications,
        "settings": settings,
        "plausible": plausible,
        "budget": budget,
        "standards": None if standards is None else asdict(standards),
        "scenarios": [
            *(_entry(scenario.id, resolved_yaml(scenario)) for scenario in scenarios),
            *(_entry(name, text) for name, text in (texts or {}).items()),
        ],
        "python": platform.python_version(),
        "libraries": {name: version(name) for name in LIBRARIES},
        "processor": processor(),
    }


def _entry(name: str, text: str) -> dict[str, str]:
    return {"id": name, "sha256": hashlib.sha256(text.encode()).hexdigest(), "text": text}


def processor() -> str:
    """Return the kind of processor: across kinds the last bits of results differ."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def read_manifest(path: Path) -> Manifest | None:
    """Return the manifest in a file; None if the file is not a manifest."""
    try:
        result = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return result if isinstance(result, dict) and result.get("package") == "qsim" else None


def manifest_text(manifest: Manifest) -> str:
    """Return a manifest as it is written."""
    return json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"


def plan_differences(there: Manifest, here: Manifest) -> list[str]:
    """Return what tells two plans apart, in words; an empty list if they are one plan."""
    result = [
        f"{name} {json.dumps(there.get(name))} there and {json.dumps(here.get(name))} here"
        for name in SETTLED
        if there.get(name) != here.get(name)
    ]
    entries = there.get("scenarios")
    old = [_identity(entry) for entry in entries] if isinstance(entries, list) else []
    new = [_identity(entry) for entry in here["scenarios"]]
    if old != new:
        names = [", ".join(str(name) for name, _ in side) or "none" for side in (old, new)]
        same = names[0] == names[1]
        result.append(f"other content of {names[1]}" if same else f"scenarios {names[0]} there and {names[1]} here")
    return result


def _identity(entry: Any) -> tuple[Any, Any]:
    return (entry.get("id"), entry.get("sha256")) if isinstance(entry, dict) else (None, None)


def command_line(*parts: str | None, changes: Sequence[str] = (), **options: Any) -> str:
    """Return a command that gives the same numbers again; options that are None stay out, lists repeat theirs."""
    words = ["qsim", *(part for part in parts if part is not None)]
    for name, value in options.items():
        for each in value if isinstance(value, list) else [] if value is None else [value]:
            words += [f"--{name}", str(each)]
    for change in changes:
        words += ["--set", change]
    return shlex.join(words)


def continue_command(command: str, folder: Path) -> str:
    """Return the command that goes on with a study in a folder."""
    return f"{command} --out {shlex.quote(str(folder))}"
