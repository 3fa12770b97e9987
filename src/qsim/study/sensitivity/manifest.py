"""The manifest of a sensitivity study: the scenario in full, the design, and what is read from its runs."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict

from qsim.scenario.schema import Scenario
from qsim.study.claims.readings import Reading
from qsim.study.manifest import Manifest, make_manifest
from qsim.study.sensitivity.study import Design


def sensitivity_manifest(
    scenario: Scenario, readings: Sequence[Reading], design: Design, command: str = ""
) -> Manifest:
    """Return the manifest; another design or other readings make another plan."""
    manifest = make_manifest(
        "sensitivity", [scenario], seed=design.seed, replications=design.replicates, plausible=True, command=command
    )
    text = json.dumps({"design": asdict(design), "readings": [asdict(reading) for reading in readings]}, indent=2)
    entry = {"id": "design", "sha256": hashlib.sha256(text.encode()).hexdigest(), "text": text}
    return {**manifest, "scenarios": [*manifest["scenarios"], entry]}
