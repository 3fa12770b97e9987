"""The manifest of a sensitivity study: the scenario in full, the design, and what is read from its runs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from qsim.runs.manifest import Manifest, make_manifest
from qsim.runs.readings import Reading
from qsim.scenario.schema import Scenario
from qsim.sensitivity.parts import SOURCES
from qsim.sensitivity.space import Dimension
from qsim.sensitivity.study import Design
from qsim.world.compiling import sources_hash


def sensitivity_manifest(
    scenario: Scenario,
    readings: Sequence[Reading],
    design: Design,
    dimensions: Sequence[Dimension],
    command: str = "",
) -> Manifest:
    """Return the manifest; another design, other readings or other things that are varied make another plan."""
    manifest = make_manifest(
        "sensitivity", [scenario], seed=design.seed, replications=design.replicates, plausible=True, command=command
    )
    content = {
        "design": asdict(design),
        "readings": [asdict(reading) for reading in readings],
        "dimensions": [_entry(one) for one in dimensions],
    }
    text = json.dumps(content, indent=2, ensure_ascii=False)
    entry = {"id": "design", "sha256": hashlib.sha256(text.encode()).hexdigest(), "text": text}
    return {**manifest, SOURCES: sources_hash(), "scenarios": [*manifest["scenarios"], entry]}


def _entry(one: Dimension) -> dict[str, Any]:
    """Return what is varied as the manifest holds it: the key with its range or choices."""
    form = "between" if one.unknown.between is not None else "one_of"
    return {"key": one.key, form: list(getattr(one.unknown, form)), "log": one.log}
