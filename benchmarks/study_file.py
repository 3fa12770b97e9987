"""The experiment that the benchmarks of studies run: eight points of one scenario."""

from __future__ import annotations

from pathlib import Path

POINTS = 8
TEXT = """\
kind: experiment
schema_version: 1
label: {{de: Messung, en: Benchmark}}
question: {{de: Was kostet eine Studie?, en: What does a study cost?}}
scenarios: [{scenario}]
factors:
  - {{id: posts, key: "commissioners[integration].funding[0].posts", levels: [1, 2, 3, 4]}}
  - {{id: up, key: parameters.practice.up, levels: [0.02, 0.05]}}
replications: {replications}
outcomes: [{{measure: joint_practice}}, {{measure: practice, at: peak}}]
"""


def write_experiment(folder: Path, scenario: str, replications: int) -> Path:
    """Write the experiment with so many runs of each point and return its file."""
    path = folder / "benchmark.yaml"
    path.write_text(TEXT.format(scenario=scenario, replications=replications), encoding="utf-8")
    return path
