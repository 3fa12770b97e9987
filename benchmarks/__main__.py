"""Measures everything, prints a table and writes ``benchmarks/latest.json``.

``python -m benchmarks study speed`` measures these parts alone; the others keep what was measured last.
A missed bound is printed as ``missed`` and does not make the command fail: ratios and seconds are noisy where other work
shares the machine.
"""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from benchmarks.timing import Finding

Entry = dict[str, str | float]
LATEST = Path(__file__).with_name("latest.json")
PARTS = ("start", "memory", "scale", "speed", "study", "reference", "browser")
"""What starts processes comes first, as long as this one is small (see ``children``)."""


def main(parts: Sequence[str] = ()) -> None:
    """Measure part by part (all, if none is named), so that each line stands as soon as it is known."""
    unknown = [part for part in parts if part not in PARTS]
    if unknown:
        sys.exit(f"{unknown[0]} is no part; there are {', '.join(PARTS)}")
    print(f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}")
    print(f"{'name':<32}{'value':>9}  bound")
    found: list[Finding] = []
    for part in parts or PARTS:
        for finding in import_module(f"benchmarks.{part}").findings():
            found.append(finding)
            print(line(finding), flush=True)
    entries = updated(json.loads(LATEST.read_text(encoding="utf-8")) if parts else [], found)
    LATEST.write_text(json.dumps(entries, indent=2) + "\n", encoding="utf-8")
    missed = [finding.name for finding in found if not finding.kept]
    print(f"{len(missed)} of {len(found)} bounds missed: {', '.join(missed)}" if missed else "all bounds kept")


def updated(known: Sequence[Entry], found: Sequence[Finding]) -> list[Entry]:
    """Return the entries of a file with what was found in place of what was known of it, or at the end."""
    new = {finding.name: entry(finding) for finding in found}
    kept = [new.pop(str(old["name"]), old) for old in known]
    return [*kept, *new.values()]


def line(finding: Finding) -> str:
    """Return a line of the table."""
    bound = f"{finding.kind} {finding.bound:g} {finding.unit}"
    return f"{finding.name:<32}{finding.value:>9.3f}  {bound:<24} {'kept' if finding.kept else 'missed'}"


def entry(finding: Finding) -> Entry:
    """Return an entry of the file; the unit says so where the bound is a lower one."""
    unit = finding.unit if finding.kind == "at most" else f"{finding.unit}, {finding.kind}"
    return {"name": finding.name, "value": round(finding.value, 4), "bound": finding.bound, "unit": unit}


if __name__ == "__main__":
    main(sys.argv[1:])
