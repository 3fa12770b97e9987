"""What factors are called: the names that an experiment gives to levels reach the boxes in words."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd

from qsim.comparison.when.boxes import Box, Limit
from qsim.comparison.when.study import Question, make_cases, read_study
from qsim.present.text.discovery_text import box_text
from qsim.present.words.speaker import Speaker
from trial_studies import manifest_by_hand

EXPERIMENT = """\
factors:
  - id: place
    key: commissioners[unit].position
    label: {de: die Stellung, en: the position}
    names: {line_unit: {de: Linie, en: line}, section: {de: Sachgebiet, en: section of a department}}
"""


def test_levels_have_the_names_that_the_experiment_gives_them(tmp_path):
    levels = np.array(["line_unit", "section", "staff_unit"] * 4)
    points = pd.DataFrame({"point": np.arange(12), "place": levels})
    runs = pd.DataFrame({"scenario": "a", "point": np.arange(12), "replicate": 0, "practice": np.arange(12.0)})
    points.to_parquet(tmp_path / "points.parquet")
    runs.to_parquet(tmp_path / "runs.parquet")
    (tmp_path / "manifest.json").write_text(json.dumps(manifest_by_hand(EXPERIMENT, 1)))
    cases, _ = make_cases(read_study(tmp_path), Question("practice", 3.0))
    text = box_text(Box({0: Limit(levels=frozenset({1}))}), cases, Speaker("de"))
    assert "Sachgebiet" in text
    assert [name.en for name in cases.factors[0].names] == ["line", "section of a department", "staff unit"]
