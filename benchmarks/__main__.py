"""Measures everything, prints a table and writes ``benchmarks/latest.json``.

A missed bound is printed as ``missed`` and does not make the command fail: ratios and seconds are noisy where other work
shares the machine.
"""

from __future__ import annotations

import json
import os
import platform
from importlib import import_module
from pathlib import Path

from benchmarks.timing import Finding

LATEST = Path(__file__).with_name("latest.json")
PARTS = ("start", "memory", "study_memory", "speed", "study", "reference")
"""What starts processes comes first, as long as this one is small (see ``children``)."""


def main() -> None:
    """Measure part by part, so that each line stands as soon as it is known."""
    print(f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}")
    print(f"{'name':<32}{'value':>9}  bound")
    found: list[Finding] = []
    for part in PARTS:
        for finding in import_module(f"benchmarks.{part}").findings():
            found.append(finding)
            print(line(finding), flush=True)
    LATEST.write_text(json.dumps([entry(finding) for finding in found], indent=2) + "\n", encoding="utf-8")
    missed = [finding.name for finding in found if not finding.kept]
    print(f"{len(missed)} of {len(found)} bounds missed: {', '.join(missed)}" if missed else "all bounds kept")


def line(finding: Finding) -> str:
    """Return a line of the table."""
    bound = f"{finding.kind} {finding.bound:g} {finding.unit}"
    return f"{finding.name:<32}{finding.value:>9.3f}  {bound:<24} {'kept' if finding.kept else 'missed'}"


def entry(finding: Finding) -> dict[str, str | float]:
    """Return an entry of the file; the unit says so where the bound is a lower one."""
    unit = finding.unit if finding.kind == "at most" else f"{finding.unit}, {finding.kind}"
    return {"name": finding.name, "value": round(finding.value, 4), "bound": finding.bound, "unit": unit}


if __name__ == "__main__":
    main()
